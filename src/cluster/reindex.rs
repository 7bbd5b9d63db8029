//! An index in a cluster made anew from the articles that it holds: for another version of the
//! fields, the analysis or the dictionary.
//!
//! The new index is built beside the old one, which answers until the alias is changed in one step.
//! The old one takes no changes meanwhile, so nothing is lost between the two. A killed run leaves
//! the old index answering; the next run begins anew.

use crate::cluster::address::ClusterAddress;
use crate::cluster::bulk::{Change, send_all};
use crate::cluster::cluster_index::{ClusterIndex, Documents, hits_of};
use crate::cluster::credentials::Credentials;
use crate::cluster::document::{Collected, Sent};
use crate::cluster::held::hash_of;
use crate::cluster::mapping::{CLUSTER_FORMAT, Layout};
use crate::cluster::writer::ClusterWriter;
use crate::error::{ClusterProblem, Error, Result};
use crate::index::document::content_hash;
use crate::index::rebuilding::reindex::{Rebuilt, Versions, Watcher};
use serde_json::{Value, json};
use std::sync::Arc;

/// How many documents a page has.
const PAGE: usize = 500;

/// Makes the index at `address` anew, in `threads` threads.
///
/// # Errors
/// [`ClusterProblem::NoIndex`], [`ClusterProblem::ForeignIndex`], and [`ClusterProblem::Refused`]
/// where the cluster refuses an article; the old index then answers and takes changes as before.
pub fn run(
    address: ClusterAddress,
    credentials: Credentials,
    threads: usize,
    watcher: &mut dyn Watcher,
) -> Result<Rebuilt> {
    let old = ClusterIndex::at(address.clone(), credentials.clone())?;
    let (from, layout) = old.built_by()?;
    old.remove_unfinished()?;
    let mut rebuilt = Rebuilt {
        articles: 0,
        from,
        to: Versions::of_program(),
        bytes_before: old.size_bytes()?,
        bytes_after: 0,
        is_interrupted: false,
    };
    rebuilt.to.format = CLUSTER_FORMAT;
    let new = Arc::new(ClusterIndex::create_beside(address, credentials, layout)?);
    old.block(true)?;
    let outcome = fill(&old, &new, threads, watcher);
    match outcome {
        Ok(Some(articles)) => {
            rebuilt.articles = articles;
            watcher.finishing();
            new.refresh()?;
            rebuilt.bytes_after = new.size_bytes()?;
            new.replace()?;
        }
        stopped_or_failed => {
            old.block(false)?;
            old.remove_unfinished()?;
            rebuilt.is_interrupted = stopped_or_failed?.is_none();
        }
    }
    Ok(rebuilt)
}

/// Copies files, articles and marks; returns how many articles, or `None` where it was stopped.
fn fill(
    old: &ClusterIndex,
    new: &Arc<ClusterIndex>,
    threads: usize,
    watcher: &mut dyn Watcher,
) -> Result<Option<u64>> {
    old.refresh()?;
    watcher.start(old.article_count()?, old.size_bytes()?);
    let stop = watcher.stop_flag();
    let body = json!({
        "query": {"match_all": {}}, "sort": [{"key": "asc"}], "size": PAGE, "version": true,
    });
    if old.has_files()? {
        old.for_each_hits::<Error>(Documents::Files, &body, &mut |found| {
            let changes = hits_of(found).map(kept);
            send_all(new, Documents::Files, changes)?.whole()?;
            Ok(!stop.is_raised())
        })?;
    }
    let writer = ClusterWriter::start(new, threads)?;
    let mut articles = 0;
    old.for_each_hits::<Error>(Documents::Articles, &body, &mut |found| {
        let is_mark = |hit: &&Value| hit["_source"]["removed"] == true;
        let marks = hits_of(found).filter(is_mark).map(kept);
        send_all(new, Documents::Articles, marks)?.whole()?;
        for hit in hits_of(found).filter(|hit| !is_mark(hit)) {
            articles += 1;
            if !writer.write(sent(old, hit)?, version_of(hit)) {
                return Ok(false);
            }
        }
        watcher.advance(articles);
        Ok(!stop.is_raised())
    })?;
    writer.finish()?.whole()?;
    Ok((!stop.is_raised()).then_some(articles))
}

fn version_of(hit: &Value) -> u64 {
    hit["_version"].as_u64().unwrap_or(0)
}

/// Makes the change that writes a document as it is.
fn kept(hit: &Value) -> Change {
    let name = hit["_id"].as_str().unwrap_or_default();
    Change::of_document(name, version_of(hit), Some(&hit["_source"]))
}

/// Puts an article on its way that the cluster holds.
fn sent(old: &ClusterIndex, hit: &Value) -> Result<Sent> {
    let source = &hit["_source"];
    let collected = Collected::of_source(source.clone());
    let collected = collected.map_err(|error| old.garbled(&error.to_string()))?;
    let hash = hash_of(&source["content_hash"]);
    Ok(Sent {
        key: collected.key(),
        hash: hash.unwrap_or_else(|| content_hash(&collected.article)),
        repeat_hash: hash_of(&source["repeat_hash"]),
        share: source["share"]
            .as_str()
            .and_then(|share| share.parse().ok()),
        is_new: false,
        collected,
    })
}

impl ClusterIndex {
    /// Returns what the index is built by and how it is laid out, of whatever version.
    fn built_by(&self) -> Result<(Versions, Layout)> {
        let indexes = self.behind_alias()?;
        let Some(index) = indexes.values().next() else {
            return Err(ClusterProblem::NoIndex {
                index: self.target.clone(),
                address: self.address().to_string(),
            }
            .into());
        };
        let meta = &index["mappings"]["_meta"]["shukach"];
        if !meta.is_object() {
            return Err(ClusterProblem::ForeignIndex {
                index: self.target.clone(),
            }
            .into());
        }
        let number = |value: &Value| {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            number.unwrap_or(0)
        };
        let setting = |name: &str| {
            let text = index["settings"]["index"][name].as_str();
            text.and_then(|text| text.parse().ok()).unwrap_or(1)
        };
        let versions = Versions {
            format: number(&meta["format"]),
            analyzer: number(&meta["analyzer"]),
            dictionary: meta["dictionary"].as_str().unwrap_or_default().to_owned(),
        };
        let layout = Layout {
            shards: setting("number_of_shards"),
            replicas: setting("number_of_replicas"),
        };
        Ok((versions, layout))
    }
}
