//! Counts of several queries side by side: as tables, as timelines, as CSV.

use crate::locale::Locale;
use crate::query::Notice;
use crate::render::bars::{clip, padded};
use crate::render::layout::{Layout, MIN_WIDTH_COLUMNS};
use crate::render::sanitize::one_line;
use crate::render::spreadsheet::{Sheet, SheetOptions};
use crate::render::wording::articles;
use crate::render::{timeline, wording};
use crate::search::Timeline;
use crate::search::TimelineBucket;
use crate::search::{CountsResponse, QueryCounts, Series};
use std::collections::HashMap;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// The widest heading of a column of numbers, in columns of the terminal.
const MAX_HEADING_COLUMNS: usize = 24;
/// What stands between columns.
const GAP: &str = "  ";

/// Writes tables: each query with its count; with periods or a field the queries as columns of a
/// table, or of one table for each value.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(response: &CountsResponse, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let locale = layout.locale;
    write_notices(response, locale, out)?;
    let headings: Vec<String> = response.queries.iter().map(name).collect();
    match (response.by, response.facet) {
        (None, None) => write_totals(response, layout, out),
        (Some(by), None) => {
            let columns = response.queries.iter().map(|query| query.series.first());
            let rows = periods(response, &columns.collect::<Vec<_>>(), locale);
            let by = wording::field(by, locale);
            let table = Table { by, headings, rows };
            table.write(layout, out)
        }
        (None, Some(facet)) => {
            let row = |value: Option<&str>| {
                let counts = response
                    .queries
                    .iter()
                    .map(|query| series(query, value).map_or(0, |series| series.total));
                Row {
                    label: label(value, locale),
                    counts: counts.collect(),
                }
            };
            let mut rows: Vec<Row> = values(response).into_iter().map(row).collect();
            rows.push(totals(response, locale));
            let table = Table {
                by: wording::field(facet, locale),
                headings,
                rows,
            };
            table.write(layout, out)
        }
        (Some(by), Some(facet)) => {
            let (by, facet) = (wording::field(by, locale), wording::field(facet, locale));
            for (ordinal, value) in values(response).into_iter().enumerate() {
                if ordinal > 0 {
                    writeln!(out)?;
                }
                let heading = format!("{facet}: {}", label(value, locale));
                writeln!(out, "{}", layout.style.bold(&heading))?;
                let columns = response.queries.iter().map(|query| series(query, value));
                let rows = periods(response, &columns.collect::<Vec<_>>(), locale);
                let headings = headings.clone();
                Table { by, headings, rows }.write(layout, out)?;
            }
            Ok(())
        }
    }
}

/// Writes a timeline of each query, all over the same periods and on one scale.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_timelines(
    response: &CountsResponse,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let series = response.queries.iter().flat_map(|query| &query.series);
    let all: Vec<Timeline> = series.map(|series| timeline_of(series, response)).collect();
    write_each(response, &all, layout, out)
}

/// Does as [`write_timelines`], each on a scale of its own.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_own_timelines(
    response: &CountsResponse,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    write_each(response, &[], layout, out)
}

fn write_each(
    response: &CountsResponse,
    on_scale: &[Timeline],
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let locale = layout.locale;
    write_notices(response, locale, out)?;
    for (ordinal, query) in response.queries.iter().enumerate() {
        if ordinal > 0 {
            writeln!(out)?;
        }
        let heading = format!("{} · {}", name(query), articles(query.total, locale));
        writeln!(out, "{}", layout.style.bold(&heading))?;
        for series in &query.series {
            if response.facet.is_some() {
                writeln!(
                    out,
                    "{} · {}",
                    label(series.value.as_deref(), locale),
                    articles(series.total, locale)
                )?;
            }
            timeline::write_buckets(&timeline_of(series, response), on_scale, layout, out)?;
        }
    }
    Ok(())
}

/// Writes a row for each query, value and period, with the names of the columns before them. The
/// periods of a query and value are all there, those without articles too.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_sheet(
    response: &CountsResponse,
    options: SheetOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut sheet = Sheet::new(out, options)?;
    let has_shares = response.by.is_some() && has_shares(response);
    let mut headings = vec!["name", "query"];
    headings.extend(response.facet);
    headings.extend(response.by);
    headings.push("articles");
    headings.extend(has_shares.then_some("share"));
    sheet.row(headings)?;
    for query in &response.queries {
        for series in &query.series {
            let value = series.value.as_deref().unwrap_or_default();
            let mut row = |period: &str, count: u64, share: Option<f64>| {
                let count = count.to_string();
                let share = share.map(|share| share.to_string()).unwrap_or_default();
                let mut cells = vec![query.name.as_str(), query.query.as_str()];
                cells.extend(response.facet.map(|_| value));
                cells.extend(response.by.map(|_| period));
                cells.push(&count);
                cells.extend(has_shares.then_some(share.as_str()));
                sheet.row(cells)
            };
            if response.by.is_none() {
                row("", series.total, None)?;
                continue;
            }
            for bucket in timeline_of(series, response).buckets {
                row(&bucket.period, bucket.count, bucket.share)?;
            }
            if series.undated > 0 {
                row("", series.undated, None)?;
            }
        }
    }
    sheet.finish()
}

fn has_shares(response: &CountsResponse) -> bool {
    let mut series = response.queries.iter().flat_map(|query| &query.series);
    series.any(|series| series.shares.is_some())
}

fn write_notices(
    response: &CountsResponse,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    for query in &response.queries {
        for notice in &query.notices {
            let notice = Notice {
                message: format!("{}: {}", query.name, notice.message),
                ..notice.clone()
            };
            writeln!(out, "{}", wording::notice(&notice, locale))?;
        }
    }
    Ok(())
}

