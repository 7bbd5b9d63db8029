//! Places in the order of hits: a page continues exactly where an earlier one ended, as long as the
//! cluster answers from the same state of the index.
//!
//! A cursor holds how many hits stand before its place. What tells states apart are, for each copy
//! of a shard, the number of its last change, how many documents it holds, how many of them are
//! deleted, and how often what was written became visible: scores depend on all of it. The order of
//! dates depends on the first copies alone.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::cluster_searcher::ClusterSearcher;
use crate::cluster::exchange::Content;
use crate::cluster::question::Question;
use crate::error::Result;
use crate::search::pages::cursor::{behind, hash, rank_of};
use crate::search::{SearchError, SearchRequest, SearchResponse, Sort};
use serde_json::Value;

/// Where a page of hits begins and ends.
pub(super) struct Place {
    /// What is asked for: the page by its offset, and perhaps one hit more, which says whether
    /// another page comes.
    pub(super) request: SearchRequest,
    /// How many hits are wanted.
    limit: usize,
    question: u64,
    /// The state that it is a place in; `None` where no page comes behind it or the user may not
    /// see the state.
    state: Option<u64>,
}

impl Place {
    /// Cuts the page off behind its last hit, and gives it the cursor of what follows.
    pub(super) fn end(&self, response: &mut SearchResponse) {
        let offset = self.request.offset as u64;
        let found = response.hits.len();
        response.hits.truncate(self.limit);
        let rank = offset + response.hits.len() as u64;
        let has_more = match response.total {
            Some(total) if self.limit == self.request.limit => rank < total,
            _ => found > self.limit || response.partial,
        };
        let state = self.state.filter(|_| has_more && !response.hits.is_empty());
        response.next_cursor = state.map(|state| behind(rank, self.question, state));
    }
}

impl ClusterSearcher {
    /// Returns the place of the page that `request` asks for, by its cursor or else its offset; of
    /// `total` hits, where that is known.
    ///
    /// # Errors
    /// [`SearchError::Cursor`], and as [`ClusterIndex::search`].
    pub(super) fn place(
        &self,
        question: &Question,
        request: &SearchRequest,
        total: Option<u64>,
    ) -> Result<Place, SearchError> {
        let is_by_score = request.sort == Sort::Score;
        let fingerprint = question.fingerprint(request);
        let offset = request.offset as u64;
        let (before, state) = match &request.cursor {
            Some(text) => {
                let state = self.index.state(is_by_score)?;
                (rank_of(text, fingerprint, || Ok(state))?, Some(state))
            }
            // Also the last page may be cut off, where it takes too much memory.
            None if request.limit > 0 && total.is_none_or(|total| offset < total) => {
                (0, self.index.state(is_by_score).ok())
            }
            None => (0, None),
        };
        let before = usize::try_from(before).unwrap_or(usize::MAX);
        let knows_total = request.track_total && !request.collapse;
        let further = usize::from(request.limit > 0 && !knows_total);
        Ok(Place {
            limit: request.limit,
            question: fingerprint,
            state,
            request: SearchRequest {
                offset: before.saturating_add(request.offset),
                limit: request.limit.saturating_add(further),
                cursor: None,
                ..request.clone()
            },
        })
    }
}

impl ClusterIndex {
    /// Returns what tells the state that searches see from others, as far as it decides about the
    /// order of hits, which is that of scores or of dates.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`]; [`crate::error::ClusterProblem::Denied`] where the user may not
    /// see the statistics of the index.
    fn state(&self, is_by_score: bool) -> Result<u64> {
        let path = format!(
            "/{}/_stats/docs,refresh?level=shards&filter_path=_shards,indices.*.shards",
            self.target
        );
        let answer = self.client.ask("GET", &path, Content::Nothing)?;
        let body = self.whole(answer)?;
        let mut copies = Vec::new();
        for (name, index) in body["indices"].as_object().into_iter().flatten() {
            for (shard, held) in index["shards"].as_object().into_iter().flatten() {
                let held = held.as_array().into_iter().flatten();
                copies.extend(
                    held.filter(|copy| is_by_score || copy["routing"]["primary"] == true)
                        .map(|copy| format!("{name} {shard} {}", facts(copy, is_by_score))),
                );
            }
        }
        copies.sort_unstable();
        Ok(hash(copies.iter().map(String::as_str)))
    }
}

/// Returns what decides about the hits of a copy of a shard.
fn facts(copy: &Value, is_by_score: bool) -> String {
    let docs = &copy["docs"];
    let seen = &copy["refresh"]["external_total"];
    let change = &copy["seq_no"]["max_seq_no"];
    if is_by_score {
        let (node, deleted) = (&copy["routing"]["node"], &docs["deleted"]);
        return format!("{node} {} {deleted} {seen} {change}", docs["count"]);
    }
    format!("{} {seen} {change}", docs["count"])
}
