//! Notices: remarks on the reading of a query that are not errors.

use crate::query::field::Column;
use serde::Serialize;

/// The code of the notice that nothing was counted. An answer for people needs no such notice: it
/// shows no counts.
pub const NOT_COUNTED: &str = "not_counted";

/// The code of the notice that the index has no articles: no other query will find more.
pub const EMPTY_INDEX: &str = "empty_index";

/// A notice as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// A code that never changes its meaning.
    pub code: &'static str,
    /// The notice for people.
    pub message: String,
}

/// Something to tell about the reading of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names of the parts say what they are")]
pub enum Warning {
    /// Operators of different precedence stand side by side.
    MixedOperators { reading: String },
    /// All words are in capitals, so operators were read as words.
    Headline,
    /// A mark that does nothing where it stands.
    Ignored { mark: String },
    /// The name of a field, but it was read as text.
    FieldAsText { name: String, field: String },
    /// An operator without its words was read as a word.
    OperatorAsWord { operator: String },
    /// A backslash before what needs none.
    UnknownEscape { escape: String },
    /// Words of closed classes that an article need not have.
    OptionalWords { words: Vec<String> },
    /// A pattern stands for more forms than are looked for.
    ExpansionCapped {
        pattern: String,
        forms: usize,
        limit: usize,
    },
    /// A phrase has more readings than are looked for.
    ReadingsCapped { limit: usize },
    /// A word that no article has was replaced.
    Replaced { word: String, replacement: String },
    /// What need not be there in a query of another system was left out.
    LeftOutOptional { text: String },
    /// What a query of another system asks for and ours cannot was left out.
    LeftOut { text: String },
    /// What a query of another system asks for finds not quite the same here.
    Differs { text: String, how: Difference },
    /// A translated query runs only with this flag.
    Needs { flag: &'static str },
    /// A faulty query was mended.
    Repaired { code: &'static str, query: String },
    /// A value that was asked for is that of no article.
    UnknownValue {
        column: Column,
        value: String,
        near: Option<String>,
    },
    /// Time ran out, so the answer is not whole.
    TimeLimit { millis: u64 },
    /// The hits would have taken more memory than they may, so the answer has only the first.
    MemoryLimit { megabytes: u64 },
    /// The index has no articles.
    EmptyIndex,
    /// Only hits were asked for, so nothing was counted.
    NotCounted,
    /// Dates of articles that count here are estimates.
    EstimatedDates { count: u64 },
    /// Words that begin alike were not looked for, as the index cannot list its words.
    NoRelatedWords,
    /// Nodes of the cluster were silent, so others were asked.
    SilentNodes { nodes: String },
}

/// How what a query of another system asks for differs from what its translation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It counts by how many places words must be moved, we count the others between them.
    Moves,
    /// It allows another number of slips.
    Slips,
    /// It stands for some letters at most, ours for any number.
    Letters,
    /// It sets no limit to the distance, or another.
    Distance,
    /// It asks for the same part of an article.
    Segments,
    /// It has a time of day.
    TimeOfDay,
    /// It begins a day earlier.
    FirstDay,
    /// A date whose first number was taken for the month.
    MonthFirst,
}

impl Warning {
    /// Returns the code of the warning; it never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MixedOperators { .. } => "N010",
            Self::Headline => "N011",
            Self::Ignored { .. } => "N012",
            Self::FieldAsText { .. } => "N013",
            Self::OperatorAsWord { .. } => "N014",
            Self::UnknownEscape { .. } => "N015",
            Self::OptionalWords { .. } => "N016",
            Self::ExpansionCapped { .. } => "expansion_capped",
            Self::ReadingsCapped { .. } => "readings_capped",
            Self::Replaced { .. } => "N030",
            Self::LeftOutOptional { .. } => "N040",
            Self::LeftOut { .. } => "N041",
            Self::Differs { .. } => "N042",
            Self::Needs { .. } => "N043",
            Self::Repaired { .. } => "N090",
            Self::UnknownValue { .. } => "N050",
            Self::TimeLimit { .. } => "time_limit",
            Self::MemoryLimit { .. } => "memory_limit",
            Self::EmptyIndex => EMPTY_INDEX,
            Self::NotCounted => NOT_COUNTED,
            Self::EstimatedDates { .. } => "estimated_dates",
            Self::NoRelatedWords => "no_related_words",
            Self::SilentNodes { .. } => "silent_nodes",
        }
    }
}
