//! Adds a bonus where query words stand near each other, by their own keys or forms. Spellings are
//! ignored: their proximity hardly ever changes a rank.

use crate::engine::boosts::rescoring::RescoringScorer;
use crate::engine::explanation::explanation;
use crate::engine::postings::slot_postings::SlotPostings;
use crate::engine::postings::slot_terms::{SlotTerms, open_by_part};
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::Scope;
use crate::plan::slot::Slot;
use crate::ranking::{PROXIMITY_WINDOW, proximity, proximity_weight};
use crate::schema::Part;
use std::sync::Arc;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Result, Score, SegmentReader, TERMINATED};

/// Finds what its inner query finds; the score grows with the closeness of neighbouring words.
#[derive(Debug, Clone)]
pub(crate) struct ProximityQuery {
    inner: Arc<dyn Query>,
    /// The words in the order of the query.
    slots: Vec<Slot>,
    parts: Vec<Part>,
    tuning: &'static Tuning,
}

impl ProximityQuery {
    /// Makes the query; with fewer than two slots it scores as `inner` does.
    pub(crate) fn new(
        inner: Box<dyn Query>,
        slots: Vec<Slot>,
        parts: Vec<Part>,
        tuning: &'static Tuning,
    ) -> Self {
        Self {
            inner: inner.into(),
            slots,
            parts,
            tuning,
        }
    }
}

impl Query for ProximityQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let inner = self.inner.weight(scoring)?;
        if !scoring.is_scoring_enabled() {
            return Ok(inner);
        }
        let mut idfs = Vec::with_capacity(self.slots.len());
        let mut slots = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            let scope = Scope::of(slot, &self.parts);
            let (terms, idf) = SlotTerms::find(slot, scope, scoring, self.tuning)?;
            idfs.push(idf);
            slots.push(terms.own_in_parts(&self.parts));
        }
        Ok(Box::new(ProximityWeight {
            inner,
            slots,
            parts: self.parts.clone(),
            max_bonuses: max_bonuses(&idfs),
        }))
    }
}

struct ProximityWeight {
    inner: Box<dyn Weight>,
    slots: Vec<SlotTerms>,
    parts: Vec<Part>,
    /// Greatest proximity bonus of each pair of neighbours.
    max_bonuses: Vec<f32>,
}

impl ProximityWeight {
    fn pairs(&self, reader: &SegmentReader, boost: Score) -> Result<Pairs> {
        Pairs::open(reader, &self.slots, &self.parts, &self.max_bonuses, boost)
    }
}

/// Returns what each pair of neighbours among the words with these idfs adds at most.
pub(crate) fn max_bonuses(idfs: &[f32]) -> Vec<f32> {
    let pairs = idfs.windows(2);
    pairs
        .map(|pair| proximity_weight(pair[0].min(pair[1])))
        .collect()
}

impl Weight for ProximityWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let mut pairs = self.pairs(reader, boost)?;
        Ok(Box::new(RescoringScorer {
            inner: self.inner.scorer(reader, boost)?,
            rescore: move |doc, score| score + pairs.proximity_bonus(doc),
        }))
    }

    fn count(&self, reader: &SegmentReader) -> Result<u32> {
        self.inner.count(reader)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(self, reader, doc, "words and their closeness")
    }

    /// Reads positions only of the articles that closeness could lift over the threshold.
    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        let mut inner = self.inner.scorer(reader, 1.0)?;
        let mut pairs = self.pairs(reader, 1.0)?;
        let mut doc = inner.doc();
        // The greatest score says that nothing more is wanted.
        while doc != TERMINATED && threshold < Score::MAX {
            let score = inner.score();
            if score + pairs.most > threshold {
                let score = score + pairs.proximity_bonus(doc);
                if score > threshold {
                    threshold = callback(doc, score);
                }
            }
            doc = inner.advance();
        }
        Ok(())
    }
}

struct PartSlots {
    slots: Vec<Option<SlotPostings>>,
    positions: Vec<Vec<u32>>,
}

impl PartSlots {
    /// Returns whether this part of some article has two words that are neighbours in the query.
    fn has_neighbours(&self) -> bool {
        let mut pairs = self.slots.windows(2);
        pairs.any(|pair| pair.iter().all(Option::is_some))
    }

