//! `shukach verify`.

use crate::arguments::index_folder::IndexFolder;
use crate::exit::{Exit, Failure};
use clap::Args;
use shukach::index::verify::{Depth, verify};
use shukach::locale::Locale;
use shukach::render;
use shukach::render::verification::Report;
use std::io::{self, Write};

pub(crate) fn run(arguments: &VerifyArguments, locale: Locale) -> Result<Exit, Failure> {
    let folder = arguments.folder.path();
    let depth = if arguments.full {
        Depth::Full
    } else {
        Depth::Sample
    };
    let verification = verify(&folder, depth)?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let report = Report::of(&verification, &folder, locale);
        render::json::write(&report, &mut out)?;
    } else {
        render::verification::write(&verification, &folder, locale, &mut out)?;
    }
    out.flush()?;
    if !verification.findings.is_empty() {
        return Ok(Exit::Damaged);
    }
    match verification.refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(Exit::Success),
    }
}

pub(crate) const VERIFY_EXAMPLES: &str = "\
Examples:
  shukach verify
  shukach verify --index /tmp/index --full
  shukach verify --json

Exit codes:
  0  the index is what was written
  1  the index is damaged; the output says what is lost
  2  the check failed: no index, no permission to read it, or another version wrote it";

#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    /// Compare all articles with their texts, not about a thousand; takes longer than indexing did
    #[arg(long)]
    pub(crate) full: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}
