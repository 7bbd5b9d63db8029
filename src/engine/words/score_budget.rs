//! Allocates the threshold among the words of a query.
//!
//! Skip an article if every word scores at most its *cap* there and the caps sum to no more than
//! the threshold. `MaxScore` (Turtle, Flood, "Query evaluation: strategies and optimizations",
//! 1995) knows two caps, zero and the maximum of a word. Words that also know how many articles
//! exceed a score in between allow a better allocation.

/// The number of postings of a word that score more than `score`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BoundLevel {
    /// The score.
    pub(crate) score: f32,
    /// The articles.
    pub(crate) articles: u32,
}

/// Chooses one level per word so that the scores sum to at most `budget` and few articles are left;
/// returns the indices. The levels of a word start at score 0; scores ascend while article counts
/// descend.
pub(crate) fn allocate(words: &[Vec<BoundLevel>], budget: f32) -> Vec<usize> {
    let mut chosen = vec![0; words.len()];
    let mut left = budget;
    loop {
        let mut best = (0.0, None);
        for (word, levels) in words.iter().enumerate() {
            let now = levels[chosen[word]];
            for (place, level) in levels.iter().enumerate().skip(chosen[word] + 1) {
                let price = level.score - now.score;
                if price > left {
                    break;
                }
                let gain = as_share(now.articles - level.articles) / price.max(f32::MIN_POSITIVE);
                if gain > best.0 {
                    best = (gain, Some((word, place, price)));
                }
            }
        }
        let (_, Some((word, place, price))) = best else {
            return chosen;
        };
        chosen[word] = place;
        left -= price;
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a guess of what there is to do needs no precision"
)]
fn as_share(articles: u32) -> f32 {
    articles as f32
}

/// Chooses a level of `word` whose score is at most `budget`, and the lowest of all others; returns
/// the indices.
pub(crate) fn of_one(words: &[Vec<BoundLevel>], word: usize, budget: f32) -> Vec<usize> {
    let mut chosen = vec![0; words.len()];
    let levels = words.get(word).map_or(&[][..], Vec::as_slice);
    let above = levels.partition_point(|level| level.score <= budget);
    if let Some(place) = chosen.get_mut(word) {
        *place = above.saturating_sub(1);
    }
    chosen
}

/// Returns the cost of the chosen levels in scanned postings: those that remain, plus `look_up` for
/// every look-up of one of them in a word with skipped postings.
pub(crate) fn cost(words: &[Vec<BoundLevel>], chosen: &[usize], look_up: u32) -> u64 {
    let left = || {
        words
            .iter()
            .zip(chosen)
            .map(|(levels, place)| levels[*place].articles)
    };
    let all: u64 = left().map(u64::from).sum();
    let passed_over = left().zip(chosen).filter(|(_, place)| **place > 0);
    let looked_up: u64 = passed_over.map(|(here, _)| all - u64::from(here)).sum();
    all + looked_up * u64::from(look_up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn levels(pairs: &[(f32, u32)]) -> Vec<BoundLevel> {
        let level = |&(score, articles)| BoundLevel { score, articles };
        pairs.iter().map(level).collect()
    }

    #[test]
    fn a_common_word_is_passed_over_before_a_rare_one() {
        let common = levels(&[(0.0, 10_000), (1.0, 0)]);
        let rare = levels(&[(0.0, 100), (3.0, 0)]);
        let words = [common, rare];
        assert_eq!(allocate(&words, 0.5), [0, 0]);
        assert_eq!(allocate(&words, 3.5), [1, 0]);
        assert_eq!(allocate(&words, 4.0), [1, 1]);
    }

    #[test]
    fn a_word_alone_gets_the_highest_level_that_there_is_budget_for() {
        let word = levels(&[(0.0, 10_000), (1.0, 1_000), (2.0, 0)]);
        let words = [word.clone(), word];
        assert_eq!(of_one(&words, 1, 1.5), [0, 1]);
        assert_eq!(of_one(&words, 0, 2.0), [2, 0]);
        assert_eq!(of_one(&words, 0, -1.0), [0, 0]);
    }

    #[test]
    fn articles_cost_more_where_they_are_looked_up() {
        let common = levels(&[(0.0, 10_000), (1.0, 1_000), (2.0, 0)]);
        let rare = levels(&[(0.0, 100), (3.0, 0)]);
        let words = [common, rare];
        assert_eq!(cost(&words, &[0, 0], 16), 10_100);
        // Those of the rare word are looked up in the common one.
        assert_eq!(cost(&words, &[1, 0], 16), 1_000 + 100 + 16 * 100);
        assert_eq!(cost(&words, &[2, 0], 16), 100 + 16 * 100);
        assert_eq!(cost(&words, &[1, 1], 16), 1_000 + 16 * 1_000);
    }

    #[test]
    fn two_common_words_share_what_there_is() {
        let word = levels(&[(0.0, 10_000), (1.0, 1_000), (2.0, 0)]);
        assert_eq!(allocate(&[word.clone(), word], 2.5), [1, 1]);
    }

    proptest! {
        #[test]
        fn no_more_is_shared_out_than_there_is(
            words in prop::collection::vec(prop::collection::vec((0.0_f32..3.0, 0_u32..100_000), 0..6), 1..6),
            budget in 0.0_f32..10.0,
        ) {
            let words: Vec<Vec<BoundLevel>> = words.into_iter().map(|mut pairs| {
                pairs.push((0.0, 200_000));
                pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut fewest = u32::MAX;
                for pair in &mut pairs {
                    fewest = fewest.min(pair.1);
                    pair.1 = fewest;
                }
                levels(&pairs)
            }).collect();
            let chosen = allocate(&words, budget);
            let shared: f32 = words.iter().zip(&chosen).map(|(levels, place)| levels[*place].score).sum();
            prop_assert!(shared <= budget * 1.0001);
            prop_assert!(cost(&words, &chosen, 0) <= cost(&words, &vec![0; words.len()], 0));
        }
    }
}
