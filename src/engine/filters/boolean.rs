//! Conditions joined by AND, OR and NOT as bitsets, without scores.

use crate::engine::postings::bit_set::BitSet;
use std::sync::Arc;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{Result, SegmentReader};

/// A tree of conditions of type `Condition`.
#[derive(Debug, Clone)]
pub(crate) enum Boolean<Condition> {
    /// All of these.
    And(Vec<Self>),
    /// At least one of these.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// This.
    Is(Condition),
}

impl Boolean<Arc<dyn Query>> {
    /// Binds the conditions to what `scoring` searches.
    ///
    /// # Errors
    /// Fails if a condition cannot be bound.
    pub(crate) fn bind(&self, scoring: EnableScoring<'_>) -> Result<Boolean<Box<dyn Weight>>> {
        let all = |conditions: &[Self]| -> Result<Vec<_>> {
            conditions.iter().map(|each| each.bind(scoring)).collect()
        };
        Ok(match self {
            Self::And(conditions) => Boolean::And(all(conditions)?),
            Self::Or(conditions) => Boolean::Or(all(conditions)?),
            Self::Not(condition) => Boolean::Not(Box::new(condition.bind(scoring)?)),
            Self::Is(query) => Boolean::Is(query.weight(without_scores(scoring))?),
        })
    }
}

impl Boolean<Box<dyn Weight>> {
    /// Returns the articles of a segment that meet the conditions. Scans all lists.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn docs(&self, reader: &SegmentReader) -> Result<BitSet> {
        let none = || BitSet::none(reader.max_doc());
        match self {
            Self::And(conditions) => {
                let mut docs = BitSet::all(reader.max_doc());
                for condition in conditions {
                    match condition {
                        Self::Not(excluded) => docs.subtract(&excluded.docs(reader)?),
                        wanted => docs.intersect(&wanted.docs(reader)?),
                    }
                }
                Ok(docs)
            }
            Self::Or(conditions) => {
                let mut docs = none();
                for condition in conditions {
                    docs.unite(&condition.docs(reader)?);
                }
                Ok(docs)
            }
            Self::Not(excluded) => {
                let mut docs = BitSet::all(reader.max_doc());
                docs.subtract(&excluded.docs(reader)?);
                Ok(docs)
            }
            Self::Is(condition) => {
                let mut docs = none();
                condition.for_each_no_score(reader, &mut |some| {
                    for doc in some {
                        docs.insert(*doc);
                    }
                })?;
                Ok(docs)
            }
        }
    }
}

fn without_scores(scoring: EnableScoring<'_>) -> EnableScoring<'_> {
    match scoring {
        EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
        disabled @ EnableScoring::Disabled { .. } => disabled,
    }
}
