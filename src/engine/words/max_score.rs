//! Top-k search over windows of articles, with `MaxScore` pruning.
//!
//! In each window the scores of every word are written into one array per word, list by list; then
//! the arrays are compared, many places at a time (`max_score_simd`). Scanning a list costs 1-2 ns
//! per posting, because nothing is merged. Once there is a threshold, tiers that cannot matter on
//! their own are skipped (`MaxScore`: Turtle, Flood, "Query evaluation: strategies and
//! optimizations", 1995) if that costs less than scanning them; an article that could still pass is
//! looked up in them.

use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::tuning::Tuning;
use crate::engine::words::max_score_simd::{CHUNK, CandidateMask, MissingBound};
use crate::engine::words::needed::Needed;
use crate::engine::words::score_budget;
use crate::engine::words::score_budget::BoundLevel;
use crate::engine::words::word_scorer::WordScorer;
use std::cell::Cell;
use tantivy::{DocId, Result, Score, TERMINATED};

/// The places of an array of scores, the most that a window can have: a constant, so that no access
/// needs a check of bounds.
const WINDOW: usize = 4096;

const _: () = assert!(is_possible(&Tuning::DEFAULT));
#[cfg(test)]
const _: () = assert!(is_possible(&Tuning::SMALL));

/// Returns whether windows fit into arrays and consist of chunks.
const fn is_possible(tuning: &Tuning) -> bool {
    let (first, longest) = (tuning.first_window, tuning.window);
    longest <= WINDOW && first.is_multiple_of(CHUNK) && longest.is_multiple_of(CHUNK)
}

/// More than the relative error of a sum of scores.
pub(crate) const ROUNDING: f32 = 1e-5;

/// The words of a query in the articles of one segment.
pub(crate) struct MaxScore {
    /// In the order of the query.
    slots: Vec<WordScorer>,
    parts: Vec<FieldNorms>,
    /// Greatest proximity bonus of each pair of neighbours, and of all together.
    max_bonuses: Vec<f32>,
    max_bonus: f32,
    /// Whether every word must be there.
    needs_all: bool,
    /// Of each slot.
    levels: Vec<Vec<BoundLevel>>,
    /// For each slot, the level up to which it is skipped.
    skipped_levels: Vec<usize>,
    /// For each slot, its bound where the scan did not find it.
    missing_bounds: Vec<MissingBound>,
    /// The threshold that was allocated last.
    allocated: f32,
    /// Number of postings to scan.
    scanned_len: u32,
    /// For each slot, by place in the window: its score in the scanned tiers.
    scores: Vec<Scores>,
    /// The articles of the window that may be hits.
    candidates: CandidateMask,
    /// Articles with their scores, if only one list is scanned.
    found: Vec<(DocId, f32)>,
    max_doc: DocId,
    tuning: &'static Tuning,
}

type Scores = [f32; WINDOW];

thread_local! {
    /// Arrays without a score: making new ones for each query takes microseconds.
    static SPARE: Cell<Vec<Scores>> = const { Cell::new(Vec::new()) };
}

/// Receives candidates and holds the threshold.
pub(crate) trait Best {
    /// Returns the threshold.
    fn threshold(&self) -> Score;
    /// Returns whether an article may be a hit.
    fn wants(&self, doc: DocId) -> bool;
    /// Takes a candidate with the score of its words and an upper bound of its proximity bonus, in
    /// ascending order of articles.
    fn take(&mut self, doc: DocId, score: Score, max_bonus: f32) -> Result<()>;
    /// Resolves the candidates taken so far.
    fn flush(&mut self) -> Result<()>;
}

impl MaxScore {
    /// Prepares the search of a segment of `max_doc` articles.
    pub(crate) fn new(
        mut slots: Vec<WordScorer>,
        parts: Vec<FieldNorms>,
        max_doc: DocId,
        max_bonuses: Vec<f32>,
        needed: Needed,
        tuning: &'static Tuning,
    ) -> Self {
        let needs_all = needed == Needed::All && slots.len() > 1;
        let levels: Vec<Vec<BoundLevel>> = slots.iter().map(WordScorer::levels).collect();
        let mut skipped_levels = vec![0; slots.len()];
        if needs_all {
            let rarest = slots.iter().map(WordScorer::len).min().unwrap_or(0);
            for ((slot, levels), place) in slots.iter_mut().zip(&levels).zip(&mut skipped_levels) {
                if slot.len() / tuning.join_ratio > rarest {
                    slot.skip_tiers(f32::MAX);
                    *place = levels.len() - 1;
                }
            }
        }
        Self {
            levels,
            skipped_levels,
            scores: empty_scores(slots.len()),
            scanned_len: scanned_len(&slots),
            missing_bounds: missing_bounds(&slots, needs_all),
            slots,
            parts,
            max_bonus: max_bonuses.iter().sum(),
            max_bonuses,
            needs_all,
            allocated: 0.0,
            candidates: CandidateMask::default(),
            found: Vec::new(),
            max_doc,
            tuning,
        }
    }

