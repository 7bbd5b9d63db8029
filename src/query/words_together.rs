//! Which articles a phrase is looked for in, and in which first: in those that do more than mention each of its words in
//! passing.
//!
//! They are a few among those that have all the words. What is found there is mostly more than other articles can score,
//! whose mentions are no more than the words of the phrase have keys.

use super::doc_bits::DocBits;
use super::found_slot::FoundSlot;
use super::found_term::{Scope, len_of};
use super::part_scale::PartScale;
use crate::schema::{self, Part};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Result, SegmentReader, Term};

/// Where a word is rarer than one in so many of all, its articles are sooner asked for the other words than all lists are
/// read.
const MUCH_RARER: u64 = if cfg!(test) { 8 } else { 64 };

/// The articles of one segment that have all words of a phrase in one part.
pub(super) struct WordsTogether {
    /// Those of each part, by its place among those that are searched.
    in_parts: Vec<DocBits>,
    /// Those that have each of them in the headline or several times.
    prominent: DocBits,
    /// The others.
    in_passing: DocBits,
    /// The most keys that a word has.
    most_keys: f32,
    lead: PartScale,
    body: PartScale,
}

impl WordsTogether {
    /// Finds them for a phrase of these words; `None` where that is not worth its while, or where impacts do not tell.
    /// Costs reading the lists of all words.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(super) fn find(
        reader: &SegmentReader,
        slots: &[FoundSlot],
        parts: &[Part],
    ) -> Result<Option<Self>> {
        let has_impacts = |slot: &FoundSlot| Scope::of(slot.slot(), parts) == Scope::Article;
        if slots.len() < 2 || !slots.iter().all(has_impacts) {
            return Ok(None);
        }
        let mut lens = Vec::with_capacity(slots.len());
        for slot in slots {
            lens.push(len_of(slot.in_segment(reader)?.iter()));
        }
        let rarest = lens.iter().copied().min().unwrap_or(0);
        if rarest.saturating_mul(MUCH_RARER) < lens.iter().sum() {
            return Ok(None);
        }
        let mut most_keys = 0.0;
        let all = || DocBits::all(reader.max_doc());
        let mut prominent = all();
        let mut in_parts: Vec<DocBits> = parts.iter().map(|_| all()).collect();
        for slot in slots {
            let keys = slot.found_keys(reader)?;
            most_keys = as_count(&keys).max(most_keys);
            prominent.keep(&with_keys(reader, schema::fields().impacts, &keys)?);
            let found = slot.in_segment(reader)?;
            for (place, together) in in_parts.iter_mut().enumerate() {
                let mut here = DocBits::none(reader.max_doc());
                here.add_terms(reader, found.iter().filter(|term| term.part == place))?;
                together.keep(&here);
            }
        }
        let mut in_passing = DocBits::none(reader.max_doc());
        for part in &in_parts {
            in_passing.join(part);
        }
        prominent.keep(&in_passing);
        in_passing.leave_out(&prominent);
        Ok(Some(Self {
            in_parts,
            prominent,
            in_passing,
            most_keys,
            lead: PartScale::open(Part::Lead, reader)?,
            body: PartScale::open(Part::Body, reader)?,
        }))
    }

    /// Tells whether an article has all words in the part at a place among those that are searched.
    pub(super) fn are_in(&self, part: usize, doc: DocId) -> bool {
        self.in_parts.get(part).is_some_and(|docs| docs.has(doc))
    }

    /// Returns those that have every word in the headline or several times.
    pub(super) fn prominent(&self) -> &DocBits {
        &self.prominent
    }

    /// Returns the others.
    pub(super) fn in_passing(&self) -> &DocBits {
        &self.in_passing
    }

    /// Returns the most weighted mentions of the phrase that one of the others may have: one of its words has each of its
    /// keys but once in the text, and once in the lead that repeats the text.
    pub(super) fn most_in_passing(&self, doc: DocId) -> f32 {
        self.most_keys * (self.lead.factor(doc) + self.body.factor(doc))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a word has a few keys")]
fn as_count(keys: &[&str]) -> f32 {
    keys.len() as f32
}

fn with_keys(reader: &SegmentReader, field: Field, keys: &[&str]) -> Result<DocBits> {
    let inverted = reader.inverted_index(field)?;
    let mut docs = DocBits::none(reader.max_doc());
    for key in keys {
        let term = Term::from_field_text(field, key);
        if let Some(mut list) = inverted.read_block_postings(&term, IndexRecordOption::Basic)? {
            docs.add(&mut list);
        }
    }
    Ok(docs)
}
