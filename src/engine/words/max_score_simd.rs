//! Compares the scores of a window, 16 articles at a time, and returns those that may be hits.
#![expect(
    clippy::inline_always,
    reason = "what uses registers must be compiled for each level of instructions"
)]

use fearless_simd::{Level, Simd, dispatch, f32x16, prelude::*};

/// Places compared together, as mostly none of them matters: four registers of the widest kind.
pub(crate) const CHUNK: usize = 64;

/// Places in a register.
const LANES: usize = 16;

/// The bound of a word in an article where the scan did not find it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum MissingBound {
    /// None: such an article is not a hit.
    Missed,
    /// An upper bound, which also holds where the word was found and scores less.
    AtMost(f32),
}

/// The places of a window whose articles may be hits.
#[derive(Debug, Default)]
pub(crate) struct CandidateMask {
    /// Each with the upper bound of its score without proximity.
    places: Vec<(usize, f32)>,
    /// For each place, the scores of the words.
    scores: Vec<f32>,
}

impl CandidateMask {
    /// Forgets all places.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.scores.clear();
    }

    /// Adds a place with its upper bound and the score of each word.
    pub(crate) fn add(&mut self, place: usize, most: f32, scores: impl IntoIterator<Item = f32>) {
        self.places.push((place, most));
        self.scores.extend(scores);
    }

    /// Returns the places with their upper bounds and the scores of each of `words` words.
    pub(crate) fn iter_mut(
        &mut self,
        words: usize,
    ) -> impl Iterator<Item = (usize, f32, &mut [f32])> {
        let scores = self.scores.chunks_exact_mut(words.max(1));
        let both = self.places.iter().zip(scores);
        both.map(|((place, most), scores)| (*place, *most, scores))
    }

    /// Adds those of the first `length` places, a multiple of [`CHUNK`], whose upper bound is at
    /// least `needed` and more than the bounds of missing words alone: at least one word must have
    /// been found. A word has its score at each place, 0 if it was not found; all are cleared.
    /// Costs 0.25 ns or less per place and word.
    pub(crate) fn take_from<const PLACES: usize>(
        &mut self,
        words: &mut [[f32; PLACES]],
        bounds: &[MissingBound],
        length: usize,
        needed: f32,
    ) {
        self.take_at(Level::new(), words, bounds, length, needed);
    }

    fn take_at<const PLACES: usize>(
        &mut self,
        level: Level,
        words: &mut [[f32; PLACES]],
        bounds: &[MissingBound],
        length: usize,
        needed: f32,
    ) {
        dispatch!(level, simd => take_from(simd, words, bounds, length, needed, self));
    }

    /// Adds the places of the chunk from `start` whose `bits` are set, with their upper bounds. A
    /// separate call, so that sums of other chunks stay in registers.
    #[inline(never)]
    fn add_chunk<const PLACES: usize>(
        &mut self,
        words: &[[f32; PLACES]],
        start: usize,
        mut bits: u64,
        most: &[f32; CHUNK],
    ) {
        while bits != 0 {
            let place = bits.trailing_zeros() as usize;
            let scores = words.iter().map(|scores| scores[start + place]);
            self.add(start + place, most[place], scores);
            bits &= bits - 1;
        }
    }
}

#[inline(always)]
fn take_from<S: Simd, const PLACES: usize>(
    simd: S,
    words: &mut [[f32; PLACES]],
    bounds: &[MissingBound],
    length: usize,
    needed: f32,
    candidates: &mut CandidateMask,
) {
    let left_out = bounds.iter().fold(0.0, |sum, bound| match bound {
        MissingBound::Missed => sum,
        MissingBound::AtMost(score) => sum + score,
    });
    let needed = if needed > left_out {
        needed
    } else {
        left_out.next_up()
    };
    for start in (0..length).step_by(CHUNK) {
        let sums = sums_of(simd, words, bounds, start);
        // Mostly one comparison tells that there is nothing.
        let [first, second, third, fourth] = sums;
        let highest = first.max(second).max(third.max(fourth));
        if highest.simd_ge(needed).any_true() {
            let mut most = [0.0; CHUNK];
            let mut bits = 0;
            for (lanes, sums) in (0..).step_by(LANES).zip(sums) {
                sums.store_slice(&mut most[lanes..lanes + LANES]);
                bits |= sums.simd_ge(needed).to_bitmask() << lanes;
            }
            candidates.add_chunk(words, start, bits, &most);
        }
        // They are in the nearest cache now.
        for scores in words.iter_mut() {
            scores[start..start + CHUNK].fill(0.0);
        }
    }
}

