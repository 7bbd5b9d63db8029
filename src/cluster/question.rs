//! A request translated for the cluster.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::request::Translated;
use crate::cluster::request::conditions::filter;
use crate::cluster::request::matching::matching;
use crate::cluster::request::scoring::scored;
use crate::error::{ClusterProblem, Error};
use crate::plan::Plan;
use crate::plan::cache::word_cache::WordCache;
use crate::query::{Notice, ParsedQuery, QueryError, QueryProblem, Warning, parse};
use crate::search::columns::filter::Filter;
use crate::search::notices::notices_of;
use crate::search::{SearchError, SearchRequest, Sort};
use crate::text::ByteRange;
use serde_json::{Value, json};

/// A request, translated.
pub(crate) struct Question {
    pub(crate) parsed: ParsedQuery,
    plan: Plan,
    /// Which articles match, those that are filtered out left aside.
    pub(crate) found: Translated,
    /// Which articles the filters let through, whatever their words.
    pub(crate) filtered: Translated,
}

impl Question {
    /// Translates `request` for `index`.
    ///
    /// # Errors
    /// As [`crate::search::Searcher::search`], and [`ClusterProblem::Unsupported`] where the
    /// cluster cannot answer it.
    pub(crate) fn of(request: &SearchRequest, index: &ClusterIndex) -> Result<Self, SearchError> {
        refuse_unsupported(request)?;
        Filter::of(request)?;
        let mut parsed = parse(&request.query, &request.parse_options())?;
        let cache = WordCache::default();
        let widening = request.widening(&cache);
        let plan = Plan::remarked(&parsed.query, widening, &mut parsed.warnings);
        let plan = plan.ok_or_else(|| QueryError {
            problem: QueryProblem::Empty,
            range: ByteRange::new(0, request.query.len()),
        })?;
        if request.finds_related() {
            parsed.warnings.push(Warning::NoRelatedWords);
        }
        let filtered = filter(request)?;
        let found = matching(&plan, &request.parts, index)?;
        Ok(Self {
            found: Translated::all(vec![filtered.clone(), found]),
            filtered,
            parsed,
            plan,
        })
    }

    /// Returns the query that scores the articles.
    pub(crate) fn scored(&self, request: &SearchRequest) -> Value {
        scored(&self.plan, request, &self.found.query)
    }

    /// Returns the order in which the cluster gives the articles of `request`: none stands at the
    /// place of another.
    pub(crate) fn sort(request: &SearchRequest) -> Value {
        let by_date = |order: &str| json!({"published_at": {"order": order, "missing": "_last"}});
        match request.sort {
            Sort::Score => json!([{"_score": "desc"}, by_date("desc"), {"key": "asc"}]),
            Sort::Oldest => json!([by_date("asc"), {"key": "asc"}]),
            Sort::Newest => json!([by_date("desc"), {"key": "asc"}]),
        }
    }

    /// Returns the notices of an answer whose articles have this number of estimated dates.
    pub(crate) fn notices(&self, request: &SearchRequest, estimates: u64) -> Vec<Notice> {
        notices_of(&self.parsed, false, request, estimates)
    }
}

fn refuse_unsupported(request: &SearchRequest) -> Result<(), SearchError> {
    for (is_asked, what) in [
        (request.collapse, "--collapse"),
        (request.unique, "--unique"),
        (request.cursor.is_some(), "--cursor"),
        (request.explain, "--explain"),
        (request.accept_suggestions, "--accept-suggestions"),
    ] {
        if is_asked {
            return Err(Error::from(ClusterProblem::Unsupported { what }).into());
        }
    }
    Ok(())
}
