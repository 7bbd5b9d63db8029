//! `shukach info`.

use crate::arguments::index_folder::{IndexFolders, open};
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use crate::terminal::output;
use clap::Args;
use shukach::locale::Locale;
use shukach::render;
use shukach::search::Answering;
use std::io::{self, Write};

pub(crate) fn run(arguments: &InfoArguments, locale: Locale) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    for (ordinal, path) in arguments.folder.paths().iter().enumerate() {
        let summary = open(std::slice::from_ref(path))?.summary()?;
        if arguments.json {
            render::json::write(&summary, &mut out)?;
            continue;
        }
        if ordinal > 0 {
            writeln!(out)?;
        }
        render::text::write_summary(&summary, output::layout(arguments.color, locale), &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

pub(crate) const INFO_EXAMPLES: &str = "\
Examples:
  shukach info
  shukach info --index /tmp/index --json";

#[derive(Debug, Args)]
#[command(after_help = INFO_EXAMPLES)]
pub(crate) struct InfoArguments {
    #[command(flatten)]
    pub(crate) folder: IndexFolders,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
}
