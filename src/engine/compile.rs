//! Compiles a plan into an engine query over the searched parts.

use crate::engine::boosts::proximity::ProximityQuery;
use crate::engine::compiled_query::CompiledQuery;
use crate::engine::filters::boolean::Boolean;
use crate::engine::filters::condition_query::{Condition, ConditionQuery};
use crate::engine::filters::doc_filter::DocFilter;
use crate::engine::phrase::phrase_query::PhraseQuery;
use crate::engine::spans::span_query::SpanQuery;
use crate::engine::tuning::Tuning;
use crate::engine::words::needed::Needed;
use crate::engine::words::words_query::{Weighted, WordsQuery};
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::query::value_pattern::ValuePattern;
use crate::schema::{Part, is_lead_alone};
use std::sync::Arc;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query,
};

/// Where a plan is looked for, and how.
#[derive(Clone, Copy)]
struct Target<'a> {
    parts: &'a [Part],
    tuning: &'static Tuning,
}

/// Returns the engine's query for `plan` over `parts`; its score is that of the words and their
/// proximity.
pub(crate) fn compile(plan: &Plan, parts: &[Part]) -> CompiledQuery {
    compile_with(plan, parts, None, &Tuning::DEFAULT)
}

/// Does as [`compile`] with other tuning; the query may ask `filter` before it scores a document.
pub(crate) fn compile_with(
    plan: &Plan,
    parts: &[Part],
    filter: Option<Arc<dyn DocFilter>>,
    tuning: &'static Tuning,
) -> CompiledQuery {
    let target = Target { parts, tuning };
    if let Some(words) = words_query(plan, target) {
        return CompiledQuery::Words(words.with_proximity().with_filter(filter));
    }
    let inner = compile_plan(plan, target);
    let mut slots: Vec<Slot> = Vec::new();
    plan.for_each_phrase(&mut |phrase| slots.extend_from_slice(phrase));
    if slots.len() < 2 || matches!(plan, Plan::Phrase(_) | Plan::Spellings(_)) {
        return CompiledQuery::Other(inner);
    }
    let query = ProximityQuery::new(inner, slots, parts.to_vec(), tuning);
    CompiledQuery::Other(Box::new(query))
}

/// Returns the query of a plan each of whose hits scores the sum of its words: all or any of some
/// words, with or without other conditions.
fn words_query(plan: &Plan, target: Target<'_>) -> Option<WordsQuery> {
    let plan = match plan {
        Plan::Optional(plan) => plan,
        plan => plan,
    };
    // What stands in a lead is known by positions only, which lists of words do not have.
    if is_lead_alone(target.parts) {
        return None;
    }
    let mut words = Vec::new();
    let is_sum = add_words(plan, 1.0, Within::All, &mut words);
    if !is_sum || words.is_empty() {
        return None;
    }
    let plans = match plan {
        Plan::And(plans) | Plan::Or(plans) => plans.as_slice(),
        _ => std::slice::from_ref(plan),
    };
    let needed = match plan {
        Plan::Or(_) => Needed::Any,
        _ => Needed::All,
    };
    let parts = target.parts.to_vec();
    // The others have conditions or both AND and OR.
    if plans.iter().all(is_word) {
        Some(WordsQuery::new(words, parts, needed, target.tuning))
    } else {
        let query = WordsQuery::new(words, parts, Needed::Any, target.tuning);
        Some(query.among(which(plan, target)))
    }
}

fn is_word(plan: &Plan) -> bool {
    match plan {
        Plan::Phrase(slots) => slots.len() == 1,
        Plan::Boost(_, plan) => is_word(plan),
        _ => false,
    }
}

fn is_optional(plan: &Plan) -> bool {
    matches!(plan, Plan::Optional(_))
}

/// What of a plan must match wherever all of it does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// All of it.
    All,
    /// Any of it.
    Any,
}

/// Adds the words of `plan` to `words`, each with its factor; tells whether all that has the plan
/// scores their sum.
fn add_words(plan: &Plan, by: f32, within: Within, words: &mut Vec<Weighted>) -> bool {
    match plan {
        Plan::Phrase(slots) => match slots.as_slice() {
            [slot] => {
                words.push((slot.clone(), by));
                true
            }
            _ => false,
        },
        Plan::Boost(hundredths, plan) => {
            *hundredths > 0 && add_words(plan, by * factor(*hundredths), within, words)
        }
        Plan::Or(plans) => {
            let mut plans = plans.iter();
            plans.all(|plan| add_words(plan, by, Within::Any, words))
        }
        // Where not all of it need match, its words do not count without each other.
        Plan::And(plans) if within == Within::All => {
            let mut plans = plans.iter();
            plans.all(|plan| add_words(plan, by, within, words))
        }
        Plan::Optional(plan) => within == Within::All && add_words(plan, by, within, words),
        Plan::Not(_) | Plan::Column(_) | Plan::Published(..) | Plan::Among(_) => {
            within == Within::All
        }
        _ => false,
    }
}