    /// Reads the positions in `doc` of the words that have a neighbour of the query in this part.
    fn read(&mut self, doc: DocId) {
        self.positions.iter_mut().for_each(Vec::clear);
        for next in 1..self.slots.len() {
            let (before, from) = self.slots.split_at_mut(next);
            let (Some(Some(first)), Some(Some(second))) = (before.last_mut(), from.first_mut())
            else {
                continue;
            };
            // Where the rarer one does not stand, the other need not be looked for.
            let (rarer, other) = if first.size_hint() <= second.size_hint() {
                (&mut *first, &mut *second)
            } else {
                (&mut *second, &mut *first)
            };
            if rarer.seek(doc) == doc && other.seek(doc) == doc {
                let positions = self.positions.iter_mut().skip(next - 1);
                for (word, positions) in [first, second].into_iter().zip(positions) {
                    if positions.is_empty() {
                        word.positions(positions);
                    }
                }
            }
        }
    }
}

/// Returns whether closeness counts in `part` where a query is looked for in `parts`: the lead is
/// mostly the beginning of the text.
fn is_read(part: Part, parts: &[Part]) -> bool {
    part != Part::Lead || !parts.contains(&Part::Body)
}

/// The pairs of neighbouring words of a query in one segment.
pub(crate) struct Pairs {
    parts: Vec<PartSlots>,
    max_bonuses: Vec<f32>,
    /// What all pairs add at most.
    most: f32,
    best: Vec<f32>,
}

impl Pairs {
    /// Opens the positions of the words.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        slots: &[SlotTerms],
        parts: &[Part],
        max_bonuses: &[f32],
        boost: Score,
    ) -> Result<Self> {
        let by_part = open_by_part(slots, parts, reader, true, |part| is_read(part, parts))?;
        let opened = by_part.into_iter().map(|slots| PartSlots {
            positions: vec![Vec::new(); slots.len()],
            slots,
        });
        let mut opened: Vec<PartSlots> = opened.collect();
        opened.retain(PartSlots::has_neighbours);
        let max_bonuses: Vec<f32> = max_bonuses
            .iter()
            .map(|max_bonus| max_bonus * boost)
            .collect();
        let most = max_bonuses.iter().sum();
        let best = vec![0.0; max_bonuses.len()];
        Ok(Self {
            parts: opened,
            max_bonuses,
            most,
            best,
        })
    }

    /// Returns what the closeness of the words in `doc` adds. Must be called in ascending order of
    /// articles.
    pub(crate) fn proximity_bonus(&mut self, doc: DocId) -> f32 {
        self.best.fill(0.0);
        for part in &mut self.parts {
            part.read(doc);
            for (best, pair) in self.best.iter_mut().zip(part.positions.windows(2)) {
                *best = best.max(closest(&pair[0], &pair[1]));
            }
            // Nothing is nearer than side by side.
            if self.best.iter().all(|best| *best >= 1.0) {
                break;
            }
        }
        self.best
            .iter()
            .zip(&self.max_bonuses)
            .map(|(best, max_bonus)| best * max_bonus)
            .sum()
    }
}

/// Returns the closeness of the closest pair of positions; both lists are in order.
fn closest(first: &[u32], second: &[u32]) -> f32 {
    let mut best: f32 = 0.0;
    let mut from = second;
    for &a in first {
        while let [b, rest @ ..] = from
            && b.saturating_add(PROXIMITY_WINDOW) < a
        {
            from = rest;
        }
        let last = a.saturating_add(PROXIMITY_WINDOW);
        for &b in from.iter().take_while(|b| **b <= last) {
            best = best.max(proximity(i64::from(b) - i64::from(a)));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_is_read_where_the_text_is_not() {
        assert!(is_read(Part::Lead, &[Part::Title, Part::Lead]));
        assert!(!is_read(Part::Lead, &Part::ALL));
        assert!(is_read(Part::Title, &Part::ALL) && is_read(Part::Body, &Part::ALL));
    }

    #[test]
    fn the_closest_pair_counts_whatever_else_there_is() {
        assert!((closest(&[1, 50], &[9, 51]) - 1.0).abs() < f32::EPSILON);
        assert!((closest(&[10], &[12]) - 0.5).abs() < f32::EPSILON);
        assert!((closest(&[10], &[9]) - 0.5).abs() < f32::EPSILON);
        assert!((closest(&[10], &[18]) - 0.125).abs() < f32::EPSILON);
        assert!((closest(&[10], &[2]) - 0.0625).abs() < f32::EPSILON);
        for far in [1, 19, 40] {
            assert!(closest(&[10], &[far]).abs() < f32::EPSILON, "{far}");
        }
        assert!(closest(&[], &[1]).abs() < f32::EPSILON);
    }
}
