//! The words of a query in one segment, and the articles that can reach a score.

use super::super::part_scale::BoundScale;
use super::super::slot_lists::{SlotLists, sooner};
use super::Needed;
use tantivy::{DocId, Score, TERMINATED};

/// The words in one segment.
pub(super) struct Bag {
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
    pub(super) fn new(
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

    /// Returns how many articles match at most.
    pub(super) fn len(&self) -> u32 {
        let lens = self.slots.iter().map(SlotLists::len);
        match self.needed {
            Needed::All => lens.min().unwrap_or(0),
            Needed::Any => lens.fold(0, u32::saturating_add),
        }
    }

    /// From `doc` on passes over articles that cannot score more than `threshold`.
    pub(super) fn raise(&mut self, threshold: Score, doc: DocId) {
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
    pub(super) fn first(&mut self) -> DocId {
        let nexts = self.slots.iter().map(SlotLists::next);
        let next = nexts.fold(NONE, sooner);
        self.candidate(next)
    }

    /// Goes on from the candidate `doc` and returns the next one.
    pub(super) fn pass(&mut self, doc: DocId) -> DocId {
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

    pub(super) fn seek(&mut self, target: DocId) {
        for slot in &mut self.slots {
            slot.seek(target);
        }
    }

    /// Returns the score of the words in `doc` and what their closeness can add; `None` if both together do not pass
    /// the threshold or a needed word is missing.
    pub(super) fn score(&mut self, doc: DocId, threshold: Score) -> Option<(f32, f32)> {
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
    pub(super) fn is_match(&mut self, doc: DocId) -> bool {
        // A candidate has a word; where there is only one, it has all.
        if self.needed == Needed::Any || self.slots.len() == 1 {
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