fn timeline_of(series: &Series, response: &CountsResponse) -> Timeline {
    let counts = response.periods.iter().zip(&series.counts);
    let bucket = |(at, (period, count)): (usize, (&String, &u64))| TimelineBucket {
        period: period.clone(),
        count: *count,
        share: series
            .shares
            .as_ref()
            .and_then(|shares| shares.get(at).copied()),
    };
    Timeline {
        by: response.by.unwrap_or_default(),
        buckets: counts.enumerate().map(bucket).collect(),
        undated: series.undated,
    }
}

fn name(query: &QueryCounts) -> String {
    one_line(&query.name).into_owned()
}

fn label(value: Option<&str>, locale: Locale) -> String {
    let none = || locale.choose("(none)", "(немає)").to_owned();
    value.map_or_else(none, |value| one_line(value).into_owned())
}

fn series<'a>(query: &'a QueryCounts, value: Option<&str>) -> Option<&'a Series> {
    let is_of = |series: &&Series| series.value.as_deref() == value;
    query.series.iter().find(is_of)
}

/// Returns all values of the field, the most first over all queries; articles without one last.
fn values(response: &CountsResponse) -> Vec<Option<&str>> {
    let mut totals: HashMap<Option<&str>, u64> = HashMap::new();
    for series in response.queries.iter().flat_map(|query| &query.series) {
        *totals.entry(series.value.as_deref()).or_default() += series.total;
    }
    let mut totals: Vec<(Option<&str>, u64)> = totals.into_iter().collect();
    totals.sort_unstable_by_key(|(value, total)| (value.is_none(), u64::MAX - total, *value));
    totals.into_iter().map(|(value, _)| value).collect()
}

fn write_totals(response: &CountsResponse, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let most = response.queries.iter().map(|query| query.total).max();
    let count_columns = most.unwrap_or(0).to_string().len();
    let width = layout.width_columns.max(MIN_WIDTH_COLUMNS);
    for query in &response.queries {
        let mut told = name(query);
        if query.name != query.query {
            told = format!("{told}: {}", one_line(&query.query));
        }
        let told = clip(&told, width.saturating_sub(count_columns + GAP.len()));
        writeln!(out, "{:>count_columns$}{GAP}{told}", query.total)?;
    }
    Ok(())
}

/// A line of a table.
struct Row {
    label: String,
    /// One number for each query.
    counts: Vec<u64>,
}

/// Numbers of queries, a column for each.
struct Table {
    by: &'static str,
    headings: Vec<String>,
    rows: Vec<Row>,
}

impl Table {
    /// Writes as many columns beside each other as fit, and the others below.
    fn write(&self, layout: Layout, out: &mut impl Write) -> io::Result<()> {
        let width = layout.width_columns.max(MIN_WIDTH_COLUMNS);
        let labels = self.rows.iter().map(|row| row.label.width());
        let label_columns = labels.chain([self.by.width()]).max().unwrap_or(0);
        let label_columns = label_columns.min(width / 2);
        let columns: Vec<usize> = (0..self.headings.len())
            .map(|at| self.columns(at))
            .collect();
        let mut from = 0;
        while from < columns.len() {
            let mut taken = label_columns;
            let fitting = columns.iter().skip(from).take_while(|columns| {
                taken += GAP.len() + **columns;
                taken <= width
            });
            let until = from + fitting.count().max(1);
            if from > 0 {
                writeln!(out)?;
            }
            let mut line = padded(self.by, label_columns);
            for (at, columns) in columns.iter().enumerate().take(until).skip(from) {
                let heading = self.headings.get(at).map_or("", String::as_str);
                let heading = clip(heading, *columns);
                let missing = columns.saturating_sub(heading.width());
                line.push_str(GAP);
                line.extend(std::iter::repeat_n(' ', missing));
                line.push_str(&heading);
            }
            writeln!(out, "{}", layout.style.bold(&line))?;
            for row in &self.rows {
                write!(out, "{}", padded(&row.label, label_columns))?;
                for (count, columns) in row.counts.iter().zip(&columns).take(until).skip(from) {
                    write!(out, "{GAP}{count:>columns$}")?;
                }
                writeln!(out)?;
            }
            from = until;
        }
        Ok(())
    }

    /// Returns how wide the column of a query is.
    fn columns(&self, at: usize) -> usize {
        let heading = self.headings.get(at).map_or(0, |heading| heading.width());
        let counts = self.rows.iter().filter_map(|row| row.counts.get(at));
        let widest = counts.map(|count| count.to_string().len()).max();
        heading.min(MAX_HEADING_COLUMNS).max(widest.unwrap_or(0))
    }
}

fn periods(response: &CountsResponse, columns: &[Option<&Series>], locale: Locale) -> Vec<Row> {
    let row = |label: &str, count: &dyn Fn(&Series) -> u64| Row {
        label: label.to_owned(),
        counts: columns
            .iter()
            .map(|series| series.map_or(0, count))
            .collect(),
    };
    let counts = response.periods.iter().enumerate().map(|(at, period)| {
        row(period, &|series| {
            series.counts.get(at).copied().unwrap_or(0)
        })
    });
    let mut rows: Vec<Row> = counts.collect();
    if columns.iter().flatten().any(|series| series.undated > 0) {
        let undated = locale.choose("no such date", "без такої дати");
        rows.push(row(undated, &|series| series.undated));
    }
    rows.push(row(all(locale), &|series| series.total));
    rows
}

/// Returns the name of the sum of all rows.
fn all(locale: Locale) -> &'static str {
    locale.choose("all", "усього")
}

fn totals(response: &CountsResponse, locale: Locale) -> Row {
    Row {
        label: all(locale).to_owned(),
        counts: response.queries.iter().map(|query| query.total).collect(),
    }
}
