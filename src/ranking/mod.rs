//! Every number that decides the order of hits, with the measurement that chose it.
//!
//! The score of a word or phrase is BM25F (Robertson, Zaragoza, Taylor, "Simple BM25 extension to
//! multiple weighted fields", CIKM 2004): its counts in title, lead and body are each divided by
//! the relative length of that part, weighted, added and then saturated once. For single words in
//! whole articles that is done when the article is indexed ([`impact`]). The alternatives of a word
//! (its lemmas) count as one word with one idf. Words of the query that stand near each other add
//! to the score.
//!
//! The numbers were chosen on five sets of queries to 23,000 Ukrainian and Russian articles, posts
//! and pages (headlines to their texts, questions to pages, editors' tags to articles), any word
//! matching:
//!
//! | setting | headlines, MRR@10 | Russian headlines | questions | tags, MAP |
//! |---|---|---|---|---|
//! | `K1` 1.2, body discount 0.75, `PROXIMITY` 0.6 | .601 | .572 | .589 | .566 |
//! | the same without `PROXIMITY` | .559 | | .558 | .564 |
//! | body discount 0.4 | .694 | | .615 | .577 |
//! | `K1` 0.8, body discount 0.3, `PROXIMITY` 0.4, title 2, lead 0.5 | .709 | .586 | .618 | .591 |
//! | … and words that begin alike, share 0.4 | | | .635 | .598 |
//! | … title 1.5, lead 0.2, body discount 0.15, share 0.5 | .724 | .580 | .635 | .609 |
//! | … `K1` 0.7, share 0.6 | | .580 | .638 | .607 |
//! | … `K1` 0.6 (chosen) | .719 | .579 | .645 | .608 |
//! | … body discount 0.2 | .722 | .586 | .649 | .603 |
//! | chosen, lengths against the usual ones, impacts in steps, closeness of own words alone | .718 | .586 | .649 | .612 |
//! | the same, all queries as plain text | .737 | .584 | .652 | .614 |
//! | … the share that closeness adds grows with the idf ([`proximity_weight`]) | .739 | .584 | .656 | .615 |
//!
//! Weights of title and lead between half and double change these figures by less than .01. News
//! texts differ in length by a factor of a hundred without differing in worth, so length is
//! discounted little. The usual length of a text was chosen between 55 and 150 tokens: longer ones
//! find headlines and beginnings of articles worse (.710 at 150), shorter ones tags.

pub mod impact;

use crate::schema::Part;

/// Saturation of repeated mentions.
pub const K1: f32 = 0.6;

/// What a word can score at most, as a multiple of its idf: infinitely many mentions.
pub const MOST: f32 = K1 + 1.0;

/// Returns what weighted `mentions` score, as a multiple of the idf.
pub const fn saturated(mentions: f32) -> f32 {
    mentions * (K1 + 1.0) / (mentions + K1)
}

/// Returns the most weighted mentions that score no more than `score` where each word has the idf
/// `weight`; `None` where no number of mentions scores more.
pub fn mentions_below(score: f32, weight: f32) -> Option<f32> {
    let missing = MOST * weight - score;
    (missing > 0.0).then(|| (K1 * score / missing).max(0.0))
}

/// How a part of an article counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartWeight {
    /// Weight of one mention.
    pub weight: f32,
    /// How much a part longer than the usual is discounted, from 0 to 1.
    pub length_discount: f32,
    /// The length of which it is neither discounted nor lifted, in tokens. It is fixed, so that the
    /// impacts of an index hold whatever is added to it.
    pub usual_length: f32,
}

/// Returns how `part` counts.
pub fn part_weight(part: Part) -> PartWeight {
    match part {
        Part::Title => PartWeight {
            weight: 1.5,
            length_discount: 0.4,
            usual_length: 10.0,
        },
        Part::Lead => PartWeight {
            weight: 0.2,
            length_discount: 0.4,
            usual_length: 30.0,
        },
        Part::Body => PartWeight {
            weight: 1.0,
            length_discount: 0.15,
            usual_length: 60.0,
        },
    }
}

/// What a mention in another language's spelling, or of a word that begins alike, scores as a share
/// of the word's own. An article scores by its own mentions or by these, whichever is more, never
/// by both: once the hits to beat score more than these can, the lists of spellings need not be
/// read.
///
/// On 84 Ukrainian names looked for in Russian articles nDCG@10 is .887 with spellings and .377
/// without.
pub const SPELLING_SHARE: f32 = 0.6;

