//! Looks through the scores of a window for the places that matter, many at a time.

use fearless_simd::{Level, Simd, dispatch, f32x16, prelude::*};

/// Places that are looked at together, as mostly none of them matters: four registers of the widest sort.
pub(super) const CHUNK: usize = 64;

/// Places in a register.
const LANES: usize = 16;

/// A word of a query in a window.
pub(super) struct Word<'a> {
    /// What it scores at each place, of a multiple of [`CHUNK`]; 0 where it was not found.
    pub(super) scores: &'a mut [f32],
    /// Whether an article must have been found to have it.
    pub(super) is_needed: bool,
    /// What it may score where it was not found, or scores less.
    pub(super) left_out: f32,
}

/// The places of a window whose articles may be hits.
#[derive(Debug, Default)]
pub(super) struct Passing {
    /// Each with what it can score at most, closeness aside.
    places: Vec<(usize, f32)>,
    /// Of each place, what the words score there.
    scores: Vec<f32>,
}

impl Passing {
    /// Forgets all places.
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.scores.clear();
    }

    /// Adds a place with what it can score at most, and with what each word scores there.
    pub(super) fn add(&mut self, place: usize, most: f32, scores: impl IntoIterator<Item = f32>) {
        self.places.push((place, most));
        self.scores.extend(scores);
    }

    /// Returns the places with what they can score at most and what each of so many `words` scores there.
    pub(super) fn iter_mut(
        &mut self,
        words: usize,
    ) -> impl Iterator<Item = (usize, f32, &mut [f32])> {
        let scores = self.scores.chunks_exact_mut(words.max(1));
        let both = self.places.iter().zip(scores);
        both.map(|((place, most), scores)| (*place, *most, scores))
    }

    /// Adds the places where the words can score at least `needed` together, and more than what was left out of all of them,
    /// if anything: an article that has nothing else is none that is looked for. Forgets the scores of all words. Costs a
    /// quarter of a nanosecond or less for each place of the window and each word.
    pub(super) fn take_from(&mut self, words: &mut [Word<'_>], needed: f32) {
        self.take_at(Level::new(), words, needed);
    }

    fn take_at(&mut self, level: Level, words: &mut [Word<'_>], needed: f32) {
        dispatch!(level, simd => take_from(simd, words, needed, self));
    }
}

#[expect(
    clippy::inline_always,
    reason = "it must be compiled for each level of instructions"
)]
#[inline(always)]
fn take_from<S: Simd>(simd: S, words: &mut [Word<'_>], needed: f32, passing: &mut Passing) {
    let nothing = f32x16::splat(simd, 0.0);
    let missed = f32x16::splat(simd, f32::MIN);
    let optional = words.iter().filter(|word| !word.is_needed);
    let left_out = optional.fold(0.0, |sum, word| sum + word.left_out);
    let needed = if needed > left_out {
        needed
    } else {
        left_out.next_up()
    };
    let length = words.iter().map(|word| word.scores.len()).min();
    for start in (0..length.unwrap_or(0)).step_by(CHUNK) {
        let mut sums = [nothing; CHUNK / LANES];
        for word in words.iter() {
            let chunk = word.scores[start..start + CHUNK].chunks_exact(LANES);
            let scores = chunk.map(|scores| f32x16::from_slice(simd, scores));
            if word.is_needed {
                for (sum, scores) in sums.iter_mut().zip(scores) {
                    *sum = scores.simd_gt(nothing).select(*sum + scores, missed);
                }
            } else {
                let left_out = f32x16::splat(simd, word.left_out);
                for (sum, scores) in sums.iter_mut().zip(scores) {
                    *sum += scores.max(left_out);
                }
            }
        }
        for (first, sums) in (start..).step_by(LANES).zip(sums) {
            let mut bits = sums.simd_ge(needed).to_bitmask();
            while bits != 0 {
                let lane = bits.trailing_zeros() as usize;
                let scores = words.iter().map(|word| word.scores[first + lane]);
                passing.add(first + lane, sums[lane], scores);
                bits &= bits - 1;
            }
        }
        // They are in the nearest cache now.
        for word in words.iter_mut() {
            word.scores[start..start + CHUNK].fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLACES: usize = 4 * CHUNK;

    fn scores() -> impl Strategy<Value = Vec<f32>> {
        prop::collection::vec(prop_oneof![Just(0.0_f32), 0.1_f32..4.0], PLACES)
    }

    proptest! {
        #[test]
        fn those_places_pass_where_words_were_found_that_may_score_enough_whatever_the_machine(
            words in prop::collection::vec((scores(), any::<bool>(), prop_oneof![Just(0.0_f32), 0.1_f32..2.0]), 1..4),
            needed in -1.0_f32..6.0,
        ) {
            let mut expected = Vec::new();
            for place in 0..PLACES {
                let has_all = words.iter().all(|(scores, is_needed, _)| !is_needed || scores[place] > 0.0);
                let most = words.iter().map(|(scores, is_needed, left_out)| match scores[place] {
                    score if *is_needed => score,
                    score => score.max(*left_out),
                });
                let most: f32 = most.sum();
                let left_out = words.iter().filter(|(_, is_needed, _)| !is_needed);
                let left_out: f32 = left_out.map(|(.., left_out)| left_out).sum();
                if has_all && most >= needed && most > left_out {
                    let scores: Vec<f32> = words.iter().map(|(scores, ..)| scores[place]).collect();
                    expected.push((place, most, scores));
                }
            }
            for level in [Level::new(), Level::baseline()] {
                let mut all = words.clone();
                let mut in_window: Vec<Word<'_>> = all
                    .iter_mut()
                    .map(|(scores, is_needed, left_out)| Word { scores, is_needed: *is_needed, left_out: *left_out })
                    .collect();
                let mut passing = Passing::default();
                passing.take_at(level, &mut in_window, needed);
                let passed = passing.iter_mut(words.len());
                let passed: Vec<_> = passed.map(|(place, most, scores)| (place, most, scores.to_vec())).collect();
                prop_assert_eq!(passed, expected.clone());
                prop_assert!(all.iter().all(|(scores, ..)| scores.iter().all(|score| *score == 0.0)));
            }
        }
    }
}
