//! A filter that decides whether an article may be a hit, whatever its words.

use std::fmt::Debug;
use tantivy::{DocId, Result, SegmentReader};

/// A condition that is cheaper than a score. Queries may check it before scoring, but need not, so
/// collectors check it again.
pub(crate) trait DocFilter: Debug + Send + Sync + 'static {
    /// Binds the condition to a segment.
    ///
    /// # Errors
    /// Fails if the columns cannot be read.
    fn bind_to<'a>(&'a self, reader: &SegmentReader) -> Result<BoundFilter<'a>>;
}

/// Returns whether an article of a segment may be a hit.
pub(crate) type BoundFilter<'a> = Box<dyn Fn(DocId) -> bool + 'a>;
