//! What the cluster holds of articles when a job starts, and which are not to come back.

use crate::cluster::cluster_index::{ClusterIndex, Documents, hits_of};
use crate::cluster::document::key_of_name;
use crate::error::{Error, Result};
use crate::index::known::{KnownArticle, KnownArticles, file_of, line_of};
use crate::index::manifest::Mark;
use crate::index::manifest::records::Records;
use crate::index::share::Share;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::Arc;

/// How many articles a page has; only numbers and names are read of each.
const PAGE: usize = 10_000;

/// What the cluster holds.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) articles: KnownArticles,
    /// Files that gave articles and of which nothing is known, with the collections of these: what
    /// a killed job leaves.
    pub(crate) unknown_files: BTreeMap<Arc<str>, String>,
    /// The newest version of all of them.
    pub(crate) version: u64,
}

impl Held {
    /// Reads the articles of a share. Costs a request for ten thousand of them.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn read(
        index: &ClusterIndex,
        share: Option<Share>,
        records: &Records,
    ) -> Result<Self> {
        let mut held = Self::default();
        let mut without = vec![json!({"term": {"removed": true}})];
        let mut filter = Vec::new();
        match share {
            Some(share) => filter.push(json!({"term": {"share": share.to_string()}})),
            None => without.push(json!({"exists": {"field": "share"}})),
        }
        let body = json!({
            "query": {"bool": {"filter": filter, "must_not": without}},
            "sort": [{"key": "asc"}], "size": PAGE, "version": true,
            // Nothing is unpacked that is stored, names of documents included: twice as fast.
            "stored_fields": "_none_",
            "docvalue_fields": [
                "key", "path", "collection", "line", "content_hash", "repeat_hash",
            ],
        });
        let mut articles = KnownArticles::default();
        index.for_each_hits::<Error>(Documents::Articles, &body, &mut |found| {
            for hit in hits_of(found) {
                held.version = held.version.max(hit["_version"].as_u64().unwrap_or(0));
                let fields = &hit["fields"];
                let Some(key) = fields["key"][0].as_str().and_then(key_of_name) else {
                    continue;
                };
                let path = fields["path"][0].as_str().unwrap_or_default();
                let file = file_of(path, &|path| records.path_of(path));
                if records.get(&file).is_none() {
                    let collection = fields["collection"][0].as_str().unwrap_or_default();
                    held.unknown_files
                        .insert(Arc::clone(&file), collection.to_owned());
                }
                let article = KnownArticle {
                    path: articles.path_ordinal(&file),
                    hash: hash_of(&fields["content_hash"][0]).unwrap_or(0),
                    repeat_hash: hash_of(&fields["repeat_hash"][0]).and_then(NonZeroU64::new),
                    line: fields["line"][0].as_u64().and_then(line_of),
                    is_seen: false,
                };
                articles.hold(key, article);
            }
            Ok(true)
        })?;
        articles.order();
        held.articles = articles;
        Ok(held)
    }
}

/// Reads the articles that are not to come back, with the newest version of all of them.
///
/// # Errors
/// As [`ClusterIndex::search`].
pub(crate) fn marks(index: &ClusterIndex) -> Result<(BTreeMap<u64, Mark>, u64)> {
    let mut marks = BTreeMap::new();
    let mut version = 0;
    let body = json!({
        "query": {"term": {"removed": true}}, "sort": [{"key": "asc"}], "size": PAGE,
        "version": true,
    });
    index.for_each_hits::<Error>(Documents::Articles, &body, &mut |found| {
        for hit in hits_of(found) {
            version = version.max(hit["_version"].as_u64().unwrap_or(0));
            let source = &hit["_source"];
            let text = |field: &str| source[field].as_str().unwrap_or_default().to_owned();
            let mark = Mark {
                id: text("id"),
                collection: text("collection"),
                path: text("path"),
                hash: hash_of(&source["content_hash"]).unwrap_or(0),
                repeat_hash: hash_of(&source["repeat_hash"]),
            };
            if let Some(key) = hit["_id"].as_str().and_then(key_of_name) {
                marks.insert(key, mark);
            }
        }
        Ok(true)
    })?;
    Ok((marks, version))
}

/// Reads a hash, which has a sign in the cluster.
pub(crate) fn hash_of(value: &Value) -> Option<u64> {
    value.as_i64().map(i64::cast_unsigned)
}
