//! An archive into a cluster: only what changed.

use crate::archive::Archive;
use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::sink::ClusterSink;
use crate::error::Result;
use crate::index::job::{JobOptions, JobSummary, Progress, run_into};
use std::sync::Arc;

/// Brings an index in a cluster up to date with `archive`, as [`crate::index::job::run`] does one
/// in a folder; what it has done is visible at its end.
///
/// # Errors
/// As [`crate::index::job::run`], and [`crate::Error::Cluster`].
pub fn run(
    index: &Arc<ClusterIndex>,
    archive: &Archive,
    options: &JobOptions,
    progress: &mut dyn Progress,
) -> Result<JobSummary> {
    let mut sink = ClusterSink::open(index, options.share, options.writer.threads)?;
    let summary = run_into(&mut sink, archive, options, progress)?;
    index.refresh()?;
    Ok(summary)
}
