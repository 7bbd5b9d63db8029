//! A concordance for people, and as a table.

use crate::locale::{Locale, english_count, ukrainian_plural};
use crate::render::hit_field::Cell;
use crate::render::layout::{Layout, visible_columns};
use crate::render::sanitize::one_line;
use crate::render::table::{Dialect, TableWriter};
use crate::render::wording;
use crate::render::wording::{articles, took};
use crate::search::{KwicLine, KwicResponse};
use crate::text::first_chars;
use std::borrow::Cow;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const DATE_COLUMNS: usize = "2025-12-28".len();
/// The widest column of sources is this part of the terminal.
const SOURCE_PART: usize = 5;
/// The narrowest width that is laid out for, in columns.
const MIN_WIDTH_COLUMNS: usize = 40;

/// Writes a line an occurrence, the keywords one below the other.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(response: &KwicResponse, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let style = layout.style;
    let locale = layout.locale;
    let lines = lines(response, locale);
    writeln!(
        out,
        "{} · {lines} · {}{}",
        style.bold(&one_line(&response.query)),
        articles(response.articles, locale),
        took(response.took_ms, style, locale)
    )?;
    for notice in &response.notices {
        writeln!(out, "{}", wording::notice(notice, locale))?;
    }
    if !response.lines.is_empty() {
        writeln!(out)?;
    }
    let width = layout.width_columns.max(MIN_WIDTH_COLUMNS);
    let sources: Vec<String> = response
        .lines
        .iter()
        .map(|line| {
            let source = one_line(line.source.as_deref().unwrap_or_default());
            clipped_end(&source, width / SOURCE_PART).into_owned()
        })
        .collect();
    let source_columns = sources.iter().map(|source| source.width()).max();
    let source_columns = source_columns.filter(|columns| *columns > 0);
    // Each column has two spaces behind it.
    let taken = DATE_COLUMNS + 2 + source_columns.map_or(0, |columns| columns + 2);
    let columns = width - taken;
    let keywords: Vec<String> = response
        .lines
        .iter()
        .map(|line| style.highlight(&clipped_end(&one_line(&line.keyword), columns / 3)))
        .collect();
    let widest = keywords
        .iter()
        .map(|keyword| visible_columns(keyword))
        .max();
    let left_columns = (columns - widest.unwrap_or(0)) / 2;
    for ((line, keyword), source) in response.lines.iter().zip(keywords).zip(sources) {
        let date = first_chars(line.published.as_deref().unwrap_or("–"), DATE_COLUMNS);
        let missing = padding(date, DATE_COLUMNS);
        let date = style.dim(&one_line(date));
        let date = layout.linked(&date, line.url.as_deref(), &line.path);
        let left = one_line(&line.left);
        let left = clipped_start(&left, left_columns);
        let right_columns = columns - left_columns - visible_columns(&keyword);
        let right = one_line(&line.right);
        let about = source_columns.map_or_else(String::new, |columns| {
            format!("{}{}  ", style.dim(&source), padding(&source, columns))
        });
        let shown = format!(
            "{date}{missing}  {about}{}{left}{keyword}{}",
            padding(&left, left_columns),
            clipped_end(&right, right_columns)
        );
        writeln!(out, "{}", shown.trim_end())?;
    }
    Ok(())
}

/// Returns how many lines are shown, and of how many.
fn lines(response: &KwicResponse, locale: Locale) -> String {
    let shown = response.lines.len() as u64;
    match (locale, response.occurrences) {
        (Locale::English, Some(count)) => format!("{shown} of {}", english_count(count, "line")),
        (Locale::English, None) => english_count(shown, "line"),
        (Locale::Ukrainian, Some(count)) => {
            let word = ukrainian_plural(count, ["рядка", "рядків", "рядків"]);
            format!("{shown} з {count} {word}")
        }
        (Locale::Ukrainian, None) => {
            let word = ukrainian_plural(shown, ["рядок", "рядки", "рядків"]);
            format!("{shown} {word}")
        }
    }
}

/// Writes a row an occurrence.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_table(
    response: &KwicResponse,
    dialect: Dialect,
    out: &mut impl Write,
) -> io::Result<()> {
    let heads = [
        "number",
        "id",
        "published",
        "source",
        "title",
        "part",
        "left",
        "keyword",
        "right",
        "offset_bytes",
        "offset_chars",
    ];
    let mut table = TableWriter::new(dialect, &heads, out)?;
    for line in &response.lines {
        table.row(cells(line))?;
    }
    table.finish()
}

fn cells(line: &KwicLine) -> [Cell; 11] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |number: u64| Cell::Number(number.to_string());
    [
        number(line.number),
        text(&line.id),
        text(line.published.as_deref().unwrap_or_default()),
        text(line.source.as_deref().unwrap_or_default()),
        text(&line.title),
        text(line.part),
        text(line.left.trim_end()),
        text(&line.keyword),
        text(line.right.trim_start()),
        number(line.offset_bytes as u64),
        number(line.offset_chars as u64),
    ]
}

fn padding(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(text.width()))
}

/// Returns the beginning of `text` that fits into `max_columns` columns, with an ellipsis if it was
/// cut.
fn clipped_end(text: &str, max_columns: usize) -> Cow<'_, str> {
    if text.width() <= max_columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut columns = 1;
    for c in text.chars() {
        columns += c.width().unwrap_or(0);
        if columns > max_columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    Cow::Owned(out)
}

/// Returns the end of `text` that fits into `max_columns` columns, with an ellipsis if it was cut.
fn clipped_start(text: &str, max_columns: usize) -> Cow<'_, str> {
    if text.width() <= max_columns {
        return Cow::Borrowed(text);
    }
    let mut kept = Vec::new();
    let mut columns = 1;
    for c in text.chars().rev() {
        columns += c.width().unwrap_or(0);
        if columns > max_columns {
            break;
        }
        kept.push(c);
    }
    // A mark without its letter would go onto the ellipsis.
    while kept.last().is_some_and(|c| c.width() == Some(0)) {
        kept.pop();
    }
    kept.push('…');
    Cow::Owned(kept.into_iter().rev().collect())
}
