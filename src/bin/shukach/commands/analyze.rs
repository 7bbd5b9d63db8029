//! `shukach analyze`.

use crate::arguments::lexicon::LexiconFile;
use crate::exit::{Exit, Failure};
use clap::{Args, ValueEnum};
use shukach::analysis::Language;
use shukach::analysis::report::{Report, Side, phrase_keys};
use shukach::locale::Locale;
use shukach::render;
use std::collections::HashSet;
use std::io::{self, BufWriter, Read, Write};

const EXAMPLES: &str = "\
Examples:
  shukach analyze 'Чатботам не вірять'
  shukach analyze --side query --json 'гарантії безпеки'
  shukach analyze - < article.txt
  shukach analyze --format keys - < words.txt

Reasons of keys:
  dictionary  the dictionary knows the form
  supplement  the list of new names and coinages knows the form
  guess       the ending of an unknown word says so; with its weight, 0 to 1: the share of the
              known words with that ending for which it would be right
  lexicon     a form of the same word of your lexicon: for queries only
  variant     another spelling of the word: for queries only
  other language  its spelling in Ukrainian, Russian or Latin letters, which counts less: for queries only
  form        nothing is known: the form itself
  year        the year of a date
  Russian     the stem of a Russian word
  English     the stem of a word in Latin script";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AnalyzeArguments {
    /// The text; - for standard input
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// As text of an article, or as a query
    #[arg(long, value_enum, default_value_t = SideChoice::Index)]
    side: SideChoice,
    /// The language of the text [default: detected; with --format keys: uk]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    text_lang: Option<LanguageChoice>,
    #[command(flatten)]
    lexicon: LexiconFile,
    /// Print JSON; the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = AnalysisFormat::Table)]
    format: AnalysisFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SideChoice {
    Index,
    Query,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageChoice {
    Uk,
    Ru,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AnalysisFormat {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// Of each different line: the line, a tab, its keys with | between them
    Keys,
}

impl AnalyzeArguments {
    fn language(&self) -> Option<Language> {
        self.text_lang.map(|language| match language {
            LanguageChoice::Uk => Language::Ukrainian,
            LanguageChoice::Ru => Language::Russian,
            LanguageChoice::En => Language::English,
        })
    }

    fn side(&self) -> Side {
        match self.side {
            SideChoice::Index => Side::Index,
            SideChoice::Query => Side::Query,
        }
    }

    fn text(&self) -> Result<String, Failure> {
        if self.text != ["-"] {
            return Ok(self.text.join(" "));
        }
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::Usage(format!("cannot read standard input: {error}")))?;
        String::from_utf8(bytes)
            .map_err(|error| Failure::Usage(format!("standard input is not UTF-8: {error}")))
    }
}

pub(crate) fn run(arguments: &AnalyzeArguments, locale: Locale) -> Result<Exit, Failure> {
    let text = arguments.text()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lexicon = arguments.lexicon.read(locale)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let report = || {
        let report = Report::of(text, arguments.side(), arguments.language()).with_spellings();
        match &lexicon {
            Some(lexicon) => report.with_lexicon(lexicon),
            None => report,
        }
    };
    match arguments.format {
        AnalysisFormat::Table if !arguments.json => {
            render::analyze::write(&report(), locale, &mut out)?;
        }
        AnalysisFormat::Keys => write_keys(text, arguments, &mut out)?,
        _ => render::json::write(&report(), &mut out)?,
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// Writes the keys of each different line. A line is most often one word, and one word is too
/// little to tell its language.
fn write_keys(text: &str, arguments: &AnalyzeArguments, out: &mut impl Write) -> io::Result<()> {
    let language = arguments.language().unwrap_or(Language::Ukrainian);
    let mut seen = HashSet::new();
    for line in text.lines() {
        if !line.trim().is_empty() && seen.insert(line) {
            let keys = phrase_keys(line, arguments.side(), language);
            render::analyze::write_keys(line, &keys, out)?;
        }
    }
    Ok(())
}
