//! A parsed query with its notices.

use crate::query::ast::Query;
use crate::query::diagnostics::notice::Warning;

/// A query that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQuery {
    /// What it means.
    pub query: Query,
    /// What to tell the user about the reading.
    pub warnings: Vec<Warning>,
}
