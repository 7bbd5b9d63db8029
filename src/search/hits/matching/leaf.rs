//! Leaves of a plan: the parts that match positions of the text.

use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::plan::spans::Spans;
use crate::schema::Part;
use crate::search::hits::matching::part_text::PartText;
use std::borrow::Cow;

/// A part of the plan that matches places of the text.
pub(crate) struct Leaf<'a> {
    pub(crate) slots: Vec<&'a Slot>,
    pub(crate) spans: Cow<'a, Spans>,
    /// The only part that it may match in.
    pub(crate) only: Option<Part>,
    pub(crate) at_least: u32,
    /// Number of the word or phrase of the query that the first slot belongs to.
    pub(crate) phrase: usize,
}

impl Leaf<'_> {
    pub(crate) fn may_match_in(&self, text: &PartText<'_>) -> bool {
        self.only.map_or(text.is_searched, |only| only == text.part)
    }

    /// Returns the number of the word or phrase of the query that a slot belongs to.
    pub(crate) fn phrase_of(&self, slot: usize) -> usize {
        match self.spans {
            Cow::Owned(_) => self.phrase,
            Cow::Borrowed(_) => self.phrase + slot,
        }
    }
}

/// Puts the leaves of `plan` into `leaves`, also those under a NOT, in the order of a walk through
/// it.
pub(crate) fn collect<'a>(plan: &'a Plan, only: Option<Part>, leaves: &mut Vec<Leaf<'a>>) {
    let phrase = leaves
        .last()
        .map_or(0, |last| last.phrase + last.slots.len());
    match plan {
        Plan::Phrase(slots) => {
            let row = (0..slots.len()).filter_map(|place| u32::try_from(place).ok());
            leaves.push(Leaf {
                slots: slots.iter().collect(),
                spans: Cow::Owned(Spans::Row(
                    row.map(|place| (place, Slot::default())).collect(),
                )),
                only,
                at_least: 1,
                phrase,
            });
        }
        Plan::Spans { spans, at_least } => {
            let mut slots = Vec::new();
            spans.for_each_slot(&mut |slot| slots.push(slot));
            leaves.push(Leaf {
                slots,
                spans: Cow::Borrowed(spans),
                only,
                at_least: *at_least,
                phrase,
            });
        }
        Plan::And(plans) | Plan::Or(plans) | Plan::Spellings(plans) => {
            for plan in plans {
                collect(plan, only, leaves);
            }
        }
        Plan::Only(part, plan) => collect(plan, Some(*part), leaves),
        Plan::Boost(_, plan) | Plan::Optional(plan) | Plan::Not(plan) => {
            collect(plan, only, leaves);
        }
        Plan::Column(_) | Plan::Published(..) | Plan::Among(_) => {}
    }
}
