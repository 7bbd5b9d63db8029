//! About how well articles match: which of them our own engine is given to score.

use crate::cluster::mapping::tokens_field;
use crate::cluster::request::every;
use crate::cluster::tokens::{FORM, beside};
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::ranking::{MOST, SPELLING_SHARE, UNDATED_SHARE};
use crate::schema::Part;
use crate::search::SearchRequest;
use serde_json::{Value, json};

/// Returns a query for the articles of `filter`, scored by the words of `plan` in `parts`: as our
/// own engine does it, but for the closeness of words and for forms.
pub(crate) fn scored(plan: &Plan, request: &SearchRequest, filter: &Value) -> Value {
    let mut words = Vec::new();
    add_words(plan, &request.parts, 1.0, &mut words);
    let query = json!({"bool": {"filter": [filter], "should": words}});
    let Some(fading) = request.fading() else {
        return query;
    };
    let undated = json!({"bool": {"must_not": [{"exists": {"field": "first_day"}}]}});
    json!({"function_score": {
        "query": query,
        "score_mode": "multiply",
        "boost_mode": "multiply",
        "functions": [
            {"filter": {"exists": {"field": "first_day"}}, "exp": {"first_day": {
                "origin": fading.today, "scale": fading.half_life_days, "decay": 0.5,
            }}},
            {"filter": undated, "weight": UNDATED_SHARE},
        ],
    }})
}

fn add_words(plan: &Plan, parts: &[Part], by: f32, words: &mut Vec<Value>) {
    match plan {
        Plan::Phrase(slots) => {
            words.extend(slots.iter().map(|slot| of_slot(slot, parts, by)));
        }
        Plan::Spans { spans, .. } => {
            spans.for_each_slot(&mut |slot| words.push(of_slot(slot, parts, by)));
        }
        // Only the best of them counts; the others are about as good.
        Plan::Spellings(plans) => {
            if let Some(typed) = plans.first() {
                add_words(typed, parts, by, words);
            }
        }
        Plan::Only(part, plan) => add_words(plan, &[*part], by, words),
        Plan::Boost(hundredths, plan) => {
            let by = by * crate::engine::compile::factor(*hundredths);
            add_words(plan, parts, by, words);
        }
        Plan::Optional(plan) => add_words(plan, parts, by, words),
        Plan::And(plans) | Plan::Or(plans) => {
            for plan in plans {
                add_words(plan, parts, by, words);
            }
        }
        Plan::Not(_) | Plan::Column(_) | Plan::Published(..) | Plan::Among(_) => {}
    }
}

fn of_slot(slot: &Slot, parts: &[Part], by: f32) -> Value {
    let mut ways = Vec::new();
    for (terms, share) in [(&slot.terms, 1.0), (&slot.spellings, SPELLING_SHARE)] {
        if !terms.is_empty() {
            ways.push(json!({"match": {"mentions": {
                "query": beside(terms), "boost": by * MOST * share,
            }}}));
        }
    }
    if !slot.forms.is_empty() {
        let forms: Vec<String> = slot
            .forms
            .iter()
            .map(|form| format!("{FORM}{form}"))
            .collect();
        for part in parts {
            ways.push(json!({"match": {tokens_field(*part): {
                "query": beside(&forms), "boost": by,
            }}}));
        }
    }
    // The commonest forms that begin as a pattern does stand for it.
    for pattern in &slot.patterns {
        let value = format!("{FORM}{}", pattern.prefix);
        if pattern.prefix.is_empty() {
            continue;
        }
        for part in parts {
            ways.push(json!({"prefix": {tokens_field(*part): {
                "value": value, "rewrite": "top_terms_100", "boost": by,
            }}}));
        }
    }
    match ways.len() {
        0 => json!({"constant_score": {"filter": every(), "boost": 0.0}}),
        1 => ways.remove(0),
        _ => json!({"dis_max": {"queries": ways}}),
    }
}
