//! Exit codes and error output.

use crate::terminal::interrupt;
use serde::Serialize;
use shukach::Error;
use shukach::locale::Locale;
use shukach::query::{QueryError, QueryErrorReport};
use shukach::render;
use shukach::render::sanitize::one_line;
use shukach::search::SearchError;
use shukach::text::ByteRange;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// The version of the shape of errors as JSON. Within a version fields are only added.
const ERROR_VERSION: u32 = 1;

/// An error as JSON; `index-schema/error.v1.schema.json` describes it.
#[derive(Serialize)]
pub(crate) struct ErrorReport {
    schema_version: u32,
    /// The line of a file of queries that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    error: ErrorDetails,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ErrorDetails {
    Query(QueryErrorReport),
    Other {
        code: Option<&'static str>,
        message: String,
    },
}

/// How the program ended. `shukach help` and the README list the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Articles were found; everything was indexed.
    Success,
    /// No article was found.
    NothingFound,
    /// The index that was verified is damaged.
    Damaged,
    /// The job could not be done.
    Failed,
    /// The job was done, but some files or lines gave no article, or articles were lost.
    SomeFailed,
    /// Ctrl-C ended it.
    Interrupted,
}

impl Exit {
    /// Returns how a search for articles ended that found `count` of them.
    pub(crate) fn of_count(count: u64) -> Self {
        Self::of_hits(count > 0)
    }

    /// Returns how a search for articles ended.
    pub(crate) fn of_hits(has_hits: bool) -> Self {
        if has_hits {
            Self::Success
        } else {
            Self::NothingFound
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::NothingFound | Exit::Damaged => 1,
            Exit::Failed => 2,
            Exit::SomeFailed => 3,
            Exit::Interrupted => interrupt::CODE,
        })
    }
}

/// Prints the failure, if it is one, and returns the exit code.
pub(crate) fn of_command(
    outcome: Result<Exit, Failure>,
    form: ErrorForm,
    locale: Locale,
) -> ExitCode {
    match outcome {
        Ok(exit) => exit.into(),
        // Whoever reads our output has had enough of it; that is no failure of ours.
        Err(failure) if failure.is_broken_pipe() => Exit::Success.into(),
        Err(failure) if failure.is_interrupted() => Exit::Interrupted.into(),
        Err(failure) => {
            match form {
                ErrorForm::Text => failure.report(locale),
                ErrorForm::Json => failure.report_json(locale),
            }
            Exit::Failed.into()
        }
    }
}

/// The form in which errors are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorForm {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl ErrorForm {
    /// Returns the form of a command line that need not be understood: JSON where its answer is
    /// JSON.
    pub(crate) fn of(typed: &[OsString]) -> Self {
        let words = typed.iter().map(|word| word.to_string_lossy());
        let words: Vec<_> = words.take_while(|word| word != "--").collect();
        // These read files of a format.
        let reads = ["index", "inspect", "watch"];
        let command = match words.get(1).map(AsRef::as_ref) {
            // The only option that may stand before a command.
            Some("--lang") => words.get(3),
            _ => words.iter().skip(1).find(|word| !word.starts_with('-')),
        };
        let is_reader = command.is_some_and(|word| reads.contains(&word.as_ref()));
        let formats = ["json", "ndjson"];
        let follows = |pair: &[std::borrow::Cow<'_, str>]| matches!(pair, [option, format] if option == "--format" && formats.contains(&format.as_ref()));
        let has_format = words.windows(2).any(follows)
            || words.iter().any(|word| {
                let format = word.strip_prefix("--format=");
                format.is_some_and(|format| formats.contains(&format))
            });
        if words.iter().any(|word| word == "--json") || (has_format && !is_reader) {
            Self::Json
        } else {
            Self::Text
        }
    }
}

/// Returns a message that a file is not UTF-8, with a remedy.
pub(crate) fn not_utf8(locale: Locale) -> &'static str {
    locale.choose(
        "this is not UTF-8; save the file in UTF-8",
        "це не UTF-8; збережіть файл у UTF-8",
    )
}

/// The most of a query that is shown, in characters before and behind a fault.
const SHOWN_BEFORE: usize = 200;
const SHOWN_BEHIND: usize = 400;

/// Returns what stands around byte `at` of a query, and the byte where that begins.
fn around(query: &str, at: usize) -> (&str, usize) {
    let before = ByteRange::new(0, at).of(query);
    let skipped = before.chars().count().saturating_sub(SHOWN_BEFORE);
    let from = before
        .char_indices()
        .nth(skipped)
        .map_or(at, |(byte, _)| byte);
    let behind = ByteRange::new(at, query.len()).of(query);
    let end = behind.char_indices().nth(SHOWN_BEHIND);
    let end = end.map_or(query.len(), |(byte, _)| at + byte);
    (ByteRange::new(from, end).of(query), from)
}

