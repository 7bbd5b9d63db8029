//! A request translated for the cluster.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::ordered::Ordered;
use crate::cluster::request::Translated;
use crate::cluster::request::conditions::filter;
use crate::cluster::request::matching::matching;
use crate::cluster::request::scoring::scored;
use crate::error::{ClusterProblem, Error};
use crate::plan::Plan;
use crate::plan::cache::word_cache::WordCache;
use crate::query::field::Column;
use crate::query::{Notice, ParsedQuery, QueryError, QueryProblem, Warning, parse};
use crate::search::columns::filter::Filter;
use crate::search::notices::notices_of;
use crate::search::pages::cursor::question as fingerprint;
use crate::search::{FacetField, SearchError, SearchRequest, Sort};
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
        let filtered = filtered(request)?;
        let found = matching(&plan, &request.parts, index)?;
        let mut found = Translated::all(vec![filtered.clone(), found]);
        // Which of them are copies of others our own engine sees.
        found.is_exact &= !request.wants_copies();
        Ok(Self {
            parsed,
            plan,
            found,
            filtered,
        })
    }

    /// Returns the articles of `request` in the order in which the cluster gives them.
    pub(crate) fn ordered(&self, request: &SearchRequest) -> Ordered {
        let query = scored(&self.plan, request, &self.found.query);
        Ordered::new(query, Self::sort(request), self.fingerprint(request))
    }

    /// Returns the keys of that order.
    pub(crate) fn sort(request: &SearchRequest) -> Value {
        let by_date = |order: &str| json!({"published_at": {"order": order, "missing": "_last"}});
        let mut order = match request.sort {
            Sort::Score => vec![json!({"_score": "desc"}), by_date("desc")],
            Sort::Oldest => vec![by_date("asc")],
            Sort::Newest => vec![by_date("desc")],
        };
        // As in a folder; the key tells also those apart whose ids are too long to be indexed.
        order.extend(["id", "collection", "key"].map(|field| json!({field: "asc"})));
        Value::Array(order)
    }

    /// Returns what tells it from questions whose hits differ or stand in another order.
    pub(crate) fn fingerprint(&self, request: &SearchRequest) -> u64 {
        fingerprint(request, &self.parsed.query.to_string())
    }

    /// Returns the notices of an answer whose articles have this number of estimated dates.
    pub(crate) fn notices(&self, request: &SearchRequest, estimates: u64) -> Vec<Notice> {
        notices_of(&self.parsed, false, request, estimates)
    }
}

/// Returns which articles the filters of `request` let through.
///
/// # Errors
/// As [`Question::of`].
pub(crate) fn filtered(request: &SearchRequest) -> Result<Translated, SearchError> {
    let mut filtered = filter(request)?;
    filtered.is_exact &= !request.unique;
    Ok(filtered)
}

/// Fails where who published first is asked, which takes all prints of a text, those too that do
/// not match.
///
/// # Errors
/// [`ClusterProblem::Unsupported`].
pub(crate) fn refuse_first_publisher(
    columns: impl IntoIterator<Item = Column>,
) -> Result<(), Error> {
    let mut columns = columns.into_iter();
    if columns.any(|column| column == Column::FirstPublisher) {
        let what = "first_publisher";
        return Err(ClusterProblem::Unsupported { what }.into());
    }
    Ok(())
}

fn refuse_unsupported(request: &SearchRequest) -> Result<(), SearchError> {
    for (is_asked, what) in [
        (request.explain, "--explain"),
        (request.accept_suggestions, "--accept-suggestions"),
    ] {
        if is_asked {
            return Err(Error::from(ClusterProblem::Unsupported { what }).into());
        }
    }
    let fields = request.facets.fields.iter();
    Ok(refuse_first_publisher(fields.filter_map(
        |field| match field {
            FacetField::Column(column) => Some(*column),
            FacetField::Period(_) => None,
        },
    ))?)
}
