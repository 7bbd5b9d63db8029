//! Errors of a query, with their place and remedy.

use crate::locale::Locale;
use crate::query::field;
use crate::query::period::PeriodError;
use crate::text::{ByteRange, char_count};
use serde::Serialize;

/// Why a query could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", problem.message(Locale::English))]
pub struct QueryError {
    /// What is wrong.
    pub problem: QueryProblem,
    /// Where, in bytes of the query.
    pub range: ByteRange,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names of the parts say what they are")]
pub enum QueryProblem {
    /// No word in it.
    Empty,
    /// Nothing but exclusions.
    OnlyNegative,
    /// A `(` without its `)`.
    UnclosedParenthesis,
    /// A `)` without its `(`.
    UnopenedParenthesis,
    /// A quote without its partner.
    UnclosedQuote { quote: char },
    /// An operator without a word after or before it.
    MissingOperand { operator: String, side: Side },
    /// `NEAR` without its number.
    MissingNumber { operator: String },
    /// A number that an operator cannot have.
    NumberOutOfRange {
        number: String,
        least: &'static str,
        most: u32,
    },
    /// A NOT in an operand of NEAR.
    NotInsideNear { operator: &'static str },
    /// A field, date or ATLEAST in an operand of NEAR, or NEAR and the like where mentions are
    /// counted.
    OutOfPlace {
        what: &'static str,
        operator: String,
    },
    /// Too few letters before the first `*` or `?`, or at the start of a regular expression.
    FewLetters { pattern: String, least: usize },
    /// A regular expression that cannot be read.
    BadRegex { reason: String },
    /// Fuzziness other than 1 and 2.
    BadFuzziness { number: String },
    /// `==` before a pattern.
    CasedPattern,
    /// A name that is almost that of a field.
    NearField { typed: String, meant: &'static str },
    /// A name of no field, where only names of fields are allowed.
    UnknownField { typed: String },
    /// A field inside another.
    NestedField { typed: String },
    /// A field without a value.
    MissingValue { field: String },
    /// A value of a field that looks like a pattern: only its end may be open.
    PatternOfValue { field: String, value: String },
    /// An operator of a query of another system without a word after or before it.
    MissingTerm { operator: String, side: Side },
    /// What a query of another system asks for and ours cannot.
    Untranslatable { what: String },
    /// What stands behind `date:` is none.
    Period(PeriodError),
    /// More bytes than the limit.
    TooLong { bytes: usize, limit_bytes: usize },
    /// More parentheses, NOTs or operators inside each other than the limit.
    TooDeep { limit: usize },
    /// More words than the limit.
    TooManyWords { limit: usize },
    /// More clauses than the limit, once AND inside NEAR is multiplied out.
    TooManyClauses { limit: usize },
}

/// A side of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

impl QueryProblem {
    /// Returns the code of the problem; it never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "Q101",
            Self::OnlyNegative => "Q102",
            Self::UnclosedParenthesis => "Q103",
            Self::UnclosedQuote { .. } => "Q104",
            Self::UnopenedParenthesis => "Q105",
            Self::MissingOperand { .. } => "Q120",
            Self::MissingNumber { .. } => "Q121",
            Self::NumberOutOfRange { .. } => "Q122",
            Self::NotInsideNear { .. } => "Q123",
            Self::OutOfPlace { .. } => "Q124",
            Self::FewLetters { .. } => "Q131",
            Self::BadRegex { .. } => "Q132",
            Self::BadFuzziness { .. } => "Q133",
            Self::CasedPattern => "Q134",
            Self::NearField { .. } => "Q201",
            Self::UnknownField { .. } => "Q202",
            Self::NestedField { .. } => "Q203",
            Self::MissingValue { .. } => "Q204",
            Self::PatternOfValue { .. } => "Q205",
            Self::Untranslatable { .. } => "Q401",
            Self::MissingTerm { .. } => "Q402",
            Self::Period(PeriodError::Date { .. }) => "Q310",
            Self::Period(PeriodError::Reversed { .. }) => "Q311",
            Self::Period(PeriodError::Brackets) => "Q312",
            Self::TooLong { .. } => "Q901",
            Self::TooDeep { .. } => "Q902",
            Self::TooManyWords { .. } => "Q903",
            Self::TooManyClauses { .. } => "Q904",
        }
    }

    /// Returns what would be right at that place, in the syntax of queries; empty where anything
    /// may stand.
    pub fn expected(&self) -> Vec<String> {
        let one = |text: &str| vec![text.to_owned()];
        match self {
            Self::Empty
            | Self::OnlyNegative
            | Self::MissingOperand { .. }
            | Self::MissingTerm { .. } => one("word"),
            Self::UnclosedParenthesis => one(")"),
            Self::UnopenedParenthesis => one("("),
            Self::UnclosedQuote { quote } => one(closing(*quote)),
            Self::MissingNumber { operator } => vec![format!("{operator}/5")],
            Self::NumberOutOfRange { least, most, .. } => vec![format!("{least}..{most}")],
            Self::BadFuzziness { .. } => vec!["~1".to_owned(), "~2".to_owned()],
            Self::UnknownField { .. } => field::names().map(str::to_owned).collect(),
            Self::NearField { meant, .. } => vec![format!("{meant}:")],
            Self::Period(_) => ["2025", "2025-12", "2025-12-28", "2025-01..2025-06", "7d"]
                .map(str::to_owned)
                .to_vec(),
            _ => Vec::new(),
        }
    }

    /// Returns the text that would mend the query if it stood in place of the marked range.
    pub fn suggestion(&self) -> Option<String> {
        match self {
            Self::NearField { meant, .. } => Some((*meant).to_owned()),
            Self::MissingNumber { operator } => Some(format!("{operator}/5")),
            Self::BadFuzziness { .. } => Some("~2".to_owned()),
            _ => None,
        }
    }
}

/// Returns the mark that people close `quote` with.
pub(crate) fn closing(quote: char) -> &'static str {
    match quote {
        '«' => "»",
        '„' => "“",
        '“' | '‟' => "”",
        _ => "\"",
    }
}

/// An error of a query as data, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueryErrorReport {
    /// The code of the problem.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// The query.
    pub query: String,
    /// Where, in bytes of the query.
    pub bytes: ByteRange,
    /// Where, in characters of the query.
    pub chars: ByteRange,
    /// What would be right there.
    pub expected: Vec<String>,
    /// What to put in place of the marked range; null where nothing is certain.
    pub suggestion: Option<String>,
}

impl QueryErrorReport {
    /// Makes the report of an `error` in `query`.
    pub fn of(query: &str, error: &QueryError, locale: Locale) -> Self {
        let chars_before = |end: usize| char_count(ByteRange::new(0, end).of(query));
        Self {
            code: error.problem.code(),
            message: error.problem.message(locale),
            query: query.to_owned(),
            bytes: error.range,
            chars: ByteRange::new(
                chars_before(error.range.start),
                chars_before(error.range.end),
            ),
            expected: error.problem.expected(),
            suggestion: error.problem.suggestion(),
        }
    }
}
