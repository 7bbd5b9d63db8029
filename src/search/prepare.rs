//! Prepares a query: parses it, binds its words to the index and compiles it.

use crate::engine::boosts::recency::RecencyQuery;
use crate::engine::compile;
use crate::engine::compiled_query::CompiledQuery;
use crate::engine::tuning::Tuning;
use crate::plan::Plan;
use crate::plan::expansion::{patterns, shared_prefix};
use crate::query::{ParsedQuery, Query, QueryError, QueryProblem, Warning, parse};
use crate::search::collect::deadline::Deadline;
use crate::search::collect::exact_forms::typed_forms;
use crate::search::columns::filter::Filter;
use crate::search::request::{SearchError, SearchRequest};
use crate::search::searcher::Searcher;
use crate::search::suggest::similar_values;
use crate::text::ByteRange;

impl Searcher {
    /// Returns the plan of `query`; `None` where no word is left. Adds to `warnings` what was left
    /// out.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn plan(
        &self,
        query: &Query,
        request: &SearchRequest,
        warnings: &mut Vec<Warning>,
    ) -> tantivy::Result<Option<Plan>> {
        let plan = Plan::remarked(query, request.widening(&self.cache), warnings);
        let Some(mut plan) = plan else {
            return Ok(None);
        };
        warnings.extend(patterns::expand(&mut plan, &self.engine, &self.cache)?);
        if request.finds_related() {
            shared_prefix::relate(&mut plan, &self.engine, &self.cache)?;
        }
        plan.for_each_slot_mut(&mut |slot| self.cache.cache_terms(slot));
        Ok(Some(plan))
    }
}

/// A query ready to run.
pub(crate) struct Prepared {
    pub(crate) plan: Plan,
    /// The forms of its words as they were typed.
    pub(crate) forms: Vec<String>,
    pub(crate) query: CompiledQuery,
    pub(crate) filter: Filter,
    pub(crate) deadline: Deadline,
}

impl Searcher {
    /// Prepares the query, with its notices.
    pub(crate) fn prepare(
        &self,
        request: &SearchRequest,
    ) -> Result<(ParsedQuery, Prepared), SearchError> {
        let (mut parsed, prepared) = self.compiled(request)?;
        let unknown = similar_values::unknown_sources(&self.columns, request)?;
        parsed.warnings.extend(unknown);
        Ok((parsed, prepared))
    }

    /// Does as [`Searcher::prepare`], without notices about sources.
    pub(crate) fn compiled(
        &self,
        request: &SearchRequest,
    ) -> Result<(ParsedQuery, Prepared), SearchError> {
        let deadline = Deadline::after(request.timeout);
        let filter = Filter::of(request)?;
        let mut parsed = parse(&request.query, &request.parse_options())?;
        let empty = || QueryError {
            problem: QueryProblem::Empty,
            range: ByteRange::new(0, request.query.len()),
        };
        let plan = self.plan(&parsed.query, request, &mut parsed.warnings)?;
        let plan = plan.ok_or_else(empty)?;
        let ids = self.engine.segment_readers().iter();
        let ids = ids.map(tantivy::SegmentReader::segment_id);
        let columns = ids.zip(self.columns.iter().cloned()).collect();
        let asked_first = filter.for_query(columns);
        let mut query = compile::compile_with(&plan, &request.parts, asked_first, &Tuning::DEFAULT);
        if let Some(fading) = request.fading() {
            query = CompiledQuery::Other(Box::new(RecencyQuery::new(query.into_query(), fading)));
        }
        let prepared = Prepared {
            plan,
            forms: typed_forms(&parsed.query),
            query,
            filter,
            deadline,
        };
        Ok((parsed, prepared))
    }
}
