//! Counts as bars, fitted to the terminal.

use crate::render::layout::{INDENT, Layout, MIN_WIDTH_COLUMNS};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The longest bar, in columns; longer ones are no easier to compare.
const MAX_BAR_COLUMNS: usize = 60;
/// What the widest share takes, in columns.
const SHARE_COLUMNS: usize = "100.0%".len();

/// A count with its name.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The name, safe for a terminal.
    pub label: &'a str,
    /// The count.
    pub count: u64,
    /// Its share of all, from 0 to 1.
    pub share: Option<f64>,
}

/// Writes a line for each count; its bar shows it in proportion to the greatest one.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(rows: &[Row<'_>], layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    write_scaled(rows, most, layout, out)
}

/// Does as [`write()`] with a bar of full length for a count of `most`, which none of the rows
/// exceeds.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_scaled(
    rows: &[Row<'_>],
    most: u64,
    layout: Layout,
    out: &mut impl Write,
) -> io::Result<()> {
    let most = most.max(1);
    let label_columns = rows
        .iter()
        .map(|row| row.label.width())
        .max()
        .unwrap_or(0)
        .min(layout.width_columns / 2);
    let count_columns = most.to_string().len();
    let share_columns = if rows.iter().any(|row| row.share.is_some()) {
        SHARE_COLUMNS + 1
    } else {
        0
    };
    let taken = INDENT.len() + label_columns + 1 + count_columns + share_columns + 1;
    let bar_columns = layout
        .width_columns
        .max(MIN_WIDTH_COLUMNS)
        .saturating_sub(taken)
        .clamp(1, MAX_BAR_COLUMNS);
    for row in rows {
        let label = padded(row.label, label_columns);
        let bar = layout.style.bar(&bar(row.count, most, bar_columns));
        let share = row
            .share
            .map(|share| format!("{:>share_columns$}", percent(share)));
        let line = format!(
            "{INDENT}{label} {:>count_columns$}{} {bar}",
            row.count,
            share.unwrap_or_default()
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Returns a share in per cent; one that is there is never shown as none.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.05 {
        "<0.1%".to_owned()
    } else {
        format!("{percent:.1}%")
    }
}

/// Returns `text` in exactly `columns` columns, cut or padded with spaces.
pub fn padded(text: &str, columns: usize) -> String {
    let mut text = clip(text, columns);
    let missing = columns.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Returns `text` in at most `max_columns` columns, with an ellipsis if it was cut.
pub fn clip(text: &str, max_columns: usize) -> String {
    if text.width() <= max_columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + c.width().unwrap_or(0) + 1 > max_columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Returns a bar of eighths of a column; something, if little, for every count above zero.
fn bar(count: u64, most: u64, columns: usize) -> String {
    let eighths_of = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let all = u128::from(count) * columns as u128 * 8 / u128::from(most);
    let all = if count > 0 { all.max(1) } else { 0 };
    let all = usize::try_from(all).unwrap_or(0);
    let mut bar = "█".repeat(all / 8);
    bar.push_str(eighths_of[all % 8]);
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_above_zero_has_a_bar_and_the_most_has_the_longest() {
        assert_eq!(bar(0, 10, 20), "");
        assert_eq!(bar(1, 100_000, 20), "▏");
        assert_eq!(bar(10, 10, 20).width(), 20);
    }

    #[test]
    fn every_share_above_zero_is_shown() {
        let shown = [0.0, 0.000_01, 0.0123, 1.0].map(percent);
        assert_eq!(shown, ["0.0%", "<0.1%", "1.2%", "100.0%"]);
    }
}
