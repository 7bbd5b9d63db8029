//! Counts of several queries side by side: by time, by a field, by both. Their JSON is described by
//! `index-schema/counts-response.v1.schema.json`.

use crate::date::zone::Zone;
use crate::query::field::Column;
use crate::query::options::setters;
use crate::query::{Notice, Warning};
use crate::search::columns::Columns;
use crate::search::columns::filter::Filter;
use crate::search::facets::facet_fields::PeriodCounts;
use crate::search::facets::shares::share;
use crate::search::prepare::Prepared;
use crate::search::request::{Buckets, Period, SearchRequest};
use crate::search::response::RESPONSE_VERSION;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};
use tantivy::DocId;
use tantivy::columnar::StrColumn;
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
    fn period(&self) -> Option<Period> {
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

impl Searcher {
    /// Counts the articles of several queries. Each costs one pass over its articles, without
    /// scores. The time limit of the request holds for all of them together.
    ///
    /// # Errors
    /// Every query that cannot be understood, and not only the first; [`SearchError::TimeOver`].
    pub fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>> {
        let started = Instant::now();
        let asked = self.with_period(asked, started)?;
        let mut failed = Vec::new();
        let mut grids = Vec::with_capacity(asked.queries.len());
        for (ordinal, query) in asked.queries.iter().enumerate() {
            match self.counts_of(query, &asked, time_left(&asked, started)) {
                Ok(counts) => grids.push(counts),
                Err(error) => failed.push(FailedQuery { ordinal, error }),
            }
        }
        if !failed.is_empty() {
            return Err(failed);
        }
        let all = if asked.request.facets.has_shares {
            let all = self.grid_of_all(&asked);
            Some(all.map_err(|error| vec![FailedQuery { ordinal: 0, error }])?)
        } else {
            None
        };
        let mut response = compared(grids, all.as_ref(), &asked);
        response.took_ms = started.elapsed().as_secs_f64() * 1_000.0;
        Ok(response)
    }

    /// Returns the same question with the length of its periods, one for all queries. Where it was
    /// left open, finding it costs another pass.
    fn with_period(
        &self,
        asked: &CountsRequest,
        started: Instant,
    ) -> Result<CountsRequest, Vec<FailedQuery>> {
        let Some(buckets @ Buckets::Fitting) = asked.request.timeline else {
            return Ok(asked.clone());
        };
        let mut counters = Vec::with_capacity(asked.queries.len());
        let mut failed = Vec::new();
        for (ordinal, query) in asked.queries.iter().enumerate() {
            let left = time_left(asked, started);
            let request = asked.request.clone().query(query.query.clone());
            let request = request.timeout(left);
            let counted = self.prepare(&request).and_then(|(_, prepared)| {
                let counter = self.count_facets(&prepared, &request)?;
                prepared.deadline.check()?;
                Ok(counter)
            });
            match counted {
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
        let notice = |warning: &Warning| warning.notice(request.locale);
        let mut counts = QueryCounts {
            name: named.name.clone(),
            query: named.query.clone(),
            understood: parsed.query.to_string(),
            total: 0,
            notices: parsed.warnings.iter().map(notice).collect(),
            series: Vec::new(),
        };
        let grid = if request.timeline.is_none() && asked.column.is_none() {
            Grid::undivided(self.hit_count(&prepared)?)
        } else {
            self.grid(&prepared, asked)?
        };
        prepared.deadline.check()?;
        counts.total = grid.total;
        if grid.estimates > 0 {
            let count = grid.estimates;
            counts
                .notices
                .push(notice(&Warning::EstimatedDates { count }));
        }
        Ok((counts, grid))
    }

    fn grid(&self, prepared: &Prepared, asked: &CountsRequest) -> tantivy::Result<Grid> {
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        let mut grid = Grid::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.counted.bind(columns)?;
            let mut cells = Cells::new(columns, asked);
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

    /// Counts all articles with the dates and sources that were asked for.
    fn grid_of_all(&self, asked: &CountsRequest) -> Result<Grid, SearchError> {
        let mut filter = Filter::of(&asked.request)?;
        if asked.request.unique {
            filter.leave_out(self.repeats_of_all(&filter)?);
        }
        let mut grid = Grid::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = filter.bind(columns)?;
            let mut cells = Cells::new(columns, asked);
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

/// Counts by value and period.
#[derive(Debug, Default)]
struct Grid {
    /// How many articles; with several values each, fewer than all lines together.
    total: u64,
    /// Articles whose date is an estimate, where days are counted.
    estimates: u64,
    lines: HashMap<Option<String>, Line>,
}

#[derive(Debug, Default)]
struct Line {
    total: u64,
    periods: PeriodCounts,
}

impl Grid {
    fn undivided(total: u64) -> Self {
        let periods = PeriodCounts::default();
        Self {
            total,
            estimates: 0,
            lines: [(None, Line { total, periods })].into(),
        }
    }
}

/// Counts by value and period in one segment, values as the ordinals of their column.
struct Cells<'a> {
    columns: &'a Columns,
    values: Option<&'a StrColumn>,
    zone: &'a Zone,
    period: Option<Period>,
    /// The period of each day that occurred: it costs more to find than to look up.
    periods: FxHashMap<(i64, i64), Option<i64>>,
    total: u64,
    estimates: u64,
    counts: FxHashMap<(Option<u64>, Option<i64>), u64>,
}

impl<'a> Cells<'a> {
    fn new(columns: &'a Columns, asked: &'a CountsRequest) -> Self {
        Self {
            columns,
            values: asked.column.and_then(|column| columns.text(column)),
            zone: &asked.request.zone,
            period: asked.period(),
            periods: FxHashMap::default(),
            total: 0,
            estimates: 0,
            counts: FxHashMap::default(),
        }
    }

    fn count(&mut self, doc: DocId) {
        self.total += 1;
        let is_estimate = self.period.is_some() && self.columns.is_estimate(doc);
        self.estimates += u64::from(is_estimate);
        let days = self.period.and_then(|_| self.columns.days(doc, self.zone));
        let period = days.zip(self.period).and_then(|(days, period)| {
            let known = self.periods.entry(days);
            *known.or_insert_with(|| period.of_days(days))
        });
        let mut has_value = false;
        for ordinal in self.values.iter().flat_map(|values| values.term_ords(doc)) {
            *self.counts.entry((Some(ordinal), period)).or_default() += 1;
            has_value = true;
        }
        if !has_value {
            *self.counts.entry((None, period)).or_default() += 1;
        }
    }

    fn add_to(self, grid: &mut Grid) -> tantivy::Result<()> {
        grid.total += self.total;
        grid.estimates += self.estimates;
        let cells: BTreeMap<(Option<u64>, Option<i64>), u64> = self.counts.into_iter().collect();
        for ((ordinal, period), count) in cells {
            let mut value = None;
            if let Some((values, ordinal)) = self.values.zip(ordinal) {
                let mut text = String::new();
                values.ord_to_str(ordinal, &mut text)?;
                value = Some(text);
            }
            let line = grid.lines.entry(value).or_default();
            line.total += count;
            match period {
                Some(period) => *line.periods.counts.entry(period).or_default() += count,
                None if self.period.is_some() => line.periods.undated += count,
                None => {}
            }
        }
        Ok(())
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
