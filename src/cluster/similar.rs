//! Articles like another one.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::cluster_searcher::{ClusterSearcher, MOST_CHECKED, STRETCH};
use crate::cluster::document::name_of_key;
use crate::cluster::mapping::tokens_field;
use crate::cluster::ordered::Ordered;
use crate::cluster::question::Question;
use crate::cluster::request::Translated;
use crate::cluster::request::conditions::filter;
use crate::cluster::request::matching::matching;
use crate::cluster::request::scoring::scored;
use crate::error::Result;
use crate::plan::Plan;
use crate::schema::{Part, indexed_parts};
use crate::search::answer::milliseconds;
use crate::search::articles::more_like::plan;
use crate::search::columns::filter::Filter;
use crate::search::{KeyTerm, MoreLikeResponse, SearchError, SearchRequest};
use serde_json::{Value, json};
use std::time::Instant;

impl ClusterSearcher {
    /// Finds the articles most like the one called `id`. Its key terms are those that are rare in
    /// the whole index.
    ///
    /// # Errors
    /// As [`crate::search::Searcher::more_like`], and [`crate::Error::Cluster`].
    pub(super) fn alike(
        &self,
        id: &str,
        request: &SearchRequest,
    ) -> Result<MoreLikeResponse, SearchError> {
        let started = Instant::now();
        Filter::of(request)?;
        let (index, parts) = (&self.index, &request.parts);
        let called = self.called(id)?;
        let mut subject = called.subject(id, index.article_count()?, &|keys| {
            index.with_keys(keys, indexed_parts(parts))
        })?;
        if subject.response.terms.is_empty() {
            subject.response.took_ms = milliseconds(started);
            return Ok(subject.response);
        }
        let words = subject.response.terms.iter();
        let words = Plan::Or(words.map(weighed).collect());
        let itself = json!({"bool": {"must_not": [{"term": {"key": name_of_key(subject.key)}}]}});
        let found = Translated::all(vec![
            filter(request)?,
            matching(&words, parts, index.as_ref())?,
            Translated::exact(itself),
        ]);
        let asked = self.in_memory(request);
        let total = index.total(&found.query)?;
        let end = request.offset.saturating_add(request.limit);
        let is_all = !found.is_exact || total <= STRETCH as u64;
        let articles = if is_all || end > STRETCH {
            index.fetch_all(&found.query, MOST_CHECKED)?
        } else {
            let best = scored(&words, request, &found.query);
            let sort = Question::sort(request);
            index.fetch(&Ordered::new(best, sort, subject.key), 0, STRETCH)?
        };
        self.part(&articles)?.add_alike(&mut subject, &asked)?;
        if found.is_exact {
            subject.response.total = total;
        }
        subject.response.took_ms = milliseconds(started);
        Ok(subject.response)
    }
}

/// Returns what looks for a key term, which counts as much as it tells.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the root of a number of mentions is positive and small"
)]
fn weighed(term: &KeyTerm) -> Plan {
    Plan::Boost((term.often * 100.0).round() as u32, Box::new(plan(term)))
}

impl ClusterIndex {
    /// Returns how many articles have each key in the part where it is commonest.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    fn with_keys(&self, keys: &[&str], parts: &[Part]) -> Result<Vec<u64>> {
        let of_key = |key: &&str| {
            let key = (*key).to_owned();
            let terms = parts
                .iter()
                .map(move |part| json!({"term": {tokens_field(*part): key}}));
            terms.collect::<Vec<Value>>()
        };
        let queries: Vec<Value> = keys.iter().flat_map(of_key).collect();
        let totals = self.totals(&queries)?;
        let by_key = totals
            .chunks(parts.len().max(1))
            .map(|totals| totals.iter().copied().max());
        Ok(by_key.map(Option::unwrap_or_default).collect())
    }
}
