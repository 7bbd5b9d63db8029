//! An index in a cluster: made, opened, asked.

use crate::cluster::address::ClusterAddress;
use crate::cluster::client::Client;
use crate::cluster::credentials::Credentials;
use crate::cluster::document::Collected;
use crate::cluster::exchange::{Answer, Content, refused};
use crate::cluster::mapping::check;
use crate::cluster::ordered::Ordered;
use crate::cluster::request::conditions::{Known, all_articles, field_of};
use crate::error::{ClusterProblem, Result};
use crate::query::field::Column;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// How many buckets a page of counts has.
const BUCKETS: usize = 5_000;
/// A column with more values is not listed for the conditions of a query.
const MOST_VALUES: usize = 100_000;

/// Which documents of an index: it has two parts in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Documents {
    /// Articles, and marks of removed ones.
    Articles,
    /// What is known of the files that were read.
    Files,
}

/// An index in a cluster. A clone asks the same one, and knows the same of it.
#[derive(Debug, Clone)]
pub struct ClusterIndex {
    pub(super) client: Client,
    /// The name that is asked: the alias, or an index that is still being filled.
    pub(super) target: String,
    facts: Arc<Facts>,
}

/// What has been asked of an index.
#[derive(Debug, Default)]
struct Facts {
    /// Set where it is there and of this version.
    is_good: OnceLock<()>,
    article_count: OnceLock<u64>,
    values: Mutex<HashMap<Column, Option<Vec<String>>>>,
}

impl ClusterIndex {
    /// Opens the index at `address`. Asks the cluster once.
    ///
    /// # Errors
    /// [`ClusterProblem::NoIndex`], [`ClusterProblem::OtherVersion`],
    /// [`ClusterProblem::ForeignIndex`], [`ClusterProblem::Unreachable`],
    /// [`ClusterProblem::Denied`], [`ClusterProblem::Certificate`].
    pub fn open(address: ClusterAddress, credentials: Credentials) -> Result<Self> {
        let index = Self::at(address, credentials)?;
        index.check()?;
        Ok(index)
    }

    /// Checks that the index is there and of this version; asks once.
    ///
    /// # Errors
    /// As [`ClusterIndex::open`].
    pub(crate) fn check(&self) -> Result<()> {
        if self.facts.is_good.get().is_some() {
            return Ok(());
        }
        if self.names()?.is_empty() {
            return Err(ClusterProblem::NoIndex {
                index: self.target.clone(),
                address: self.client.address().to_string(),
            }
            .into());
        }
        self.facts.is_good.get_or_init(|| ());
        Ok(())
    }

    /// Returns the same index, of which nothing is known yet.
    pub(crate) fn anew(&self) -> Self {
        Self {
            facts: Arc::default(),
            ..self.clone()
        }
    }

    /// Returns the same index, which has this time from now on to answer everything.
    pub(crate) fn within(&self, limit: Option<Duration>) -> Self {
        Self {
            client: self.client.within(limit),
            ..self.clone()
        }
    }

    /// Returns the same index for searches, in which nobody waits as long as in jobs.
    pub(crate) fn for_searches(self) -> Self {
        Self {
            client: self.client.for_searches(),
            ..self
        }
    }

    /// Returns another index of the same cluster.
    pub(crate) fn named(&self, target: String) -> Self {
        Self {
            client: self.client.clone(),
            target,
            facts: Arc::default(),
        }
    }

