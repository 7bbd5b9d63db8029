//! What can be wrong with a query, with its place and the way out.

use crate::text::ByteRange;

/// Why a query could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct QueryError {
    /// What is wrong.
    pub problem: QueryProblem,
    /// Where, in bytes of the query.
    pub range: ByteRange,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryProblem {
    /// No word in it.
    #[error("the query is empty; give at least one word, as in: shukach search 'гарантії безпеки'")]
    Empty,
    /// Nothing but exclusions.
    #[error("the query only excludes; give at least one word to look for")]
    OnlyNegative,
    /// A `(` without its `)`.
    #[error("\"(\" is never closed; add \")\" or leave it out")]
    UnclosedParenthesis,
    /// A `)` without its `(`.
    #[error("\")\" was never opened; add \"(\" or leave it out")]
    UnopenedParenthesis,
    /// A quote without its partner.
    #[error("the quote {quote} is never closed; add the closing one or leave it out")]
    UnclosedQuote {
        /// The opening quote.
        quote: char,
    },
    /// An operator without a word after or before it.
    #[error(
        "{operator} lacks a word {side} it; write operators in lower case to search for them as words"
    )]
    MissingOperand {
        /// The operator as it was typed.
        operator: String,
        /// `before` or `after`.
        side: &'static str,
    },
    /// `==`, which this version does not know.
    #[error("== (exact with its capitals) is not known to this version; use = for the exact form")]
    CaseUnsupported,
    /// More than the limit.
    #[error("the query is too long: {bytes} bytes, at most {limit_bytes} are read")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit_bytes: usize,
    },
    /// More parentheses or NOTs inside each other than the limit.
    #[error("the query is nested more than {limit} deep; use fewer parentheses")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More words than the limit.
    #[error("the query has more than {limit} words; use fewer")]
    TooManyWords {
        /// The limit.
        limit: usize,
    },
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
            Self::CaseUnsupported => "Q190",
            Self::TooLong { .. } => "Q901",
            Self::TooDeep { .. } => "Q902",
            Self::TooManyWords { .. } => "Q903",
        }
    }
}
