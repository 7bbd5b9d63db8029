//! The terms of a slot as one segment has them.

use crate::schema::Part;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Result, SegmentReader};

/// Where an article says more of a word than a mention in passing: the list of its impacts.
pub(crate) const WITH_IMPACT: usize = 0;
/// Where an article mentions the word in its text: in passing, if it is not [`WITH_IMPACT`] there.
pub(crate) const SINGLE_MENTION: usize = 1;

/// Articles in a full block of a list; only the last block is not full.
pub(crate) const BLOCK: usize = 128;

/// A term that a segment has.
#[derive(Debug, Clone)]
pub(crate) struct SegmentTerm {
    /// The part it is in, by its place in the list of searched parts; of an impact [`WITH_IMPACT`]
    /// or [`SINGLE_MENTION`].
    pub part: usize,
    /// The field it is in.
    pub field: Field,
    /// Its place among the slot's terms, forms and spellings.
    pub ordinal: usize,
    /// Whether it is one of the slot's own terms, not a spelling of them.
    pub is_own: bool,
    /// Whether it is a term of the body, looked for in leads that the body begins with: of its
    /// postings only the positions in the lead count.
    pub is_lead_of_body: bool,
    /// Where its postings are.
    pub info: TermInfo,
}

impl SegmentTerm {
    /// Returns whether it is a form, not a key.
    pub(crate) fn is_form(&self) -> bool {
        Part::ALL
            .iter()
            .any(|part| part.fields().forms == self.field)
    }

    /// Opens its postings.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn blocks(
        &self,
        reader: &SegmentReader,
        option: IndexRecordOption,
    ) -> Result<BlockSegmentPostings> {
        let inverted = reader.inverted_index(self.field)?;
        let blocks = inverted.read_block_postings_from_terminfo(&self.info, option)?;
        Ok(blocks)
    }

    /// Calls `each` with the documents and frequencies of every block of its postings; with
    /// `Basic`, frequencies say nothing.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn for_each_block(
        &self,
        reader: &SegmentReader,
        option: IndexRecordOption,
        mut each: impl FnMut(&[DocId], &[u32]),
    ) -> Result<()> {
        let mut blocks = self.blocks(reader, option)?;
        loop {
            each(blocks.docs(), blocks.freqs());
            if blocks.block_len() < BLOCK {
                return Ok(());
            }
            blocks.advance();
        }
    }
}

/// Returns how many articles terms have at most, counting those of several terms several times.
pub(crate) fn len_of<'a>(terms: impl IntoIterator<Item = &'a SegmentTerm>) -> u64 {
    let terms = terms.into_iter();
    terms.map(|term| u64::from(term.info.doc_freq)).sum()
}

/// Where the terms of a slot are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In each of these parts.
    Parts(Vec<Part>),
    /// In whole articles, by the impacts of keys.
    Article,
}
