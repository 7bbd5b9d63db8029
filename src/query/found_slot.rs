//! The terms of a slot as the segments have them: each looked up once, for its idf and for its postings.

use super::phrase::engine_error;
use super::plan::Slot;
use super::postings::{SlotPostings, own_terms};
use crate::ranking;
use crate::schema::{self, Part, TextFields};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use tantivy::index::SegmentId;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Result, Searcher, SegmentReader, Term};

/// Where an article says more of a word than a mention in passing: the list of its impacts.
pub const PROMINENT: usize = 0;
/// Where an article mentions the word in its text: in passing, if it is not [`PROMINENT`] there.
pub const IN_PASSING: usize = 1;

/// A term that a segment has.
#[derive(Debug, Clone)]
pub struct FoundTerm {
    /// The part it is in, by its place in the list of searched parts; of an impact [`PROMINENT`] or [`IN_PASSING`].
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

    /// Opens its postings.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn blocks(
        &self,
        reader: &SegmentReader,
        option: IndexRecordOption,
    ) -> Result<BlockSegmentPostings> {
        let inverted = reader.inverted_index(self.field)?;
        let blocks = inverted.read_block_postings_from_terminfo(&self.info, option)?;
        Ok(blocks)
    }
}

/// Returns how many articles terms have at most, counting those of several terms several times.
pub fn len_of<'a>(terms: impl IntoIterator<Item = &'a FoundTerm>) -> u64 {
    let terms = terms.into_iter();
    terms.map(|term| u64::from(term.info.doc_freq)).sum()
}

/// Where the terms of a slot are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// In each of these parts.
    Parts(Vec<Part>),
    /// In whole articles, by the impacts of keys.
    Article,
}

impl Scope {
    /// Returns where the terms of `slot` are best looked up, which may stand in any of `parts`.
    pub fn of(slot: &Slot, parts: &[Part]) -> Self {
        let is_anywhere = Part::ALL.iter().all(|part| parts.contains(part));
        if is_anywhere && slot.has_keys_alone() {
            Self::Article
        } else {
            Self::Parts(parts.to_vec())
        }
    }

    /// Looks up the terms of `slot` in one segment, in the order of the parts.
    ///
    /// # Errors
    /// Where the term dictionary cannot be read.
    fn look_up(&self, slot: &Slot, reader: &SegmentReader) -> Result<Vec<FoundTerm>> {
        let mut found = Vec::new();
        match self {
            Self::Parts(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    let fields = part.fields();
                    look_up_in((place, fields), slot, reader, &mut found)?;
                }
            }
            Self::Article => {
                let (prominent, passing) = (schema::fields().impacts, Part::Body.fields().keys);
                for (place, field) in [(PROMINENT, prominent), (IN_PASSING, passing)] {
                    let own = slot.terms.iter().map(|term| (field, term, true));
                    let spellings = slot.spellings.iter().map(|term| (field, term, false));
                    look_up(own.chain(spellings).enumerate(), place, reader, &mut found)?;
                }
            }
        }
        Ok(found)
    }
}

/// Adds the terms of `slot` that a part of the articles of a segment has to what was `found`, its own ones first.
fn look_up_in(
    (part, fields): (usize, TextFields),
    slot: &Slot,
    reader: &SegmentReader,
    found: &mut Vec<FoundTerm>,
) -> Result<()> {
    let own = own_terms(slot, fields).map(|(field, term)| (field, term, true));
    let spellings = slot.spellings.iter();
    let spellings = spellings.map(|term| (fields.keys, term, false));
    let mut all = own.chain(spellings).enumerate();
    if let Some((first, known)) = known_forms(slot, reader, fields.forms) {
        look_up(all.by_ref().take(first), part, reader, found)?;
        found.extend(known.iter().map(|(form, info)| FoundTerm {
            part,
            field: fields.forms,
            ordinal: slot.terms.len() + form,
            is_own: true,
            info: info.clone(),
        }));
        let rest = slot.terms.len() + slot.forms.len() - first;
        return look_up(all.skip(rest), part, reader, found);
    }
    look_up(all, part, reader, found)
}

/// Returns the forms of patterns that a field of a segment has, and the place among all terms of the slot from which on
/// its own terms are such forms; `None` where forms must be looked up.
fn known_forms<'a>(
    slot: &'a Slot,
    reader: &SegmentReader,
    field: Field,
) -> Option<(usize, &'a [(usize, TermInfo)])> {
    let places = slot.form_places.as_ref()?;
    let known = places.of(reader.segment_id(), field)?;
    Some((slot.terms.len() + places.first(), known))
}

