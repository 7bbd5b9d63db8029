//! Articles in an order of which a place is found again.

use serde_json::{Value, json};

/// The articles of a query in an order.
#[derive(Debug, Clone)]
pub(crate) struct Ordered {
    pub(crate) query: Value,
    /// The last key is one of its own for each article.
    pub(crate) sort: Value,
    /// The question that is answered by the same copies of the shards each time, as long as they
    /// are there: others may score a little differently.
    question: Option<u64>,
}

impl Ordered {
    /// Puts the articles of a query into an order, which is that of all pages of `question`.
    pub(crate) fn new(query: Value, sort: Value, question: u64) -> Self {
        Self {
            query,
            sort,
            question: Some(question),
        }
    }

    /// Takes the articles of a query in the order of their keys.
    pub(crate) fn by_key(query: Value) -> Self {
        Self {
            query,
            sort: json!([{"key": "asc"}]),
            question: None,
        }
    }

    /// Returns whether the order is that of scores.
    pub(crate) fn is_by_score(&self) -> bool {
        self.sort[0].get("_score").is_some()
    }

    /// Returns the parameter that chooses the copies.
    pub(crate) fn copies(&self) -> String {
        let parameter = |question: u64| format!("&preference=q{question:x}");
        self.question.map(parameter).unwrap_or_default()
    }
}
