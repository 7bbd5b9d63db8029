//! Top-k search over windows of articles, with `MaxScore` pruning.
//!
//! In each window the scores of every word are written into one array per word, list by list; then
//! the arrays are compared, many places at a time (`max_score_simd`). Scanning a list costs 1-2 ns
//! per posting, because nothing is merged. Once there is a threshold, tiers that cannot matter on
//! their own are skipped (`MaxScore`: Turtle, Flood, "Query evaluation: strategies and
//! optimizations", 1995) if that costs less than scanning them; an article that could still pass is
//! looked up in them.

use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::words::max_score_simd::{CHUNK, CandidateMask, MissingBound};
use crate::engine::words::needed::Needed;
use crate::engine::words::score_budget;
use crate::engine::words::score_budget::BoundLevel;
use crate::engine::words::word_scorer::WordScorer;
use std::cell::Cell;
use tantivy::{DocId, Result, Score, TERMINATED};

/// The most articles in a window. A power of two, and small enough that the scores of some words
/// stay in the cache.
const WINDOW: usize = if cfg!(test) { 128 } else { 4096 };

/// The first windows are smaller, to have something to beat soon.
const FIRST: usize = if cfg!(test) { 64 } else { 1024 };

const _: () = assert!(FIRST.is_multiple_of(CHUNK) && WINDOW.is_multiple_of(CHUNK));

/// After so many articles what was taken is looked at: so that it is not too much, and to see that
/// time runs out.
const STRETCH: DocId = if cfg!(test) { 256 } else { 1 << 18 };

/// A word is gone through unless it is so many times as common as the rarest, where all are needed:
/// looking an article up costs as much as going past so many.
pub(crate) const MUCH_MORE: u32 = 16;

/// Where fewer than one in so many articles have a word, those that do are remembered one by one.
const SPARSE: u32 = if cfg!(test) { 2 } else { 32 };

/// What it costs to look up what an article scores in the tiers that are left out, in scanned
/// postings.
const LOOK_UP: u32 = if cfg!(test) { 1 } else { 32 };

/// How much the threshold must grow for sharing it out anew.
const WORTHWHILE: f32 = 1.02;

/// More than the relative error of a sum of scores.
pub(crate) const ROUNDING: f32 = 1e-5;

/// The words of a query in the articles of one segment.
pub(crate) struct MaxScore {
    /// In the order of the query.
    slots: Vec<WordScorer>,
    parts: Vec<FieldNorms>,
    /// Greatest proximity bonus of each pair of neighbours, and of all together.
    gains: Vec<f32>,
    most_gain: f32,
    /// Whether every word must be there.
    needs_all: bool,
    /// Of each slot.
    levels: Vec<Vec<BoundLevel>>,
    /// For each slot, the level up to which it is skipped.
    left_out: Vec<usize>,
    /// For each slot, its bound where the scan did not find it.
    unfound: Vec<MissingBound>,
    /// The threshold that was allocated last.
    shared: f32,
    /// Number of postings to scan.
    scanned_len: u32,
    /// For each slot, by place in the window: its score in the scanned tiers.
    scores: Vec<Scores>,
    /// The articles of the window that may be hits.
    passing: CandidateMask,
    /// Articles with their scores, if only one list is scanned.
    found: Vec<(DocId, f32)>,
    max_doc: DocId,
}

type Scores = [f32; WINDOW];

/// So many words of a query get arrays that are there from the query before.
const MOST_SPARE: usize = 8;

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
    fn take(&mut self, doc: DocId, score: Score, gain: f32) -> Result<()>;
    /// Resolves the candidates taken so far.
    fn flush(&mut self) -> Result<()>;
}

