//! `shukach parse`.

use crate::arguments::query_reading::ReadingArguments;
use crate::arguments::query_word::query_word;
use crate::exit::{Exit, Failure};
use crate::help::query_syntax::QUERY_HELP;
use clap::Args;
use shukach::locale::Locale;
use shukach::query::tree::ParseReport;
use shukach::render;
use std::io::{self, BufWriter, Write};

const EXAMPLES: &str = "\
Examples:
  shukach parse 'заголовок:(мир БІЛЯ/5 безпека) дата:2025..'
  shukach parse --lenient '(мир' --json";

#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{QUERY_HELP}"))]
pub(crate) struct ParseArguments {
    /// The query
    #[arg(value_name = "QUERY", required = true, value_parser = query_word)]
    query: Vec<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &ParseArguments, locale: Locale) -> Result<Exit, Failure> {
    let report = arguments.report(locale)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        render::json::write(&report, &mut out)?;
    } else {
        render::parse::write(&report, locale, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

impl ParseArguments {
    /// Returns how the query is understood.
    pub(crate) fn report(&self, locale: Locale) -> Result<ParseReport, Failure> {
        let query = self.query.join(" ");
        ParseReport::of(&query, &self.reading.options(), locale)
            .map_err(|error| Failure::Query { query, error })
    }
}
