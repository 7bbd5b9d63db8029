//! Counts of several queries side by side: by time, by a field, by both. Their JSON is described by
//! `index-schema/counts-response.v1.schema.json`.

use crate::locale::Locale;
use crate::query::field::Column;
use crate::query::options::setters;
use crate::query::{Notice, ParsedQuery, Warning};
use crate::search::columns::filter::Filter;
use crate::search::facets::FacetCounter;
use crate::search::facets::grid::{Cells, Grid, Line};
use crate::search::facets::shares::share;
use crate::search::prepare::Prepared;
use crate::search::request::{Buckets, Period, SearchRequest};
use crate::search::response::RESPONSE_VERSION;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use serde::Serialize;
use std::time::{Duration, Instant};
use tantivy::DocId;
use tantivy::query::EnableScoring;

/// What to count of several queries.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountsRequest {
    /// The queries.
    pub queries: Vec<NamedQuery>,
    /// How each of them is asked; its own query does not count. Its timeline says by which periods
    /// to count, and its facets whether shares are wanted.
    pub request: SearchRequest,
    /// The field to count by too.
    pub column: Option<Column>,
}

impl CountsRequest {
    /// Asks each of `queries` in the way of `request`.
    pub fn new(queries: Vec<NamedQuery>, request: SearchRequest) -> Self {
        Self {
            queries,
            request,
            column: None,
        }
    }

    setters! {
        queries: Vec<NamedQuery>,
        request: SearchRequest,
        column: Option<Column>,
    }
}

impl CountsRequest {
    /// Returns the length of the periods, where it is known.
    pub(crate) fn period(&self) -> Option<Period> {
        match self.request.timeline {
            Some(Buckets::Each(period)) => Some(period),
            _ => None,
        }
    }
}

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedQuery {
    /// The name that the answer gives it.
    pub name: String,
    /// The query.
    pub query: String,
}

impl QueryCounts {
    /// Begins with what a query was understood as.
    pub(crate) fn begin(named: &NamedQuery, parsed: &ParsedQuery, locale: Locale) -> Self {
        let notices = parsed.warnings.iter().map(|warning| warning.notice(locale));
        Self {
            name: named.name.clone(),
            query: named.query.clone(),
            understood: parsed.query.to_string(),
            total: 0,
            notices: notices.collect(),
            series: Vec::new(),
        }
    }

    /// Takes in how many articles were counted.
    pub(crate) fn count(&mut self, grid: &Grid, locale: Locale) {
        self.total = grid.total;
        if grid.estimates > 0 {
            let count = grid.estimates;
            let warning = Warning::EstimatedDates { count };
            self.notices.push(warning.notice(locale));
        }
    }
}

/// Why one of several queries got no answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedQuery {
    /// Its place among the queries, from 0.
    pub ordinal: usize,
    /// What is wrong.
    pub error: SearchError,
}

/// The counts of several queries.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CountsResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// Time taken, in milliseconds.
    pub took_ms: f64,
    /// Length of a period: year, quarter, month, week or day; null if it was not asked for.
    pub by: Option<&'static str>,
    /// The field counted by; null if none was asked for.
    pub facet: Option<&'static str>,
    /// The zone whose days are meant.
    pub time_zone: String,
    /// Every period from the first in which a query has articles to the last.
    pub periods: Vec<String>,
    /// The queries, in the order in which they were asked.
    pub queries: Vec<QueryCounts>,
}

/// The counts of one query.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct QueryCounts {
    /// Its name; where it was given none, the query.
    pub name: String,
    /// The query as it was typed.
    pub query: String,
    /// The query as it was understood.
    pub understood: String,
    /// How many articles match.
    pub total: u64,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// One for each value of the field, the most first, and one for articles without a value; a
    /// single one where no field was asked for.
    pub series: Vec<Series>,
}

/// Counts by time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Series {
    /// The value of the field; null for articles without one, and where no field was asked for.
    pub value: Option<String>,
    /// How many articles.
    pub total: u64,
    /// Those among them whose date is not known so exactly; 0 where no periods were asked for.
    pub undated: u64,
    /// How many articles in each period of `periods`.
    pub counts: Vec<u64>,
    /// Which part they are of all articles of that period and value, from 0 to 1; null if it was
    /// not asked for.
    pub shares: Option<Vec<f64>>,
}

