//! Articles taken out of a cluster by its user.
//!
//! One that is removed by its id or by a query leaves a document that says so in its place: no
//! search sees it, no job and no copy brings the article back, and as it is newer than what was
//! there, nothing older does either, however late it arrives.

use crate::cluster::cluster_index::{ClusterIndex, Documents, hits_of};
use crate::cluster::cluster_searcher::ClusterSearcher;
use crate::cluster::document::{key_of_name, name, name_of_key};
use crate::cluster::file_records::{FileRecords, shares};
use crate::cluster::held::hash_of;
use crate::cluster::question::Question;
use crate::cluster::request::conditions::all_articles;
use crate::cluster::sink::ClusterSink;
use crate::error::{ClusterProblem, Error, Result};
use crate::index::removal::{Selected, SelectedArticle, Selection, take_out};
use crate::index::repeats::Repeats;
use crate::index::share::Share;
use crate::search::{SearchError, SearchRequest};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many articles a page has.
const PAGE: usize = 5_000;
/// How many keys one request may name.
const MOST_KEYS: usize = 10_000;

/// What a selection finds in a cluster.
struct Found {
    selected: Selected,
    /// The share of each article, by its key.
    shares: BTreeMap<u64, Option<Share>>,
    /// What is known of the files of every share.
    files: BTreeMap<Option<String>, FileRecords>,
    /// The newest version of the articles.
    version: u64,
}

/// Finds the articles that `selection` selects.
///
/// # Errors
/// [`Error::AmbiguousId`], [`Error::Cluster`].
pub fn select(index: &ClusterIndex, selection: &Selection) -> Result<Selected> {
    Ok(Found::of(index, selection)?.selected)
}

/// Removes what `selection` selects. A killed process has removed a part of it; the same command
/// removes the rest.
///
/// # Errors
/// As [`select`].
pub fn remove(index: &Arc<ClusterIndex>, selection: &Selection) -> Result<Selected> {
    index.refresh()?;
    let found = Found::of(index, selection)?;
    for (name, mut files) in found.files {
        let share = share_of_name(name.as_deref());
        files.version = files.version.max(found.version);
        let own = |article: &&SelectedArticle| found.shares.get(&article.key) == Some(&share);
        let own = Selected {
            articles: found
                .selected
                .articles
                .iter()
                .filter(own)
                .cloned()
                .collect(),
            ..Selected::default()
        };
        let mut sink = ClusterSink::of_files(index, share, files);
        take_out(&mut sink, selection, &own)?;
        sink.commit_removal()?;
    }
    index.refresh()?;
    Ok(found.selected)
}

fn share_of_name(name: Option<&str>) -> Option<Share> {
    name.and_then(|name| name.parse().ok())
}

impl Found {
    fn of(index: &ClusterIndex, selection: &Selection) -> Result<Self> {
        let mut shares_of = BTreeMap::new();
        let mut articles = Vec::new();
        let mut version = 0;
        for query in queries(selection) {
            let body = json!({
                "query": {"bool": {"filter": [query, all_articles()]}},
                "sort": [{"key": "asc"}], "size": PAGE, "version": true,
                "_source": ["id", "collection", "path", "content_hash", "repeat_hash", "share"],
            });
            index.for_each_hits::<Error>(Documents::Articles, &body, &mut |found| {
                for hit in hits_of(found) {
                    let Some(article) = article_of(hit).filter(|one| selection.has(one)) else {
                        continue;
                    };
                    version = version.max(hit["_version"].as_u64().unwrap_or(0));
                    let share = share_of_name(hit["_source"]["share"].as_str());
                    shares_of.insert(article.key, share);
                    articles.push(article);
                }
                Ok(true)
            })?;
        }
        let mut names = shares(index)?;
        names.extend(
            shares_of
                .values()
                .map(|share| share.map(|share| share.to_string())),
        );
        let mut files = BTreeMap::new();
        for name in names {
            let records = FileRecords::read(index, share_of_name(name.as_deref()))?;
            files.insert(name, records);
        }
        let mut selected = selection.selected(articles, index.total(&all_articles())?)?;
        if selection.asks_for_repeats(&selected) {
            for files in files.values() {
                let repeats = Repeats::of_files(files.records.files());
                let id_of = |key| id_of(index, key);
                selection.find_repeats(&repeats, &mut selected, &id_of)?;
            }
        }
        Ok(Self {
            selected,
            shares: shares_of,
            files,
            version,
        })
    }
}

