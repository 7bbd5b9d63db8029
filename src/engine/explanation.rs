//! Explains the score of one article.

use tantivy::query::{Explanation, Weight};
use tantivy::{DocId, Result, SegmentReader, TantivyError};

/// Returns the score of `doc`, called `what`.
///
/// # Errors
/// Where the document does not match.
pub(crate) fn explanation(
    weight: &dyn Weight,
    reader: &SegmentReader,
    doc: DocId,
    what: &'static str,
) -> Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        return Err(TantivyError::InvalidArgument(format!(
            "document {doc} does not match"
        )));
    }
    Ok(Explanation::new(what, scorer.score()))
}