impl CountsResponse {
    /// Returns how many articles all queries found, one that several found as often.
    pub fn total(&self) -> u64 {
        self.queries.iter().map(|query| query.total).sum()
    }
}

/// What counts the articles of a query: an index in a folder, or one in a cluster.
pub(crate) trait Counting {
    /// Counts the articles of a request by time.
    fn counter(&self, request: &SearchRequest) -> Result<FacetCounter, SearchError>;

    /// Counts the articles of a query in the way that is asked for; its series are still missing.
    fn counts_of(
        &self,
        named: &NamedQuery,
        asked: &CountsRequest,
        time_left: Option<Duration>,
    ) -> Result<(QueryCounts, Grid), SearchError>;

    /// Counts all articles with the dates and sources that are asked for.
    fn grid_of_all(&self, asked: &CountsRequest) -> Result<Grid, SearchError>;
}

/// Counts the articles of several queries.
///
/// # Errors
/// Every query that cannot be understood, and not only the first.
pub(crate) fn counts(
    index: &dyn Counting,
    asked: &CountsRequest,
) -> Result<CountsResponse, Vec<FailedQuery>> {
    let started = Instant::now();
    let asked = &with_period(index, asked, started)?;
    let mut failed = Vec::new();
    let mut grids = Vec::with_capacity(asked.queries.len());
    for (ordinal, query) in asked.queries.iter().enumerate() {
        match index.counts_of(query, asked, time_left(asked, started)) {
            Ok(counts) => grids.push(counts),
            Err(error) => failed.push(FailedQuery { ordinal, error }),
        }
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    let all = if asked.request.facets.has_shares {
        let all = index.grid_of_all(asked);
        Some(all.map_err(|error| vec![FailedQuery { ordinal: 0, error }])?)
    } else {
        None
    };
    let mut response = compared(grids, all.as_ref(), asked);
    response.took_ms = started.elapsed().as_secs_f64() * 1_000.0;
    Ok(response)
}

/// Returns the same question with the length of its periods, one for all queries. Where it was
/// left open, finding it costs another pass.
fn with_period(
    index: &dyn Counting,
    asked: &CountsRequest,
    started: Instant,
) -> Result<CountsRequest, Vec<FailedQuery>> {
    let Some(buckets @ Buckets::Fitting) = asked.request.timeline else {
        return Ok(asked.clone());
    };
    let mut counters = Vec::with_capacity(asked.queries.len());
    let mut failed = Vec::new();
    for (ordinal, query) in asked.queries.iter().enumerate() {
        let request = asked.request.clone().query(query.query.clone());
        match index.counter(&request.timeout(time_left(asked, started))) {
            Ok(counted) => counters.push(counted),
            Err(error) => failed.push(FailedQuery { ordinal, error }),
        }
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    let period = buckets.period(&counters);
    let request = asked.request.clone().timeline(Some(period));
    Ok(asked.clone().request(request))
}

impl Counting for Searcher {
    fn counter(&self, request: &SearchRequest) -> Result<FacetCounter, SearchError> {
        let (_, prepared) = self.prepare(request)?;
        let counter = self.count_facets(&prepared, request)?;
        prepared.deadline.check()?;
        Ok(counter)
    }

    fn counts_of(
        &self,
        named: &NamedQuery,
        asked: &CountsRequest,
        time_left: Option<Duration>,
    ) -> Result<(QueryCounts, Grid), SearchError> {
        let request = SearchRequest {
            query: named.query.clone(),
            timeout: time_left,
            ..asked.request.clone()
        };
        let (parsed, prepared) = self.prepare(&request)?;
        let mut counts = QueryCounts::begin(named, &parsed, request.locale);
        let grid = if request.timeline.is_none() && asked.column.is_none() {
            Grid::undivided(self.hit_count(&prepared)?)
        } else {
            self.grid(&prepared, asked)?
        };
        prepared.deadline.check()?;
        counts.count(&grid, request.locale);
        Ok((counts, grid))
    }

    /// Counts all articles with the dates and sources that were asked for.
    fn grid_of_all(&self, asked: &CountsRequest) -> Result<Grid, SearchError> {
        let mut filter = Filter::of(&asked.request)?;
        if asked.request.unique {
            filter.leave_out(self.repeats_of_all(&filter)?);
        }
        let mut grid = Grid::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = filter.bind(columns)?;
            let mut cells = Cells::new(columns, &asked.request.zone, asked.column, asked.period());
            for doc in reader.doc_ids_alive().filter(|doc| filter.accepts(*doc)) {
                cells.count(doc);
            }
            cells.add_to(&mut grid)?;
        }
        Ok(grid)
    }
}

/// Returns what is left of the time that all queries have together.
fn time_left(asked: &CountsRequest, started: Instant) -> Option<Duration> {
    let limit = asked.request.timeout?;
    Some(limit.saturating_sub(started.elapsed()))
}

impl Searcher {
    /// Counts the articles of several queries. Each costs one pass over its articles, without
    /// scores. The time limit of the request holds for all of them together.
    ///
    /// # Errors
    /// Every query that cannot be understood, and not only the first; [`SearchError::TimeOver`].
    pub fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>> {
        counts(self, asked)
    }

    fn grid(&self, prepared: &Prepared, asked: &CountsRequest) -> tantivy::Result<Grid> {
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        let mut grid = Grid::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.counted.bind(columns)?;
            let mut cells = Cells::new(columns, &asked.request.zone, asked.column, asked.period());
            weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                if prepared.deadline.is_over() {
                    return;
                }
                for &doc in docs {
                    if !reader.is_deleted(doc) && filter.accepts(doc) {
                        cells.count(doc);
                    }
                }
            })?;
            cells.add_to(&mut grid)?;
        }
        Ok(grid)
    }
}

