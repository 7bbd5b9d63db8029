//! `shukach translate`.

use crate::arguments::query_word::query_word;
use crate::exit::{Exit, Failure, not_utf8};
use crate::terminal::notices::tell;
use clap::{Args, ValueEnum};
use shukach::date::Date;
use shukach::date::zone::Zone;
use shukach::locale::Locale;
use shukach::query::translation::{Dialect, TranslationReport};
use shukach::render;
use shukach::render::sanitize::one_line;
use std::io::{self, BufRead, BufWriter, Write};

const EXAMPLES: &str = "\
Examples:
  shukach translate --from lucene 'title:\"гарантії безпеки\"~3 AND NOT реклама'
  shukach translate --from manticore '@title мир | злагода \"угода про мир\"~5'
  shukach translate --from lexis 'гаранті! w/5 безпек! and date(geq 1/1/2025)'
  shukach search \"$(shukach translate --from factiva 'hd=гарантії near5 безпека')\"
  shukach translate --from lucene - < saved.txt > translated.txt";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TranslateArguments {
    /// The query in the other language; - translates each line of standard input
    #[arg(value_name = "QUERY", required = true, value_parser = query_word)]
    query: Vec<String>,
    /// The language it is written in; lucene is also that of Elasticsearch and Datashare
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    from: DialectChoice,
    /// The day from which date:7d and the like are seen [default: today]
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    now: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DialectChoice {
    Lucene,
    Manticore,
    Lexis,
    Factiva,
}

impl DialectChoice {
    fn dialect(self) -> Dialect {
        match self {
            Self::Lucene => Dialect::Lucene,
            Self::Manticore => Dialect::Manticore,
            Self::Lexis => Dialect::Lexis,
            Self::Factiva => Dialect::Factiva,
        }
    }
}

pub(crate) fn run(arguments: &TranslateArguments, locale: Locale) -> Result<Exit, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = if arguments.query == ["-"] {
        arguments.translate_lines(&mut out, locale)
    } else {
        arguments.translate_one(&mut out, locale)
    };
    out.flush()?;
    outcome
}

impl TranslateArguments {
    /// Returns the query in our language.
    pub(crate) fn report(&self, locale: Locale) -> Result<TranslationReport, Failure> {
        self.translate(&self.query.join(" "), locale)
    }

    fn translate_one(&self, out: &mut impl Write, locale: Locale) -> Result<Exit, Failure> {
        match self.report(locale) {
            Ok(report) if self.json => render::json::write(&report, out)?,
            Ok(report) => {
                tell(&report.notices, locale);
                writeln!(out, "{}", one_line(&report.translation))?;
            }
            Err(failure) => return Err(failure),
        }
        Ok(Exit::Success)
    }

    /// Translates each line of standard input into a line, so that lines stay beside those that
    /// they came from. One that cannot be translated is told and leaves an empty line; in JSON its
    /// fault stands there, and null for an empty line.
    fn translate_lines(&self, out: &mut impl Write, locale: Locale) -> Result<Exit, Failure> {
        let mut exit = Exit::Success;
        for (number, line) in (1..).zip(io::stdin().lock().split(b'\n')) {
            let line = line?;
            if line.trim_ascii().is_empty() {
                writeln!(out, "{}", if self.json { "null" } else { "" })?;
                continue;
            }
            let translated = match std::str::from_utf8(&line) {
                Ok(line) => self.translate(line.trim_start_matches('\u{feff}').trim(), locale),
                Err(_) => Err(Failure::Usage(not_utf8(locale).to_owned())),
            };
            match translated {
                Ok(report) if self.json => render::hit_lines::write_line(&report, out)?,
                Ok(report) => {
                    if !report.notices.is_empty() {
                        eprintln!("-:{number}:");
                        tell(&report.notices, locale);
                    }
                    writeln!(out, "{}", one_line(&report.translation))?;
                }
                Err(failure) => {
                    exit = Exit::Failed;
                    if self.json {
                        render::hit_lines::write_line(&failure.json(locale), out)?;
                    } else {
                        eprintln!("-:{number}:");
                        failure.report(locale);
                        writeln!(out)?;
                    }
                }
            }
        }
        Ok(exit)
    }

    fn translate(&self, query: &str, locale: Locale) -> Result<TranslationReport, Failure> {
        let now = self.now.map(|now| now.last_day());
        let today = now.unwrap_or_else(|| Zone::default().today());
        let report = TranslationReport::of(query, self.from.dialect(), today, locale);
        report.map_err(|error| Failure::Query {
            query: query.to_owned(),
            error,
        })
    }
}
