//! Filters by date and where it comes from, and by values of columns.

use crate::date::zone::Zone;
use crate::date::{Date, day_number, day_of};
use crate::engine::filters::doc_filter::DocFilter;
use crate::plan::article_set::ArticleSet;
use crate::query::field;
use crate::search::columns::Columns;
use crate::search::request::SearchRequest;
use crate::search::search_error::SearchError;
use jiff::civil;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

/// The conditions of a request that concern no word.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    time: Option<TimeRange>,
    zone: Zone,
    only: Vec<(field::Column, String)>,
    date_sources: Vec<&'static str>,
    is_undated: bool,
    has_known_dates_only: bool,
    /// Articles that are copies of an earlier hit.
    left_out: Option<ArticleSet>,
}

/// When an article must have been published, both ends included.
#[derive(Debug, Clone, Copy)]
struct TimeRange {
    /// Days since 1970-01-01.
    days: (i64, i64),
    /// Seconds since then, where an end is an instant.
    first_second: Option<i64>,
    last_second: Option<i64>,
}

impl TimeRange {
    /// Reads the bounds of `request`. A date bounds by its whole period: `--to 2026-01` includes
    /// all of January. An instant bounds by itself, in whatever zone days are counted.
    fn of(request: &SearchRequest) -> Result<Option<Self>, SearchError> {
        let (from, to) = (request.from, request.to);
        if (from, to) == (None, None) {
            return Ok(None);
        }
        let second = |date: Option<Date>| match date {
            Some(Date::Instant(instant)) => Some(instant.as_second()),
            _ => None,
        };
        let day = |date: Option<Date>, day: fn(&Date) -> civil::Date, open| match date {
            None | Some(Date::Instant(_)) => open,
            Some(date) => day_number(day(&date)),
        };
        let range = Self {
            days: (
                day(from, Date::first_day, i64::MIN),
                day(to, Date::last_day, i64::MAX),
            ),
            first_second: second(from),
            last_second: second(to),
        };
        if let (Some(from), Some(to)) = (from, to)
            && (from.first_day() > to.last_day()
                || range
                    .first_second
                    .zip(range.last_second)
                    .is_some_and(|(first, last)| first > last))
        {
            return Err(SearchError::EmptyPeriod { from, to });
        }
        Ok(Some(range))
    }

    /// Returns whether all of an article's period lies in it.
    fn holds(self, columns: &Columns, doc: DocId, zone: &Zone) -> bool {
        let Some((first, last)) = columns.days(doc, zone) else {
            return false;
        };
        if first < self.days.0 || last > self.days.1 {
            return false;
        }
        let published_at = columns.published_at.first(doc);
        let begins = self
            .first_second
            .is_none_or(|from| published_at >= Some(from));
        begins
            && self
                .last_second
                .is_none_or(|to| last_second(columns, doc).is_some_and(|last| last <= to))
    }
}

/// Returns the last second of the period that an article's date names.
fn last_second(columns: &Columns, doc: DocId) -> Option<i64> {
    let published_at = columns.published_at.first(doc)?;
    let first = day_of(columns.first_day.first(doc)?)?;
    let last = day_of(columns.last_day.first(doc)?)?;
    let is_moment = first == last && Date::Day(first).first_second() != published_at;
    if is_moment {
        // The moment of midnight is kept as the second behind it, to tell it from the day.
        let midnight = Date::Day(first).first_second();
        let is_midnight = published_at == midnight + 1;
        return Some(published_at - i64::from(is_midnight));
    }
    let behind = last.tomorrow().ok()?;
    Some(Date::Day(behind).first_second() - 1)
}

impl Filter {
    /// Reads the conditions of `request`.
    ///
    /// # Errors
    /// [`SearchError::EmptyPeriod`].
    pub(crate) fn of(request: &SearchRequest) -> Result<Self, SearchError> {
        let date_sources = request.date_sources.iter();
        Ok(Self {
            time: TimeRange::of(request)?,
            zone: request.zone.clone(),
            only: request.only.clone(),
            date_sources: date_sources.map(|source| source.as_str()).collect(),
            is_undated: request.undated,
            has_known_dates_only: request.known_dates,
            left_out: None,
        })
    }

    /// Leaves out `articles` too.
    pub(crate) fn leave_out(&mut self, articles: ArticleSet) {
        self.left_out = Some(articles);
    }

    /// Returns whether it leaves out articles that the query itself may have asked for.
    pub(crate) fn leaves_out(&self) -> bool {
        self.left_out.is_some()
    }

