//! A word or phrase in any of the searched parts, scored by BM25F.

use crate::engine::explanation::explanation;
use crate::engine::parts_scorer::{PartCursor, PartMatches, PartsScorer};
use crate::engine::phrase::candidates::PhraseCandidates;
use crate::engine::phrase::postings::PhrasePostings;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::mention_bound::mentions_for;
use crate::engine::postings::slot_terms::{SlotTerms, open_by_part};
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::Scope;
use crate::plan::slot::Slot;
use crate::ranking;
use crate::schema::Part;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Result, Score, SegmentReader, TERMINATED};

/// Finds the articles that have a phrase (or a word, a phrase of one slot) in one of the parts.
#[derive(Debug, Clone)]
pub(crate) struct PhraseQuery {
    slots: Vec<Slot>,
    parts: Vec<Part>,
    tuning: &'static Tuning,
}

impl PhraseQuery {
    /// Makes the query.
    pub(crate) fn new(slots: Vec<Slot>, parts: Vec<Part>, tuning: &'static Tuning) -> Self {
        Self {
            slots,
            parts,
            tuning,
        }
    }
}

impl Query for PhraseQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let mut weight = PhraseWeight {
            parts: self.parts.clone(),
            slots: Vec::with_capacity(self.slots.len()),
            idf: 0.0,
            tuning: self.tuning,
        };
        for slot in &self.slots {
            let scope = Scope::Parts(self.parts.clone());
            let (terms, idf) = SlotTerms::find(slot, scope, scoring, self.tuning)?;
            weight.idf += idf;
            weight.slots.push(terms);
        }
        Ok(Box::new(weight))
    }
}

struct PhraseWeight {
    parts: Vec<Part>,
    slots: Vec<SlotTerms>,
    idf: f32,
    tuning: &'static Tuning,
}

impl PhraseWeight {
    /// Opens the phrase in each part of a segment that may have it, at the first article that has
    /// all the words.
    fn parts(&self, reader: &SegmentReader) -> Result<Vec<PartPostings>> {
        let has_positions = self.slots.len() > 1;
        let by_part = open_by_part(&self.slots, &self.parts, reader, has_positions, |_| true)?;
        let mut parts = Vec::with_capacity(self.parts.len());
        for (place, (slots, part)) in by_part.into_iter().zip(&self.parts).enumerate() {
            if let Some(slots) = slots.into_iter().collect() {
                let postings = PhrasePostings::of_slots(slots);
                let norms = FieldNorms::open_among(*part, &self.parts, reader)?;
                parts.push(PartPostings {
                    place,
                    postings,
                    norms,
                    is_here: false,
                    mentions: 0.0,
                });
            }
        }
        Ok(parts)
    }
}

impl Weight for PhraseWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let parts = self.parts(reader)?;
        if parts.is_empty() {
            // Queries that join scorers leave it out, and so take fewer steps.
            return Ok(Box::new(EmptyScorer));
        }
        let parts = parts.into_iter().map(|mut part| {
            part.postings.find();
            PartMatches {
                postings: part.postings,
                norms: part.norms,
            }
        });
        let mut scorer = PartsScorer {
            parts: parts.collect(),
            doc: 0,
            at_least: 1,
            weight: self.idf * boost,
            doc_cost: if self.slots.len() > 1 { 10 } else { 1 },
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    /// Looks first at the articles that do more than mention the words in passing, and at others
    /// only if they could still score enough. Reads positions only of those that have the rarest of
    /// the words often enough.
    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        let mut best = BestPhrases {
            phrase: self,
            threshold,
            needed: mentions_for(threshold, self.idf),
            callback,
        };
        let Some(mut candidates) =
            PhraseCandidates::find(reader, &self.slots, &self.parts, self.tuning)?
        else {
            best.look_at_all(&mut self.parts(reader)?);
            return Ok(());
        };
        for articles in candidates.with_impact() {
            let mut parts = self.parts(reader)?;
            for &(doc, most) in articles {
                if most >= best.needed && !best.is_settled() {
                    best.look_at(doc, go_to(&mut parts, doc, &candidates));
                }
            }
        }
        if best.is_settled() {
            return Ok(());
        }
        candidates.tell_keys_apart(best.needed, reader, &self.slots)?;
        let mut parts = self.parts(reader)?;
        candidates.single_mention().for_each(&mut |docs| {
            for doc in docs {
                if candidates.may_have(best.needed, *doc) {
                    best.look_at(*doc, go_to(&mut parts, *doc, &candidates));
                }
            }
        });
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(self, reader, doc, "BM25F over the parts of the article")
    }
}

