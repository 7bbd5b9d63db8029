//! A query whose hits and scores were computed once and are replayed.

use crate::engine::compiled_query::CompiledQuery;
use crate::engine::explanation::explanation;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Result, Score, Searcher, SegmentReader, TERMINATED};

/// The articles of one segment in order, each with its score.
type Found = Vec<(DocId, Score)>;

/// The hits of a query, replayed for ranking and for counting. Worth it if matching reads
/// positions. Takes 8 bytes per hit.
#[derive(Debug, Clone)]
pub(crate) struct CachedHitsQuery {
    segments: Arc<FxHashMap<SegmentId, Arc<Found>>>,
}

impl CachedHitsQuery {
    /// Runs `query` over all segments, or until `is_over` returns true.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn run(
        query: &CompiledQuery,
        searcher: &Searcher,
        is_over: impl Fn() -> bool,
    ) -> Result<Self> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut segments = FxHashMap::default();
        for reader in searcher.segment_readers() {
            let mut found = Found::new();
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED && !is_over() {
                found.push((scorer.doc(), scorer.score()));
                scorer.advance();
            }
            segments.insert(reader.segment_id(), Arc::new(found));
        }
        Ok(Self {
            segments: Arc::new(segments),
        })
    }
}

impl Query for CachedHitsQuery {
    fn weight(&self, _: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        Ok(Box::new(FoundWeight(self.clone())))
    }
}

struct FoundWeight(CachedHitsQuery);

impl Weight for FoundWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        Ok(match self.0.segments.get(&reader.segment_id()) {
            Some(found) => Box::new(FoundScorer {
                found: Arc::clone(found),
                at: 0,
                boost,
            }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(self, reader, doc, "as it was found")
    }
}

struct FoundScorer {
    found: Arc<Found>,
    at: usize,
    boost: Score,
}

impl DocSet for FoundScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.found.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for FoundScorer {
    fn score(&mut self) -> Score {
        let score = self.found.get(self.at).map_or(0.0, |(_, score)| *score);
        score * self.boost
    }
}
