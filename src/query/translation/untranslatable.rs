//! Errors of a translation: what has no counterpart in our language.

use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::translation::expression::Expression;
use crate::text::ByteRange;

/// What came of a part of a query; none where nothing in it can be looked for.
pub(crate) type Read = Result<Option<Expression>, QueryError>;

/// Returns a fault for what our language has not.
pub(crate) fn unknown_here(what: &str, range: ByteRange) -> QueryError {
    QueryError {
        problem: QueryProblem::Untranslatable {
            what: what.trim().to_owned(),
        },
        range,
    }
}
