//! All documents of a query, in pages of one state of the index.

use crate::cluster::cluster_index::{ClusterIndex, Documents};
use crate::cluster::document::Collected;
use crate::cluster::exchange::{Answer, Content};
use crate::cluster::ordered::Ordered;
use crate::error::{ClusterProblem, Error, Result};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

/// How long the cluster keeps the state that pages are read from.
const KEEP_ALIVE: &str = "2m";
/// How many articles a page has.
const PAGE: usize = 1_000;
/// How often a state that the cluster has lost is opened again, without a page in between.
const REOPENED: usize = 5;
/// How long the cluster may take to forget one.
const TO_FORGET: Duration = Duration::from_secs(1);

impl ClusterIndex {
    /// Calls `each` with the articles of a query in their order, at most `page` of them at a time,
    /// until it returns `false`. All are of one state of the index. Where the cluster loses that,
    /// the rest is of the state of then: no article comes twice, and none is left out that was
    /// there all the time.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`], and those of `each`.
    pub(crate) fn for_each_page<E: From<Error>>(
        &self,
        all: &Ordered,
        page: usize,
        each: &mut dyn FnMut(Vec<Collected>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let is_by_score = all.is_by_score();
        // The keys of the articles that were given, where they are in the order of their scores.
        let mut given = HashSet::new();
        let body = json!({"query": all.query, "sort": all.sort, "size": page});
        let (articles, copies) = (Documents::Articles, all.copies());
        self.for_each_hits_of(articles, &copies, &body, &mut |found| {
            let mut articles = self.articles_of(found)?;
            if is_by_score {
                articles.retain(|article| given.insert(article.key()));
            }
            Ok(articles.is_empty() || each(articles)?)
        })
    }

    /// Does as [`ClusterIndex::for_each_page`] with the answers to a search whose `body` has a
    /// `sort` and a `size`. Where a lost state is opened again and the order is that of the scores,
    /// they begin anew.
    ///
    /// # Errors
    /// As [`ClusterIndex::for_each_page`].
    pub(crate) fn for_each_hits<E: From<Error>>(
        &self,
        documents: Documents,
        body: &Value,
        each: &mut dyn FnMut(&Value) -> Result<bool, E>,
    ) -> Result<(), E> {
        self.for_each_hits_of(documents, "", body, each)
    }

    fn for_each_hits_of<E: From<Error>>(
        &self,
        documents: Documents,
        copies: &str,
        body: &Value,
        each: &mut dyn FnMut(&Value) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut body = body.clone();
        body["track_total_hits"] = json!(false);
        let mut pages = Pages {
            index: self,
            documents,
            is_by_score: body["sort"][0].get("_score").is_some(),
            body,
            state: self.open_state(documents, copies)?,
            copies,
            reopened: 0,
        };
        let result = pages.read(each);
        self.forget(&pages.state);
        result
    }

    fn open_state(&self, documents: Documents, copies: &str) -> Result<String> {
        let path = format!(
            "/{}/_search/point_in_time?keep_alive={KEEP_ALIVE}&allow_partial_pit_creation=false{copies}",
            self.name_of(documents)
        );
        let answer = self.client.ask("POST", &path, Content::Nothing)?;
        let answer = self.whole(answer)?;
        let id = answer["pit_id"].as_str().map(str::to_owned);
        id.ok_or_else(|| self.garbled("no pit_id").into())
    }

    /// Lets the cluster forget a state, which it does by itself some minutes later.
    fn forget(&self, state: &str) {
        let body = json!({"pit_id": [state]});
        let (path, content) = ("/_search/point_in_time", Content::Json(&body));
        let forgotten = self.client.ask_within(TO_FORGET, "DELETE", path, content);
        drop(forgotten);
    }

    /// Reads all articles of a query, which are at most `limit`.
    ///
    /// # Errors
    /// [`ClusterProblem::TooMany`], and as [`ClusterIndex::search`].
    pub(crate) fn fetch_all(&self, query: &Value, limit: u64) -> Result<Vec<Collected>> {
        let articles = self.total(query)?;
        if articles > limit {
            return Err(ClusterProblem::TooMany { articles, limit }.into());
        }
        let mut all = Vec::new();
        let by_key = Ordered::by_key(query.clone());
        self.for_each_page::<Error>(&by_key, PAGE, &mut |page| {
            all.extend(page);
            Ok(true)
        })?;
        Ok(all)
    }
}

/// The pages of one query.
struct Pages<'a> {
    index: &'a ClusterIndex,
    documents: Documents,
    body: Value,
    copies: &'a str,
    /// The name of the state that is read.
    state: String,
    is_by_score: bool,
    /// How often the state was lost: in the order of the scores in all, else since the last page.
    reopened: usize,
}

impl Pages<'_> {
    fn read<E: From<Error>>(
        &mut self,
        each: &mut dyn FnMut(&Value) -> Result<bool, E>,
    ) -> Result<(), E> {
        let page = self.body["size"].as_u64().unwrap_or(0);
        loop {
            let Some(found) = self.next()? else {
                continue;
            };
            let hits = found["hits"]["hits"].as_array();
            let count = hits.map_or(0, Vec::len) as u64;
            if let Some(last) = hits.and_then(|hits| hits.last()) {
                self.body["search_after"] = last["sort"].clone();
            }
            if count > 0 && !self.is_by_score {
                self.reopened = 0;
            }
            if (count > 0 && !each(&found)?) || count < page {
                return Ok(());
            }
        }
    }

    /// Reads the next page; `None` where the cluster had lost the state, which is opened again.
    fn next(&mut self) -> Result<Option<Value>> {
        let path = "/_search?allow_partial_search_results=false&search_type=dfs_query_then_fetch";
        self.body["pit"] = json!({"id": self.state, "keep_alive": KEEP_ALIVE});
        let answer = self
            .index
            .client
            .ask("POST", path, Content::Json(&self.body));
        if is_lost(&answer) && self.reopened < REOPENED {
            self.reopened += 1;
            self.state = self.index.open_state(self.documents, self.copies)?;
            if self.is_by_score {
                // Another copy of a shard scores a little differently, so the place of the last
                // article is not where it was: everything is read again but for what was given.
                if let Some(body) = self.body.as_object_mut() {
                    body.remove("search_after");
                }
            }
            return Ok(None);
        }
        let found = self.index.whole(answer?)?;
        if let Some(state) = found["pit_id"].as_str() {
            state.clone_into(&mut self.state);
        }
        Ok(Some(found))
    }
}

/// Returns whether the cluster has lost the state that pages are read from, or a node with a part
/// of it.
fn is_lost(answer: &Result<Answer>) -> bool {
    match answer {
        Ok(answer) => {
            answer.status == 404
                || answer.status >= 300
                    && answer
                        .body
                        .to_string()
                        .contains("search_context_missing_exception")
        }
        Err(Error::Cluster(
            ClusterProblem::Partial { .. } | ClusterProblem::Refused { status: 500, .. },
        )) => true,
        Err(_) => false,
    }
}