impl MaxScore {
    /// Prepares the search of a segment of `max_doc` articles.
    pub(crate) fn new(
        (mut slots, parts, max_doc): (Vec<WordScorer>, Vec<FieldNorms>, DocId),
        gains: Vec<f32>,
        needed: Needed,
    ) -> Self {
        let needs_all = needed == Needed::All && slots.len() > 1;
        let levels: Vec<Vec<BoundLevel>> = slots.iter().map(WordScorer::levels).collect();
        let mut left_out = vec![0; slots.len()];
        if needs_all {
            let rarest = slots.iter().map(WordScorer::len).min().unwrap_or(0);
            for ((slot, levels), place) in slots.iter_mut().zip(&levels).zip(&mut left_out) {
                if slot.len() / MUCH_MORE > rarest {
                    slot.skip_tiers(f32::MAX);
                    *place = levels.len() - 1;
                }
            }
        }
        Self {
            levels,
            left_out,
            scores: empty_scores(slots.len()),
            scanned_len: scanned_len(&slots),
            unfound: unfound(&slots, needs_all),
            slots,
            parts,
            most_gain: gains.iter().sum(),
            gains,
            needs_all,
            shared: 0.0,
            passing: CandidateMask::default(),
            found: Vec::new(),
            max_doc,
        }
    }

    /// Passes all articles that can exceed the threshold to `best`.
    ///
    /// # Errors
    /// Those of `best`.
    pub(crate) fn run(mut self, best: &mut impl Best) -> Result<()> {
        let mut length = FIRST;
        let mut start = 0;
        let mut settled = 0;
        // The greatest score says that nothing more is wanted.
        while best.threshold() < Score::MAX {
            self.leave_out(best.threshold());
            start = self.seek(start);
            if start >= self.max_doc {
                break;
            }
            let end = start.saturating_add(as_doc(length));
            self.window(start, end, best)?;
            start = end;
            length = (length * 2).min(WINDOW);
            if start - settled > STRETCH {
                best.flush()?;
                settled = start;
            }
        }
        let is_empty = |scores: &Scores| scores.iter().all(|score| *score <= 0.0);
        debug_assert!(self.scores.iter().all(is_empty));
        self.scores.truncate(MOST_SPARE);
        SPARE.set(self.scores);
        best.flush()
    }

