//! The articles of an index in a folder into a cluster, without the files that they were read from.

use crate::cluster::bulk::Written;
use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::document::Sent;
use crate::cluster::writer::ClusterWriter;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::directory::META;
use crate::index::rebuilding::stored_articles::StoredArticles;
use crate::index::stop::StopFlag;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// What a copy has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CopySummary {
    /// How many articles the folder has.
    pub articles: u64,
    /// What became of them.
    pub written: Written,
    /// Whether it was stopped before its end.
    pub is_stopped: bool,
}

/// Copies all articles of the last commit of `from` to a cluster, in `threads` threads. The time of
/// the commit is their version: copied again, or in another order, they are there once, and an
/// older copy changes nothing. `tell` hears how many were read.
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

/// Returns when the last commit was made, in microseconds since 1970.
fn commit_time(folder: &Path) -> Result<u64> {
    let meta = folder.join(META);
    let modified = std::fs::metadata(&meta).and_then(|metadata| metadata.modified());
    let modified = modified.map_err(Error::io("read", &meta))?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}