/// Why the job could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The query could not be understood.
    #[error("{error}")]
    Query {
        /// The query.
        query: String,
        /// What is wrong with it.
        error: QueryError,
    },
    /// The search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The library failed.
    #[error(transparent)]
    Library(#[from] Error),
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// What was asked makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Lines of a file are wrong; each with its place.
    #[error("{}", .0.join("; "))]
    Lines(Vec<String>),
    /// Queries cannot be understood; each with its place, its code and the reason.
    #[error("{}", .0.join("; "))]
    Queries(Vec<String>),
}

impl Failure {
    /// Makes a failure of what searching for `query` gave.
    pub(crate) fn of_search(query: &str, error: SearchError) -> Self {
        match error {
            SearchError::Query(error) => Self::Query {
                query: query.to_owned(),
                error,
            },
            SearchError::Index(error) => Self::Library(error),
            other => Self::Search(other),
        }
    }

    /// Returns the failure with the query that it may point into.
    pub(crate) fn about(self, query: &str) -> Self {
        match self {
            Self::Search(error) => Self::of_search(query, error),
            other => other,
        }
    }

    /// Returns the code of what is wrong with a cluster.
    fn code(&self) -> Option<&'static str> {
        match self {
            Self::Library(Error::Cluster(problem))
            | Self::Search(SearchError::Index(Error::Cluster(problem))) => Some(problem.code()),
            _ => None,
        }
    }

    /// Returns whether the reader of our output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Returns whether Ctrl-C ended the output.
    pub(crate) fn is_interrupted(&self) -> bool {
        matches!(self, Self::Output(error) if interrupt::is_cause_of(error))
    }

    /// Returns whether it needs no message: the reader of our output went away, or Ctrl-C ended it.
    pub(crate) fn is_silent(&self) -> bool {
        self.is_broken_pipe() || self.is_interrupted()
    }

    /// Returns a message in the user's language.
    pub(crate) fn message(&self, locale: Locale) -> String {
        match self {
            Self::Search(error) => error.message(locale),
            Self::Library(error) => error.message(locale),
            Self::Output(error) => {
                let failed =
                    locale.choose("cannot write the output", "не вдалося вивести відповідь");
                format!("{failed}: {error}")
            }
            other => other.to_string(),
        }
    }

    /// Prints the failure on standard error.
    pub(crate) fn report(&self, locale: Locale) {
        match self {
            Self::Query { query, error } => {
                let word = locale.choose("error", "помилка");
                let message = error.problem.message(locale);
                eprintln!("{word}[{}]: {}", error.problem.code(), one_line(&message));
                if query.trim().is_empty() {
                    return;
                }
                let (shown, from) = around(query, error.range.start);
                eprintln!("  {}", one_line(shown));
                let before = ByteRange::new(from, error.range.start).of(query);
                let marked = error.range.of(query);
                let carets = "^".repeat(one_line(marked).width().clamp(1, 60));
                eprintln!("  {}{carets}", " ".repeat(one_line(before).width()));
            }
            Self::Lines(problems) => {
                let word = locale.choose("error", "помилка");
                for problem in problems {
                    eprintln!("{word}: {}", one_line(problem));
                }
            }
            Self::Queries(problems) => {
                for problem in problems {
                    eprintln!("{}", one_line(problem));
                }
            }
            other => {
                let word = locale.choose("error", "помилка");
                let code = other.code().map(|code| format!("[{code}]"));
                let code = code.unwrap_or_default();
                eprintln!("{word}{code}: {}", one_line(&other.message(locale)));
            }
        }
    }

    /// Prints the failure on standard error as JSON.
    pub(crate) fn report_json(&self, locale: Locale) {
        // A failure to report a failure has nowhere to go.
        let _ = render::json::write(&self.json(locale), &mut io::stderr());
    }

    /// Prints the failure of what stands at `place`, as `queries.tsv:7`.
    pub(crate) fn report_at(&self, place: &str, form: ErrorForm, locale: Locale) {
        match form {
            ErrorForm::Text => {
                eprintln!("{place}:");
                self.report(locale);
            }
            ErrorForm::Json => {
                let report = ErrorReport {
                    place: Some(place.to_owned()),
                    ..self.json(locale)
                };
                let _ = render::json::write(&report, &mut io::stderr());
            }
        }
    }

    /// Returns the failure as data.
    pub(crate) fn json(&self, locale: Locale) -> ErrorReport {
        ErrorReport {
            schema_version: ERROR_VERSION,
            place: None,
            error: match self {
                Self::Query { query, error } => {
                    ErrorDetails::Query(QueryErrorReport::of(query, error, locale))
                }
                other => ErrorDetails::Other {
                    code: other.code(),
                    message: other.message(locale),
                },
            },
        }
    }
}
