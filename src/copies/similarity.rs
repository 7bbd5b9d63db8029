//! How like one text is to another, estimated from their signatures, and what makes it a copy.

use crate::copies::signature::{EMPTY, Signature};

/// What two texts share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Which part of all their shingles both have (the Jaccard index), from 0 to 1.
    pub shared: f64,
    /// Which part of the shorter text lies in the longer one, from 0 to 1.
    pub contained: f64,
}

/// Two different hashes have the same byte so often.
const CHANCE: f64 = 1.0 / 255.0;

impl Similarity {
    /// Estimates it; of texts of 100 words or more, the error is some 5 %.
    pub fn of(a: &Signature, b: &Signature) -> Self {
        let (mut equal, mut filled) = (0_u8, 0_u8);
        for (a, b) in a.bins.iter().zip(&b.bins) {
            filled += u8::from(a | b != EMPTY);
            equal += u8::from(a == b && *a != EMPTY);
        }
        let agreeing = f64::from(equal) / f64::from(filled.max(1));
        let shared = ((agreeing - CHANCE) / (1.0 - CHANCE)).max(0.0);
        let shingles = a.shingles.min(b.shingles);
        // |A ∩ B| = J (|A| + |B|) / (1 + J)
        let both = shared * (f64::from(a.shingles) + f64::from(b.shingles)) / (1.0 + shared);
        Self {
            shared,
            contained: (both / f64::from(shingles.max(1))).min(1.0),
        }
    }
}

/// Returns how like two texts are if one is a copy of the other, where so many `days` lie between
/// them; `None` where that is unknown.
pub fn copy(a: &Signature, b: &Signature, days: Option<i64>) -> Option<Similarity> {
    let shingles = a.shingles.min(b.shingles);
    let rule = if days.is_none_or(|days| days <= NEWS_DAYS) {
        RULES.iter().rfind(|rule| shingles >= rule.shingles)
    } else {
        Some(&LATE).filter(|rule| shingles >= rule.shingles)
    }?;
    let similarity = Similarity::of(a, b);
    let is_copy = similarity.contained >= rule.contained && similarity.shared >= rule.shared;
    is_copy.then_some(similarity)
}

/// Copies come out within so many days; the same words later are news of their own, as those of an
/// air raid or of the weather.
const NEWS_DAYS: i64 = 2;

/// How much texts of a length must share.
struct Rule {
    /// For so many shingles and more.
    shingles: u32,
    contained: f64,
    shared: f64,
}

const fn rule(shingles: u32, contained: f64, shared: f64) -> Rule {
    Rule {
        shingles,
        contained,
        shared,
    }
}

/// The shorter the text, the more one changed word says: «23-й день війни» is no copy of «20-й день
/// війни», but a long report with another number in it is. A line added or cut off leaves the
/// shorter text within the longer one whatever its length. See docs/copies.md for what was
/// measured.
const RULES: [Rule; 4] = [
    rule(1, 0.97, 0.3),
    rule(20, 0.93, 0.3),
    rule(40, 0.85, 0.25),
    rule(80, 0.8, 0.2),
];

/// Long texts are copies at any time if hardly a word differs.
const LATE: Rule = rule(160, 0.95, 0.8);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns a text of the words with these numbers.
    fn text(numbers: impl IntoIterator<Item = u32>) -> Signature {
        let words: Vec<String> = numbers.into_iter().map(|n| format!("слово{n}")).collect();
        Signature::of("", &words.join(" ")).unwrap()
    }

    proptest! {
        #[test]
        fn the_estimate_is_near_the_truth(start in 0..1_000_000_u32, length in 100..600_u32, cut in 0..90_u32) {
            let whole = text(start..start + length);
            let kept = length - length * cut / 100;
            let similarity = Similarity::of(&whole, &text(start..start + kept));
            let shared = f64::from(kept - 2) / f64::from(length - 2);
            prop_assert!((similarity.shared - shared).abs() < 0.25, "{similarity:?} {shared}");
            prop_assert_eq!(Similarity::of(&text(start..start + kept), &whole), similarity);
        }

        #[test]
        fn texts_without_a_word_in_common_are_no_copies(start in 0..1_000_000_u32, length in 3..300_u32) {
            let (a, b) = (text(start..start + length), text(start + length..start + 2 * length));
            prop_assert!(Similarity::of(&a, &b).shared < 0.15);
            prop_assert_eq!(copy(&a, &b, None), None);
        }

        #[test]
        fn a_text_is_a_copy_of_itself_within_days(start in 0..1_000_000_u32, length in 1..300_u32) {
            let own = text(start..start + length);
            prop_assert!(copy(&own, &own, Some(0)).is_some());
            prop_assert_eq!(copy(&own, &own, Some(365)).is_some(), length >= 162);
        }
    }
}
