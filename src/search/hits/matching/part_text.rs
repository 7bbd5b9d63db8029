//! The text of one part of an article, and what matched in it.

use crate::plan::spans::Span;
use crate::schema::Part;
use crate::text::ByteRange;

/// One text of an article: a part of it.
#[derive(Debug, Clone, Copy)]
pub struct PartText<'a> {
    /// Which part.
    pub part: Part,
    /// The text.
    pub text: &'a str,
    /// Whether words may match in it that the query gives no field of their own.
    pub is_searched: bool,
}

/// A match with the slots and positions of its words.
pub(crate) type Traced = Span<Vec<(usize, u32)>>;

/// What was found in one text.
pub(crate) struct PartMatches {
    /// The words of each slot of each leaf, in order; at least those of the leaves that are shown.
    pub(crate) words: Vec<Vec<Vec<Found>>>,
    /// The matches of each leaf.
    pub(crate) spans: Vec<Vec<Traced>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) range: ByteRange,
    pub(crate) position: u32,
}