/// Puts the counts of all queries on the same periods.
fn compared(
    grids: Vec<(QueryCounts, Grid)>,
    all: Option<&Grid>,
    asked: &CountsRequest,
) -> CountsResponse {
    let used = |(_, grid): &(QueryCounts, Grid)| {
        let lines = grid.lines.values();
        let ordinals = lines.flat_map(|line| line.periods.counts.keys().copied());
        ordinals.clone().min().zip(ordinals.max())
    };
    let span = grids.iter().filter_map(used);
    let span = span.reduce(|(first, last), (a, b)| (first.min(a), last.max(b)));
    let ordinals: Vec<i64> = span.map_or_else(Vec::new, |(first, last)| (first..=last).collect());
    let series = |(value, line): (Option<String>, Line)| {
        let counts = ordinals.iter().map(|ordinal| line.periods.of(*ordinal));
        let counts: Vec<u64> = counts.collect();
        let shares = all.map(|all| {
            let all = all.lines.get(&value);
            let all = |ordinal: i64| all.map_or(0, |line| line.periods.of(ordinal));
            let shares = counts.iter().zip(&ordinals);
            shares
                .map(|(count, ordinal)| share(*count, all(*ordinal)))
                .collect()
        });
        Series {
            total: line.total,
            undated: line.periods.undated,
            value,
            counts,
            shares,
        }
    };
    let filled = |(mut query, mut grid): (QueryCounts, Grid)| {
        if asked.column.is_none() {
            grid.lines.entry(None).or_default();
        }
        query.series = grid.lines.into_iter().map(series).collect();
        query.series.sort_unstable_by(|a, b| {
            let rank = |series: &Series| (series.value.is_none(), u64::MAX - series.total);
            rank(a).cmp(&rank(b)).then_with(|| a.value.cmp(&b.value))
        });
        query
    };
    let name = |period: Period| ordinals.iter().map(move |ordinal| period.name_of(*ordinal));
    let periods = asked.period().map(name);
    CountsResponse {
        schema_version: RESPONSE_VERSION,
        took_ms: 0.0,
        by: asked.period().map(Period::name),
        facet: asked.column.map(Column::name),
        time_zone: asked.request.zone.name().to_owned(),
        periods: periods.into_iter().flatten().collect(),
        queries: grids.into_iter().map(filled).collect(),
    }
}
