//! Single words, all or any of them: the common query, with pruning.
//!
//! A document is scored only where a bound says that it could pass the score to beat. A word cannot score more than
//! its saturated weight, so some words need not be looked for at all (as in `MaxScore`), and a word with few mentions
//! scores less, so the lists of the others are passed over by the counts of their blocks. The bounds that the engine
//! keeps of each block hold for its own BM25 only, not for ours over several parts.

use super::doc_bits::DocBits;
use super::doc_filter::DocFilter;
use super::found_slot::{FoundSlot, FoundTerm};
use super::part_scale::{BoundScale, PartScale};
use super::phrase::explanation;
use super::plan::Slot;
use super::proximity::{Pairs, pair_gains};
use super::slot_lists::{SlotLists, sooner};
use crate::schema::Part;
use std::sync::Arc;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Result, Score, SegmentReader, TERMINATED};

/// Which of the words must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// All of them.
    All,
    /// At least one.
    Any,
}

/// Finds the articles with all or any of some words in any of the parts.
#[derive(Debug, Clone)]
pub struct BagQuery {
    slots: Vec<Slot>,
    parts: Vec<Part>,
    needed: Needed,
    has_proximity: bool,
    filter: Option<Arc<dyn DocFilter>>,
}

impl BagQuery {
    /// Makes the query.
    pub fn new(slots: Vec<Slot>, parts: Vec<Part>, needed: Needed) -> Self {
        Self {
            slots,
            parts,
            needed,
            has_proximity: false,
            filter: None,
        }
    }

    /// Asks `filter` before an article is scored.
    #[must_use]
    pub fn with_filter(mut self, filter: Option<Arc<dyn DocFilter>>) -> Self {
        self.filter = filter;
        self
    }

    /// Lets words that stand near each other add to the score.
    #[must_use]
    pub fn with_proximity(mut self) -> Self {
        self.has_proximity = true;
        self
    }
}

impl Query for BagQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let mut weight = BagWeight {
            parts: self.parts.clone(),
            needed: self.needed,
            filter: self.filter.clone(),
            slots: Vec::with_capacity(self.slots.len()),
            idfs: vec![0.0; self.slots.len()],
            gains: Vec::new(),
            scales: Vec::with_capacity(self.parts.len()),
            is_scored: false,
        };
        let EnableScoring::Enabled {
            searcher,
            statistics_provider: statistics,
        } = scoring
        else {
            weight
                .slots
                .extend(self.slots.iter().map(FoundSlot::unscored));
            let scales = self
                .parts
                .iter()
                .map(|part| PartScale::of_average(*part, 1.0));
            weight.scales.extend(scales);
            return Ok(Box::new(weight));
        };
        weight.is_scored = true;
        let doc_count = statistics.total_num_docs()?;
        for (slot, idf) in self.slots.iter().zip(&mut weight.idfs) {
            let found = FoundSlot::find(slot, &self.parts, searcher)?;
            *idf = found.idf(doc_count);
            weight.slots.push(found);
        }
        for part in &self.parts {
            weight.scales.push(PartScale::of(*part, statistics)?);
        }
        if self.has_proximity {
            weight.gains = pair_gains(&weight.idfs);
        }
        Ok(Box::new(weight))
    }
}

struct BagWeight {
    parts: Vec<Part>,
    needed: Needed,
    filter: Option<Arc<dyn DocFilter>>,
    slots: Vec<FoundSlot>,
    /// By slot.
    idfs: Vec<f32>,
    /// What each pair of neighbours adds at most.
    gains: Vec<f32>,
    scales: Vec<PartScale>,
    is_scored: bool,
}

impl BagWeight {
    /// Opens the words in a segment; `None` where nothing can match.
    fn bag(&self, reader: &SegmentReader, boost: Score) -> Result<Option<Bag>> {
        let mut scales = Vec::with_capacity(self.scales.len());
        for scale in &self.scales {
            scales.push(scale.bind(reader, self.is_scored)?);
        }
        let mut slots = Vec::with_capacity(self.slots.len());
        for (slot, idf) in self.slots.iter().zip(&self.idfs) {
            let found = slot.in_segment(&self.parts, reader)?;
            if found.is_empty() && self.needed == Needed::All {
                return Ok(None);
            }
            slots.push(SlotLists::open(reader, &found, idf * boost)?);
        }
        if slots.iter().all(SlotLists::is_empty) {
            return Ok(None);
        }
        let gains = self.gains.iter().map(|gain| gain * boost).collect();
        Ok(Some(Bag::new(slots, scales, gains, self.needed)))
    }

