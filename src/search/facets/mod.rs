//! Counts all matching articles by source and by time.
//!
//! | module | what it holds |
//! |---|---|
//! | [`collector`] | counts every match in one pass |
//! | [`hit_count`] | only the total |
//! | [`facet_fields`] | counts of one column or period |
//! | [`facet_counts`] | values with counts, shares and queries |
//! | [`shares`] | shares and order of counts |
//! | [`fitting`] | how long the buckets of a timeline are where that is left open |
//! | [`periods`] | days, weeks, months and years |
//! | [`counts`] | several queries side by side |
//! | [`grid`] | one of them, by value and period |
//! | `collections` | what each collection holds |
//! | `summary` | counts over the whole index |

mod collections;
pub(crate) mod collector;
pub(crate) mod counts;
pub(crate) mod facet_counts;
pub(crate) mod facet_fields;
pub(crate) mod fitting;
pub(crate) mod grid;
pub(crate) mod hit_count;
pub(crate) mod periods;
pub(crate) mod shares;
pub(crate) mod summary;

use crate::date::zone::Zone;
use crate::query::field::Column;
use crate::search::columns::Columns;
use crate::search::copies::publishers::FirstPublishers;
use crate::search::facets::facet_fields::{ColumnCounter, PeriodCounts, SegmentColumn};
use crate::search::facets::shares::by_count;
use crate::search::facets::shares::share;
use crate::search::request::{FacetField, FacetRequest, Period};
use crate::search::response::{FacetCount, Timeline, TimelineBucket};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::{DocId, Result};

/// Days on both sides of 1970 that are counted in a plain list; enough for the years 1000 to 2262.
const MAX_DAYS: i64 = 366 * 1_300;

/// The counts so far.
#[derive(Debug)]
pub(crate) struct FacetCounter {
    zone: Zone,
    has_periods: bool,
    /// Sources first, and each once.
    columns: Vec<ColumnCounter>,
    total: u64,
    days: DayCounts,
    /// By the first day of a period longer than a day.
    longer: BTreeMap<(i64, i64), u64>,
    undated: u64,
    /// Articles whose date is an estimate.
    estimates: u64,
}

impl FacetCounter {
    /// Starts counting: by source, by what `facets` asks for, and by time if a timeline is wanted
    /// too.
    pub(crate) fn new(facets: &FacetRequest, zone: &Zone, has_timeline: bool) -> Self {
        let mut columns = vec![ColumnCounter::new(Column::Source)];
        let mut has_periods = has_timeline;
        for field in &facets.fields {
            match field {
                FacetField::Period(_) => has_periods = true,
                FacetField::Column(column) => {
                    if columns.iter().all(|counter| counter.column != *column) {
                        columns.push(ColumnCounter::new(*column));
                    }
                }
            }
        }
        Self {
            zone: zone.clone(),
            has_periods,
            columns,
            total: 0,
            days: DayCounts::default(),
            longer: BTreeMap::new(),
            undated: 0,
            estimates: 0,
        }
    }

    /// Counts by who published first, as these know.
    #[must_use]
    pub(crate) fn with_first_publishers(mut self, publishers: &Arc<FirstPublishers>) -> Self {
        for counter in &mut self.columns {
            if counter.column == Column::FirstPublisher {
                counter.publishers = Some(Arc::clone(publishers));
            }
        }
        self
    }

