//! Counts all matching articles by source and by time.

use super::columns::Columns;
use super::request::Period;
use super::response::{FacetCount, Facets, Timeline, TimelineBucket};
use crate::date::day_of;
use std::collections::{BTreeMap, HashMap};
use tantivy::{DocId, Result};

/// Days on both sides of 1970 that are counted in a plain list; enough for the years 1000 to 2262.
const MAX_DAYS: i64 = 366 * 1_300;

/// The counts so far.
#[derive(Debug)]
pub struct FacetCounter {
    period: Option<Period>,
    total: u64,
    days: DayCounts,
    /// By the first day of a period longer than a day.
    longer: BTreeMap<(i64, i64), u64>,
    undated: u64,
    sources: HashMap<String, u64>,
    without_source: u64,
}

impl FacetCounter {
    /// Starts counting, by `period` if a timeline is wanted.
    pub fn new(period: Option<Period>) -> Self {
        Self {
            period,
            total: 0,
            days: DayCounts::default(),
            longer: BTreeMap::new(),
            undated: 0,
            sources: HashMap::new(),
            without_source: 0,
        }
    }

    /// Starts with a segment.
    pub fn segment<'a>(&'a mut self, columns: &'a Columns) -> SegmentCounter<'a> {
        let terms = columns.sources().map_or(0, |column| column.num_terms());
        SegmentCounter {
            counter: self,
            columns,
            by_ordinal: vec![0; terms],
        }
    }

    /// Returns how many articles were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns the counts.
    pub fn finish(self) -> Facets {
        let timeline = self.period.map(|period| self.timeline(period));
        Facets {
            timeline,
            source: by_count(self.sources),
            without_source: self.without_source,
        }
    }

    fn timeline(&self, period: Period) -> Timeline {
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        let mut undated = self.undated;
        for (day, count) in self.days.iter() {
            *counts.entry(ordinal_of(day, period)).or_default() += count;
        }
        for (&(first, last), &count) in &self.longer {
            let ordinal = ordinal_of(first, period);
            if period != Period::Day && ordinal == ordinal_of(last, period) {
                *counts.entry(ordinal).or_default() += count;
            } else {
                undated += count;
            }
        }
        let span = counts
            .first_key_value()
            .map(|(first, _)| *first)
            .zip(counts.last_key_value().map(|(last, _)| *last));
        let ordinals = span.map_or_else(Vec::new, |(first, last)| (first..=last).collect());
        let bucket = |ordinal: i64| TimelineBucket {
            period: name_of(ordinal, period),
            count: counts.get(&ordinal).copied().unwrap_or(0),
        };
        Timeline {
            by: period.name(),
            buckets: ordinals.into_iter().map(bucket).collect(),
            undated,
        }
    }
}

/// Returns counts in order, the most first and equal ones by name.
pub fn by_count(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts
        .into_iter()
        .map(|(value, count)| FacetCount { value, count })
        .collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// Numbers the periods so that neighbours differ by one.
fn ordinal_of(day: i64, period: Period) -> i64 {
    match (period, day_of(day)) {
        (Period::Day, _) | (_, None) => day,
        (Period::Month, Some(date)) => i64::from(date.year()) * 12 + i64::from(date.month()) - 1,
        (Period::Year, Some(date)) => i64::from(date.year()),
    }
}

fn name_of(ordinal: i64, period: Period) -> String {
    match period {
        Period::Day => day_of(ordinal)
            .map(|date| date.to_string())
            .unwrap_or_default(),
        Period::Month => format!(
            "{:04}-{:02}",
            ordinal.div_euclid(12),
            ordinal.rem_euclid(12) + 1
        ),
        Period::Year => format!("{ordinal:04}"),
    }
}

/// Counts in one segment; [`SegmentCounter::finish`] adds them to the whole.
pub struct SegmentCounter<'a> {
    counter: &'a mut FacetCounter,
    columns: &'a Columns,
    by_ordinal: Vec<u64>,
}

impl SegmentCounter<'_> {
    /// Counts an article.
    pub fn count(&mut self, doc: DocId) {
        self.counter.total += 1;
        let source = self
            .columns
            .sources()
            .and_then(|column| column.term_ords(doc).next());
        match source.and_then(|ordinal| self.by_ordinal.get_mut(usize::try_from(ordinal).ok()?)) {
            Some(count) => *count += 1,
            None => self.counter.without_source += 1,
        }
        if self.counter.period.is_none() {
            return;
        }
        match (
            self.columns.first_day.first(doc),
            self.columns.last_day.first(doc),
        ) {
            (Some(first), Some(last)) if first == last => self.counter.days.add(first),
            (Some(first), Some(last)) => {
                *self.counter.longer.entry((first, last)).or_default() += 1;
            }
            _ => self.counter.undated += 1,
        }
    }

    /// Adds the segment's counts to the whole.
    ///
    /// # Errors
    /// Where the names of sources cannot be read.
    pub fn finish(self) -> Result<()> {
        let Some(column) = self.columns.sources() else {
            return Ok(());
        };
        for (ordinal, count) in (0..).zip(self.by_ordinal) {
            if count > 0 {
                let mut name = String::new();
                column.ord_to_str(ordinal, &mut name)?;
                *self.counter.sources.entry(name).or_default() += count;
            }
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
    fn add(&mut self, day: i64) {
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
            *count += 1;
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

    fn counter(period: Period, days: &[(i16, i8, i8)]) -> FacetCounter {
        let mut counter = FacetCounter::new(Some(period));
        for (year, month, day) in days {
            counter
                .days
                .add(day_number(Date::constant(*year, *month, *day)));
        }
        counter
    }

    fn buckets(counter: FacetCounter) -> Vec<(String, u64)> {
        counter
            .finish()
            .timeline
            .unwrap()
            .buckets
            .into_iter()
            .map(|bucket| (bucket.period, bucket.count))
            .collect()
    }

    #[test]
    fn months_without_articles_are_zero_and_not_left_out() {
        let counter = counter(
            Period::Month,
            &[(2026, 2, 1), (2025, 11, 30), (2025, 11, 1)],
        );
        let expected = [
            ("2025-11", 2),
            ("2025-12", 0),
            ("2026-01", 0),
            ("2026-02", 1),
        ];
        assert_eq!(
            buckets(counter),
            expected.map(|(period, count)| (period.to_owned(), count))
        );
    }

    #[test]
    fn years_and_days_are_named_by_their_iso_names() {
        assert_eq!(
            buckets(counter(Period::Year, &[(2024, 1, 1), (2025, 12, 31)])).len(),
            2
        );
        let days = buckets(counter(Period::Day, &[(2025, 12, 31), (2026, 1, 1)]));
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
            (Period::Day, 0, 1),
        ] {
            let mut counter = FacetCounter::new(Some(period));
            counter.longer.insert(year, 1);
            let timeline = counter.finish().timeline.unwrap();
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