/// Returns which articles match `plan`.
fn which(plan: &Plan, target: Target<'_>) -> Boolean<Arc<dyn Query>> {
    let all = |plans: &[Plan]| plans.iter().map(|plan| which(plan, target)).collect();
    match plan {
        Plan::And(plans) if plans.iter().any(is_optional) => {
            let needed = plans.iter().filter(|plan| !is_optional(plan));
            let needed: Vec<Plan> = needed.cloned().collect();
            match needed.as_slice() {
                [plan] => which(plan, target),
                _ => which(&Plan::And(needed), target),
            }
        }
        Plan::And(plans) if !plans.iter().all(is_word) => Boolean::And(all(plans)),
        Plan::Or(plans) if !plans.iter().all(is_word) => Boolean::Or(all(plans)),
        Plan::Not(excluded) => Boolean::Not(Box::new(which(excluded, target))),
        Plan::Boost(_, plan) | Plan::Optional(plan) => which(plan, target),
        _ => Boolean::Is(compile_plan(plan, target).into()),
    }
}

fn compile_plan(plan: &Plan, target: Target<'_>) -> Box<dyn Query> {
    if let Some(words) = words_query(plan, target) {
        return Box::new(words);
    }
    match plan {
        Plan::Phrase(slots) => {
            let parts = target.parts.to_vec();
            Box::new(PhraseQuery::new(slots.clone(), parts, target.tuning))
        }
        // The best of them counts: a rare spelling is no rarer a word.
        Plan::Spellings(plans) => Box::new(DisjunctionMaxQuery::new(
            plans
                .iter()
                .map(|plan| compile_plan(plan, target))
                .collect(),
        )),
        Plan::Or(plans) => {
            let clauses = plans
                .iter()
                .map(|plan| (Occur::Should, compile_plan(plan, target)))
                .collect();
            Box::new(BooleanQuery::new(clauses))
        }
        Plan::Spans { spans, at_least } => {
            let parts = target.parts.to_vec();
            let query = SpanQuery::new(spans.clone(), parts, *at_least, target.tuning);
            Box::new(query)
        }
        Plan::Only(part, plan) => {
            let parts = &[*part];
            compile_plan(plan, Target { parts, ..target })
        }
        Plan::Column(query) => {
            let condition = Condition::Column(query.column, ValuePattern::of(query));
            Box::new(ConditionQuery(condition))
        }
        Plan::Published(days, zone) => {
            Box::new(ConditionQuery(Condition::Published(*days, zone.clone())))
        }
        Plan::Among(articles) => Box::new(ConditionQuery(Condition::Among(articles.clone()))),
        Plan::Boost(hundredths, plan) => Box::new(BoostQuery::new(
            compile_plan(plan, target),
            factor(*hundredths),
        )),
        Plan::And(plans) => boolean_and(plans, target),
        Plan::Optional(plan) => compile_plan(plan, target),
        Plan::Not(_) => boolean_and(std::slice::from_ref(plan), target),
    }
}

fn boolean_and(plans: &[Plan], target: Target<'_>) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(plans.len() + 1);
    for plan in plans {
        clauses.push(match plan {
            Plan::Not(excluded) => (Occur::MustNot, compile_plan(excluded, target)),
            Plan::Optional(plan) => (Occur::Should, compile_plan(plan, target)),
            wanted => (Occur::Must, compile_plan(wanted, target)),
        });
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        // Something must be there to exclude from.
        clauses.push((
            Occur::Must,
            Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
        ));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// Returns the factor that a weight in hundredths stands for.
#[expect(
    clippy::cast_precision_loss,
    reason = "a weight of at most 10,000 hundredths is exact enough"
)]
pub(crate) fn factor(hundredths: u32) -> f32 {
    hundredths as f32 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Widening;
    use crate::query::{ParseOptions, parse};

    fn plan(query: &str) -> Plan {
        let today = jiff::civil::date(2026, 1, 1);
        let parsed = parse(query, &ParseOptions::new(today)).unwrap();
        Plan::widened(&parsed.query, Widening::ALL).unwrap()
    }

    #[test]
    fn queries_whose_hits_score_the_sum_of_their_words_are_run_as_such() {
        for (query, expected) in [
            ("мир", true),
            ("мир воля", true),
            ("мир OR воля", true),
            ("мир^2 OR воля", true),
            ("мир NOT воля", true),
            ("(мир OR воля) AND хліб NOT \"сіль і перець\"", true),
            ("мир AND date:2025 AND source:хвиля", true),
            ("(мир AND воля) OR хліб", false),
            ("мир для неї", true),
            ("мир для неї date:2025", true),
            ("мир для «хліб і сіль»", false),
            ("мир OR date:2025", false),
            ("date:2025", false),
            ("date:2025 NOT мир", false),
            ("\"мир і воля\"", false),
            ("мир AND \"хліб і сіль\"", false),
            ("title:мир AND воля", false),
        ] {
            let target = Target {
                parts: &Part::ALL,
                tuning: &Tuning::DEFAULT,
            };
            let is_words = words_query(&plan(query), target).is_some();
            assert_eq!(is_words, expected, "{query}");
        }
    }
}