    /// Returns the articles of a segment with the words; `None` where going through the lists of all takes longer than
    /// looking for the few articles of the rarest word in the others.
    fn matching(&self, reader: &SegmentReader) -> Result<Option<DocBits>> {
        let mut slots = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            slots.push(slot.in_segment(&self.parts, reader)?);
        }
        let lens = slots.iter().map(|slot| len_of(slot));
        let (rarest, all) = lens.fold((u64::MAX, 0), |(rarest, all), len| {
            (rarest.min(len), all + len)
        });
        if self.needed == Needed::All && slots.len() > 1 && rarest < all / FEW {
            return Ok(None);
        }
        let mut matching: Option<DocBits> = None;
        for slot in &slots {
            let is_apart = self.needed == Needed::All;
            let mut here = match matching.take_if(|_| !is_apart) {
                Some(bits) => bits,
                None => DocBits::none(reader.max_doc()),
            };
            for term in slot.iter() {
                let inverted = reader.inverted_index(term.field)?;
                let mut list = inverted
                    .read_block_postings_from_terminfo(&term.info, IndexRecordOption::Basic)?;
                here.add(&mut list);
            }
            if let Some(before) = &matching {
                here.keep(before);
            }
            matching = Some(here);
        }
        Ok(matching)
    }

    fn pairs(&self, reader: &SegmentReader, boost: Score) -> Result<Pairs> {
        Pairs::open(reader, (&self.slots, &self.parts), &self.gains, boost)
    }
}

/// Where the rarest of several words has less than this part of all their articles, only its own are looked at.
const FEW: u64 = 8;

/// Returns how many articles the terms of a slot have at most.
fn len_of(slot: &[FoundTerm]) -> u64 {
    let terms = slot.iter();
    terms.map(|term| u64::from(term.info.doc_freq)).sum()
}

impl Weight for BagWeight {
    fn for_each_no_score(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(&[DocId]),
    ) -> Result<()> {
        if let Some(matching) = self.matching(reader)? {
            matching.for_each(callback);
            return Ok(());
        }
        let mut scorer = self.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED {
            callback(&[scorer.doc()]);
            scorer.advance();
        }
        Ok(())
    }

    fn count(&self, reader: &SegmentReader) -> Result<u32> {
        let mut count = 0;
        self.for_each_no_score(reader, &mut |docs| {
            let alive = docs.iter().filter(|doc| !reader.is_deleted(**doc));
            count += alive.map(|_| 1).sum::<u32>();
        })?;
        Ok(count)
    }

    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let Some(bag) = self.bag(reader, boost)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let pairs = if self.gains.is_empty() {
            None
        } else {
            Some(self.pairs(reader, boost)?)
        };
        let mut scorer = BagScorer { bag, pairs, doc: 0 };
        let first = scorer.bag.first();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(
            self.scorer(reader, 1.0)?,
            doc,
            "BM25F over the parts of the article, words and their closeness",
        )
    }

    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        let Some(mut bag) = self.bag(reader, 1.0)? else {
            return Ok(());
        };
        let filter = self.filter.as_ref().map(|filter| filter.bind_to(reader));
        let filter = filter.transpose()?;
        let mut pairs = None;
        bag.raise(threshold, 0);
        let mut doc = bag.first();
        while doc != TERMINATED {
            let is_wanted = filter.as_ref().is_none_or(|accepts| accepts(doc));
            if is_wanted && let Some((mut score, gain)) = bag.score(doc, threshold) {
                if gain > 0.0 {
                    // Positions are opened only in segments where closeness decides.
                    let pairs = match &mut pairs {
                        Some(pairs) => pairs,
                        none => none.insert(self.pairs(reader, 1.0)?),
                    };
                    score += pairs.gain(doc);
                }
                if score > threshold {
                    let raised = callback(doc, score);
                    if raised > threshold {
                        threshold = raised;
                        bag.raise(threshold, doc);
                    }
                }
            }
            doc = bag.pass(doc);
        }
        Ok(())
    }
}

/// The words in one segment.
struct Bag {
    /// In the order of the query.
    slots: Vec<SlotLists>,
    /// The scores of the slots in the article last scored, 0 where a word is missing.
    scores: Vec<f32>,
    /// The slots from the one that weighs the most to the one that weighs the least, each with the most that it can
    /// score.
    by_weight: Vec<(usize, f32)>,
    /// What all words and their closeness can score at most.
    most: f32,
    scales: Vec<BoundScale>,
    gains: Vec<f32>,
    needed: Needed,
}

impl Bag {
    fn new(
        mut slots: Vec<SlotLists>,
        scales: Vec<BoundScale>,
        gains: Vec<f32>,
        needed: Needed,
    ) -> Self {
        if needed == Needed::All {
            // An article with all words is among those of the rarest.
            let rarest = (0..slots.len()).min_by_key(|&slot| slots[slot].len());
            for (ordinal, slot) in slots.iter_mut().enumerate() {
                slot.set_scanned(Some(ordinal) == rarest);
            }
        }
        let mosts = slots.iter().map(SlotLists::most);
        let mut by_weight: Vec<(usize, f32)> = mosts.enumerate().collect();
        by_weight.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let words: f32 = by_weight.iter().map(|(_, most)| most).sum();
        Self {
            scores: vec![0.0; slots.len()],
            slots,
            by_weight,
            most: words + gains.iter().sum::<f32>(),
            scales,
            gains,
            needed,
        }
    }