    /// Returns how much of that time is left; `None` where it has no limit.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        self.client.time_left()
    }

    /// Returns the nodes that were silent for so long that others were asked, since the time
    /// limit was set.
    pub(crate) fn silent_nodes(&self) -> Vec<String> {
        self.client.silent_nodes()
    }

    /// Looks at the clock.
    ///
    /// # Errors
    /// [`ClusterProblem::TimeOver`].
    pub(crate) fn check_time(&self) -> Result<()> {
        self.client.check_time()
    }

    /// Returns the index at `address`; asks nobody yet.
    ///
    /// # Errors
    /// [`ClusterProblem::BadAuthorities`] where the authorities cannot be read.
    pub(crate) fn at(address: ClusterAddress, credentials: Credentials) -> Result<Self> {
        Ok(Self {
            target: address.name.clone(),
            client: Client::new(address, credentials)?,
            facts: Arc::default(),
        })
    }

    /// Returns the indexes behind the name, each of this version.
    pub(crate) fn names(&self) -> Result<Vec<String>> {
        let path = format!("/{}/_mapping", self.target);
        let answer = self.client.ask("GET", &path, Content::Nothing)?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let Some(indexes) = answer.body.as_object().filter(|_| answer.status < 300) else {
            return Err(refused(&answer).into());
        };
        for index in indexes.values() {
            check(&index["mappings"], self.client.address())?;
        }
        Ok(indexes.keys().cloned().collect())
    }

    /// Returns the address.
    pub fn address(&self) -> &ClusterAddress {
        self.client.address()
    }

    /// Returns the name of a part in the cluster.
    pub(crate) fn name_of(&self, documents: Documents) -> String {
        match documents {
            Documents::Articles => self.target.clone(),
            Documents::Files => files_name(&self.target),
        }
    }

    /// Sends lines of the bulk interface.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub(crate) fn bulk(&self, documents: Documents, lines: &str) -> Result<Answer> {
        // Else the cluster would make an index of that name where another job has taken it away.
        let is_alias = self.target == self.client.address().name;
        let path = format!(
            "/{}/_bulk?require_alias={is_alias}",
            self.name_of(documents)
        );
        self.client.ask("POST", &path, Content::Lines(lines))
    }

    /// Searches all shards.
    ///
    /// # Errors
    /// [`ClusterProblem::Partial`] where a shard did not answer, [`ClusterProblem::Refused`].
    pub(crate) fn search(&self, body: &Value) -> Result<Value> {
        self.search_copies("", body)
    }

    /// Searches the same copies of all shards for the same `copies`, as long as they are there.
    fn search_copies(&self, copies: &str, body: &Value) -> Result<Value> {
        let path = format!(
            "/{}/_search?allow_partial_search_results=false&search_type=dfs_query_then_fetch{copies}",
            self.target
        );
        let answer = self.client.ask("POST", &path, Content::Json(body))?;
        self.whole(answer)
    }

    /// Counts the articles of each query.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn totals(&self, queries: &[Value]) -> Result<Vec<u64>> {
        let mut totals = Vec::with_capacity(queries.len());
        for some in queries.chunks(200) {
            let mut lines = String::new();
            let mut head = json!({"index": self.target, "allow_partial_search_results": false});
            if let Some(preference) = self.client.preference() {
                head["preference"] = json!(preference);
            }
            for query in some {
                let body = json!({"size": 0, "track_total_hits": true, "query": query});
                // Writing to a text cannot fail.
                let _ = writeln!(lines, "{head}\n{body}");
            }
            let answers = self
                .client
                .get("POST", "/_msearch", Content::Lines(&lines))?;
            for each in answers["responses"].as_array().into_iter().flatten() {
                let status = each["status"]
                    .as_u64()
                    .and_then(|status| u16::try_from(status).ok());
                let body = self.whole(Answer {
                    status: status.unwrap_or(200),
                    body: each.clone(),
                })?;
                totals.push(total_of(&body));
            }
        }
        Ok(totals)
    }

    /// Returns the body of an answer that all shards took part in.
    pub(super) fn whole(&self, answer: Answer) -> Result<Value> {
        if answer.status >= 300 {
            return Err(refused(&answer).into());
        }
        let failed = answer.body["_shards"]["failed"].as_u64().unwrap_or(0);
        if failed > 0 || answer.body["timed_out"] == true {
            return Err(ClusterProblem::Partial {
                index: self.target.clone(),
                failed,
            }
            .into());
        }
        Ok(answer.body)
    }

    /// Returns how many articles there are; asks once.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn article_count(&self) -> Result<u64> {
        if let Some(count) = self.facts.article_count.get() {
            return Ok(*count);
        }
        let count = self.total(&all_articles())?;
        Ok(*self.facts.article_count.get_or_init(|| count))
    }

    /// Returns how many articles a query has.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn total(&self, query: &Value) -> Result<u64> {
        let body = json!({"size": 0, "track_total_hits": true, "query": query});
        Ok(total_of(&self.search(&body)?))
    }

    /// Reads `size` articles from place `from` on.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn fetch(&self, all: &Ordered, from: usize, size: usize) -> Result<Vec<Collected>> {
        let body = json!({"query": all.query, "sort": all.sort, "from": from, "size": size});
        self.articles_of(&self.search_copies(&all.copies(), &body)?)
    }

    pub(super) fn articles_of(&self, found: &Value) -> Result<Vec<Collected>> {
        let articles = hits_of(found).map(|hit| {
            let article = Collected::of_source(hit["_source"].clone());
            article.map_err(|error| self.garbled(&error.to_string()).into())
        });
        articles.collect()
    }

    pub(super) fn garbled(&self, reason: &str) -> ClusterProblem {
        ClusterProblem::Garbled {
            node: self.target.clone(),
            reason: reason.to_owned(),
        }
    }

    /// Counts the articles of a query by the values of some fields, those without a value too.
    /// Exact; costs a request for some thousand different combinations.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn counts(&self, query: &Value, fields: &[&str]) -> Result<Vec<(Vec<Value>, u64)>> {
        let mut counts = Vec::new();
        self.for_each_count(query, fields, &mut |values, count| {
            counts.push((values, count));
            true
        })?;
        Ok(counts)
    }

    fn for_each_count(
        &self,
        query: &Value,
        fields: &[&str],
        each: &mut dyn FnMut(Vec<Value>, u64) -> bool,
    ) -> Result<()> {
        let source =
            |field: &&str| json!({*field: {"terms": {"field": field, "missing_bucket": true}}});
        let sources: Vec<Value> = fields.iter().map(source).collect();
        let mut after = Value::Null;
        loop {
            let mut composite = json!({"size": BUCKETS, "sources": sources});
            if !after.is_null() {
                composite["after"] = after;
            }
            let body = json!({
                "size": 0, "track_total_hits": false, "query": query,
                "aggs": {"counts": {"composite": composite}},
            });
            let answer = self.search(&body)?;
            let found = &answer["aggregations"]["counts"];
            for bucket in found["buckets"].as_array().into_iter().flatten() {
                let values = fields.iter().map(|field| bucket["key"][*field].clone());
                if !each(values.collect(), bucket["doc_count"].as_u64().unwrap_or(0)) {
                    return Ok(());
                }
            }
            after = found["after_key"].clone();
            if after.is_null() {
                return Ok(());
            }
        }
    }
}

impl Known for ClusterIndex {
    fn values(&self, column: Column) -> Result<Option<Vec<String>>> {
        let values = &self.facts.values;
        let known = values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = known.get(&column) {
            return Ok(values.clone());
        }
        drop(known);
        let mut values = Some(Vec::new());
        let field = field_of(column)?;
        self.for_each_count(&all_articles(), &[field], &mut |value, _| {
            let value = value.first().and_then(Value::as_str);
            if let Some(known) = &mut values {
                known.extend(value.map(str::to_owned));
                if known.len() > MOST_VALUES {
                    values = None;
                }
            }
            values.is_some()
        })?;
        let known = &self.facts.values;
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(column, values.clone());
        Ok(values)
    }
}

/// Returns the name of the index of files beside one of articles.
pub(crate) fn files_name(articles: &str) -> String {
    format!("{articles}-files")
}

/// Returns the hits of an answer.
pub(crate) fn hits_of(found: &Value) -> impl Iterator<Item = &Value> {
    found["hits"]["hits"].as_array().into_iter().flatten()
}

/// Returns the total of an answer.
pub(crate) fn total_of(found: &Value) -> u64 {
    found["hits"]["total"]["value"].as_u64().unwrap_or(0)
}
