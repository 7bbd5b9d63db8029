//! The terms of a slot in each segment, looked up once for both idf and postings.

use crate::engine::postings::slot_postings::{SlotPostings, option};
use crate::engine::postings::term_postings::TermPostings;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::{Scope, SegmentTerm};
use crate::plan::cache::term_cache::{SegmentTerms, TermCache};
use crate::plan::slot::Slot;
use crate::ranking;
use crate::schema::Part;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::SegmentId;
use tantivy::query::EnableScoring;
use tantivy::schema::Field;
use tantivy::{Result, SegmentReader};

/// A slot and its terms in all segments of a searcher.
#[derive(Debug, Clone)]
pub(crate) struct SlotTerms {
    slot: Slot,
    scope: Scope,
    segments: Vec<(SegmentId, SegmentTerms)>,
    tuning: &'static Tuning,
}

impl SlotTerms {
    /// Looks the terms up, and returns them with their idf. Without scores the idf is 0, and the
    /// terms are looked up in each segment when they are needed.
    ///
    /// # Errors
    /// Fails if a term dictionary cannot be read.
    pub(crate) fn find(
        slot: &Slot,
        scope: Scope,
        scoring: EnableScoring<'_>,
        tuning: &'static Tuning,
    ) -> Result<(Self, f32)> {
        let mut terms = Self::unscored(slot, scope, tuning);
        let EnableScoring::Enabled {
            searcher,
            statistics_provider: statistics,
        } = scoring
        else {
            return Ok((terms, 0.0));
        };
        for reader in searcher.segment_readers() {
            let found = look_up(slot, &terms.scope, reader)?;
            terms.segments.push((reader.segment_id(), found));
        }
        let idf = match slot.frequency {
            Some(known) => ranking::idf(known.articles, known.of),
            None => terms.idf(statistics.total_num_docs()?),
        };
        Ok((terms, idf))
    }

    /// Leaves the terms to be looked up in each segment.
    pub(crate) fn unscored(slot: &Slot, scope: Scope, tuning: &'static Tuning) -> Self {
        Self {
            slot: slot.clone(),
            scope,
            segments: Vec::new(),
            tuning,
        }
    }

    /// Returns its own terms that articles have, to be looked up in `parts`, where they may be
    /// already.
    #[must_use]
    pub(crate) fn own_in_parts(&self, parts: &[Part]) -> Self {
        let is_own = |found: &&SegmentTerm| found.is_own;
        if self.scope == Scope::Article {
            let found = self.segments.iter().flat_map(|(_, found)| found.iter());
            let found: FxHashSet<usize> = found.filter(is_own).map(|term| term.ordinal).collect();
            let terms = self.slot.terms.iter().enumerate();
            let terms = terms.filter(|(ordinal, _)| found.contains(ordinal));
            let slot = Slot {
                term_cache: self.slot.term_cache.as_ref().map(TermCache::of_own),
                ..Slot::of_keys(terms.map(|(_, term)| term.clone()).collect())
            };
            return Self::unscored(&slot, Scope::Parts(parts.to_vec()), self.tuning);
        }
        let own = |found: &SegmentTerms| found.iter().filter(is_own).cloned().collect();
        let segments = self.segments.iter().map(|(id, found)| (*id, own(found)));
        Self {
            slot: self.slot.clone(),
            scope: self.scope.clone(),
            segments: segments.collect(),
            tuning: self.tuning,
        }
    }