    /// Returns the conditions for a query to ask, bound to the `columns` of each segment; `None` if
    /// there are none.
    pub(crate) fn for_query(
        &self,
        columns: Vec<(SegmentId, Arc<Columns>)>,
    ) -> Option<Arc<dyn DocFilter>> {
        let is_needed = !self.is_open();
        let filter = self.clone();
        is_needed.then(|| Arc::new(SegmentFilter { filter, columns }) as Arc<dyn DocFilter>)
    }

    /// Returns whether every article meets the conditions.
    pub(crate) fn is_open(&self) -> bool {
        self.time.is_none()
            && self.only.is_empty()
            && self.date_sources.is_empty()
            && !self.is_undated
            && !self.has_known_dates_only
            && self.left_out.is_none()
    }

    /// Binds the conditions to a segment.
    ///
    /// # Errors
    /// Where its columns cannot be read.
    pub(crate) fn bind<'a>(&'a self, columns: &'a Columns) -> tantivy::Result<BoundFilter<'a>> {
        let mut only: Vec<(field::Column, Wanted<'a>)> = Vec::new();
        for (column, value) in &self.only {
            let known = only.iter().position(|(known, _)| known == column);
            let at = known.unwrap_or_else(|| {
                only.push((*column, Wanted::in_column(columns.text(*column))));
                only.len() - 1
            });
            if let Some((_, wanted)) = only.get_mut(at) {
                wanted.add(value)?;
            }
        }
        let mut wanted: Vec<Wanted<'a>> = only.into_iter().map(|(_, wanted)| wanted).collect();
        if !self.date_sources.is_empty() {
            let mut sources = Wanted::in_column(columns.date_sources());
            for source in &self.date_sources {
                sources.add(source)?;
            }
            wanted.push(sources);
        }
        Ok(BoundFilter {
            columns,
            filter: self,
            wanted,
            left_out: self
                .left_out
                .as_ref()
                .map_or(&[], |articles| articles.of_segment(columns.segment)),
        })
    }
}

/// Values of a column of which an article must have one.
struct Wanted<'a> {
    column: Option<&'a StrColumn>,
    ordinals: HashSet<u64>,
}

impl<'a> Wanted<'a> {
    fn in_column(column: Option<&'a StrColumn>) -> Self {
        Self {
            column,
            ordinals: HashSet::new(),
        }
    }

    fn add(&mut self, value: &str) -> tantivy::Result<()> {
        if let Some(column) = self.column {
            let ordinal = column.dictionary().term_ord(value.as_bytes())?;
            self.ordinals.extend(ordinal);
        }
        Ok(())
    }

    fn has(&self, doc: DocId) -> bool {
        self.column.is_some_and(|column| {
            let mut ordinals = column.term_ords(doc);
            ordinals.any(|ordinal| self.ordinals.contains(&ordinal))
        })
    }
}

/// The conditions with the columns of all segments.
struct SegmentFilter {
    filter: Filter,
    columns: Vec<(SegmentId, Arc<Columns>)>,
}

impl fmt::Debug for SegmentFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.filter.fmt(f)
    }
}

impl DocFilter for SegmentFilter {
    fn bind_to<'a>(
        &'a self,
        reader: &SegmentReader,
    ) -> tantivy::Result<Box<dyn Fn(DocId) -> bool + 'a>> {
        let id = reader.segment_id();
        let Some((_, columns)) = self.columns.iter().find(|(segment, _)| *segment == id) else {
            return Ok(Box::new(|_| true));
        };
        let bound = self.filter.bind(columns)?;
        Ok(Box::new(move |doc| bound.accepts(doc)))
    }
}

/// The conditions, bound to one segment.
pub(crate) struct BoundFilter<'a> {
    columns: &'a Columns,
    filter: &'a Filter,
    wanted: Vec<Wanted<'a>>,
    /// In order.
    left_out: &'a [DocId],
}

impl BoundFilter<'_> {
    /// Returns whether an article meets the conditions. One that is known to a year or month only
    /// meets a condition on dates if its whole period does; one without a date meets none.
    pub(crate) fn accepts(&self, doc: DocId) -> bool {
        let filter = self.filter;
        filter
            .time
            .is_none_or(|time| time.holds(self.columns, doc, &filter.zone))
            && !(filter.is_undated && self.columns.first_day.first(doc).is_some())
            && !(filter.has_known_dates_only && self.columns.is_estimate(doc))
            && self.wanted.iter().all(|wanted| wanted.has(doc))
            && self.left_out.binary_search(&doc).is_err()
    }
}