    /// Makes it of counts from elsewhere: of `total` articles, `estimates` of them with an
    /// estimated date, by the values of each column that is counted, and by days.
    #[cfg_attr(
        not(feature = "opensearch"),
        expect(dead_code, reason = "only a cluster counts elsewhere")
    )]
    pub(crate) fn of_counts(
        mut self,
        (total, estimates): (u64, u64),
        mut by_value: impl FnMut(Column) -> Vec<(Option<String>, u64)>,
        by_days: impl IntoIterator<Item = (Option<(i64, i64)>, u64)>,
    ) -> Self {
        self.total = total;
        self.estimates = estimates;
        for counter in &mut self.columns {
            for (value, count) in by_value(counter.column) {
                match value {
                    Some(value) => *counter.counts.entry(value).or_default() += count,
                    None => counter.without += count,
                }
            }
        }
        for (days, count) in by_days {
            match days {
                Some(days) => self.count_period(days, count),
                None => self.undated += count,
            }
        }
        self
    }

    /// Returns the columns that are counted, and whether days are.
    #[cfg_attr(
        not(feature = "opensearch"),
        expect(dead_code, reason = "only a cluster counts elsewhere")
    )]
    pub(crate) fn wanted(&self) -> (Vec<Column>, bool) {
        let columns = self.columns.iter().map(|counter| counter.column);
        (columns.collect(), self.has_periods)
    }

    /// Starts with a segment.
    pub(crate) fn segment<'a>(&'a mut self, columns: &'a Columns) -> SegmentCounter<'a> {
        let fields = self.columns.iter();
        SegmentCounter {
            fields: fields.map(|field| field.segment(columns)).collect(),
            counter: self,
            columns,
        }
    }

    /// Counts articles of the days from the first to the last.
    fn count_period(&mut self, (first, last): (i64, i64), count: u64) {
        if first == last {
            self.days.add(first, count);
        } else {
            *self.longer.entry((first, last)).or_default() += count;
        }
    }

    /// Returns how many articles had a date, however exact.
    fn dated(&self) -> u64 {
        self.days.counts.iter().chain(self.longer.values()).sum()
    }

    /// Returns how many articles were counted.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Returns how many articles had an estimate for a date.
    pub(crate) fn estimates(&self) -> u64 {
        self.estimates
    }

    /// Returns the counts of a column, if it is the source or one of the facets.
    pub(crate) fn column(&self, column: Column) -> Option<&ColumnCounter> {
        self.columns.iter().find(|counter| counter.column == column)
    }

    /// Returns the counts by source, the most first.
    pub(crate) fn sources(&self) -> Vec<FacetCount> {
        let counts = self.column(Column::Source).map(ColumnCounter::by_value);
        by_count(counts.into_iter().flatten())
    }

    /// Returns how many articles had no source.
    pub(crate) fn without_source(&self) -> u64 {
        let sources = self.column(Column::Source);
        sources.map_or(self.total, ColumnCounter::without)
    }

    /// Returns the counts by period; nothing if no period was to be counted.
    pub(crate) fn by_period(&self, period: Period) -> PeriodCounts {
        let mut by_period = PeriodCounts {
            undated: self.undated,
            ..PeriodCounts::default()
        };
        // Days come in order: a calendar is asked only where a period ends.
        let (mut ordinal, mut last, mut sum) = (0, i64::MIN, 0);
        let mut add = |ordinal, sum| {
            if sum > 0 {
                *by_period.counts.entry(ordinal).or_default() += sum;
            }
        };
        for (day, count) in self.days.iter() {
            if day > last {
                add(ordinal, std::mem::take(&mut sum));
                ordinal = period.ordinal_of(day);
                let days = Some(period).filter(|period| *period != Period::Day);
                let days = days.and_then(|period| period.days_of(ordinal));
                last = days.map_or(day, |days| days.numbers().1);
            }
            sum += count;
        }
        add(ordinal, sum);
        for (&days, &count) in &self.longer {
            match period.of_days(days) {
                Some(ordinal) => *by_period.counts.entry(ordinal).or_default() += count,
                None => by_period.undated += count,
            }
        }
        by_period
    }

    /// Returns the timeline, each bucket with its share of `all` articles where these are given.
    pub(crate) fn timeline(&self, period: Period, all: Option<&Self>) -> Timeline {
        let counts = self.by_period(period);
        let all = all.map(|all| all.by_period(period));
        let bucket = |ordinal: i64| {
            let count = counts.of(ordinal);
            TimelineBucket {
                period: period.name_of(ordinal),
                count,
                share: all.as_ref().map(|all| share(count, all.of(ordinal))),
            }
        };
        Timeline {
            by: period.name(),
            buckets: counts.ordinals().map(bucket).collect(),
            undated: counts.undated,
        }
    }
}

/// Counts in one segment; [`SegmentCounter::finish`] adds them to the whole.
pub(crate) struct SegmentCounter<'a> {
    counter: &'a mut FacetCounter,
    columns: &'a Columns,
    fields: Vec<SegmentColumn<'a>>,
}

