//! Which queries have positions: operands of NEAR and ATLEAST.

use crate::query::ast::{Distance, Near, Query};
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::parser::operand::MAX_WORDS;
use crate::text::ByteRange;

/// Returns what keeps the operands from being near each other.
pub(crate) fn check_near(near: &Near) -> Result<(), QueryError> {
    let range = near.place.0;
    check_near_operand(&near.left, near.distance, range)?;
    check_near_operand(&near.right, near.distance, range)?;
    let pairs = clause_count(&near.left).saturating_mul(clause_count(&near.right));
    if pairs > MAX_WORDS {
        let problem = QueryProblem::TooManyClauses { limit: MAX_WORDS };
        return Err(QueryError { problem, range });
    }
    Ok(())
}

/// Returns whether `query` may stand beside NEAR and the like: it must be found at places of the
/// text.
fn check_near_operand(
    query: &Query,
    distance: Distance,
    operator: ByteRange,
) -> Result<(), QueryError> {
    let name = distance.name();
    let error = |problem, range: ByteRange| {
        let range = if range.len_bytes() == 0 {
            operator
        } else {
            range
        };
        Err(QueryError { problem, range })
    };
    match query {
        Query::Word(_) | Query::Phrase(_) => Ok(()),
        Query::Near(near) => {
            check_near_operand(&near.left, distance, operator)?;
            check_near_operand(&near.right, distance, operator)
        }
        Query::And(queries) | Query::Or(queries) => queries
            .iter()
            .try_for_each(|query| check_near_operand(query, distance, operator)),
        Query::Not(query) => error(
            QueryProblem::NotInsideNear { operator: name },
            query.range(),
        ),
        other => error(out_of_place(other, name), other.range()),
    }
}

/// Returns how many pairs `query` makes with one word beside a NEAR, as AND inside it is multiplied
/// out.
fn clause_count(query: &Query) -> usize {
    match query {
        Query::And(queries) | Query::Or(queries) => {
            let counts = queries.iter().map(clause_count);
            counts.fold(0, usize::saturating_add)
        }
        Query::Near(near) => clause_count(&near.left).saturating_mul(clause_count(&near.right)),
        _ => 1,
    }
}

/// Returns whether mentions of `query` can be counted.
pub(crate) fn check_counted(query: &Query, operator: &str) -> Result<(), QueryError> {
    match query {
        Query::Word(_) | Query::Phrase(_) => Ok(()),
        Query::Near(near) => {
            check_counted(&near.left, operator)?;
            check_counted(&near.right, operator)
        }
        Query::Or(queries) => queries
            .iter()
            .try_for_each(|query| check_counted(query, operator)),
        other => Err(QueryError {
            problem: out_of_place(other, operator),
            range: other.range(),
        }),
    }
}

fn out_of_place(query: &Query, operator: &str) -> QueryProblem {
    let what = match query {
        Query::AtLeast { .. } => "ATLEAST",
        Query::In { part, .. } => part.name(),
        Query::Column(column) => column.column.name(),
        Query::Published { .. } => "date",
        Query::Boost { .. } => "^",
        Query::And(_) => "AND",
        Query::Or(_) => "OR",
        Query::Not(_) => "NOT",
        Query::Near(near) => near.distance.name(),
        Query::Word(_) | Query::Phrase(_) => "…",
    };
    QueryProblem::OutOfPlace {
        what,
        operator: operator.to_owned(),
    }
}
