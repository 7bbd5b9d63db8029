//! The conditions of a query that ask about copies, as sets of articles.

use crate::plan::Plan;
use crate::query::field::Column;
use crate::query::value_pattern::ValuePattern;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;

impl Searcher {
    /// Looks up the articles of each condition of `plan` that asks about copies.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn resolve_copies(&self, plan: &mut Plan) -> Result<(), SearchError> {
        plan.resolve_columns(&mut |query| {
            Ok(match query.column {
                Column::Copies => Some(self.prints_called(&query.value)?),
                Column::FirstPublisher => Some(self.first_published_by(&ValuePattern::of(query))?),
                _ => None,
            })
        })
    }
}