    /// Returns how the engine is tuned.
    pub(crate) fn tuning(&self) -> &'static Tuning {
        self.tuning
    }

    /// Returns what is looked up.
    pub(crate) fn slot(&self) -> &Slot {
        &self.slot
    }

    /// Returns the keys that a segment has, each once.
    ///
    /// # Errors
    /// Fails if its term dictionary cannot be read.
    pub(crate) fn found_keys(&self, reader: &SegmentReader) -> Result<Vec<&str>> {
        let found = self.in_segment(reader)?;
        let ordinals: FxHashSet<usize> = found.iter().map(|term| term.ordinal).collect();
        let own = self.slot.terms.iter().chain(self.slot.forms.iter());
        let all = own.chain(self.slot.spellings.iter()).enumerate();
        let found = all.filter(|(ordinal, _)| ordinals.contains(ordinal));
        Ok(found.map(|(_, term)| term.as_str()).collect())
    }

    /// Returns where its terms are looked up.
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Returns the terms that a segment has.
    ///
    /// # Errors
    /// Fails if its term dictionary cannot be read.
    pub(crate) fn in_segment(&self, reader: &SegmentReader) -> Result<SegmentTerms> {
        let id = reader.segment_id();
        let known = self.segments.iter().find(|(segment, _)| *segment == id);
        match known {
            Some((_, found)) => Ok(SegmentTerms::clone(found)),
            None => look_up(&self.slot, &self.scope, reader),
        }
    }

    /// Opens the slot in each of the parts that it was looked up in; `None` in a part that is not
    /// asked for or has none of its terms.
    ///
    /// # Errors
    /// Fails if the postings cannot be read.
    pub(crate) fn open(
        &self,
        reader: &SegmentReader,
        with_positions: bool,
        is_asked: impl Fn(Part) -> bool,
    ) -> Result<Vec<Option<SlotPostings>>> {
        let Scope::Parts(parts) = &self.scope else {
            return Ok(Vec::new());
        };
        let found = self.in_segment(reader)?;
        let excepted = if with_positions && !self.slot.except.is_empty() {
            self.excepted(reader)?
        } else {
            Vec::new()
        };
        let mut opened = Vec::with_capacity(parts.len());
        for (place, part) in parts.iter().enumerate() {
            let is_here = |term: &&SegmentTerm| term.part == place && is_asked(*part);
            let here: Vec<&SegmentTerm> = found.iter().filter(is_here).collect();
            let mut except = Vec::new();
            if !here.is_empty() {
                for term in excepted.iter().filter(|term| term.part == place) {
                    except.push(TermPostings::open(reader, term, option(with_positions))?);
                }
            }
            let slot = SlotPostings::open(reader, &here, except, with_positions, self.tuning);
            opened.push(slot?);
        }
        Ok(opened)
    }

    /// Looks up the forms that the slot leaves out.
    fn excepted(&self, reader: &SegmentReader) -> Result<Vec<SegmentTerm>> {
        let slot = Slot {
            forms: self.slot.except.clone().into(),
            ..Slot::default()
        };
        self.scope.look_up(&slot, reader)
    }

    /// Returns the idf: that of the slot's commonest term in the part where it is commonest, so
    /// that the alternatives of a word weigh as much as the word. Spellings decide it only where no
    /// article has a term.
    fn idf(&self, doc_count: u64) -> f32 {
        let commonest = |is_own: bool| {
            if let [(_, found)] = self.segments.as_slice() {
                // Each is there once.
                let found = found.iter().filter(|term| term.is_own == is_own);
                return found.map(|term| u64::from(term.info.doc_freq)).max();
            }
            let mut freqs: FxHashMap<(Field, usize), u64> = FxHashMap::default();
            let found = self.segments.iter().flat_map(|(_, found)| found.iter());
            for term in found.filter(|term| term.is_own == is_own) {
                let freq = freqs.entry((term.field, term.ordinal)).or_default();
                *freq += u64::from(term.info.doc_freq);
            }
            freqs.into_values().max()
        };
        let doc_freq = commonest(true).or_else(|| commonest(false)).unwrap_or(0);
        ranking::idf(doc_freq, doc_count)
    }
}

/// Opens slots in each of `parts` that is asked for, in which they were looked up: by part, then by
/// slot.
///
/// # Errors
/// Fails if the postings cannot be read.
pub(crate) fn open_by_part(
    slots: &[SlotTerms],
    parts: &[Part],
    reader: &SegmentReader,
    with_positions: bool,
    is_asked: impl Fn(Part) -> bool,
) -> Result<Vec<Vec<Option<SlotPostings>>>> {
    let mut by_part = Vec::new();
    by_part.resize_with(parts.len(), || Vec::with_capacity(slots.len()));
    for slot in slots {
        let opened = slot.open(reader, with_positions, &is_asked)?;
        for (slots, opened) in by_part.iter_mut().zip(opened) {
            slots.push(opened);
        }
    }
    Ok(by_part)
}

/// Opens a slot with its positions in one part; `None` where the segment has none of its terms
/// there.
///
/// # Errors
/// Where its terms or postings cannot be read.
pub(crate) fn open_in_part(
    slot: &Slot,
    part: Part,
    reader: &SegmentReader,
) -> Result<Option<SlotPostings>> {
    let terms = SlotTerms::unscored(slot, Scope::Parts(vec![part]), &Tuning::DEFAULT);
    let opened = terms.open(reader, true, |_| true)?;
    Ok(opened.into_iter().next().flatten())
}

/// Looks the terms of `slot` up in one segment, unless it is kept where they are.
fn look_up(slot: &Slot, scope: &Scope, reader: &SegmentReader) -> Result<SegmentTerms> {
    let find = || scope.look_up(slot, reader);
    match &slot.term_cache {
        Some(places) => places.get(reader.segment_id(), scope, find),
        None => Ok(find()?.into()),
    }
}