/// The articles in which a phrase scores the most.
struct BestPhrases<'a> {
    phrase: &'a PhraseWeight,
    threshold: Score,
    /// How many weighted mentions an article needs for passing it.
    needed: f32,
    /// Takes an article and its score, and returns the new threshold.
    callback: &'a mut dyn FnMut(DocId, Score) -> Score,
}

impl BestPhrases<'_> {
    /// Returns whether no article can pass: the greatest threshold means that no more hits are
    /// wanted.
    fn is_settled(&self) -> bool {
        self.needed.is_infinite()
    }

    /// Looks at an article, to which `parts` have come.
    fn look_at(&mut self, doc: DocId, parts: &mut [PartPostings]) {
        for part in parts.iter_mut().filter(|part| part.is_here) {
            part.mentions = part.norms.mentions(part.postings.max_freq(), doc);
        }
        // The text, which comes last, has most of them.
        for next in (0..parts.len()).rev() {
            if mentions(parts) < self.needed {
                return;
            }
            if let Some(part) = parts.get_mut(next).filter(|part| part.is_here) {
                part.mentions = part.norms.mentions(part.postings.read(), doc);
            }
        }
        let score = score_of(parts, doc, self.phrase.idf);
        if score > 0.0 && score > self.threshold {
            self.threshold = (self.callback)(doc, score);
            self.needed = mentions_for(self.threshold, self.phrase.idf);
        }
    }

    /// Looks at all that have all the words in one part.
    fn look_at_all(&mut self, parts: &mut [PartPostings]) {
        let mut doc = first_doc(parts);
        while doc != TERMINATED && !self.is_settled() {
            self.look_at(doc, stand_at(parts, doc));
            for part in parts.iter_mut().filter(|part| part.is_here) {
                part.postings.advance_aligned();
            }
            doc = first_doc(parts);
        }
    }
}

struct PartPostings {
    /// Its place among the parts that are searched.
    place: usize,
    postings: PhrasePostings,
    norms: FieldNorms,
    /// Whether it stands at the current article, with all the words.
    is_here: bool,
    /// How many weighted mentions of the phrase that has here; at most, until its positions are
    /// read.
    mentions: f32,
}

/// Goes to `doc` in those parts that have all the words there. Must be called in ascending order of
/// articles.
fn go_to<'a>(
    parts: &'a mut [PartPostings],
    doc: DocId,
    candidates: &PhraseCandidates,
) -> &'a mut [PartPostings] {
    for part in &mut *parts {
        part.is_here = candidates.are_in(part.place, doc) && part.postings.align_at(doc);
    }
    parts
}

/// Says which parts have come to `doc`, none of which is behind it.
fn stand_at(parts: &mut [PartPostings], doc: DocId) -> &mut [PartPostings] {
    for part in &mut *parts {
        part.is_here = part.postings.doc() == doc;
    }
    parts
}

fn first_doc(parts: &[PartPostings]) -> DocId {
    let docs = parts.iter().map(|part| part.postings.doc());
    docs.min().unwrap_or(TERMINATED)
}

/// Returns how many weighted mentions of the phrase an article has in the parts that are there: at
/// most, in those that were not read yet.
fn mentions(parts: &[PartPostings]) -> f32 {
    let here = parts.iter().filter(|part| part.is_here);
    here.map(|part| part.mentions).sum()
}

/// Returns the score of `doc` by the parts that are there; 0 where none of them has the phrase.
fn score_of(parts: &[PartPostings], doc: DocId, weight: f32) -> Score {
    let mut mentions = 0.0;
    let mut share: f32 = 0.0;
    for part in parts.iter().filter(|part| part.is_here) {
        let freq = part.postings.freq();
        if freq > 0 {
            mentions += part.norms.mentions(freq, doc);
            share = share.max(part.postings.share());
        }
    }
    weight * share * ranking::saturated(mentions)
}
