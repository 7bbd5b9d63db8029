//! Operands that stand next to each other, and how they are joined.

use crate::query::ast::Query;

/// A part of a sequence.
pub(crate) struct Operand {
    pub(crate) query: Query,
    /// Whether a `+` stands before it.
    pub(crate) is_required: bool,
    /// Whether it is the words of one token, and no operator holds them together.
    pub(crate) is_pieces: bool,
}

impl Operand {
    pub(crate) fn of(query: Query) -> Self {
        Self {
            query,
            is_required: false,
            is_pieces: false,
        }
    }

    /// Returns the words of a token one by one; what is required stays whole.
    pub(crate) fn pieces(self) -> Vec<Self> {
        match self.query {
            Query::And(words) if self.is_pieces && !self.is_required => {
                words.into_iter().map(Self::of).collect()
            }
            _ => vec![self],
        }
    }
}

/// Marks that stand inside a token and separate its words.
pub(crate) const INNER_MARKS: &str = "/\\&@:._+#%=?~";

pub(crate) fn join(mut queries: Vec<Query>, all: fn(Vec<Query>) -> Query) -> Query {
    if queries.len() == 1 {
        queries.remove(0)
    } else {
        all(queries)
    }
}

/// Any of the groups; but what is excluded stays excluded, and what is required must be there.
pub(crate) fn any_of(groups: Vec<Vec<Operand>>) -> Query {
    let (mut excluded, mut required, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups {
        let is_required = group.iter().any(|operand| operand.is_required);
        let query = join(
            group.into_iter().map(|operand| operand.query).collect(),
            Query::And,
        );
        match query {
            Query::Not(_) => excluded.push(query),
            // A date or a source is no word that would do alone.
            _ if is_condition(&query) => required.push(query),
            _ if is_required => {
                required.push(query.clone());
                wanted.push(query);
            }
            _ => wanted.push(query),
        }
    }
    let mut all = required;
    // Where only what is required is wanted, nothing is left to choose from.
    let is_required_already = wanted.len() == 1 && all.contains(&wanted[0]);
    if !wanted.is_empty() && !is_required_already {
        all.push(join(wanted, Query::Or));
    }
    all.extend(excluded);
    join(all, Query::And)
}

/// Returns whether a query asks for nothing but dates, sources and the like.
pub(super) fn is_condition(query: &Query) -> bool {
    match query {
        Query::Column(_) | Query::Published { .. } => true,
        Query::And(queries) | Query::Or(queries) => queries.iter().all(is_condition),
        Query::Boost { query, .. } | Query::Not(query) => is_condition(query),
        _ => false,
    }
}

/// The most words, phrases and other conditions.
pub(super) const MAX_WORDS: usize = 1_024;
