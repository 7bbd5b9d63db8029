//! One term at one place of an article.

use crate::schema::Part;

/// A term, the part of the article and the position, in one number; they sort in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence(u64);

/// A position has 30 bits: an article is bounded to fewer bytes than that.
const POSITION_BITS: u32 = 30;
const LAST_POSITION: u32 = (1 << POSITION_BITS) - 1;

impl Occurrence {
    pub(super) fn new(term: u32, part: Part, position: u32) -> Self {
        let place = (part as u64) << POSITION_BITS | u64::from(position.min(LAST_POSITION));
        Self(u64::from(term) << 32 | place)
    }

    pub(super) fn term(self) -> u32 {
        u32::try_from(self.0 >> 32).unwrap_or_default()
    }

    /// Returns the place of the part in [`Part::ALL`].
    pub(super) fn part(self) -> usize {
        usize::try_from(self.0 >> POSITION_BITS & 3).unwrap_or_default()
    }

    /// Returns whether it stands in the lead of an article whose body begins with this number of
    /// words of its lead.
    pub(super) fn is_in_lead(self, lead_words: u32) -> bool {
        self.part() == Part::Body as usize && self.position() < lead_words
    }

    pub(super) fn position(self) -> u32 {
        u32::try_from(self.0 & u64::from(LAST_POSITION)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_sort_by_term_then_part_then_position() {
        let mut all = Vec::new();
        for term in [0, 1, u32::MAX] {
            for part in Part::ALL {
                for position in [0, 7, LAST_POSITION] {
                    let one = Occurrence::new(term, part, position);
                    assert_eq!(
                        (one.term(), one.part(), one.position()),
                        (term, part as usize, position)
                    );
                    all.push(one);
                }
            }
        }
        assert!(all.is_sorted());
    }
}
