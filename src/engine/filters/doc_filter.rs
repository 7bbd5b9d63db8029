//! A filter that decides whether an article may be a hit, whatever its words.

use std::fmt::Debug;
use tantivy::{DocId, Result, SegmentReader};

/// A condition that is cheaper to ask than a score. Queries may ask it first when they look for the best articles; they
/// need not, so who collects the articles asks it again.
pub trait DocFilter: Debug + Send + Sync + 'static {
    /// Binds the condition to a segment.
    ///
    /// # Errors
    /// Where what it looks at cannot be read.
    fn bind_to<'a>(&'a self, reader: &SegmentReader) -> Result<BoundFilter<'a>>;
}

/// Tells whether an article of a segment may be a hit.
pub type BoundFilter<'a> = Box<dyn Fn(DocId) -> bool + 'a>;