    /// Stops scanning tiers that cannot lift an article over `threshold`.
    fn leave_out(&mut self, threshold: Score) {
        // The budget of a skipped article, a little less for the rounding of sums.
        let budget = threshold * (1.0 - ROUNDING);
        if budget - self.most_gain <= self.shared * WORTHWHILE {
            return;
        }
        self.shared = budget - self.most_gain;
        // An article skipped because of one word has no other word near it.
        let of_one =
            (0..self.levels.len()).map(|word| score_budget::of_one(&self.levels, word, budget));
        let of_all = score_budget::allocate(&self.levels, self.shared);
        let cost = |chosen: &Vec<usize>| score_budget::cost(&self.levels, chosen, LOOK_UP);
        let best = of_one.chain([of_all]).min_by_key(cost);
        if let Some(chosen) = best.filter(|chosen| cost(chosen) < cost(&self.left_out)) {
            let words = self.slots.iter_mut().zip(&self.levels);
            for ((slot, levels), place) in words.zip(&chosen) {
                slot.skip_tiers(levels[*place].score);
            }
            self.left_out = chosen;
            self.scanned_len = scanned_len(&self.slots);
            self.unfound = unfound(&self.slots, self.needs_all);
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
            slot.for_each_before((above, end), &self.parts, &mut |doc, score| {
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
        let is_sparse = self.scanned_len < self.max_doc / SPARSE
            || (above > 0.0 && self.slots.iter().all(WordScorer::passes_over));
        let mut passing = std::mem::take(&mut self.passing);
        passing.clear();
        if is_sparse {
            self.mark_few(start, (above, end), (best.threshold(), &mut passing));
        } else {
            self.mark_many(start, end);
            self.take_many(end - start, best.threshold(), &mut passing);
        }
        for (place, most, scores) in passing.iter_mut(self.slots.len()) {
            let doc = start + as_doc(place);
            if most > 0.0 && most >= self.needed(best.threshold()) && best.wants(doc) {
                self.candidate((doc, most), scores, best)?;
            }
        }
        self.passing = passing;
        Ok(())
    }

    /// Collects the scores of a sparse window and adds the places that may exceed `threshold`;
    /// clears all scores.
    fn mark_few(
        &mut self,
        start: DocId,
        (above, end): (f32, DocId),
        (threshold, passing): (f32, &mut CandidateMask),
    ) {
        let needed = self.needed(threshold);
        let mut touched = [0_u64; WINDOW / 64];
        for (slot, scores) in self.slots.iter_mut().zip(&mut self.scores) {
            slot.first_scanned(start);
            slot.for_each_before((above, end), &self.parts, &mut |doc, score| {
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
                    passing.add(place, most, self.scores.iter().map(|scores| scores[place]));
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
            slot.for_each_before((0.0, end), &self.parts, &mut |doc, score| {
                let place = place_of(doc, start);
                scores[place] = larger(scores[place], score);
            });
        }
    }

    /// Adds those of the first `length` places whose upper bound exceeds `threshold`; clears all
    /// scores.
    fn take_many(&mut self, length: DocId, threshold: Score, passing: &mut CandidateMask) {
        let wanted = (length as usize, self.needed(threshold));
        passing.take_from((&mut self.scores, &self.unfound), wanted);
    }

    /// Returns the upper bound of the score at a place; negative if a needed word is missing.
    fn most_at(&self, place: usize) -> f32 {
        let mut most = 0.0;
        for (scores, unfound) in self.scores.iter().zip(&self.unfound) {
            most += match unfound {
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
        needed_of_words(threshold, self.most_gain)
    }

    /// Passes an article to `best` unless it turns out that it cannot exceed the threshold. `most`
    /// is the upper bound of its score without proximity, `scores` the scores of its words in the
    /// scanned tiers.
    fn candidate(
        &mut self,
        (doc, mut most): (DocId, f32),
        scores: &mut [f32],
        best: &mut impl Best,
    ) -> Result<()> {
        for (slot, score) in self.slots.iter_mut().zip(&mut *scores) {
            if slot.is_whole() {
                continue;
            }
            most -= larger(*score, slot.max_score_skipped());
            let needed = needed_of_words(best.threshold(), self.most_gain);
            *score = slot.complete(doc, (*score, needed - most), &self.parts);
            most += *score;
            let can_pass = most > 0.0 && most >= needed;
            if !can_pass || (self.needs_all && *score <= 0.0) {
                return Ok(());
            }
        }
        // One sum in one order, so that a score does not depend on what was skipped.
        let score: f32 = scores.iter().sum();
        let gain = gain_of(scores, &self.gains);
        if score + gain >= needed_for(best.threshold()) {
            best.take(doc, score, gain)?;
        }
        Ok(())
    }
}

/// Returns what a sum of scores must reach to exceed `threshold`, a little less for the rounding of
/// sums.
pub(crate) fn needed_for(threshold: Score) -> Score {
    threshold - threshold.abs() * ROUNDING
}

/// Returns what words must score to exceed `threshold` if proximity adds at most `most_gain`.
fn needed_of_words(threshold: Score, most_gain: f32) -> f32 {
    needed_for(needed_for(threshold) - most_gain)
}

/// Returns an empty score array per word.
fn empty_scores(words: usize) -> Vec<Scores> {
    let mut scores = SPARE.take();
    scores.resize(words, [0.0; WINDOW]);
    scores
}

/// Returns for each word its bound where the scan did not find it.
fn unfound(slots: &[WordScorer], needs_all: bool) -> Vec<MissingBound> {
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
pub(crate) fn gain_of(scores: &[f32], gains: &[f32]) -> f32 {
    let pairs = scores.windows(2).zip(gains);
    let near = pairs.filter(|(pair, _)| pair.iter().all(|score| *score > 0.0));
    near.map(|(_, gain)| gain).sum()
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
