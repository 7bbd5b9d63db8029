//! Prepares a query: parses it, binds its words to the index and compiles it.

use crate::engine::boosts::recency::RecencyQuery;
use crate::engine::cached_hits::CachedHitsQuery;
use crate::engine::compile;
use crate::engine::compiled_query::CompiledQuery;
use crate::engine::tuning::Tuning;
use crate::plan::Plan;
use crate::plan::expansion::{patterns, shared_prefix};
use crate::query::{ParsedQuery, Query, QueryError, QueryProblem, Warning, parse};
use crate::search::collect::deadline::Deadline;
use crate::search::collect::exact_forms::typed_forms;
use crate::search::columns::filter::Filter;
use crate::search::memory;
use crate::search::request::SearchRequest;
use crate::search::search_error::SearchError;
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
    ) -> Result<Option<Plan>, SearchError> {
        let plan = Plan::remarked(query, request.widening(&self.cache), warnings);
        let Some(mut plan) = plan else {
            return Ok(None);
        };
        warnings.extend(patterns::expand(&mut plan, &self.engine, &self.cache)?);
        memory::bound_patterns(&mut plan, request)?;
        if request.finds_related() {
            shared_prefix::relate(&mut plan, &self.engine, &self.cache)?;
        }
        self.resolve_copies(&mut plan)?;
        if let Some(whole) = &self.whole {
            whole.count_words(&mut plan, &request.parts)?;
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
    /// What hits must meet.
    pub(crate) filter: Filter,
    /// What articles must meet to be counted.
    pub(crate) counted: Filter,
    /// How many hits are copies of an earlier one, where that matters.
    pub(crate) copies: Option<u64>,
    /// Whether the query replays hits that were found before.
    pub(crate) is_cached: bool,
    pub(crate) deadline: Deadline,
}

impl Searcher {
    /// Prepares the query, with its notices.
    pub(crate) fn prepare(
        &self,
        request: &SearchRequest,
    ) -> Result<(ParsedQuery, Prepared), SearchError> {
        let (mut parsed, prepared) = self.compiled(request)?;
        if self.whole.is_some() {
            return Ok((parsed, prepared));
        }
        if self.engine.num_docs() == 0 {
            parsed.warnings.push(Warning::EmptyIndex);
            return Ok((parsed, prepared));
        }
        let unknown = similar_values::unknown_values(&self.columns, request)?;
        parsed.warnings.extend(unknown);
        Ok((parsed, prepared))
    }

    /// Finds all hits of a query that reads positions, so that they are read once.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn cache_hits(&self, prepared: &mut Prepared) -> tantivy::Result<()> {
        if prepared.plan.reads_positions() && !prepared.is_cached {
            let is_over = || prepared.deadline.is_over();
            let hits = CachedHitsQuery::run(&prepared.query, &self.engine, is_over)?;
            prepared.query = CompiledQuery::Other(Box::new(hits));
            prepared.is_cached = true;
        }
        Ok(())
    }

    /// Does as [`Searcher::prepare`], without notices about values that no article has.
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
        let mut prepared = Prepared {
            counted: filter.clone(),
            copies: None,
            is_cached: false,
            plan,
            forms: typed_forms(&parsed.query),
            query,
            filter,
            deadline,
        };
        self.leave_out_repeats(&mut prepared, request)?;
        Ok((parsed, prepared))
    }
}
