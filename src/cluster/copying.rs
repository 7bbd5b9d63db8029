//! The articles of an index in a folder into a cluster, without the files that they were read from.

use crate::cluster::bulk::{Change, Written, send_all};
use crate::cluster::cluster_index::{ClusterIndex, Documents};
use crate::cluster::document::{Sent, marker, name_of_key};
use crate::cluster::held;
use crate::cluster::writer::ClusterWriter;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::directory::META;
use crate::index::rebuilding::stored_articles::StoredArticles;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::stop::StopFlag;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// What a copy has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CopySummary {
    /// How many articles the folder has.
    pub articles: u64,
    /// How many of them stay away, as they were removed from the cluster.
    pub withheld: u64,
    /// What became of the others.
    pub written: Written,
    /// Whether it was stopped before its end.
    pub is_stopped: bool,
}

/// Copies all articles of the last commit of `from` to a cluster, in `threads` threads. The time of
/// the commit is their version: copied again, or in another order, they are there once, and an
/// older copy changes nothing. What was removed for good, there or in the folder, stays away.
/// `tell` hears how many were read.
///
/// # Errors
/// [`Error::Cluster`], and [`Error::Engine`] where the folder cannot be read.
pub fn copy(
    from: &Index,
    to: &Arc<ClusterIndex>,
    threads: usize,
    stop: &StopFlag,
    tell: &mut dyn FnMut(u64),
) -> Result<CopySummary> {
    let removed = keep_marks(from, to)?;
    let writer = ClusterWriter::start(to, threads)?;
    let mut summary = CopySummary::default();
    'all: for member in from.members() {
        let version = commit_time(member.path())?;
        for segment in member.engine().searchable_segments()? {
            let stored = StoredArticles::open(&segment)?;
            for doc in stored.docs() {
                if stop.is_raised() {
                    summary.is_stopped = true;
                    break 'all;
                }
                let read = stored.read(doc)?;
                let collection = read.collection.as_deref().unwrap_or_default();
                let article = Sent::new(&read.collected(collection), None);
                summary.articles += 1;
                tell(summary.articles);
                if removed.contains(&article.key) {
                    summary.withheld += 1;
                    continue;
                }
                if !writer.write(article, version) {
                    break 'all;
                }
            }
        }
    }
    summary.written = writer.finish()?;
    to.refresh()?;
    Ok(summary)
}

/// Writes what must not come back into `to`: what the folder says, and, where `to` is to take the
/// place of another index, what that says. Returns the keys that the cluster keeps away.
fn keep_marks(from: &Index, to: &Arc<ClusterIndex>) -> Result<BTreeSet<u64>> {
    let mut changes = Vec::new();
    for member in from.members() {
        let version = commit_time(member.path())?;
        let extent = member.payload().extent();
        let manifest = StoredManifest::read(member.path(), &extent.name, extent.bytes)?;
        for (key, mark) in &manifest.marks {
            let marker = marker(*key, mark, None);
            changes.push(Change::of_document(
                &name_of_key(*key),
                version,
                Some(&marker),
            ));
        }
    }
    let (mut marks, _) = held::marks(to)?;
    if let Some(replaced) = to.replaced()? {
        let (others, version) = held::marks(&replaced)?;
        for (key, mark) in others {
            let marker = marker(key, &mark, None);
            changes.push(Change::of_document(
                &name_of_key(key),
                version,
                Some(&marker),
            ));
            marks.insert(key, mark);
        }
    }
    send_all(to, Documents::Articles, changes)?.whole()?;
    Ok(marks.into_keys().collect())
}

/// Returns when the last commit was made, in microseconds since 1970.
fn commit_time(folder: &Path) -> Result<u64> {
    let meta = folder.join(META);
    let modified = std::fs::metadata(&meta).and_then(|metadata| metadata.modified());
    let modified = modified.map_err(Error::io("read", &meta))?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}
