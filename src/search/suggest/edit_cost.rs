//! The cost of mistyping one word as another, weighted by how easily each error happens.

use crate::search::suggest::confusion::are_confused;
use crate::search::suggest::keyboard::are_neighbours;

/// A letter typed for any other.
const OTHER_LETTER: f32 = 1.0;
/// A letter typed for that of a key beside it.
const NEIGHBOUR: f32 = 0.6;
/// A letter typed for one that is confused with it.
const CONFUSED: f32 = 0.4;
/// Two letters typed in the wrong order.
const SWAPPED: f32 = 0.6;
/// A letter left out.
const MISSED: f32 = 0.7;
/// A letter too many.
const ADDED: f32 = 0.9;
/// A letter typed once where it stands twice, or twice where it stands once.
const DOUBLED: f32 = 0.5;
/// An apostrophe left out or added.
const APOSTROPHE: f32 = 0.3;
/// What a slip on the first letter costs more: hardly anybody misses the beginning of a word.
const FIRST: f32 = 0.3;

/// Returns what it costs to have typed `typed` and to have meant `meant`, both in small letters: 0
/// for the same word, about 1 a slip.
pub(crate) fn cost(typed: &str, meant: &str) -> f32 {
    let typed: Vec<char> = typed.chars().collect();
    let meant: Vec<char> = meant.chars().collect();
    // The table of the optimal alignment: row = letters typed so far, column = letters meant so
    // far.
    let mut rows: Vec<Vec<f32>> = Vec::with_capacity(typed.len() + 1);
    for row in 0..=typed.len() {
        let mut costs = Vec::with_capacity(meant.len() + 1);
        for column in 0..=meant.len() {
            let step = Step {
                typed: &typed,
                meant: &meant,
                row,
                column,
            };
            costs.push(step.cheapest(&rows, &costs));
        }
        rows.push(costs);
    }
    let last = rows.last().and_then(|row| row.last());
    last.copied().unwrap_or_default()
}

struct Step<'a> {
    typed: &'a [char],
    meant: &'a [char],
    row: usize,
    column: usize,
}

impl Step<'_> {
    /// Returns the least cost of having come here; `done` are the rows above, `begun` is this one
    /// so far.
    fn cheapest(&self, done: &[Vec<f32>], begun: &[f32]) -> f32 {
        let above = |up: usize, left: usize| -> Option<f32> {
            let row = done.get(self.row.checked_sub(up)?)?;
            row.get(self.column.checked_sub(left)?).copied()
        };
        if self.row == 0 && self.column == 0 {
            return 0.0;
        }
        let first = if self.row <= 1 && self.column <= 1 {
            FIRST
        } else {
            0.0
        };
        let (typed, meant) = (
            Self::first(self.typed, self.row),
            Self::first(self.meant, self.column),
        );
        let mut best = f32::INFINITY;
        if let (Some(cost), Some(&added)) = (above(1, 0), typed.last()) {
            let repeats =
                self.typed.get(self.row) == Some(&added) || previous(typed) == Some(added);
            best = best.min(cost + first + presence(added, repeats, ADDED));
        }
        if let (Some(&cost), Some(&missed)) = (begun.last(), meant.last()) {
            let repeats =
                self.meant.get(self.column) == Some(&missed) || previous(meant) == Some(missed);
            best = best.min(cost + first + presence(missed, repeats, MISSED));
        }
        if let (Some(cost), [.., a, b], [.., c, d]) = (above(2, 2), typed, meant)
            && a == d
            && b == c
            && a != b
        {
            best = best.min(cost + SWAPPED);
        }
        if let (Some(cost), Some(&a), Some(&b)) = (above(1, 1), typed.last(), meant.last()) {
            if a == b {
                best = best.min(cost);
            } else if cost + (CONFUSED + first) < best {
                // Looking for keys takes longer than all the rest.
                best = best.min(cost + (substitution(a, b) + first));
            }
        }
        best
    }

    fn first(letters: &[char], count: usize) -> &[char] {
        letters.get(..count).unwrap_or_default()
    }
}

fn previous(letters: &[char]) -> Option<char> {
    letters.iter().rev().nth(1).copied()
}

fn substitution(typed: char, meant: char) -> f32 {
    if are_confused(typed, meant) {
        CONFUSED
    } else if are_neighbours(typed, meant) {
        NEIGHBOUR
    } else {
        OTHER_LETTER
    }
}

/// Returns what a letter costs that stands only in one of the words.
fn presence(letter: char, repeats: bool, otherwise: f32) -> f32 {
    match letter {
        '\'' => APOSTROPHE,
        _ if repeats => DOUBLED,
        _ => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn likelier_slips_cost_less() {
        let ordered = [
            ("гарантії", "гарантії"),
            ("обєкт", "об'єкт"),
            ("гарантіі", "гарантії"),
            ("беззпека", "безпека"),
            ("гарантїі", "гарантії"),
            ("безека", "безпека"),
            ("безщека", "безпека"),
            ("безщекф", "безпека"),
        ];
        let costs: Vec<f32> = ordered.iter().map(|(a, b)| cost(a, b)).collect();
        assert!(costs.is_sorted(), "{costs:?}");
        assert!(cost("узпека", "безпека") > cost("безпеу", "безпека"));
        assert!(cost("пезпека", "безпека") > cost("безбека", "безпека"));
    }

    proptest! {
        #[test]
        fn only_the_word_itself_costs_nothing(a in "[а-гіїґ']{0,8}", b in "[а-гіїґ']{0,8}") {
            let cost = cost(&a, &b);
            prop_assert!(cost.is_finite() && cost >= 0.0);
            prop_assert_eq!(cost < 1e-6, a == b);
        }
    }
}
