//! How text fits into columns: width, indents, wrapping, marks.

use crate::article::DateSource;
use crate::locale::Locale;
use crate::render::link::Links;
use crate::render::sanitize::one_line;
use crate::render::style::Style;
use crate::render::wording::articles;
use crate::search::Snippet;
use crate::text::{ByteRange, first_chars};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How to lay the answer out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Colours or marks.
    pub style: Style,
    /// Width of the terminal in columns.
    pub width_columns: usize,
    /// The language of what is not from the archive.
    pub locale: Locale,
    /// How to link to articles, where the terminal can open them.
    pub links: Option<Links>,
}

impl Layout {
    /// Returns `text` as a link to where an article is: its page, or else its file.
    pub(crate) fn linked(self, text: &str, url: Option<&str>, path: &str) -> String {
        match (self.links, url) {
            (None, _) => text.to_owned(),
            (Some(_), Some(url)) => Links::to_url(text, url),
            (Some(links), None) => links.to_file(text, path),
        }
    }
}

/// The narrowest width that is laid out for, in columns.
pub(crate) const MIN_WIDTH_COLUMNS: usize = 40;

pub(crate) const INDENT: &str = "    ";

/// Returns a date as people read it, an estimate with `≈` before it.
pub fn shown_date(date: &str, date_source: Option<&str>) -> String {
    let is_estimate = date_source == Some(DateSource::Estimate.as_str());
    format!(
        "{}{}",
        if is_estimate { "≈ " } else { "" },
        short_date(date)
    )
}

/// Returns a date as people read it: an instant to the minute, without its offset from UTC.
fn short_date(date: &str) -> String {
    const TO_THE_MINUTE_CHARS: usize = "2025-12-28T10:15".len();
    first_chars(date, TO_THE_MINUTE_CHARS).replace('T', " ")
}

pub(crate) fn passage(snippet: &Snippet, style: Style) -> String {
    let text = marked(&snippet.text, &snippet.highlights, style, str::to_owned);
    let before = if snippet.is_cut_before { "… " } else { "" };
    let after = if snippet.is_cut_after { " …" } else { "" };
    format!("{before}{text}{after}")
}

/// Returns `text` made safe, with its highlights set off and the rest painted by `plain`, word by
/// word so that it can be wrapped anywhere.
pub(crate) fn marked(
    text: &str,
    highlights: &[ByteRange],
    style: Style,
    plain: impl Fn(&str) -> String,
) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let paint = |part: &str, out: &mut String| {
        for (ordinal, word) in one_line(part).split(' ').enumerate() {
            if ordinal > 0 {
                out.push(' ');
            }
            if !word.is_empty() {
                out.push_str(&plain(word));
            }
        }
    };
    let mut end = 0;
    for range in highlights {
        paint(ByteRange::new(end, range.start).of(text), &mut out);
        out.push_str(&style.highlight(&one_line(range.of(text))));
        end = range.end;
    }
    paint(ByteRange::new(end, text.len()).of(text), &mut out);
    out
}

/// Breaks `text` between words so that no line is wider than the terminal; the first line already
/// has the width of `indent` taken, the others begin with it.
pub(crate) fn wrap(text: &str, width_columns: usize, indent: &str) -> String {
    let width = width_columns.max(MIN_WIDTH_COLUMNS);
    let mut out = String::with_capacity(text.len());
    let mut column = indent.width();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let columns = visible_columns(word);
        if column > indent.width() {
            if column + 1 + columns > width {
                out.push('\n');
                out.push_str(indent);
                column = indent.width();
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(word);
        column += columns;
    }
    out
}

/// Returns how many columns `text` takes, its colours and links not counted.
pub(crate) fn visible_columns(text: &str) -> usize {
    let mut columns = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            columns += c.width().unwrap_or(0);
            continue;
        }
        // A link ends with a backslash, which stands in no address; a colour with an m.
        let end = if rest.next() == Some(']') { '\\' } else { 'm' };
        rest.by_ref().take_while(|c| *c != end).for_each(drop);
    }
    columns
}

pub(crate) fn write_without(
    what: &str,
    count: u64,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    if count > 0 {
        writeln!(out, "{INDENT}{} {what}", articles(count, locale))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::link::Links;
    use crate::render::style::Style;
    use crate::text::ByteRange;

    #[test]
    fn lines_are_wrapped_between_words_by_visible_width() {
        let text = format!("{} слово слово", Style::Colour.highlight("гарантії"));
        let wrapped = wrap(&text, 40, INDENT);
        assert_eq!(wrapped.lines().count(), 1);
        let long = wrap(&"слово ".repeat(20), 40, INDENT);
        assert!(
            long.lines()
                .skip(1)
                .all(|line| line.starts_with(INDENT) && line.width() <= 40),
            "{long}"
        );
    }

    #[test]
    fn colours_and_links_take_no_columns() {
        let links = Links { host: "pc" };
        let text = links.to_file(&Style::Colour.bold("кіт mm"), "/m/кіт.txt");
        assert_eq!(
            visible_columns(&format!("а {text} б")),
            "а кіт mm б".width()
        );
    }

    #[test]
    fn highlights_survive_without_colours() {
        assert_eq!(
            marked(
                "кіт і кит",
                &[ByteRange::new(0, 6)],
                Style::Plain,
                str::to_owned
            ),
            "[[кіт]] і кит"
        );
    }
}
