//! Binds a plan to the parts that are searched.

use super::bag::{BagQuery, Needed};
use super::condition::{Condition, ConditionQuery, ValuePattern};
use super::doc_filter::DocFilter;
use super::phrase::PhraseQuery;
use super::plan::{Plan, Slot};
use super::proximity::ProximityQuery;
use super::span_query::SpanQuery;
use crate::schema::Part;
use std::sync::Arc;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query,
};

/// Returns the engine's query for `plan` over `parts`, each article scored by its words and their closeness.
pub fn compile(plan: &Plan, parts: &[Part]) -> Box<dyn Query> {
    compile_filtered(plan, parts, None)
}

/// Does as [`compile`]; the query may ask `filter` before it scores an article.
pub fn compile_filtered(
    plan: &Plan,
    parts: &[Part],
    filter: Option<Arc<dyn DocFilter>>,
) -> Box<dyn Query> {
    if let Some(bag) = bag(plan, parts) {
        return Box::new(bag.with_proximity().with_filter(filter));
    }
    let inner = compile_plan(plan, parts);
    let mut slots: Vec<Slot> = Vec::new();
    plan.for_each_phrase(&mut |phrase| slots.extend_from_slice(phrase));
    if slots.len() < 2 || matches!(plan, Plan::Phrase(_) | Plan::Spellings(_)) {
        return inner;
    }
    Box::new(ProximityQuery::new(inner, slots, parts.to_vec()))
}

/// Returns the query of a plan that is all or any of some words, or one word.
fn bag(plan: &Plan, parts: &[Part]) -> Option<BagQuery> {
    let (plans, needed) = match plan {
        Plan::And(plans) => (plans.as_slice(), Needed::All),
        Plan::Or(plans) => (plans.as_slice(), Needed::Any),
        Plan::Phrase(_) => (std::slice::from_ref(plan), Needed::All),
        _ => return None,
    };
    let word = |plan: &Plan| match plan {
        Plan::Phrase(slots) => <[Slot; 1]>::try_from(slots.clone()).ok(),
        _ => None,
    };
    let words: Option<Vec<[Slot; 1]>> = plans.iter().map(word).collect();
    Some(BagQuery::new(words?.concat(), parts.to_vec(), needed))
}

fn compile_plan(plan: &Plan, parts: &[Part]) -> Box<dyn Query> {
    if let Some(bag) = bag(plan, parts) {
        return Box::new(bag);
    }
    match plan {
        Plan::Phrase(slots) => Box::new(PhraseQuery::new(slots.clone(), parts.to_vec())),
        // The best of them counts: a rare spelling is no rarer a word.
        Plan::Spellings(plans) => Box::new(DisjunctionMaxQuery::new(
            plans.iter().map(|plan| compile_plan(plan, parts)).collect(),
        )),
        Plan::Or(plans) => {
            let clauses = plans
                .iter()
                .map(|plan| (Occur::Should, compile_plan(plan, parts)))
                .collect();
            Box::new(BooleanQuery::new(clauses))
        }
        Plan::Spans { spans, at_least } => {
            Box::new(SpanQuery::new(spans.clone(), parts.to_vec(), *at_least))
        }
        Plan::Only(part, plan) => compile_plan(plan, &[*part]),
        Plan::Column(query) => {
            let condition = Condition::Column(query.column, ValuePattern::of(query));
            Box::new(ConditionQuery(condition))
        }
        Plan::Published(days, zone) => {
            Box::new(ConditionQuery(Condition::Published(*days, zone.clone())))
        }
        Plan::Boost(hundredths, plan) => Box::new(BoostQuery::new(
            compile_plan(plan, parts),
            factor(*hundredths),
        )),
        Plan::And(plans) => boolean_and(plans, parts),
        Plan::Not(_) => boolean_and(std::slice::from_ref(plan), parts),
    }
}

fn boolean_and(plans: &[Plan], parts: &[Part]) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(plans.len() + 1);
    for plan in plans {
        clauses.push(match plan {
            Plan::Not(excluded) => (Occur::MustNot, compile_plan(excluded, parts)),
            wanted => (Occur::Must, compile_plan(wanted, parts)),
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
pub fn factor(hundredths: u32) -> f32 {
    hundredths as f32 / 100.0
}
