//! Explains the score of one article.

use tantivy::query::{Explanation, Scorer};
use tantivy::{DocId, DocSet, Result, TantivyError};

/// Returns the score of `doc`, called `what`.
///
/// # Errors
/// Where the document does not match.
pub(crate) fn explanation(
    mut scorer: Box<dyn Scorer>,
    doc: DocId,
    what: &'static str,
) -> Result<Explanation> {
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        return Err(TantivyError::InvalidArgument(format!(
            "document {doc} does not match"
        )));
    }
    Ok(Explanation::new(what, scorer.score()))
}
