//! `shukach parse`.

use crate::arguments::query_reading::ReadingArguments;
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
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &ParseArguments, locale: Locale) -> Result<Exit, Failure> {
    let query = arguments.query.join(" ");
    let report = match ParseReport::of(&query, &arguments.reading.options(), locale) {
        Ok(report) => report,
        Err(error) => {
            let failure = Failure::Query { query, error };
            if !arguments.json {
                return Err(failure);
            }
            failure.report_json(locale);
            return Ok(Exit::Failed);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        render::json::write(&report, &mut out)?;
    } else {
        render::parse::write(&report, locale, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}
