//! A set of articles of the index.

use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::DocId;
use tantivy::index::SegmentId;

/// Articles that were found, by segment. Clones share them. Takes 4 bytes an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleSet {
    segments: Arc<FxHashMap<SegmentId, Vec<DocId>>>,
}

impl ArticleSet {
    /// Makes it of the places of articles, in any order.
    pub fn new(articles: impl IntoIterator<Item = (SegmentId, DocId)>) -> Self {
        let mut segments: FxHashMap<SegmentId, Vec<DocId>> = FxHashMap::default();
        for (segment, doc) in articles {
            segments.entry(segment).or_default().push(doc);
        }
        let sorted = |(segment, mut docs): (SegmentId, Vec<DocId>)| {
            docs.sort_unstable();
            docs.dedup();
            (segment, docs)
        };
        Self {
            segments: Arc::new(segments.into_iter().map(sorted).collect()),
        }
    }

    /// Returns those of a segment, in order.
    pub fn of_segment(&self, segment: SegmentId) -> &[DocId] {
        self.segments.get(&segment).map_or(&[], Vec::as_slice)
    }

    /// Returns whether an article is among them.
    pub fn contains(&self, segment: SegmentId, doc: DocId) -> bool {
        self.of_segment(segment).binary_search(&doc).is_ok()
    }

    /// Returns how many articles they are.
    pub fn len(&self) -> usize {
        self.segments.values().map(Vec::len).sum()
    }

    /// Returns whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
