//! The `--lexicon` argument: the user's own words with their declension.

use crate::exit;
use crate::exit::Failure;
use clap::Args;
use shukach::Error;
use shukach::analysis::dictionary::lexicon::Lexicon;
use shukach::locale::Locale;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(crate) struct LexiconFile {
    #[arg(
        help = "File of your own words, each with the pattern of its declension: any form in a query finds all",
        long,
        value_name = "FILE"
    )]
    lexicon: Option<PathBuf>,
}

impl LexiconFile {
    /// Reads the lexicon, if one was named.
    pub(crate) fn read(&self, locale: Locale) -> Result<Option<Lexicon>, Failure> {
        let path = self.lexicon.as_deref();
        path.map(|path| read(path, locale)).transpose()
    }
}

fn read(path: &Path, locale: Locale) -> Result<Lexicon, Failure> {
    let bytes = fs::read(path).map_err(|source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error, locale))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Lexicon::parse(text).map_err(|problems| {
        let place = |line| format!("{}:{line}", path.display());
        let told = problems.iter().map(|problem| {
            format!(
                "{}: {}",
                place(problem.line),
                problem.reason.message(locale)
            )
        });
        Failure::Lines(told.collect())
    })
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error, locale: Locale) -> Failure {
    let valid = error.utf8_error().valid_up_to();
    let before = error.as_bytes().iter().take(valid);
    let line = before.filter(|byte| **byte == b'\n').count() + 1;
    let path = path.display();
    let told = exit::not_utf8(locale);
    Failure::Lines(vec![format!("{path}:{line}: {told}")])
}
