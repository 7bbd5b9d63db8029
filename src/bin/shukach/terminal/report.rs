//! One line of JSON for each input that failed or is in doubt.

use serde::Serialize;
use shukach::archive::ReadArticle;
use shukach::locale::Locale;
use shukach::render::sanitize;
use shukach::{ArticleError, Doubt, Field};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What befell the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// It gave no article.
    Failed,
    /// It gave one, but its reader was not sure of all.
    Doubt,
}

/// A line of a report.
#[derive(Debug, Serialize)]
pub(crate) struct ReportLine {
    kind: Kind,
    path: String,
    inner_path: Option<String>,
    line: Option<u64>,
    byte: Option<u64>,
    /// The id of the article that came in.
    id: Option<String>,
    code: &'static str,
    field: Option<Field>,
    reason: String,
}

impl ReportLine {
    /// Makes the line of an input that failed.
    pub(crate) fn of_failure(error: &ArticleError, locale: Locale) -> Self {
        Self {
            kind: Kind::Failed,
            path: error.path.to_string_lossy().into_owned(),
            inner_path: error.inner_path.clone(),
            line: error.line,
            byte: error.byte,
            id: None,
            code: error.problem.code(),
            field: None,
            reason: error.problem.message(locale),
        }
    }

    /// Makes the line of one doubt about an article.
    pub(crate) fn of_doubt(read: &ReadArticle, doubt: &Doubt, locale: Locale) -> Self {
        Self {
            kind: Kind::Doubt,
            path: read.file_path().to_string_lossy().into_owned(),
            inner_path: read.inner_path.clone(),
            line: doubt.line.or(read.line),
            byte: doubt.byte,
            id: Some(read.article.id.as_str().to_owned()),
            code: doubt.problem.code(),
            field: doubt.field,
            reason: doubt.message(locale),
        }
    }

    /// Writes the line.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_line(self, out)
    }
}

/// Writes a value as one line of JSON.
pub(crate) fn write_line(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let text = serde_json::to_string(value).map_err(io::Error::other)?;
    writeln!(out, "{}", sanitize::json(&text))
}

/// A file of such lines.
pub(crate) struct Report {
    out: BufWriter<File>,
    locale: Locale,
    /// The first fault of writing; what follows is not written.
    fault: Option<io::Error>,
}

impl Report {
    /// Makes the file anew.
    pub(crate) fn create(path: &Path, locale: Locale) -> shukach::Result<Self> {
        let file = File::create(path).map_err(shukach::Error::io("create", path))?;
        Ok(Self {
            out: BufWriter::new(file),
            locale,
            fault: None,
        })
    }

    pub(crate) fn add_failure(&mut self, error: &ArticleError) {
        let line = ReportLine::of_failure(error, self.locale);
        self.add(&line);
    }

    pub(crate) fn add_doubts(&mut self, read: &ReadArticle) {
        for doubt in &read.doubts {
            let line = ReportLine::of_doubt(read, doubt, self.locale);
            self.add(&line);
        }
    }

    fn add(&mut self, line: &ReportLine) {
        if self.fault.is_none() {
            self.fault = line.write(&mut self.out).err();
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// Fails where any line could not be written.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self.out.flush(),
        }
    }
}
