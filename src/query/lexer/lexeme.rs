//! One lexeme of a query, with its place.

use crate::query::ast::{ColumnQuery, Distance, Phrase, Word};
use crate::query::field::Field;
use crate::query::period::DayRange;
use crate::text::ByteRange;

/// A token of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: LexemeKind,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
}

/// What a token of a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexemeKind {
    /// A word.
    Word(Word),
    /// What stands between two quotes.
    Phrase(Phrase),
    /// `AND`, `І`, `ТА`, `&`.
    And,
    /// `OR`, `АБО`, `|`.
    Or,
    /// `NOT`, `НЕ`, `-`.
    Not,
    /// `+`.
    Must,
    /// `NEAR/5`, `/s` and the like.
    Near(Distance),
    /// `ATLEAST/5`.
    AtLeast(u8),
    /// The name of a field with its colon.
    Field(Field),
    /// A value of a field that is no text.
    Column(ColumnQuery),
    /// What stands behind `date:`.
    Period(DayRange),
    /// `^2`, in hundredths.
    Boost(u32),
    /// `(`.
    Open,
    /// `)`.
    Close,
}

impl LexemeKind {
    /// Returns whether it can stand beside an operator.
    pub fn is_operand(&self) -> bool {
        matches!(
            self,
            Self::Word(_) | Self::Phrase(_) | Self::Column(_) | Self::Period(_)
        )
    }
}

/// How operators that are words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordOperators {
    /// All are operators.
    All,
    /// In a headline in capitals only the English ones are, and those with a number.
    Headline,
    /// None is.
    None,
}

/// Returns the longest beginning of `text` whose characters all pass.
pub(crate) fn leading(text: &str, passes: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !passes(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}
