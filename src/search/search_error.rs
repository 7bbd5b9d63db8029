//! Why a question got no answer.

use crate::date::Date;
use crate::error::Error;
use crate::locale::Locale;
use crate::query::QueryError;
use crate::search::request::SearchRequest;
use std::fmt;

/// Why a question got no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query could not be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The first day asked for lies behind the last.
    #[error("--from {from} lies after --to {to}; swap them")]
    EmptyPeriod {
        /// The beginning asked for.
        from: Date,
        /// The end asked for.
        to: Date,
    },
    /// No article has the id asked for.
    #[error(
        "no article with the id {id}{}",
        if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
    )]
    UnknownArticle {
        /// The id asked for.
        id: String,
        /// Ids that are spelt nearly like it, the likeliest first.
        near: Vec<String>,
    },
    /// The cursor gives no page.
    #[error("{0}")]
    Cursor(CursorProblem),
    /// The time limit passed before the answer was whole, and this kind of answer is never partial.
    #[error("the time limit has passed; narrow the query by dates or sources")]
    TimeOver,
    /// The answer would take more memory than it may, and this kind of answer is never partial.
    #[error(
        "the answer takes more than {megabytes} MB of memory; ask for fewer with --limit and --offset"
    )]
    MemoryOver {
        /// What it may take, in units of 1024 × 1024 bytes.
        megabytes: u64,
    },
    /// The patterns of the query match forms so common that finding them would take more memory
    /// than it may.
    #[error(
        "the patterns of the query match words so common that finding them takes more than {megabytes} MB of memory; begin them with more letters, or use fewer of them"
    )]
    PatternsOver {
        /// What it may take, in units of 1024 × 1024 bytes.
        megabytes: u64,
    },
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] Error),
}

impl SearchError {
    /// Makes one of an answer that takes more memory than `request` allows.
    pub(crate) fn memory_over(request: &SearchRequest) -> Self {
        Self::MemoryOver {
            megabytes: request.max_memory >> 20,
        }
    }

    /// Returns a message with the problem and its remedy.
    pub fn message(&self, locale: Locale) -> String {
        match (self, locale) {
            (Self::Query(error), _) => error.problem.message(locale),
            (Self::Cursor(problem), _) => problem.message(locale).to_owned(),
            (Self::Index(error), _) => error.message(locale),
            (_, Locale::English) => self.to_string(),
            (Self::TimeOver, Locale::Ukrainian) => {
                "час на відповідь вийшов; звузьте запит датами чи джерелами".to_owned()
            }
            (Self::MemoryOver { megabytes }, Locale::Ukrainian) => format!(
                "відповідь потребує понад {megabytes} МБ пам’яті; запитуйте менше за раз через --limit і --offset"
            ),
            (Self::PatternsOver { megabytes }, Locale::Ukrainian) => format!(
                "шаблони запиту охоплюють надто поширені слова, і пошук за ними потребує понад {megabytes} МБ пам’яті; почніть їх більшою кількістю літер або візьміть їх менше"
            ),
            (Self::EmptyPeriod { from, to }, Locale::Ukrainian) => {
                format!("--from {from} пізніше за --to {to}; поміняйте їх місцями")
            }
            (Self::UnknownArticle { id, near }, Locale::Ukrainian) if near.is_empty() => {
                format!("немає статті з ідентифікатором {id}")
            }
            (Self::UnknownArticle { id, near }, Locale::Ukrainian) => {
                let near = near.join(" або ");
                format!("немає статті з ідентифікатором {id}; може, {near}?")
            }
        }
    }
}

impl From<CursorProblem> for SearchError {
    fn from(problem: CursorProblem) -> Self {
        Self::Cursor(problem)
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}

/// Why a cursor gives no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CursorProblem {
    /// It is no cursor, or not the whole of one.
    Broken,
    /// The index has changed since.
    OtherIndex,
    /// It is of another query, order or filter.
    OtherQuestion,
}

impl CursorProblem {
    /// Returns a message with the problem and its remedy.
    pub fn message(self, locale: Locale) -> &'static str {
        match self {
            Self::Broken => locale.choose(
                "this is no cursor; copy the whole of next_cursor",
                "це не курсор; скопіюйте next_cursor повністю",
            ),
            Self::OtherIndex => locale.choose(
                "the index has changed since this cursor was given; start again without --cursor",
                "індекс змінився, відколи видано цей курсор; почніть знову без --cursor",
            ),
            Self::OtherQuestion => locale.choose(
                "this cursor is of another question; give it with the same query, order, dates, time zone, sources and other options, and where --recent counts days, with the same --now",
                "цей курсор від іншого запиту; додайте його до того самого запиту, порядку, дат, часового поясу, джерел та інших параметрів, а з --recent – і до того самого --now",
            ),
        }
    }
}

impl fmt::Display for CursorProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Locale::English))
    }
}
