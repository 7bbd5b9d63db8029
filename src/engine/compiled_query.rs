//! What `compile` returns: a query that knows how it is run best.

use crate::engine::words::words_query::WordsQuery;
use tantivy::Result;
use tantivy::query::{EnableScoring, Query, Weight};

/// A query ready to run.
#[derive(Debug)]
pub(crate) enum CompiledQuery {
    /// Words, run by `MaxScore` and matched as bit sets.
    Words(WordsQuery),
    /// Any other query.
    Other(Box<dyn Query>),
}

impl CompiledQuery {
    /// Returns its weight.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        match self {
            Self::Words(words) => words.weight(scoring),
            Self::Other(query) => query.weight(scoring),
        }
    }

    /// Returns its weight for finding the best `wanted` hits: documents may wait until the end of a
    /// segment before the callback gets them.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn weight_for_best(
        &self,
        wanted: usize,
        scoring: EnableScoring<'_>,
    ) -> Result<Box<dyn Weight>> {
        match self {
            Self::Words(words) => words.clone().with_wanted(wanted).weight(scoring),
            Self::Other(query) => query.weight(scoring),
        }
    }

    /// Returns whether all matches are found at once as a bit set, which takes no longer than
    /// milliseconds.
    pub(crate) fn matches_as_bits(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// Returns the query as any other.
    pub(crate) fn into_query(self) -> Box<dyn Query> {
        match self {
            Self::Words(words) => Box::new(words),
            Self::Other(query) => query,
        }
    }
}
