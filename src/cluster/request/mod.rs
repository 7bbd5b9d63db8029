//! A plan in the language of the cluster: which articles match, and about how well.
//!
//! A translation may let in more articles than the plan: what stands in one sentence, or which
//! letters of a form are capitals, the cluster cannot see. It says so, and the articles are then
//! looked at one by one by our own engine.
//!
//! | module | what it holds |
//! |---|---|
//! | `matching` | plan → which articles |
//! | `slots` | what may stand at one place, and words in a row |
//! | `conditions` | dates, columns and the filters of a request |
//! | `scoring` | plan → about how well they match |

pub(crate) mod conditions;
pub(crate) mod matching;
pub(crate) mod scoring;
mod slots;

use serde_json::{Value, json};

/// What the cluster is asked, and whether its articles are those of the plan or more.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Translated {
    pub(crate) query: Value,
    pub(crate) is_exact: bool,
}

impl Translated {
    pub(crate) fn exact(query: Value) -> Self {
        Self {
            query,
            is_exact: true,
        }
    }

    /// All articles of the plan, and others.
    pub(crate) fn wider(query: Value) -> Self {
        Self {
            query,
            is_exact: false,
        }
    }

    /// All that meet each of these.
    pub(crate) fn all(of: Vec<Self>) -> Self {
        let is_exact = of.iter().all(|each| each.is_exact);
        let mut queries: Vec<Value> = of.into_iter().map(|each| each.query).collect();
        let query = match queries.len() {
            0 => every(),
            1 => queries.remove(0),
            _ => json!({"bool": {"filter": queries}}),
        };
        Self { query, is_exact }
    }

    /// All that meet any of these.
    pub(crate) fn any(of: Vec<Self>) -> Self {
        let is_exact = of.iter().all(|each| each.is_exact);
        let mut queries: Vec<Value> = of.into_iter().map(|each| each.query).collect();
        let query = match queries.len() {
            0 => none(),
            1 => queries.remove(0),
            _ => json!({"bool": {"should": queries, "minimum_should_match": 1}}),
        };
        Self { query, is_exact }
    }

    /// All that do not meet this; where that is not known for sure, all.
    pub(crate) fn not(self) -> Self {
        if self.is_exact {
            Self::exact(json!({"bool": {"must_not": [self.query]}}))
        } else {
            Self::wider(every())
        }
    }
}

/// Every article.
pub(crate) fn every() -> Value {
    json!({"match_all": {}})
}

/// No article.
pub(crate) fn none() -> Value {
    json!({"match_none": {}})
}
