//! Parses the text of a query, strictly or mending what is faulty.

use crate::query::ast::Query;
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::options::ParseOptions;
use crate::query::parser::parsed::ParsedQuery;
use crate::query::parser::{of_whole, parse_headline, recovery};

/// The longest query that is read, in bytes.
pub const MAX_QUERY_BYTES: usize = 16 << 10;

/// Parses `text`. Costs time in proportion to its length.
///
/// # Errors
/// See [`QueryProblem`]; ordinary prose gives none, and with [`ParseOptions::is_lenient`] only a
/// query without any word does.
pub fn parse(text: &str, options: &ParseOptions) -> Result<ParsedQuery, QueryError> {
    if text.len() > MAX_QUERY_BYTES {
        let problem = QueryProblem::TooLong {
            bytes: text.len(),
            limit_bytes: MAX_QUERY_BYTES,
        };
        return Err(of_whole(problem, text));
    }
    if options.allows_empty && text.trim().is_empty() {
        return Ok(ParsedQuery {
            query: Query::And(Vec::new()),
            warnings: Vec::new(),
        });
    }
    let parsed = parse_headline(text, options);
    match parsed {
        Err(error) if options.is_lenient => recovery::parse_repaired(text, options, error),
        parsed => parsed,
    }
}
