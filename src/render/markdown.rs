//! Hits as a list in Markdown.

use crate::render::hit_field::HitField;
use crate::render::layout::shown_date;
use crate::render::sanitize::{is_active, one_line};
use crate::search::{Hit, Snippet};
use crate::text::ByteRange;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes an item of a numbered list: the headline as a link where the article has an address, the
/// chosen fields, the passages as quotations.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_hit(hit: &Hit, fields: &[HitField], out: &mut impl Write) -> io::Result<()> {
    let number = format!("{}. ", hit.rank);
    let indent = " ".repeat(number.len());
    let mut lines: Vec<String> = Vec::new();
    if fields.contains(&HitField::Title) {
        lines.push(headline(hit));
    }
    let about: Vec<String> = fields
        .iter()
        .filter_map(|field| about(*field, hit))
        .collect();
    if !about.is_empty() {
        lines.push(about.join(" · "));
    }
    // Two spaces before the break keep the lines apart.
    let lines = lines.join(&format!("  \n{indent}"));
    writeln!(out, "{number}{}", lines.trim_end())?;
    if fields.contains(&HitField::Snippets) {
        for snippet in &hit.snippets {
            writeln!(out, "\n{indent}> {}", passage(snippet))?;
        }
    }
    writeln!(out)
}

fn headline(hit: &Hit) -> String {
    let title = if hit.title.is_empty() {
        escaped(hit.first_words.as_ref().unwrap_or(&hit.id))
    } else {
        bold(&hit.title, &hit.title_highlights)
    };
    match hit.url.as_deref().and_then(destination) {
        Some(url) => format!("[{title}](<{url}>)"),
        None => title,
    }
}

/// Returns a field for the line below the headline.
fn about(field: HitField, hit: &Hit) -> Option<String> {
    let text = match field {
        HitField::Title | HitField::Snippets => return None,
        HitField::Published => shown_date(hit.published.as_deref()?, hit.date_source.as_deref()),
        _ => field.cell(hit).text().to_owned(),
    };
    (!text.is_empty()).then(|| escaped(&text))
}

fn passage(snippet: &Snippet) -> String {
    let text = bold(&snippet.text, &snippet.highlights);
    let before = if snippet.is_cut_before { "… " } else { "" };
    let after = if snippet.is_cut_after { " …" } else { "" };
    format!("{before}{text}{after}")
}

/// Returns `text` escaped, with its highlights between `**`.
fn bold(text: &str, highlights: &[ByteRange]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut end = 0;
    for range in highlights {
        let before = ByteRange::new(end, range.start).of(text);
        out.push_str(&if end == 0 {
            escaped(before)
        } else {
            escaped_inside(before)
        });
        let _ = write!(out, "**{}**", escaped_inside(range.of(text)));
        end = range.end;
    }
    let rest = ByteRange::new(end, text.len()).of(text);
    out.push_str(&if end == 0 {
        escaped(rest)
    } else {
        escaped_inside(rest)
    });
    out
}

/// Returns `text` on one line such that it means itself at the beginning of a line.
fn escaped(text: &str) -> String {
    let text = escaped_inside(text.trim_start());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    // Behind digits `.` and `)` would begin an item of a list; all of them are one byte each.
    let (number, rest) = text.split_at(digits);
    let begins_item = digits > 0 && rest.starts_with(['.', ')']);
    if begins_item {
        format!("{number}\\{rest}")
    } else if text.starts_with(['-', '+', '=']) {
        format!("\\{text}")
    } else {
        text
    }
}

/// Returns `text` on one line with a backslash before every mark that Markdown or HTML would obey.
fn escaped_inside(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns an address of the web as it stands between `<` and `>`; `None` for any other, which a
/// reader of Markdown might run.
fn destination(url: &str) -> Option<String> {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if !is_web {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || is_active(c) || matches!(c, '<' | '>' | '\\') {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_an_article_mean_nothing() {
        assert_eq!(
            escaped("1. <b>*кіт*</b> [тут](javascript:x)"),
            "1\\. \\<b\\>\\*кіт\\*\\</b\\> \\[тут\\](javascript:x)"
        );
        assert_eq!(escaped("- кіт\n# пес"), "\\- кіт \\# пес");
        assert_eq!(escaped("2025 рік"), "2025 рік");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(destination("javascript:alert(1)"), None);
        assert_eq!(destination("їжа"), None);
        assert_eq!(
            destination("https://example.org/а б>(в)").as_deref(),
            Some("https://example.org/а%20б%3E(в)")
        );
    }

    #[test]
    fn matched_words_are_bold() {
        let text = "Кіт і *пес*";
        let range = |word: &str| {
            let start = text.find(word).unwrap();
            ByteRange::new(start, start + word.len())
        };
        assert_eq!(
            bold(text, &[range("Кіт"), range("пес")]),
            "**Кіт** і \\***пес**\\*"
        );
    }
}