    /// Passes all articles that can exceed the threshold to `best`.
    ///
    /// # Errors
    /// Those of `best`.
    pub(crate) fn run(mut self, best: &mut impl Best) -> Result<()> {
        let mut length = self.tuning.first_window;
        let mut start = 0;
        let mut settled = 0;
        // The greatest score says that nothing more is wanted.
        while best.threshold() < Score::MAX {
            self.skip(best.threshold());
            start = self.seek(start);
            if start >= self.max_doc {
                break;
            }
            let end = start.saturating_add(as_doc(length));
            self.window(start, end, best)?;
            start = end;
            length = (length * 2).min(self.tuning.window);
            if start - settled > self.tuning.flush_after {
                best.flush()?;
                settled = start;
            }
        }
        let is_empty = |scores: &Scores| scores.iter().all(|score| *score <= 0.0);
        debug_assert!(self.scores.iter().all(is_empty));
        self.scores.truncate(self.tuning.spare_arrays);
        SPARE.set(self.scores);
        best.flush()
    }

    /// Stops scanning tiers that cannot lift an article over `threshold`.
    fn skip(&mut self, threshold: Score) {
        // The budget of a skipped article, a little less for the rounding of sums.
        let budget = threshold * (1.0 - ROUNDING);
        if budget - self.max_bonus <= self.allocated * self.tuning.min_growth {
            return;
        }
        self.allocated = budget - self.max_bonus;
        // An article skipped because of one word has no other word near it.
        let of_one =
            (0..self.levels.len()).map(|word| score_budget::of_one(&self.levels, word, budget));
        let of_all = score_budget::allocate(&self.levels, self.allocated);
        let look_up = self.tuning.look_up_cost;
        let cost = |chosen: &Vec<usize>| score_budget::cost(&self.levels, chosen, look_up);
        let best = of_one.chain([of_all]).min_by_key(cost);
        if let Some(chosen) = best.filter(|chosen| cost(chosen) < cost(&self.skipped_levels)) {
            let words = self.slots.iter_mut().zip(&self.levels);
            for ((slot, levels), place) in words.zip(&chosen) {
                slot.skip_tiers(levels[*place].score);
            }
            self.skipped_levels = chosen;
            self.scanned_len = scanned_len(&self.slots);
            self.missing_bounds = missing_bounds(&self.slots, self.needs_all);
        }
    }

    /// Returns the first article from `start` on that may be a hit.
    fn seek(&mut self, start: DocId) -> DocId {
        let mut first = TERMINATED;
        let mut first_of_all = start;
        for slot in &mut self.slots {
            let here = slot.first_scanned(start);
            first = first.min(here);
            if self.needs_all && slot.is_whole() {
                first_of_all = first_of_all.max(here);
            }
        }
        first.max(first_of_all)
    }

    /// Searches one window.
    fn window(&mut self, start: DocId, end: DocId, best: &mut impl Best) -> Result<()> {
        let above = self.above(best.threshold());
        if let [slot] = self.slots.as_mut_slice()
            && slot.has_one_scanned()
        {
            // Nothing is to be added up.
            slot.first_scanned(start);
            self.found.clear();
            slot.for_each_before(above, end, &self.parts, &mut |doc, score| {
                if score > above {
                    self.found.push((doc, score));
                }
            });
            for &(doc, score) in &self.found {
                if score > best.threshold() && best.wants(doc) {
                    best.take(doc, score, 0.0)?;
                }
            }
            return Ok(());
        }
        let is_sparse = self.scanned_len < self.max_doc / self.tuning.sparse_window
            || (above > 0.0 && self.slots.iter().all(WordScorer::passes_over));
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        if is_sparse {
            self.mark_few(start, end, above, best.threshold(), &mut candidates);
        } else {
            self.mark_many(start, end);
            self.take_many(end - start, best.threshold(), &mut candidates);
        }
        for (place, most, scores) in candidates.iter_mut(self.slots.len()) {
            let doc = start + as_doc(place);
            if most > 0.0 && most >= self.needed(best.threshold()) && best.wants(doc) {
                self.candidate(doc, most, scores, best)?;
            }
        }
        self.candidates = candidates;
        Ok(())
    }

