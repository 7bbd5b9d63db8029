//! Who published each text first.

use crate::copies::Member;
use crate::error::Result;
use crate::plan::article_set::ArticleSet;
use crate::query::value_pattern::ValuePattern;
use crate::search::copies::publishers::FirstPublishers;
use crate::search::searcher::Searcher;
use std::sync::Arc;
use tantivy::{DocId, TantivyError};

impl Searcher {
    /// Returns who published first; the first call looks at every article, some 30 ms for
    /// 1,000,000.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn first_publishers(&self) -> Result<&Arc<FirstPublishers>> {
        if let Some(publishers) = self.publishers.get() {
            return Ok(publishers);
        }
        let clusters = self.clusters()?;
        let mut first: Vec<Option<(u32, Option<String>)>> = vec![None; clusters.len()];
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            for doc in reader.doc_ids_alive() {
                let key = columns.key.first(doc);
                let Some(Member { cluster, rank }) = key.and_then(|key| clusters.member(key))
                else {
                    continue;
                };
                let Some(known) = first.get_mut(cluster as usize) else {
                    continue;
                };
                if known.as_ref().is_none_or(|(known, _)| rank < *known) {
                    let source = columns.source(doc).map_err(TantivyError::from)?;
                    *known = Some((rank, source));
                }
            }
        }
        let sources = first.into_iter().map(|known| known?.1).collect();
        let publishers = FirstPublishers {
            clusters: Arc::clone(clusters),
            sources,
        };
        Ok(self.publishers.get_or_init(|| Arc::new(publishers)))
    }

    /// Returns the articles whose text was published first by a source that fits `pattern`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn first_published_by(&self, pattern: &ValuePattern) -> Result<ArticleSet> {
        let publishers = self.first_publishers()?;
        let fits = |source: &Option<String>| {
            source
                .as_ref()
                .is_some_and(|source| pattern.accepts(source))
        };
        let fits: Vec<bool> = publishers.sources.iter().map(fits).collect();
        let mut found = Vec::new();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let accepted = columns.sources_that(&|source| pattern.accepts(source))?;
            let fits = |doc: DocId| match publishers.cluster(columns.key.first(doc)) {
                Some(cluster) => fits.get(cluster as usize) == Some(&true),
                None => columns
                    .source_ordinal(doc)
                    .is_some_and(|source| accepted.contains(&source)),
            };
            let docs = reader.doc_ids_alive().filter(|doc| fits(*doc));
            found.extend(docs.map(|doc| (columns.segment, doc)));
        }
        Ok(ArticleSet::new(found))
    }
}
