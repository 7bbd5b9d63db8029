//! Puts the words of a query in terms of the index.

use crate::plan::Plan;
use crate::plan::expansion::{patterns, shared_prefix};
use crate::query::{Query, Remark};
use crate::search::request::SearchRequest;
use crate::search::searcher::Searcher;
use tantivy::Result;

impl Searcher {
    /// Returns the plan of `query`; `None` where no word is left. Adds to `remarks` what was left out.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn plan(
        &self,
        query: &Query,
        request: &SearchRequest,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Plan>> {
        let plan = Plan::remarked(query, request.widening(&self.memo), remarks);
        let Some(mut plan) = plan else {
            return Ok(None);
        };
        remarks.extend(patterns::expand(&mut plan, &self.engine, &self.memo)?);
        if request.finds_related() {
            shared_prefix::relate(&mut plan, &self.engine, &self.memo)?;
        }
        plan.for_each_slot_mut(&mut |slot| self.memo.keep_places(slot));
        Ok(Some(plan))
    }
}
