//! The terms of a slot as the segments have them: each looked up once, for its idf and for its postings.

use super::phrase::engine_error;
use super::plan::Slot;
use super::postings::{SlotPostings, own_terms};
use super::ranking;
use crate::schema::Part;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Result, Searcher, SegmentReader, Term};

/// A term that a segment has.
#[derive(Debug, Clone)]
pub struct FoundTerm {
    /// The part it is in, by its place in the list of searched parts.
    pub part: usize,
    /// The field it is in.
    pub field: Field,
    /// Its place among the slot's terms, forms and spellings.
    pub ordinal: usize,
    /// Whether it is one of the slot's own terms, not a spelling of them.
    pub is_own: bool,
    /// Where its postings are.
    pub info: TermInfo,
}

impl FoundTerm {
    /// Tells whether it is a form, not a key.
    pub fn is_form(&self) -> bool {
        Part::ALL
            .iter()
            .any(|part| part.fields().forms == self.field)
    }
}

/// Looks up the terms of `slot` in one segment, in the order of `parts`.
///
/// # Errors
/// Where the term dictionary cannot be read.
fn look_up(slot: &Slot, parts: &[Part], reader: &SegmentReader) -> Result<Vec<FoundTerm>> {
    let mut found = Vec::new();
    for (part, fields) in parts.iter().map(|part| part.fields()).enumerate() {
        let own = own_terms(slot, fields).map(|term| (term, true));
        let spellings = slot
            .spellings
            .iter()
            .map(|term| ((fields.keys, term), false));
        for (ordinal, ((field, term), is_own)) in own.chain(spellings).enumerate() {
            let inverted = reader.inverted_index(field)?;
            if let Some(info) = inverted.get_term_info(&Term::from_field_text(field, term))? {
                found.push(FoundTerm {
                    part,
                    field,
                    ordinal,
                    is_own,
                    info,
                });
            }
        }
    }
    Ok(found)
}

/// A slot and its terms in all segments of a searcher.
#[derive(Debug, Clone)]
pub struct FoundSlot {
    slot: Slot,
    segments: Vec<(SegmentId, Vec<FoundTerm>)>,
}

impl FoundSlot {
    /// Looks the terms up.
    ///
    /// # Errors
    /// Where a term dictionary cannot be read.
    pub fn find(slot: &Slot, parts: &[Part], searcher: &Searcher) -> Result<Self> {
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push((reader.segment_id(), look_up(slot, parts, reader)?));
        }
        Ok(Self {
            slot: slot.clone(),
            segments,
        })
    }

    /// Leaves the terms to be looked up in each segment, where no idf is needed.
    pub fn unscored(slot: &Slot) -> Self {
        Self {
            slot: slot.clone(),
            segments: Vec::new(),
        }
    }

    /// Returns the slot.
    pub fn slot(&self) -> &Slot {
        &self.slot
    }

    /// Returns the terms that a segment has.
    ///
    /// # Errors
    /// Where its term dictionary cannot be read.
    pub fn in_segment(
        &self,
        parts: &[Part],
        reader: &SegmentReader,
    ) -> Result<Cow<'_, [FoundTerm]>> {
        let id = reader.segment_id();
        let known = self.segments.iter().find(|(segment, _)| *segment == id);
        Ok(match known {
            Some((_, found)) => Cow::Borrowed(found.as_slice()),
            None => Cow::Owned(look_up(&self.slot, parts, reader)?),
        })
    }

    /// Opens the slot in each of the `parts` of a segment; `None` in a part that has none of its terms.
    ///
    /// # Errors
    /// Where the postings cannot be read.
    pub fn open(
        &self,
        parts: &[Part],
        reader: &SegmentReader,
        with_positions: bool,
    ) -> Result<Vec<Option<SlotPostings>>> {
        let found = self.in_segment(parts, reader)?;
        let mut opened = Vec::with_capacity(parts.len());
        for place in 0..parts.len() {
            let here = found.iter().filter(|term| term.part == place);
            let here = here.map(|term| (term.field, term.info.clone(), term.is_own));
            let slot = SlotPostings::open_found(reader, here, with_positions);
            opened.push(slot.map_err(engine_error)?);
        }
        Ok(opened)
    }

    /// Returns the idf: that of the slot's commonest term in the part where it is commonest, so that the
    /// alternatives of a word weigh as much as the word. Spellings decide it only where no article has a term.
    pub fn idf(&self, doc_count: u64) -> f32 {
        let commonest = |is_own: bool| {
            let mut freqs: FxHashMap<(usize, usize), u64> = FxHashMap::default();
            let found = self.segments.iter().flat_map(|(_, found)| found);
            for term in found.filter(|term| term.is_own == is_own) {
                let freq = freqs.entry((term.part, term.ordinal)).or_default();
                *freq += u64::from(term.info.doc_freq);
            }
            freqs.into_values().max()
        };
        let doc_freq = commonest(true).or_else(|| commonest(false)).unwrap_or(0);
        ranking::idf(doc_freq, doc_count)
    }
}
