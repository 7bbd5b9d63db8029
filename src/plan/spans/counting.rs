//! Counts positional matches, or bounds their number, without listing them.

use crate::plan::spans::{MAX_SPANS, Places, Spans, find};
use crate::query::ast::Distance;
use crate::schema::Part;

impl Spans {
    /// Returns how many matches a text has at most where the slots stand so often, in the order of
    /// [`Spans::for_each_slot`]; takes their counts.
    pub fn max_count(&self, counts: &mut impl Iterator<Item = u32>) -> u32 {
        let mut fewest = |slots: usize| counts.take(slots).min().unwrap_or(0);
        match self {
            Self::Row(slots) => fewest(slots.len()),
            Self::Cluster { rows, .. } => {
                // A match begins with one of the rows, and no two begin at one place.
                let rows = rows.iter().map(|row| fewest(row.len()));
                rows.fold(0, u32::saturating_add)
            }
            Self::AnyOf(all) => {
                let all = all.iter().map(|spans| spans.max_count(counts));
                all.fold(0, u32::saturating_add)
            }
            Self::Near {
                distance,
                left,
                right,
            } => {
                let (left, right) = (left.max_count(counts), right.max_count(counts));
                match distance {
                    Distance::NotNear(_) => left,
                    _ => left.saturating_mul(right),
                }
            }
        }
    }
}

/// Counts the matches that [`find`] gives.
pub fn count(spans: &Spans, places: &Places) -> usize {
    let pairs = pairs(spans, &places.slots);
    pairs.unwrap_or_else(|| find::<()>(spans, places).len())
}

/// Counts them where two single words stand at a distance, at the positions of two `slots`: the
/// common question, which needs no list of matches. `None` for anything else.
fn pairs(spans: &Spans, slots: &[Vec<u32>]) -> Option<usize> {
    let (
        Spans::Near {
            distance,
            left,
            right,
        },
        [first, second],
    ) = (spans, slots)
    else {
        return None;
    };
    let is_word =
        |spans: &Spans| matches!(spans, Spans::Row(slots) if matches!(slots.as_slice(), [(0, _)]));
    if !is_word(left) || !is_word(right) {
        return None;
    }
    let count = match distance {
        Distance::Pre(max) => before(first, second, u32::from(*max)),
        Distance::Near(max) => {
            let max = u32::from(*max);
            let either = before(first, second, max) + before(second, first, max);
            // Where both words stand at both places, a pair is one match in either order.
            either - before_each_other(first, second, max)
        }
        _ => return None,
    };
    Some(count.min(MAX_SPANS))
}

/// Counts the pairs of a position of `first` and one of `second` at most `max` behind it.
fn before(first: &[u32], second: &[u32], max: u32) -> usize {
    let mut count = 0;
    let mut from = second;
    for a in first {
        while let [b, rest @ ..] = from
            && b <= a
        {
            from = rest;
        }
        count += from.iter().take_while(|b| **b - a <= max).count();
    }
    count
}

fn before_each_other(first: &[u32], second: &[u32], max: u32) -> usize {
    let is_in_both = |position: &&u32| second.binary_search(position).is_ok();
    let both: Vec<u32> = first.iter().filter(is_in_both).copied().collect();
    before(&both, &both, max)
}

/// Returns how often something is mentioned that stands so often in each part. The lead mostly
/// repeats the beginning of the body, so the greater count of the two holds.
pub fn mentions(counts: impl Iterator<Item = (Part, u32)>) -> u32 {
    let (mut title, mut text) = (0_u32, 0_u32);
    for (part, count) in counts {
        match part {
            Part::Title => title = count,
            Part::Lead | Part::Body => text = text.max(count),
        }
    }
    title.saturating_add(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Slot;
    use crate::plan::spans::Span;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn positions() -> impl Strategy<Value = Vec<u32>> {
        let positions = prop::collection::btree_set(0_u32..40, 0..12);
        positions.prop_map(|positions: BTreeSet<u32>| positions.into_iter().collect())
    }

    proptest! {
        #[test]
        fn pairs_are_as_many_as_are_found(
            slots in prop::collection::vec(positions(), 2),
            max in 0_u8..9,
            is_ordered in any::<bool>(),
        ) {
            let word = || Box::new(Spans::Row(vec![(0, Slot::of_form("слово".to_owned()))]));
            let distance = if is_ordered { Distance::Pre(max) } else { Distance::Near(max) };
            let spans = Spans::Near { distance, left: word(), right: word() };
            let places = Places { slots, ..Places::default() };
            let found: Vec<Span<()>> = find(&spans, &places);
            prop_assert_eq!(pairs(&spans, &places.slots), Some(found.len()));
            let counts = places.slots.iter().map(|positions| u32::try_from(positions.len()).unwrap());
            prop_assert!(spans.max_count(&mut counts.into_iter()) as usize >= found.len());
        }
    }
}