    /// From `doc` on passes over articles that cannot score more than `threshold`.
    fn raise(&mut self, threshold: Score, doc: DocId) {
        let gains: f32 = self.gains.iter().sum();
        // What an article may have that is passed over, a little less for the rounding of sums.
        let mut left = threshold - threshold.abs() * ROUNDING - gains;
        if left <= 0.0 {
            return;
        }
        for &(ordinal, most) in self.by_weight.iter().rev() {
            let slot = &mut self.slots[ordinal];
            match self.needed {
                Needed::All => {
                    if slot.is_scanned() {
                        let others = (self.most - gains - most) * (1.0 + ROUNDING);
                        slot.raise(left - others, doc, &self.scales);
                    }
                }
                Needed::Any => {
                    let share = left.min(most);
                    slot.raise(left, doc, &self.scales);
                    left -= share;
                    if left <= 0.0 {
                        return;
                    }
                }
            }
        }
    }

    /// Returns the first candidate.
    fn first(&mut self) -> DocId {
        let nexts = self.slots.iter().map(SlotLists::next);
        let next = nexts.fold(NONE, sooner);
        self.candidate(next)
    }

    /// Goes on from the candidate `doc` and returns the next one.
    fn pass(&mut self, doc: DocId) -> DocId {
        self.candidate((doc, false))
    }

    /// Goes on from `next`, unless it is a candidate, to the first one.
    fn candidate(&mut self, mut next: (DocId, bool)) -> DocId {
        while !next.1 {
            let doc = next.0;
            next = NONE;
            for slot in &mut self.slots {
                next = sooner(next, slot.pass(doc));
            }
        }
        next.0
    }

    fn seek(&mut self, target: DocId) {
        for slot in &mut self.slots {
            slot.seek(target);
        }
    }

    /// Returns the score of the words in `doc` and what their closeness can add; `None` if both together do not pass
    /// the threshold or a needed word is missing.
    fn score(&mut self, doc: DocId, threshold: Score) -> Option<(f32, f32)> {
        if !self.is_match(doc) {
            return None;
        }
        let mut left = self.most;
        let mut so_far = 0.0;
        self.scores.fill(0.0);
        for &(ordinal, most) in &self.by_weight {
            let slot = &mut self.slots[ordinal];
            left -= most;
            let needed = threshold * (1.0 - ROUNDING) - so_far - left;
            if let Some(score) = slot.score_in(doc, needed, &self.scales) {
                self.scores[ordinal] = score;
                so_far += score;
            }
            if (so_far + left) * (1.0 + ROUNDING) < threshold {
                return None;
            }
        }
        // One sum in one order, so that a score does not depend on what was passed over.
        let score: f32 = self.scores.iter().sum();
        let neighbours = self.scores.windows(2).zip(&self.gains);
        let gain: f32 = neighbours
            .filter(|(pair, _)| pair.iter().all(|score| *score > 0.0))
            .map(|(_, gain)| gain)
            .sum();
        ((score + gain) * (1.0 + ROUNDING) >= threshold).then_some((score, gain))
    }

    /// Tells whether `doc`, a candidate, has all words that are needed. If not, passes over the articles before the next
    /// one that has the missing word.
    fn is_match(&mut self, doc: DocId) -> bool {
        if self.needed == Needed::Any {
            return true;
        }
        for ordinal in 0..self.slots.len() {
            let first = self.slots[ordinal].first_from(doc);
            if first > doc {
                // The caller passes `doc` itself.
                if first > doc + 1 {
                    self.seek(first);
                }
                return false;
            }
        }
        true
    }
}

/// There is no further candidate.
const NONE: (DocId, bool) = (TERMINATED, true);

/// More than the relative error of a sum of scores.
const ROUNDING: f32 = 1e-5;

/// All articles that match, whatever their score.
struct BagScorer {
    bag: Bag,
    pairs: Option<Pairs>,
    doc: DocId,
}

impl BagScorer {
    /// Goes on from the candidate `doc` to the first one that matches.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED && !self.bag.is_match(doc) {
            doc = self.bag.pass(doc);
        }
        self.doc = doc;
        doc
    }
}

impl DocSet for BagScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.bag.pass(self.doc);
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.bag.seek(target);
            let first = self.bag.first();
            self.settle(first);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let lens = self.bag.slots.iter().map(SlotLists::len);
        match self.bag.needed {
            Needed::All => lens.min().unwrap_or(0),
            Needed::Any => lens.fold(0, u32::saturating_add),
        }
    }
}

impl Scorer for BagScorer {
    fn score(&mut self) -> Score {
        let words = self.bag.score(self.doc, f32::MIN);
        let (score, gain) = words.unwrap_or_default();
        match &mut self.pairs {
            Some(pairs) if gain > 0.0 => score + pairs.gain(self.doc),
            _ => score,
        }
    }
}
