//! Copies of articles: hits without them, those of one article, who published first.
//!
//! Clusters are read from their file when a question first needs them; others pay nothing.
//!
//! | module | what it holds |
//! |---|---|
//! | `repeats` | hits that are copies of an earlier hit |
//! | `of_article` | the copies of one article |
//! | `publishers` | the source of the earliest print of each text, by cluster |
//! | `first_publishers` | finds it; the articles that a source published first |
//! | `conditions` | the conditions `copies:` and `first_publisher:` of a query |

pub(crate) mod conditions;
pub(crate) mod first_publishers;
pub(crate) mod of_article;
pub(crate) mod publishers;
pub(crate) mod repeats;

use crate::copies::Clusters;
use crate::error::Result;
use crate::search::searcher::Searcher;
use std::sync::Arc;

impl Searcher {
    /// Returns the clusters of copies; the first call reads them.
    ///
    /// # Errors
    /// [`crate::Error::Io`], [`crate::Error::Damaged`] where they cannot be read.
    pub(crate) fn clusters(&self) -> Result<&Arc<Clusters>> {
        if let Some(clusters) = self.clusters.get() {
            return Ok(clusters);
        }
        let clusters = Arc::new(self.index.clusters()?);
        Ok(self.clusters.get_or_init(|| clusters))
    }
}