/// Adds those of `terms`, with their places, that a segment has to what was `found`.
fn look_up<'a>(
    terms: impl Iterator<Item = (usize, (Field, &'a String, bool))>,
    part: usize,
    reader: &SegmentReader,
    found: &mut Vec<FoundTerm>,
) -> Result<()> {
    for (ordinal, (field, term, is_own)) in terms {
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
    Ok(())
}

/// A slot and its terms in all segments of a searcher.
#[derive(Debug, Clone)]
pub struct FoundSlot {
    slot: Slot,
    scope: Scope,
    segments: Vec<(SegmentId, Vec<FoundTerm>)>,
}

impl FoundSlot {
    /// Looks the terms up.
    ///
    /// # Errors
    /// Where a term dictionary cannot be read.
    pub fn find(slot: &Slot, scope: Scope, searcher: &Searcher) -> Result<Self> {
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push((reader.segment_id(), scope.look_up(slot, reader)?));
        }
        Ok(Self {
            slot: slot.clone(),
            scope,
            segments,
        })
    }

    /// Leaves the terms to be looked up in each segment, where no idf is needed.
    pub fn unscored(slot: &Slot, scope: Scope) -> Self {
        Self {
            slot: slot.clone(),
            scope,
            segments: Vec::new(),
        }
    }

    /// Returns its own terms that articles have, to be looked up in `parts`, where they may be already.
    #[must_use]
    pub fn own_in_parts(&self, parts: &[Part]) -> Self {
        let is_own = |found: &&FoundTerm| found.is_own;
        if self.scope == Scope::Article {
            let found = self.segments.iter().flat_map(|(_, found)| found);
            let found: FxHashSet<usize> = found.filter(is_own).map(|term| term.ordinal).collect();
            let terms = self.slot.terms.iter().enumerate();
            let terms = terms.filter(|(ordinal, _)| found.contains(ordinal));
            let slot = Slot::of_keys(terms.map(|(_, term)| term.clone()).collect());
            return Self::unscored(&slot, Scope::Parts(parts.to_vec()));
        }
        let own = |found: &[FoundTerm]| found.iter().filter(is_own).cloned().collect();
        let segments = self.segments.iter().map(|(id, found)| (*id, own(found)));
        Self {
            slot: self.slot.clone(),
            scope: self.scope.clone(),
            segments: segments.collect(),
        }
    }

    /// Returns what is looked up.
    pub fn slot(&self) -> &Slot {
        &self.slot
    }

    /// Returns the keys that a segment has, each once.
    ///
    /// # Errors
    /// Where its term dictionary cannot be read.
    pub fn found_keys(&self, reader: &SegmentReader) -> Result<Vec<&str>> {
        let found = self.in_segment(reader)?;
        let ordinals: FxHashSet<usize> = found.iter().map(|term| term.ordinal).collect();
        let own = self.slot.terms.iter().chain(&self.slot.forms);
        let all = own.chain(&self.slot.spellings).enumerate();
        let found = all.filter(|(ordinal, _)| ordinals.contains(ordinal));
        Ok(found.map(|(_, term)| term.as_str()).collect())
    }

    /// Returns where its terms are looked up.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Returns the terms that a segment has.
    ///
    /// # Errors
    /// Where its term dictionary cannot be read.
    pub fn in_segment(&self, reader: &SegmentReader) -> Result<Cow<'_, [FoundTerm]>> {
        let id = reader.segment_id();
        let known = self.segments.iter().find(|(segment, _)| *segment == id);
        Ok(match known {
            Some((_, found)) => Cow::Borrowed(found.as_slice()),
            None => Cow::Owned(self.scope.look_up(&self.slot, reader)?),
        })
    }

    /// Opens the slot in each of the parts that it was looked up in; `None` in a part that has none of its terms.
    ///
    /// # Errors
    /// Where the postings cannot be read.
    pub fn open(
        &self,
        reader: &SegmentReader,
        with_positions: bool,
    ) -> Result<Vec<Option<SlotPostings>>> {
        let Scope::Parts(parts) = &self.scope else {
            return Ok(Vec::new());
        };
        let found = self.in_segment(reader)?;
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
