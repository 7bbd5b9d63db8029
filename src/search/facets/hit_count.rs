//! Counts the matching articles, or checks whether there is one, and nothing else.

use crate::search::notices::{WithNotices, notices};
use crate::search::request::SearchRequest;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use tantivy::TERMINATED;
use tantivy::query::EnableScoring;

impl Searcher {
    /// Returns how many articles match. The query is taken as it stands; see
    /// [`Searcher::with_suggestions`].
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn count(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError> {
        let (parsed, prepared) = self.prepare(request)?;
        let request = SearchRequest {
            timeline: None,
            ..request.clone()
        };
        let counter = self.count_facets(&prepared, &request)?;
        Ok(WithNotices {
            value: counter.total(),
            notices: notices(&parsed, &prepared, &request, counter.estimates()),
        })
    }

    /// Returns whether any article matches; looks no further than the first. The query is taken as
    /// it stands.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn has_hits(&self, request: &SearchRequest) -> Result<bool, SearchError> {
        let request = SearchRequest {
            collapse: false,
            unique: false,
            ..request.clone()
        };
        let (_, prepared) = self.prepare(&request)?;
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.filter.bind(columns)?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) && filter.accepts(doc) {
                    return Ok(true);
                }
                doc = scorer.advance();
            }
        }
        Ok(false)
    }
}