impl SegmentCounter<'_> {
    /// Counts articles. Costs least for many at a time.
    pub(crate) fn count(&mut self, docs: &[DocId]) {
        self.counter.total += docs.len() as u64;
        let estimates = docs.iter().filter(|doc| self.columns.is_estimate(**doc));
        self.counter.estimates += estimates.count() as u64;
        for field in &mut self.fields {
            field.count(docs);
        }
        if self.counter.has_periods {
            self.count_days(docs);
        }
    }

    fn count_days(&mut self, docs: &[DocId]) {
        let (mut firsts, mut lasts) = (vec![None; docs.len()], vec![None; docs.len()]);
        self.columns.first_day.first_vals(docs, &mut firsts);
        self.columns.last_day.first_vals(docs, &mut lasts);
        for ((doc, first), last) in docs.iter().zip(firsts).zip(lasts) {
            let known = first.zip(last);
            let days = known.map(|days| self.columns.days_in(*doc, days, &self.counter.zone));
            match days {
                Some(days) => self.counter.count_period(days, 1),
                None => self.counter.undated += 1,
            }
        }
    }

    /// Adds the segment's counts to the whole.
    ///
    /// # Errors
    /// Where the names of sources cannot be read.
    pub(crate) fn finish(self) -> Result<()> {
        for (counter, field) in self.counter.columns.iter_mut().zip(self.fields) {
            counter.add(&field)?;
        }
        Ok(())
    }
}

/// Counts by day in a list that grows at both ends: adding costs no look-up in a tree.
#[derive(Debug, Default)]
struct DayCounts {
    first: i64,
    counts: Vec<u64>,
}

impl DayCounts {
    fn add(&mut self, day: i64, articles: u64) {
        if day.abs() > MAX_DAYS {
            return;
        }
        if self.counts.is_empty() {
            self.first = day;
        }
        if day < self.first {
            let missing = usize::try_from(self.first - day).unwrap_or(0);
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = day;
        }
        let ordinal = usize::try_from(day - self.first).unwrap_or(0);
        if ordinal >= self.counts.len() {
            self.counts.resize(ordinal + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(ordinal) {
            *count += articles;
        }
    }

    fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        (self.first..)
            .zip(self.counts.iter().copied())
            .filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::day_number;
    use jiff::civil::Date;

    fn nothing() -> FacetCounter {
        FacetCounter::new(&FacetRequest::default(), &Zone::default(), true)
    }

    fn counter(days: &[(i16, i8, i8)]) -> FacetCounter {
        let mut counter = nothing();
        for (year, month, day) in days {
            counter
                .days
                .add(day_number(Date::constant(*year, *month, *day)), 1);
        }
        counter
    }

    fn buckets(counter: &FacetCounter, period: Period) -> Vec<(String, u64)> {
        counter
            .timeline(period, None)
            .buckets
            .into_iter()
            .map(|bucket| (bucket.period, bucket.count))
            .collect()
    }

    #[test]
    fn months_without_articles_are_zero_and_not_left_out() {
        let counter = counter(&[(2026, 2, 1), (2025, 11, 30), (2025, 11, 1)]);
        let expected = [
            ("2025-11", 2),
            ("2025-12", 0),
            ("2026-01", 0),
            ("2026-02", 1),
        ];
        assert_eq!(
            buckets(&counter, Period::Month),
            expected.map(|(period, count)| (period.to_owned(), count))
        );
    }

    #[test]
    fn years_and_days_are_named_by_their_iso_names() {
        let years = counter(&[(2024, 1, 1), (2025, 12, 31)]);
        assert_eq!(buckets(&years, Period::Year).len(), 2);
        let days = counter(&[(2025, 12, 31), (2026, 1, 1)]);
        let days = buckets(&days, Period::Day);
        assert_eq!(
            days,
            [("2025-12-31".to_owned(), 1), ("2026-01-01".to_owned(), 1)]
        );
    }

    #[test]
    fn a_bare_year_counts_in_years_and_is_undated_in_months() {
        let year = (
            day_number(Date::constant(2018, 1, 1)),
            day_number(Date::constant(2018, 12, 31)),
        );
        for (period, in_buckets, undated) in [
            (Period::Year, 1, 0),
            (Period::Month, 0, 1),
            (Period::Week, 0, 1),
            (Period::Day, 0, 1),
        ] {
            let mut counter = nothing();
            counter.longer.insert(year, 1);
            let timeline = counter.timeline(period, None);
            assert_eq!(
                timeline
                    .buckets
                    .iter()
                    .map(|bucket| bucket.count)
                    .sum::<u64>(),
                in_buckets
            );
            assert_eq!(timeline.undated, undated);
        }
    }
}