/// Returns the queries of the articles that a selection may have; no article has two of them.
fn queries(selection: &Selection) -> Vec<Value> {
    let mut all = Vec::new();
    if let Some(collection) = &selection.collection {
        all.push(json!({"term": {"collection": collection.as_str()}}));
    }
    if let Some(path) = &selection.path {
        all.push(json!({"prefix": {"path": path.to_string_lossy()}}));
    }
    if !selection.ids.is_empty() {
        let ids: Vec<&String> = selection.ids.iter().collect();
        let mut keys = Vec::new();
        for id in &selection.ids {
            // Both a collection and an id may hold colons.
            let colons = id.match_indices(':').map(|(at, _)| id.split_at(at));
            keys.extend(colons.map(|(collection, id)| {
                name(collection, id.strip_prefix(':').unwrap_or_default())
            }));
        }
        all.push(json!({"bool": {"minimum_should_match": 1, "should": [
            {"terms": {"id": ids}}, {"terms": {"key": keys}},
        ]}}));
    }
    let Some(keys) = &selection.keys else {
        return vec![json!({"bool": {"filter": all}})];
    };
    let keys: Vec<String> = keys.iter().map(|key| name_of_key(*key)).collect();
    let some = keys.chunks(MOST_KEYS).map(|keys| {
        let mut all = all.clone();
        all.push(json!({"terms": {"key": keys}}));
        json!({"bool": {"filter": all}})
    });
    some.collect()
}

fn article_of(hit: &Value) -> Option<SelectedArticle> {
    let source = &hit["_source"];
    let text = |field: &str| source[field].as_str().map(str::to_owned);
    Some(SelectedArticle {
        key: hit["_id"].as_str().and_then(key_of_name)?,
        id: text("id")?,
        collection: text("collection")?,
        path: text("path").unwrap_or_default(),
        hash: hash_of(&source["content_hash"]).unwrap_or(0),
        repeat_hash: hash_of(&source["repeat_hash"]),
    })
}

fn id_of(index: &ClusterIndex, key: u64) -> Result<Option<String>> {
    let body = json!({
        "query": {"term": {"key": name_of_key(key)}}, "size": 1, "_source": ["id"],
    });
    let found = index.search(&body)?;
    let id = found["hits"]["hits"][0]["_source"]["id"].as_str();
    Ok(id.map(str::to_owned))
}

impl ClusterSearcher {
    /// Prepares for searching an index that is open.
    pub fn of(index: &Arc<ClusterIndex>) -> Self {
        Self {
            index: Arc::clone(index),
        }
    }

    /// Returns the keys of all articles that match, at most a million.
    ///
    /// # Errors
    /// As [`Searcher::search`](crate::search::Searcher::search), and [`Error::Cluster`].
    pub fn keys(&self, request: &SearchRequest) -> Result<Vec<u64>, SearchError> {
        let question = Question::of(request, &self.index)?;
        if question.found.is_exact {
            return Ok(self.index.keys(&question.found.query)?);
        }
        self.candidates(&question)?.keys(&self.in_memory(request))
    }
}

impl ClusterIndex {
    /// Returns the keys of the articles of a query, at most a million.
    ///
    /// # Errors
    /// [`ClusterProblem::TooMany`], and as [`ClusterIndex::search`].
    pub(crate) fn keys(&self, query: &Value) -> Result<Vec<u64>> {
        let (articles, limit) = (self.total(query)?, 1_000_000);
        if articles > limit {
            return Err(ClusterProblem::TooMany { articles, limit }.into());
        }
        let mut keys = Vec::new();
        let body = json!({
            "query": query, "sort": [{"key": "asc"}], "size": PAGE, "_source": false,
        });
        self.for_each_hits::<Error>(Documents::Articles, &body, &mut |found| {
            let names = hits_of(found).filter_map(|hit| hit["_id"].as_str());
            keys.extend(names.filter_map(key_of_name));
            Ok(true)
        })?;
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_of_a_selection_narrows_the_query_and_many_keys_are_asked_in_parts() {
        let selection = Selection {
            ids: ["архів:a:1".to_owned()].into(),
            collection: "архів".parse().ok(),
            path: Some("/архів".into()),
            keys: Some((0..25_000).collect()),
        };
        let queries = queries(&selection);
        assert_eq!(queries.len(), 3);
        for query in queries {
            assert_eq!(query["bool"]["filter"].as_array().map(Vec::len), Some(4));
            let ids = &query["bool"]["filter"][2]["bool"]["should"];
            assert_eq!(ids[1]["terms"]["key"].as_array().map(Vec::len), Some(2));
        }
        let all = super::queries(&Selection::default());
        assert_eq!(all, [json!({"bool": {"filter": []}})]);
    }
}
