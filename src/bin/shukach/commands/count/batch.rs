//! Queries from arguments or a file; all their errors are reported together.

use crate::arguments::query_lines::named_query;
use crate::exit::Failure;
use shukach::Error;
use shukach::locale::Locale;
use shukach::search::SearchError;
use shukach::search::{FailedQuery, NamedQuery};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Queries, each with the place that people know it by.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) queries: Vec<NamedQuery>,
    places: Vec<String>,
}

impl Batch {
    /// Takes each argument for a query.
    pub(crate) fn of_arguments(queries: &[String]) -> Self {
        let named = |query: &String| NamedQuery {
            name: query.clone(),
            query: query.clone(),
        };
        Self {
            queries: queries.iter().map(named).collect(),
            places: (1..=queries.len())
                .map(|number| format!("query {number}"))
                .collect(),
        }
    }

    /// Reads a file of queries; see [`named_query`].
    pub(crate) fn read(path: &Path, locale: Locale) -> Result<Self, Failure> {
        let unreadable = |source| Error::Io {
            action: "read",
            path: path.to_owned(),
            source,
        };
        let mut bytes = Vec::new();
        if path == Path::new("-") {
            io::stdin().read_to_end(&mut bytes).map_err(unreadable)?;
        } else {
            let mut file = File::open(path).map_err(unreadable)?;
            file.read_to_end(&mut bytes).map_err(unreadable)?;
        }
        let mut batch = Self {
            queries: Vec::new(),
            places: Vec::new(),
        };
        let mut wrong = Vec::new();
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            let place = format!("{}:{number}", path.display());
            match std::str::from_utf8(line).map(named_query) {
                Ok(None) => {}
                Ok(Some(query)) => {
                    batch.queries.push(query);
                    batch.places.push(place);
                }
                Err(_) => {
                    let told = locale.choose(
                        "error: this is not UTF-8; save the file in UTF-8",
                        "помилка: це не UTF-8; збережіть файл у UTF-8",
                    );
                    wrong.push(format!("{place}: {told}"));
                }
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::Queries(wrong));
        }
        if batch.queries.is_empty() {
            let path = path.display();
            return Err(Failure::Usage(match locale {
                Locale::English => format!("{path} has no queries"),
                Locale::Ukrainian => format!("у {path} немає запитів"),
            }));
        }
        Ok(batch)
    }

    /// Returns what to tell of the queries that failed.
    pub(crate) fn failure(&self, failed: Vec<FailedQuery>, locale: Locale) -> Failure {
        let mut wrong = Vec::with_capacity(failed.len());
        for FailedQuery { ordinal, error, .. } in failed {
            let query = self.queries.get(ordinal).map_or("", |named| &named.query);
            match (error, self.places.get(ordinal)) {
                (SearchError::Query(error), Some(place)) if !self.is_single() => {
                    let word = locale.choose("error", "помилка");
                    let message = error.problem.message(locale);
                    wrong.push(format!(
                        "{place}: {word}[{}]: {message}",
                        error.problem.code()
                    ));
                }
                // One query shows its place by itself, and what is wrong with the index concerns
                // all.
                (error, _) => return Failure::of_search(query, error),
            }
        }
        Failure::Queries(wrong)
    }

    fn is_single(&self) -> bool {
        self.places.len() == 1 && self.places.iter().all(|place| place == "query 1")
    }
}
