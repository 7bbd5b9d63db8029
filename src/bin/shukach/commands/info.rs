//! `shukach info`.

use crate::args::InfoArguments;
use crate::exit::{Exit, Failure};
use crate::terminal::output;
use shukach::index::Index;
use shukach::locale::Locale;
use shukach::render;
use shukach::search::Searcher;
use std::io::{self, Write};

pub(crate) fn run(arguments: &InfoArguments, locale: Locale) -> Result<Exit, Failure> {
    let searcher = Searcher::open(&Index::open(&arguments.folder.path())?)?;
    let summary = searcher.summary()?;
    let mut out = io::stdout().lock();
    if arguments.json {
        render::json::write(&summary, &mut out)?;
    } else {
        render::text::write_summary(&summary, output::layout(arguments.color, locale), &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}
