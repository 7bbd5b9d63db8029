//! Candidates for a phrase, most promising first: the articles with a stored impact for every word.
//!
//! They are a small part of the articles that have all the words, and hold most phrase hits. The
//! others mention at least one word only once, which bounds their score by the number of keys of
//! that word.

use crate::engine::phrase::impact_bounds;
use crate::engine::phrase::impact_bounds::{Bounded, as_count, best_first};
use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::{Scope, SegmentTerm, len_of};
use crate::schema::Part;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader};

/// The articles of one segment that have all words of a phrase in one part.
pub(crate) struct PhraseCandidates {
    /// Those of each part, by its place among those that are searched.
    in_parts: Vec<BitSet>,
    /// Those that have each of them in the headline or several times, in stretches.
    with_impact: Vec<Vec<Bounded>>,
    /// The others.
    single_mention: BitSet,
    words: Vec<Word>,
    /// The most keys that one of them has.
    most_keys: f32,
    lead: FieldNorms,
    body: FieldNorms,
    tuning: &'static Tuning,
}

impl PhraseCandidates {
    /// Finds them for a phrase of these words; `None` where that is not worth its while, or where
    /// impacts do not tell. Costs reading the lists of all words.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn find(
        reader: &SegmentReader,
        slots: &[SlotTerms],
        parts: &[Part],
        tuning: &'static Tuning,
    ) -> Result<Option<Self>> {
        let has_impacts = |slot: &SlotTerms| Scope::of(slot.slot(), parts) == Scope::Article;
        if slots.len() < 2 || !slots.iter().all(has_impacts) {
            return Ok(None);
        }
        let mut lens = Vec::with_capacity(slots.len());
        for slot in slots {
            lens.push(len_of(slot.in_segment(reader)?.iter()));
        }
        let rarest = lens.iter().copied().min().unwrap_or(0);
        if rarest.saturating_mul(tuning.drive_ratio) < lens.iter().sum() {
            return Ok(None);
        }
        let mut words = Vec::with_capacity(slots.len());
        let mut keys_of = Vec::with_capacity(slots.len());
        let all = || BitSet::all(reader.max_doc());
        let mut with_impact = all();
        let mut in_parts: Vec<BitSet> = parts.iter().map(|_| all()).collect();
        for slot in slots {
            let keys = slot.found_keys(reader)?;
            let often = any_impact(reader, &keys)?;
            with_impact.intersect(&often);
            let found = slot.in_segment(reader)?;
            for (place, in_all) in in_parts.iter_mut().enumerate() {
                let mut here = BitSet::none(reader.max_doc());
                here.add_terms(reader, found.iter().filter(|term| term.part == place))?;
                in_all.intersect(&here);
            }
            words.push(Word {
                keys: as_count(keys.len()),
                often,
                several: None,
            });
            keys_of.push(keys);
        }
        let mut single_mention = BitSet::none(reader.max_doc());
        for part in &in_parts {
            single_mention.unite(part);
        }
        with_impact.intersect(&single_mention);
        single_mention.subtract(&with_impact);
        Ok(Some(Self {
            in_parts,
            with_impact: best_first(reader, &keys_of, &with_impact, tuning)?,
            single_mention,
            most_keys: words.iter().map(|word| word.keys).fold(1.0, f32::max),
            words,
            lead: FieldNorms::open(Part::Lead, reader)?,
            body: FieldNorms::open(Part::Body, reader)?,
            tuning,
        }))
    }

    /// Returns whether an article has all words in the searched part at this index.
    pub(crate) fn are_in(&self, part: usize, doc: DocId) -> bool {
        self.in_parts
            .get(part)
            .is_some_and(|docs| docs.contains(doc))
    }

    /// Returns those that have every word in the headline or several times, in stretches: first
    /// those that may have the phrase most often.
    pub(crate) fn with_impact(&self) -> &[Vec<Bounded>] {
        &self.with_impact
    }

    /// Returns the others.
    pub(crate) fn single_mention(&self) -> &BitSet {
        &self.single_mention
    }

    /// Finds out which of the others have several keys of a word, where it seems that so many of
    /// them may have `needed` weighted mentions for that alone that looking at them takes longer.
    /// Costs reading the lists of such words once more.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn tell_keys_apart(
        &mut self,
        needed: f32,
        reader: &SegmentReader,
        slots: &[SlotTerms],
    ) -> Result<()> {
        let (mut seen, mut doubtful) = (0, 0);
        for doc in self.single_mention.iter().take(self.tuning.sample) {
            seen += 1;
            let by_several = self.may_have(needed, doc) && !self.suffice(1.0, needed, doc);
            doubtful += u64::from(by_several);
        }
        let looked_at = doubtful * u64::from(self.single_mention.len()) / seen.max(1);
        for (word, slot) in self.words.iter_mut().zip(slots) {
            let found = slot.in_segment(reader)?;
            let in_text = |term: &&SegmentTerm| term.field == Part::Body.fields().keys;
            if word.keys > 1.0
                && len_of(found.iter().filter(in_text)) < looked_at * self.tuning.phrase_cost
            {
                word.several = Some(with_several(reader, found.iter().filter(in_text))?);
            }
        }
        Ok(())
    }

    /// Returns whether one of the others may have so many weighted mentions of the phrase: it has
    /// each key of a word that it mentions in passing but once in the text, and once in the lead
    /// that repeats the text.
    pub(crate) fn may_have(&self, needed: f32, doc: DocId) -> bool {
        let suffice = |keys: f32| self.suffice(keys, needed, doc);
        suffice(self.most_keys) && (suffice(1.0) || suffice(self.most_keys_in(doc)))
    }

    /// Returns whether `keys` keys, each once in body and lead, amount to this many weighted
    /// mentions.
    fn suffice(&self, keys: f32, needed: f32, doc: DocId) -> bool {
        keys * (self.lead.norm_if_any(doc) + self.body.norm(doc)) >= needed
    }

    /// Returns how many keys of every word one of the others has at most.
    fn most_keys_in(&self, doc: DocId) -> f32 {
        let words = self.words.iter().filter(|word| !word.often.contains(doc));
        let most = words.map(|word| match &word.several {
            Some(docs) if !docs.contains(doc) => 1.0,
            _ => word.keys,
        });
        most.fold(self.most_keys, f32::min)
    }
}

/// One of the words.
struct Word {
    /// How many keys it has.
    keys: f32,
    /// The articles that have one of them in the headline or several times.
    often: BitSet,
    /// Those whose text has several of them, where that is known.
    several: Option<BitSet>,
}

/// Returns the articles that have several of some terms.
fn with_several<'a>(
    reader: &SegmentReader,
    terms: impl Iterator<Item = &'a SegmentTerm>,
) -> Result<BitSet> {
    let mut any = BitSet::none(reader.max_doc());
    let mut several = any.clone();
    for term in terms {
        let mut here = BitSet::none(reader.max_doc());
        here.add_terms(reader, [term])?;
        let mut again = here.clone();
        again.intersect(&any);
        several.unite(&again);
        any.unite(&here);
    }
    Ok(several)
}

/// Returns the articles that have one of some keys in the headline or several times.
fn any_impact(reader: &SegmentReader, keys: &[&str]) -> Result<BitSet> {
    let mut docs = BitSet::none(reader.max_doc());
    for mut list in impact_bounds::open(reader, keys, IndexRecordOption::Basic)? {
        docs.add(&mut list);
    }
    Ok(docs)
}
