//! The plan: the words of a query analysed and bound to terms of the index.
//!
//! | module | what it does |
//! |---|---|
//! | `analyze` | the query language → slots and plans |
//! | `article_set` | articles that were found, as a condition |
//! | `cache` | what is known of words and terms, kept between queries |
//! | `expansion` | patterns and related words → terms |
//! | `slot` | what may stand at one position |
//! | `spans` | matches with positions, as a function of positions alone |

pub(crate) mod analyze;
pub(crate) mod article_set;
pub(crate) mod cache;
pub(crate) mod expansion;
pub mod slot;
pub mod spans;
#[cfg(test)]
mod tests;

use crate::date::zone::Zone;
pub use crate::plan::analyze::Widening;
use crate::plan::article_set::ArticleSet;
pub use crate::plan::slot::Slot;
use crate::plan::spans::Spans;
use crate::query::ast::ColumnQuery;
use crate::query::period::DayRange;
use crate::schema::Part;

/// A query in terms of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Slots at neighbouring positions; a word is a phrase of one slot. Never empty.
    Phrase(Vec<Slot>),
    /// Phrases that are one and the same in other words (`вебсайт`, `веб-сайт`), as it was typed
    /// first: at least one of them. There are at least two.
    Spellings(Vec<Plan>),
    /// Positional matches, at least this many.
    Spans {
        /// What must stand where.
        spans: Spans,
        /// How often, in the title and the text together; at least 1.
        at_least: u32,
    },
    /// Only in this part of the article.
    Only(Part, Box<Plan>),
    /// What is known of the article beside its text.
    Column(ColumnQuery),
    /// Published on one of these days of this zone.
    Published(DayRange, Zone),
    /// One of these articles.
    Among(ArticleSet),
    /// The same with another weight, in hundredths.
    Boost(u32, Box<Plan>),
    /// All of these.
    And(Vec<Plan>),
    /// At least one of these.
    Or(Vec<Plan>),
    /// What an article need not have, but scores by: in an AND beside words that it must have.
    Optional(Box<Plan>),
    /// Not this.
    Not(Box<Plan>),
}

impl Plan {
    /// Returns whether matching it reads positions.
    pub fn reads_positions(&self) -> bool {
        match self {
            Self::Phrase(slots) => slots.len() > 1,
            Self::Spans { .. } => true,
            Self::Spellings(plans) => plans.iter().any(Self::reads_positions),
            Self::Only(_, plan) | Self::Boost(_, plan) => plan.reads_positions(),
            _ => false,
        }
    }

    /// Returns whether it has conditions on metadata.
    pub fn has_conditions(&self) -> bool {
        match self {
            Self::Column(_) | Self::Published(..) | Self::Among(_) => true,
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                plans.iter().any(Self::has_conditions)
            }
            Self::Only(_, plan) | Self::Boost(_, plan) | Self::Optional(plan) | Self::Not(plan) => {
                plan.has_conditions()
            }
            Self::Phrase(_) | Self::Spans { .. } => false,
        }
    }

    /// Calls `each` with every phrase that is not under a NOT, in the order of the query and as it
    /// was spelt there.
    pub fn for_each_phrase<'a>(&'a self, each: &mut dyn FnMut(&'a [Slot])) {
        match self {
            Self::Phrase(slots) => each(slots),
            Self::And(plans) | Self::Or(plans) => {
                for plan in plans {
                    plan.for_each_phrase(each);
                }
            }
            Self::Spellings(plans) => {
                if let Some(typed) = plans.first() {
                    typed.for_each_phrase(each);
                }
            }
            Self::Boost(_, plan) | Self::Optional(plan) => plan.for_each_phrase(each),
            // Spans know in their own score how near their words are; others count in one part
            // only, or have no words that are wanted.
            Self::Spans { .. }
            | Self::Only(..)
            | Self::Column(_)
            | Self::Published(..)
            | Self::Among(_)
            | Self::Not(_) => {}
        }
    }

    /// Calls `each` with every slot of the plan, to change it.
    pub fn for_each_slot_mut(&mut self, each: &mut dyn FnMut(&mut Slot)) {
        match self {
            Self::Phrase(slots) => slots.iter_mut().for_each(each),
            Self::Spans { spans, .. } => spans.for_each_slot_mut(each),
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                for plan in plans {
                    plan.for_each_slot_mut(each);
                }
            }
            Self::Only(_, plan) | Self::Boost(_, plan) | Self::Optional(plan) | Self::Not(plan) => {
                plan.for_each_slot_mut(each);
            }
            Self::Column(_) | Self::Published(..) | Self::Among(_) => {}
        }
    }

    /// Does as [`Plan::for_each_slot_mut`], with the parts of an article in which the slot may
    /// stand: `parts`, where the plan names no other.
    pub fn for_each_slot_in_parts_mut(
        &mut self,
        parts: &[Part],
        each: &mut dyn FnMut(&[Part], &mut Slot),
    ) {
        match self {
            Self::Only(part, plan) => plan.for_each_slot_in_parts_mut(&[*part], each),
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                for plan in plans {
                    plan.for_each_slot_in_parts_mut(parts, each);
                }
            }
            Self::Boost(_, plan) | Self::Optional(plan) | Self::Not(plan) => {
                plan.for_each_slot_in_parts_mut(parts, each);
            }
            leaf => leaf.for_each_slot_mut(&mut |slot| each(parts, slot)),
        }
    }

    /// Puts the articles that `found` returns in the place of every condition that it knows.
    ///
    /// # Errors
    /// The first one of `found`.
    pub fn resolve_columns<E>(
        &mut self,
        found: &mut dyn FnMut(&ColumnQuery) -> Result<Option<ArticleSet>, E>,
    ) -> Result<(), E> {
        match self {
            Self::Column(query) => {
                if let Some(articles) = found(query)? {
                    *self = Self::Among(articles);
                }
                Ok(())
            }
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                let mut plans = plans.iter_mut();
                plans.try_for_each(|plan| plan.resolve_columns(found))
            }
            Self::Only(_, plan) | Self::Boost(_, plan) | Self::Optional(plan) | Self::Not(plan) => {
                plan.resolve_columns(found)
            }
            Self::Phrase(_) | Self::Spans { .. } | Self::Published(..) | Self::Among(_) => Ok(()),
        }
    }
}
