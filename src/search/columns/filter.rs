//! Filters by date, by whether it is known, and by source.

use crate::date::day_number;
use crate::date::zone::Zone;
use crate::engine::filters::doc_filter::DocFilter;
use crate::plan::article_set::ArticleSet;
use crate::search::columns::Columns;
use crate::search::request::{SearchError, SearchRequest};
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

/// The conditions of a request that concern no word.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Days since 1970-01-01, both included.
    days: Option<(i64, i64)>,
    zone: Zone,
    sources: Vec<String>,
    has_known_dates_only: bool,
    /// Articles that are copies of an earlier hit.
    left_out: Option<ArticleSet>,
}

impl Filter {
    /// Reads the conditions of `request`. A date bounds by its whole period: `--to 2026-01`
    /// includes all of January.
    ///
    /// # Errors
    /// [`SearchError::EmptyPeriod`].
    pub(crate) fn of(request: &SearchRequest) -> Result<Self, SearchError> {
        let days = match (request.from, request.to) {
            (None, None) => None,
            (from, to) => {
                let first = from.map_or(i64::MIN, |date| day_number(date.first_day()));
                let last = to.map_or(i64::MAX, |date| day_number(date.last_day()));
                if let (Some(from), Some(to)) = (from, to)
                    && first > last
                {
                    return Err(SearchError::EmptyPeriod { from, to });
                }
                Some((first, last))
            }
        };
        Ok(Self {
            days,
            zone: request.zone.clone(),
            sources: request.sources.clone(),
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
        self.days.is_none()
            && self.sources.is_empty()
            && !self.has_known_dates_only
            && self.left_out.is_none()
    }

    /// Binds the conditions to a segment.
    ///
    /// # Errors
    /// Where its columns cannot be read.
    pub(crate) fn bind<'a>(&'a self, columns: &'a Columns) -> tantivy::Result<BoundFilter<'a>> {
        let sources = if self.sources.is_empty() {
            None
        } else {
            let mut ordinals = HashSet::new();
            if let Some(column) = columns.sources() {
                for source in &self.sources {
                    ordinals.extend(column.dictionary().term_ord(source.as_bytes())?);
                }
            }
            Some(ordinals)
        };
        Ok(BoundFilter {
            columns,
            days: self.days,
            zone: &self.zone,
            sources,
            has_known_dates_only: self.has_known_dates_only,
            left_out: self
                .left_out
                .as_ref()
                .map_or(&[], |articles| articles.of_segment(columns.segment)),
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
    days: Option<(i64, i64)>,
    zone: &'a Zone,
    sources: Option<HashSet<u64>>,
    has_known_dates_only: bool,
    /// In order.
    left_out: &'a [DocId],
}

impl BoundFilter<'_> {
    /// Returns whether an article meets the conditions. One that is known to a year or month only
    /// meets a condition on dates if its whole period does; one without a date meets none.
    pub(crate) fn accepts(&self, doc: DocId) -> bool {
        let is_in_time = self.days.is_none_or(|(first, last)| {
            let known = self.columns.days(doc, self.zone);
            known.is_some_and(|(first_day, last_day)| first_day >= first && last_day <= last)
        });
        is_in_time
            && self.left_out.binary_search(&doc).is_err()
            && !(self.has_known_dates_only && self.columns.is_estimate(doc))
            && self.sources.as_ref().is_none_or(|wanted| {
                self.columns.sources().is_some_and(|column| {
                    column
                        .term_ords(doc)
                        .any(|ordinal| wanted.contains(&ordinal))
                })
            })
    }
}