/// What an article without a date keeps of its score where scores fade with age: as much as after
/// two half-lives.
pub const UNDATED_SHARE: f32 = 0.25;

/// What the commonest words add if they stand side by side, as a share of their idf.
const PROXIMITY: f32 = 0.1;

/// How much more the rarest add.
const PROXIMITY_OF_RARE: f32 = 0.7;

/// The idf of words that add half of that.
const RARE_IDF: f32 = 8.0;

/// Returns what two neighbouring words of the query add if they stand side by side in the article,
/// `idf` being the smaller one of theirs. In the lead they are looked for only where the text is
/// not searched, as it mostly begins with the lead: no figure above changes by it.
///
/// Common words meet by chance, so the share of the idf that they add grows with it: .24 of an idf
/// of 2, .4 of 6 (one article in 400). One of .4 for all is worse, as the table says, and where
/// words are common it leaves many times as many articles that may pass until it is known how near
/// the words stand.
pub fn proximity_weight(idf: f32) -> f32 {
    idf * (PROXIMITY + PROXIMITY_OF_RARE * idf / (idf + RARE_IDF))
}

/// The farthest that two words may stand apart to add anything, in words.
pub const PROXIMITY_WINDOW: u32 = 8;

/// Returns the share of [`proximity_weight`] that words at a `distance` in positions add: 1 for
/// side by side in the order of the query, less for farther apart, half of it for the other order,
/// nothing outside the window.
pub fn proximity(distance: i64) -> f32 {
    let apart = distance.unsigned_abs();
    if apart == 0 || apart > u64::from(PROXIMITY_WINDOW) {
        return 0.0;
    }
    let share = f32::from(u16::try_from(apart).unwrap_or(u16::MAX)).recip();
    if distance > 0 { share } else { share / 2.0 }
}

/// Returns the inverse document frequency of BM25 for a term in `doc_freq` of `doc_count` articles;
/// never negative, also where `doc_freq` is a sum that exceeds `doc_count`.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below the precision that a rank needs"
)]
pub fn idf(doc_freq: u64, doc_count: u64) -> f32 {
    let doc_freq = doc_freq.min(doc_count) as f32;
    let doc_count = doc_count as f32;
    ((doc_count - doc_freq + 0.5) / (doc_freq + 0.5)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarer_terms_weigh_more_and_no_weight_is_negative() {
        assert!(idf(1, 1_000) > idf(10, 1_000));
        assert!(idf(1_000, 1_000) > 0.0);
        assert!(idf(5_000, 1_000) > 0.0);
    }

    #[test]
    fn mentions_below_a_score_do_not_exceed_it_and_a_score_out_of_reach_has_none() {
        for share in [-0.2, 0.0, 0.1, 0.5, 0.9, 0.98] {
            let score = share * 3.0 * MOST;
            let mentions = mentions_below(score, 3.0).unwrap();
            assert!(3.0 * saturated(mentions) <= score.max(0.0) + 1e-4);
            assert!(3.0 * saturated(mentions + 0.1) > score);
        }
        assert_eq!(mentions_below(3.0 * MOST, 3.0), None);
        assert_eq!(mentions_below(0.0, 0.0), None);
    }

    #[test]
    fn words_side_by_side_add_the_greater_a_share_of_their_idf_the_rarer_they_are() {
        let share = |idf: f32| proximity_weight(idf) / idf;
        assert!(share(1.0) > 0.0 && share(1.0) < share(3.0) && share(3.0) < share(12.0));
        // The number in the text.
        assert!((share(idf(25, 10_000)) - 0.4).abs() < 0.01);
        assert!(share(f32::from(u16::MAX)) < PROXIMITY + PROXIMITY_OF_RARE);
        assert!(proximity_weight(0.0).abs() < f32::EPSILON);
    }

    #[test]
    fn side_by_side_in_order_is_closest() {
        assert!(proximity(1) > proximity(2));
        assert!(proximity(1) > proximity(-1));
        assert!(proximity(-1) > 0.0);
        assert!(proximity(9).abs() < f32::EPSILON && proximity(0).abs() < f32::EPSILON);
    }
}