/// Returns the upper bound of the score at each place of the chunk from `start`.
#[inline(always)]
fn sums_of<S: Simd, const PLACES: usize>(
    simd: S,
    words: &[[f32; PLACES]],
    bounds: &[MissingBound],
    start: usize,
) -> [f32x16<S>; CHUNK / LANES] {
    let nothing = f32x16::splat(simd, 0.0);
    let missed = f32x16::splat(simd, f32::MIN);
    let mut sums = [nothing; CHUNK / LANES];
    for (scores, bound) in words.iter().zip(bounds) {
        let chunk = scores[start..start + CHUNK].chunks_exact(LANES);
        let scores = chunk.map(|scores| f32x16::from_slice(simd, scores));
        let both = sums.iter_mut().zip(scores);
        match *bound {
            MissingBound::Missed => both.for_each(|(sum, scores)| {
                *sum = scores.simd_gt(nothing).select(*sum + scores, missed);
            }),
            MissingBound::AtMost(score) if score > 0.0 => {
                let left_out = f32x16::splat(simd, score);
                both.for_each(|(sum, scores)| *sum += scores.max(left_out));
            }
            MissingBound::AtMost(_) => both.for_each(|(sum, scores)| *sum += scores),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLACES: usize = 4 * CHUNK;

    fn scores() -> impl Strategy<Value = [f32; PLACES]> {
        let scores = prop::collection::vec(prop_oneof![Just(0.0_f32), 0.1_f32..4.0], PLACES);
        scores.prop_map(|scores| scores.try_into().unwrap())
    }

    fn bound() -> impl Strategy<Value = MissingBound> {
        prop_oneof![
            Just(MissingBound::Missed),
            Just(MissingBound::AtMost(0.0)),
            (0.1_f32..2.0).prop_map(MissingBound::AtMost),
        ]
    }

    proptest! {
        #[test]
        fn those_places_pass_where_words_were_found_that_may_score_enough_whatever_the_machine(
            words in prop::collection::vec((scores(), bound()), 1..4),
            needed in -1.0_f32..6.0,
            chunks in 0..=PLACES / CHUNK,
        ) {
            let (words, bounds): (Vec<[f32; PLACES]>, Vec<MissingBound>) = words.into_iter().unzip();
            let length = chunks * CHUNK;
            let left_out: f32 = bounds.iter().map(|bound| match bound {
                MissingBound::Missed => 0.0,
                MissingBound::AtMost(score) => *score,
            }).sum();
            let mut expected = Vec::new();
            for place in 0..length {
                let scores: Vec<f32> = words.iter().map(|scores| scores[place]).collect();
                let is_missed = |(score, bound): (&f32, &MissingBound)| *score <= 0.0 && *bound == MissingBound::Missed;
                let most: f32 = scores.iter().zip(&bounds).map(|(score, bound)| match bound {
                    MissingBound::Missed => *score,
                    MissingBound::AtMost(most) => score.max(*most),
                }).sum();
                if !scores.iter().zip(&bounds).any(is_missed) && most >= needed && most > left_out {
                    expected.push((place, most, scores));
                }
            }
            for level in [Level::new(), Level::baseline()] {
                let mut in_window = words.clone();
                let mut candidates = CandidateMask::default();
                candidates.take_at(level, &mut in_window, &bounds, length, needed);
                let passed = candidates.iter_mut(words.len());
                let passed: Vec<_> = passed.map(|(place, most, scores)| (place, most, scores.to_vec())).collect();
                prop_assert_eq!(passed, expected.clone());
                for (scores, before) in in_window.iter().zip(&words) {
                    prop_assert!(scores[..length].iter().all(|score| *score == 0.0));
                    prop_assert_eq!(&scores[length..], &before[length..]);
                }
            }
        }
    }
}
