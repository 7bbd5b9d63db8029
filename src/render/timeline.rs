//! Articles by time: a bar for each period, or a line of small columns where the periods are many.

use crate::locale::Locale;
use crate::render::bars::Row;
use crate::render::layout::{INDENT, Layout, MIN_WIDTH_COLUMNS, write_without};
use crate::render::{bars, wording};
use crate::search::Timeline;
use crate::search::TimelineBucket;
use std::io::{self, Write};

/// The most periods that get a line each.
const MAX_BARS: usize = 60;
/// The most lines of small columns; where they are not enough, neighbouring periods share one.
const MAX_SPARK_LINES: usize = 4;
/// From least to most.
const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// A time without articles.
const NO_SPARK: char = '·';

/// Writes a timeline under its heading; nothing where no article is counted.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(timeline: &Timeline, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    if timeline.buckets.is_empty() && timeline.undated == 0 {
        return Ok(());
    }
    let heading = wording::by(timeline.by, layout.locale);
    writeln!(out, "\n{}", layout.style.bold(&heading))?;
    write_buckets(timeline, &[], layout, out)
}

/// Writes a timeline without a heading, on one scale with those `beside` it, which have the same
/// periods.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_buckets(
    timeline: &Timeline,
    beside: &[Timeline],
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    if timeline.buckets.len() > MAX_BARS {
        write_sparks(timeline, beside, layout, out)?;
    } else {
        let rows = timeline.buckets.iter().map(|bucket| Row {
            label: &bucket.period,
            count: bucket.count,
            share: bucket.share,
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let all = beside.iter().chain([timeline]);
        let counts = all.flat_map(|timeline| &timeline.buckets);
        let most = counts.map(|bucket| bucket.count).max().unwrap_or(0);
        bars::write_scaled(&rows, most, layout, out)?;
    }
    let locale = layout.locale;
    let without = locale.choose("without such a date", "без такої дати");
    write_without(without, timeline.undated, locale, out)
}

/// Writes lines of small columns, each line with its first period before it, and the last and the
/// fullest period below.
fn write_sparks(
    timeline: &Timeline,
    beside: &[Timeline],
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let buckets = &timeline.buckets;
    let (Some(last), Some(fullest)) = (buckets.last(), fullest(buckets)) else {
        return Ok(());
    };
    let width = layout.width_columns.max(MIN_WIDTH_COLUMNS);
    let columns = width - INDENT.len() - last.period.len() - 1;
    let group_size = buckets.len().div_ceil(columns * MAX_SPARK_LINES);
    let groups = groups(timeline, group_size);
    let all = beside.iter().chain([timeline]);
    let counts = all.flat_map(|timeline| self::groups(timeline, group_size));
    let most = counts.map(|(_, count)| count).max().unwrap_or(0);
    for line in groups.chunks(columns) {
        let first = line.first().map_or("", |(first, _)| *first);
        let sparks: String = line.iter().map(|(_, count)| spark(*count, most)).collect();
        writeln!(out, "{INDENT}{first} {}", layout.style.bar(&sparks))?;
    }
    let by = timeline.by;
    let periods = wording::periods(group_size as u64, by, layout.locale);
    let (last, fullest, count) = (&last.period, &fullest.period, fullest.count);
    match layout.locale {
        Locale::English => {
            let scale = if group_size == 1 {
                format!("a column a {by}")
            } else {
                format!("{periods} a column")
            };
            let most = format!("the most {count}, in {fullest}");
            writeln!(out, "{INDENT}to {last}, {scale}; {most}")
        }
        Locale::Ukrainian => {
            let most = format!("найбільше {count}, у {fullest}");
            writeln!(out, "{INDENT}до {last}, у стовпчику {periods}; {most}")
        }
    }
}

/// Returns the first period and the count of every `group_size` buckets.
fn groups(timeline: &Timeline, group_size: usize) -> Vec<(&str, u64)> {
    let mut groups = Vec::new();
    for group in timeline.buckets.chunks(group_size) {
        let count = group.iter().map(|bucket| bucket.count).sum();
        groups.extend(group.first().map(|first| (first.period.as_str(), count)));
    }
    groups
}

/// Returns the period with most articles, the first of several.
fn fullest(buckets: &[TimelineBucket]) -> Option<&TimelineBucket> {
    buckets.iter().reduce(|best, bucket| {
        if bucket.count > best.count {
            bucket
        } else {
            best
        }
    })
}

/// Returns the small column of a count; the lowest one for every count above zero that is not more.
fn spark(count: u64, most: u64) -> char {
    if count == 0 {
        return NO_SPARK;
    }
    let height = u128::from(count) * SPARKS.len() as u128;
    let height = height.div_ceil(u128::from(most.max(1)));
    let at = usize::try_from(height).unwrap_or(1).saturating_sub(1);
    SPARKS.get(at).copied().unwrap_or(NO_SPARK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::style::Style;
    use unicode_width::UnicodeWidthStr;

    fn shown(bucket_count: u64, width_columns: usize) -> String {
        let timeline = Timeline {
            by: "day",
            buckets: (0..bucket_count)
                .map(|n| TimelineBucket {
                    period: format!("2025-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1),
                    count: n % 9,
                    share: None,
                })
                .collect(),
            undated: 0,
        };
        let layout = Layout {
            locale: Locale::English,
            style: Style::Plain,
            width_columns,
            links: None,
        };
        let mut out = Vec::new();
        write(&timeline, layout, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn many_periods_take_a_few_lines_that_fit() {
        for (count, width) in [(61, 60), (365, 80), (9_999, 100), (61, 20)] {
            let shown = shown(count, width);
            assert!(shown.lines().count() <= 4 + MAX_SPARK_LINES, "{shown}");
            let widest = shown.lines().map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(width.max(MIN_WIDTH_COLUMNS + 20)), "{shown}");
        }
        assert!(
            shown(365, 80).contains("to 2025-02-01, 2 days a column")
                || shown(365, 200).contains("a column a day")
        );
    }

    #[test]
    fn a_small_column_is_as_high_as_its_count() {
        let sparks: String = [0, 1, 50, 99, 100].iter().map(|n| spark(*n, 100)).collect();
        assert_eq!(sparks, "·▁▄██");
    }
}
