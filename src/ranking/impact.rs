//! Impacts: how much an article is about a word, as one small number.
//!
//! The weighted mentions of a word in title, lead and body are known at index time. Stored with
//! each of its keys, they replace three postings lists and three length tables by one list, and
//! make bounds exact (Anh, Moffat, "Pruned query evaluation using pre-computed impacts", SIGIR
//! 2006).
//!
//! Four of five words stand in an article once, in the body only. Such a single mention needs no
//! impact; it counts by the length of the body. The weighted mentions of other words are quantised.

use crate::ranking;
use crate::ranking::part_weight;
use crate::schema::Part;

/// What there is of something in each part of an article, in the order of [`Part::ALL`].
pub type ByPart<T> = [T; Part::ALL.len()];

/// Returns the impact of a word that stands so often in each part, where one mention `counts` so
/// much: the step of its weighted mentions, from 1 to [`HIGHEST`]. `None` where the article
/// mentions it in passing.
#[expect(
    clippy::cast_precision_loss,
    reason = "a count of mentions needs no more precision"
)]
pub fn of(often: ByPart<u32>, counts: ByPart<f32>) -> Option<u32> {
    // The lead mostly begins the text, so what stands in both stands once.
    if matches!(often, [0, 0 | 1, 1]) {
        return None;
    }
    let weighted = often.iter().zip(counts);
    Some(step(
        weighted.map(|(often, counts)| *often as f32 * counts).sum(),
    ))
}

/// Returns what a mention in passing counts at most: in the shortest text.
pub fn most_in_passing() -> f32 {
    mention(Part::Body, 0)
}

/// The steps of weighted mentions, from none at all.
const STEPS: [f32; 33] = steps();

/// The lowest steps: a few mentions in a very long text.
const LOWEST: [f32; 4] = [0.25, 0.5, 0.75, 1.0];

/// What one step has to the one before it.
const RATIO: f32 = 1.15;

const fn steps() -> [f32; 33] {
    let mut steps = [0.0; 33];
    let mut step = 1;
    while step < steps.len() {
        steps[step] = if step <= LOWEST.len() {
            LOWEST[step - 1]
        } else {
            steps[step - 1] * RATIO
        };
        step += 1;
    }
    steps
}

/// The highest step: 50 mentions.
pub const HIGHEST: u32 = 32;

/// Returns the step nearest to weighted `mentions`, at least 1.
fn step(mentions: f32) -> u32 {
    let above = STEPS.partition_point(|step| *step < mentions);
    let below = above.checked_sub(1).and_then(|step| STEPS.get(step));
    let nearest = match (below, STEPS.get(above)) {
        (Some(below), Some(here)) if mentions - below < here - mentions => above - 1,
        _ => above,
    };
    u32::try_from(nearest).map_or(HIGHEST, |step| step.clamp(1, HIGHEST))
}

/// Returns the weighted mentions that a step stands for; 0 for 0.
pub fn mentions(step: u32) -> f32 {
    let mentions = STEPS.get(step as usize).or(STEPS.last());
    mentions.copied().unwrap_or_default()
}

/// Returns the most weighted mentions whose step this is; infinitely many of the highest.
pub fn most_mentions(step: u32) -> f32 {
    let next = STEPS.get(step as usize + 1).copied();
    f32::midpoint(mentions(step), next.unwrap_or(f32::INFINITY))
}

/// Returns what a step scores, as a multiple of the idf; 0 for 0.
pub fn saturated(step: u32) -> f32 {
    const SATURATED: [f32; STEPS.len()] = {
        let mut steps = STEPS;
        let mut step = 0;
        while step < steps.len() {
            steps[step] = ranking::saturated(steps[step]);
            step += 1;
        }
        steps
    };
    let saturated = SATURATED.get(step as usize).or(SATURATED.last());
    saturated.copied().unwrap_or_default()
}

/// Returns the highest step that stands for no more than `mentions`.
pub fn up_to(mentions: f32) -> u32 {
    let above = STEPS.partition_point(|step| *step <= mentions);
    u32::try_from(above.saturating_sub(1)).unwrap_or(HIGHEST)
}

/// Returns the weight of one mention in a `part` of `length` tokens.
#[expect(
    clippy::cast_precision_loss,
    reason = "a length in tokens needs no more precision"
)]
pub fn mention(part: Part, length: u32) -> f32 {
    let by = part_weight(part);
    let relative = length as f32 / by.usual_length;
    by.weight / (1.0 - by.length_discount + by.length_discount * relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_stands_for_itself_and_steps_grow() {
        for number in 1..=HIGHEST {
            assert_eq!(step(mentions(number)), number);
            assert!(mentions(number) > mentions(number - 1));
            assert_eq!(up_to(mentions(number)), number);
            assert_eq!(up_to(mentions(number) * 0.999), number - 1);
        }
    }

    #[test]
    fn any_number_of_mentions_has_a_step() {
        for mentions in [1e-9, 0.01, 1e9, f32::INFINITY] {
            assert!((1..=HIGHEST).contains(&step(mentions)), "{mentions}");
        }
        assert_eq!((up_to(0.0), up_to(-1.0), up_to(1e9)), (0, 0, HIGHEST));
        assert!(mentions(0) == 0.0 && mentions(1_000) > 45.0);
        assert!(most_mentions(HIGHEST).is_infinite() && most_mentions(1_000).is_infinite());
    }

    #[test]
    fn a_step_is_near_to_what_it_stands_for() {
        for hundredths in 100_u16..4_500 {
            let exact = f32::from(hundredths) / 100.0;
            let kept = mentions(step(exact));
            assert!((kept / exact - 1.0).abs() < 0.076, "{exact} {kept}");
            assert!(
                most_mentions(step(exact)) >= exact && most_mentions(step(kept)) < exact * 1.16
            );
        }
    }

    #[test]
    fn a_single_mention_outside_the_headline_is_in_passing() {
        let counts = [1.5, 0.2, 1.0];
        for often in [[0, 0, 1], [0, 1, 1]] {
            assert_eq!(of(often, counts), None);
        }
        for (often, weighted) in [
            ([1, 0, 0], 1.5),
            ([0, 1, 0], 0.2),
            ([0, 0, 2], 2.0),
            ([1, 1, 3], 4.7),
        ] {
            assert_eq!(of(often, counts), Some(step(weighted)));
        }
    }

    #[test]
    fn a_mention_counts_more_in_a_headline_and_less_in_a_long_text() {
        assert!(mention(Part::Title, 10) > mention(Part::Body, 60));
        assert!(mention(Part::Body, 60) > mention(Part::Body, 1_500));
        assert!((mention(Part::Body, 60) - 1.0).abs() < 1e-6);
    }
}