    /// Collects the scores of a sparse window and adds the places that may exceed `threshold`;
    /// clears all scores.
    fn mark_few(
        &mut self,
        start: DocId,
        end: DocId,
        above: f32,
        threshold: Score,
        candidates: &mut CandidateMask,
    ) {
        let needed = self.needed(threshold);
        let mut touched = [0_u64; WINDOW / 64];
        for (slot, scores) in self.slots.iter_mut().zip(&mut self.scores) {
            slot.first_scanned(start);
            slot.for_each_before(above, end, &self.parts, &mut |doc, score| {
                let place = place_of(doc, start);
                scores[place] = larger(scores[place], score);
                touched[place / 64] |= 1 << (place % 64);
            });
        }
        for (word, mut bits) in touched.into_iter().enumerate() {
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                let most = self.most_at(place);
                if most > 0.0 && most >= needed {
                    candidates.add(place, most, self.scores.iter().map(|scores| scores[place]));
                }
                let scores = self.scores.iter_mut();
                scores.for_each(|scores| scores[place] = 0.0);
                bits &= bits - 1;
            }
        }
    }

    /// Collects the scores of a window.
    fn mark_many(&mut self, start: DocId, end: DocId) {
        for (slot, scores) in self.slots.iter_mut().zip(&mut self.scores) {
            slot.first_scanned(start);
            slot.for_each_before(0.0, end, &self.parts, &mut |doc, score| {
                let place = place_of(doc, start);
                scores[place] = larger(scores[place], score);
            });
        }
    }

    /// Adds those of the first `length` places whose upper bound exceeds `threshold`; clears all
    /// scores.
    fn take_many(&mut self, length: DocId, threshold: Score, candidates: &mut CandidateMask) {
        let needed = self.needed(threshold);
        candidates.take_from(
            &mut self.scores,
            &self.missing_bounds,
            length as usize,
            needed,
        );
    }

    /// Returns the upper bound of the score at a place; negative if a needed word is missing.
    fn most_at(&self, place: usize) -> f32 {
        let mut most = 0.0;
        for (scores, bound) in self.scores.iter().zip(&self.missing_bounds) {
            most += match bound {
                MissingBound::Missed if scores[place] <= 0.0 => return f32::MIN,
                MissingBound::Missed => scores[place],
                MissingBound::AtMost(score) => larger(scores[place], *score),
            };
        }
        most
    }

    /// Returns the score that every word of a hit must exceed; not 0 for a single word only.
    fn above(&self, threshold: Score) -> f32 {
        if self.slots.len() == 1 {
            (threshold * (1.0 - ROUNDING)).max(0.0)
        } else {
            0.0
        }
    }

    /// Returns what the words of an article must score to exceed `threshold` with the proximity
    /// bonus.
    fn needed(&self, threshold: Score) -> f32 {
        needed_of_words(threshold, self.max_bonus)
    }

    /// Passes an article to `best` unless it turns out that it cannot exceed the threshold. `most`
    /// is the upper bound of its score without proximity, `scores` the scores of its words in the
    /// scanned tiers.
    fn candidate(
        &mut self,
        doc: DocId,
        mut most: f32,
        scores: &mut [f32],
        best: &mut impl Best,
    ) -> Result<()> {
        for (slot, score) in self.slots.iter_mut().zip(&mut *scores) {
            if slot.is_whole() {
                continue;
            }
            most -= larger(*score, slot.max_score_skipped());
            let needed = needed_of_words(best.threshold(), self.max_bonus);
            *score = slot.complete(doc, *score, needed - most, &self.parts);
            most += *score;
            let can_pass = most > 0.0 && most >= needed;
            if !can_pass || (self.needs_all && *score <= 0.0) {
                return Ok(());
            }
        }
        // One sum in one order, so that a score does not depend on what was skipped.
        let score: f32 = scores.iter().sum();
        let max_bonus = bonus_bound(scores, &self.max_bonuses);
        if score + max_bonus >= score_needed(best.threshold()) {
            best.take(doc, score, max_bonus)?;
        }
        Ok(())
    }
}

/// Returns what a sum of scores must reach to exceed `threshold`, a little less for the rounding of
/// sums.
pub(crate) fn score_needed(threshold: Score) -> Score {
    threshold - threshold.abs() * ROUNDING
}

/// Returns what words must score to exceed `threshold` if proximity adds at most `max_bonus`.
fn needed_of_words(threshold: Score, max_bonus: f32) -> f32 {
    score_needed(score_needed(threshold) - max_bonus)
}

/// Returns an empty score array per word.
fn empty_scores(words: usize) -> Vec<Scores> {
    let mut scores = SPARE.take();
    scores.resize(words, [0.0; WINDOW]);
    scores
}

/// Returns for each word its bound where the scan did not find it.
fn missing_bounds(slots: &[WordScorer], needs_all: bool) -> Vec<MissingBound> {
    let of = |slot: &WordScorer| {
        if needs_all && slot.is_whole() {
            MissingBound::Missed
        } else {
            MissingBound::AtMost(slot.max_score_skipped())
        }
    };
    slots.iter().map(of).collect()
}

fn scanned_len(slots: &[WordScorer]) -> u32 {
    let lens = slots.iter().map(WordScorer::scanned_len);
    lens.fold(0, u32::saturating_add)
}

/// Returns the greatest proximity bonus of words with these scores: both neighbours must be
/// present.
pub(crate) fn bonus_bound(scores: &[f32], max_bonuses: &[f32]) -> f32 {
    let pairs = scores.windows(2).zip(max_bonuses);
    let near = pairs.filter(|(pair, _)| pair.iter().all(|score| *score > 0.0));
    near.map(|(_, max_bonus)| max_bonus).sum()
}

/// Returns the larger of two numbers, neither of which is NaN; `f32::max` costs several
/// instructions more.
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

fn place_of(doc: DocId, start: DocId) -> usize {
    (doc - start) as usize % WINDOW
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a window has a few thousand places"
)]
fn as_doc(places: usize) -> DocId {
    places as DocId
}
