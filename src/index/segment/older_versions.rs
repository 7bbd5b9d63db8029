//! Removes articles from the segments that were there before, and from no later one.
//!
//! The engine applies a removal to every segment that is added afterwards too, until it has seen
//! its queue of removals; then an article would be removed together with its older version.

use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::query::{
    EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermSetQuery, Weight,
};
use tantivy::{DocId, Score, SegmentReader, Term};

/// Matches articles by their keys, in some segments only.
#[derive(Debug, Clone)]
pub(super) struct OlderVersions {
    keys: TermSetQuery,
    segments: Arc<Vec<SegmentId>>,
}

impl OlderVersions {
    pub(super) fn new(keys: Vec<Term>, mut segments: Vec<SegmentId>) -> Self {
        segments.sort_unstable();
        Self {
            keys: TermSetQuery::new(keys),
            segments: Arc::new(segments),
        }
    }
}

impl Query for OlderVersions {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(OlderVersionsWeight {
            keys: self.keys.weight(scoring)?,
            segments: Arc::clone(&self.segments),
        }))
    }
}

struct OlderVersionsWeight {
    keys: Box<dyn Weight>,
    segments: Arc<Vec<SegmentId>>,
}

impl Weight for OlderVersionsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.segments.binary_search(&reader.segment_id()).is_err() {
            return Ok(Box::new(EmptyScorer));
        }
        self.keys.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.keys.explain(reader, doc)
    }
}
