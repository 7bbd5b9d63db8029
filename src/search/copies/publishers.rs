//! The source that published each text first.

use crate::copies::Clusters;
use std::sync::Arc;

/// The source of the earliest article of each cluster that the index still holds, by the number of
/// the cluster.
#[derive(Debug)]
pub(crate) struct FirstPublishers {
    pub(crate) clusters: Arc<Clusters>,
    pub(crate) sources: Vec<Option<String>>,
}

impl FirstPublishers {
    /// Returns the cluster of the article with this key, if it has copies.
    pub(crate) fn cluster(&self, key: Option<u64>) -> Option<u32> {
        Some(self.clusters.member(key?)?.cluster)
    }

    /// Returns the source that published the texts of a cluster first, if it is known.
    pub(crate) fn source(&self, cluster: u32) -> Option<&str> {
        self.sources.get(cluster as usize)?.as_deref()
    }
}
