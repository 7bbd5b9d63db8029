//! The syntax tree of a query.

use crate::query::field::{Column, PartField};
use crate::query::period::DayRange;
use crate::text::ByteRange;

/// Where a part of a query stands in its text. All places are equal: two queries are the same if
/// they mean the same, wherever they stood.
#[derive(Debug, Clone, Copy)]
pub struct QueryRange(pub ByteRange);

impl PartialEq for QueryRange {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for QueryRange {}

/// A query, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A word. Analysis may find several in it (`Івано-Франківськ`); they must then stand side by
    /// side.
    Word(Word),
    /// Words in a row or near each other.
    Phrase(Phrase),
    /// Two parts of a query at a distance.
    Near(Near),
    /// So many mentions at least.
    AtLeast {
        /// How many mentions, 1 to 255.
        count: u8,
        /// Of what.
        query: Box<Query>,
        /// Where the operator stands.
        place: QueryRange,
    },
    /// Only in one part of the article.
    In {
        /// The part.
        part: PartField,
        /// What must be there.
        query: Box<Query>,
        /// Where the name of the field stands.
        place: QueryRange,
    },
    /// What is known of the article beside its text.
    Column(ColumnQuery),
    /// Published on one of these days.
    Published {
        /// The days.
        days: DayRange,
        /// Where it stands.
        place: QueryRange,
    },
    /// The same, but of another weight in the order of hits.
    Boost {
        /// The weight in hundredths: 100 changes nothing.
        hundredths: u32,
        /// What is weighed.
        query: Box<Query>,
    },
    /// All of these.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as it was typed, without its marks; of a wildcard with `*` and `?`, of a regular
    /// expression what stands between the slashes.
    pub text: String,
    /// Which words of an article it matches.
    pub reading: WordMode,
    /// Whether an article need not have it: one of a closed class in a conjunction (`між`, `для`).
    pub is_optional: bool,
    /// Where it stands, its marks included.
    pub place: QueryRange,
}

/// Which words of an article a word of a query matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordMode {
    /// Every inflected form of it: `слово`.
    Inflected,
    /// This form, whatever the case of its letters: `=слово`.
    Exact,
    /// This form with its capitals and no others: `==Слово`.
    Cased,
    /// Every form within this many typing errors: `слово~1`.
    Fuzzy {
        /// 1 or 2 letters missing, added, wrong or swapped.
        max_edits: u8,
    },
    /// Every form of this shape: `сло*`, `сл?во`.
    Wildcard,
    /// Every form that the regular expression matches as a whole: `/сл[ио]ва/`.
    Regex,
}

/// Words in a row, or near each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What stands at each place.
    pub slots: Vec<PhraseSlot>,
    /// None for words in a row and in this order; else the words may stand in any order, with at
    /// most so many others between them: `"…"~5`.
    pub max_others: Option<u8>,
    /// Where it stands, its marks included.
    pub place: QueryRange,
}

/// What stands at one place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhraseSlot {
    /// One of these words; there is at least one.
    OneOf(Vec<Word>),
    /// Exactly one word, whichever: `*`.
    Any,
}

/// Two parts of a query at a distance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// At which distance.
    pub distance: Distance,
    /// What stands on the left of the operator.
    pub left: Box<Query>,
    /// What stands on its right.
    pub right: Box<Query>,
    /// Where the operator stands.
    pub place: QueryRange,
}

/// How near two parts of a query must be. A distance is the difference of positions: neighbours are
/// 1 apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// `NEAR/n`: at most n positions apart, in any order.
    Near(u8),
    /// `PRE/n`: the same, the left one first.
    Pre(u8),
    /// `NOTNEAR/n`: the left one without the right one so near.
    NotNear(u8),
    /// `/s`: in one sentence.
    Sentence,
    /// `/p`: in one paragraph.
    Paragraph,
}

/// A condition on what is known of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnQuery {
    /// What is asked about.
    pub column: Column,
    /// The value as it was typed.
    pub value: String,
    /// How the value of an article must fit it.
    pub fit: ValueFit,
    /// Where the value stands.
    pub place: QueryRange,
}

/// How the value of an article must fit that of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueFit {
    /// It has these words in a row: `source:"…"`.
    Words,
    /// It has these words and no others: `source:="…"`.
    Whole,
    /// It is the same, character by character: `source:=="…"`.
    Literal,
}

impl Query {
    /// Returns where the query begins and ends in its text, in bytes, its parentheses not included.
    pub fn range(&self) -> ByteRange {
        match self {
            Self::Word(word) => word.place.0,
            Self::Phrase(phrase) => phrase.place.0,
            Self::Near(near) => span(near.left.range(), near.right.range()),
            Self::AtLeast { query, place, .. } | Self::In { query, place, .. } => {
                span(place.0, query.range())
            }
            Self::Column(column) => column.place.0,
            Self::Published { place, .. } => place.0,
            Self::Boost { query, .. } | Self::Not(query) => query.range(),
            Self::And(queries) | Self::Or(queries) => queries
                .iter()
                .map(Self::range)
                .reduce(span)
                .unwrap_or(ByteRange::new(0, 0)),
        }
    }
}

fn span(a: ByteRange, b: ByteRange) -> ByteRange {
    ByteRange::new(a.start.min(b.start), a.end.max(b.end))
}
