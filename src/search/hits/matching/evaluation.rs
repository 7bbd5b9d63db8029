//! Whether an article matches, given its leaves, and which leaves made it match.

use crate::plan::Plan;
use crate::search::columns::facts::Facts;

/// Returns whether a plan matches and which of its leaves made it match.
pub(crate) struct Evaluation<'a> {
    pub(crate) is_there: &'a [bool],
    pub(crate) facts: &'a Facts,
    /// Number of the next leaf, in the order of [`crate::search::hits::matching::leaf::collect`].
    pub(crate) next: usize,
    pub(crate) shown: Vec<bool>,
}

impl Evaluation<'_> {
    pub(crate) fn matches(&mut self, plan: &Plan) -> bool {
        let first = self.next;
        let matches = match plan {
            Plan::Phrase(_) | Plan::Spans { .. } => {
                self.next += 1;
                self.shown[first] = self.is_there[first];
                self.is_there[first]
            }
            // Every operand is evaluated, even after one that decides: its leaves must be counted.
            Plan::And(plans) => self.matching(plans) == plans.len(),
            Plan::Or(plans) | Plan::Spellings(plans) => self.matching(plans) > 0,
            Plan::Only(_, plan) | Plan::Boost(_, plan) => self.matches(plan),
            Plan::Optional(plan) => {
                self.matches(plan);
                return true;
            }
            Plan::Column(query) => self.facts.meets_column(query),
            Plan::Published(days, _) => self.facts.meets_days(*days),
            Plan::Among(articles) => self.facts.is_among(articles),
            Plan::Not(plan) => {
                let matches = !self.matches(plan);
                self.shown[first..self.next].fill(false);
                matches
            }
        };
        if !matches {
            self.shown[first..self.next].fill(false);
        }
        matches
    }

    fn matching(&mut self, plans: &[Plan]) -> usize {
        let matching = plans.iter().map(|plan| usize::from(self.matches(plan)));
        matching.sum()
    }
}
