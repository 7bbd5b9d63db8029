//! Counts by value and period of one query.

use crate::date::zone::Zone;
use crate::query::field::Column;
use crate::search::columns::Columns;
use crate::search::facets::facet_fields::PeriodCounts;
use crate::search::request::Period;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use tantivy::DocId;
use tantivy::columnar::StrColumn;

/// Counts by value and period.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// How many articles; with several values each, fewer than all lines together.
    pub(crate) total: u64,
    /// Articles whose date is an estimate, where days are counted.
    pub(crate) estimates: u64,
    pub(crate) lines: HashMap<Option<String>, Line>,
}

#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) total: u64,
    pub(crate) periods: PeriodCounts,
}

impl Grid {
    /// Makes it of how often each value and days stand together; without a period days do not
    /// count.
    #[cfg_attr(
        not(feature = "opensearch"),
        expect(dead_code, reason = "only a cluster counts elsewhere")
    )]
    pub(crate) fn of(
        total: u64,
        estimates: u64,
        period: Option<Period>,
        cells: impl IntoIterator<Item = (Option<String>, Option<(i64, i64)>, u64)>,
    ) -> Self {
        let mut grid = Self {
            total,
            estimates: if period.is_some() { estimates } else { 0 },
            lines: HashMap::new(),
        };
        for (value, days, count) in cells {
            let ordinal = days.zip(period);
            let ordinal = ordinal.and_then(|(days, period)| period.of_days(days));
            grid.lines
                .entry(value)
                .or_default()
                .add(ordinal, period, count);
        }
        grid
    }

    pub(crate) fn undivided(total: u64) -> Self {
        let periods = PeriodCounts::default();
        Self {
            total,
            estimates: 0,
            lines: [(None, Line { total, periods })].into(),
        }
    }
}

impl Line {
    /// Adds articles of the period called `ordinal`, or of none.
    fn add(&mut self, ordinal: Option<i64>, period: Option<Period>, count: u64) {
        self.total += count;
        match ordinal {
            Some(ordinal) => *self.periods.counts.entry(ordinal).or_default() += count,
            None if period.is_some() => self.periods.undated += count,
            None => {}
        }
    }
}

/// Counts by value and period in one segment, values as the ordinals of their column.
pub(crate) struct Cells<'a> {
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
    pub(crate) fn new(
        columns: &'a Columns,
        zone: &'a Zone,
        column: Option<Column>,
        period: Option<Period>,
    ) -> Self {
        Self {
            columns,
            values: column.and_then(|column| columns.text(column)),
            zone,
            period,
            periods: FxHashMap::default(),
            total: 0,
            estimates: 0,
            counts: FxHashMap::default(),
        }
    }

    pub(crate) fn count(&mut self, doc: DocId) {
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

    pub(crate) fn add_to(self, grid: &mut Grid) -> tantivy::Result<()> {
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
            line.add(period, self.period, count);
        }
        Ok(())
    }
}
