//! A whole article, for people.

use crate::locale::Locale;
use crate::render::hit_field::placed;
use crate::render::layout::{Layout, marked, shown_date, wrap};
use crate::render::sanitize::{is_active, one_line};
use crate::search::ArticleResponse;
use crate::search::MarkedText;
use crate::text::ByteRange;
use std::io::{self, Write};

/// Writes the article with what is known of it, wrapped between words, the words of the query
/// marked.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(article: &ArticleResponse, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let style = layout.style;
    if !article.title.text.is_empty() {
        let title = &article.title;
        let title = marked(&title.text, &title.highlights, style, |text| {
            style.bold(text)
        });
        writeln!(out, "{}\n", wrap(&title, layout.width_columns, ""))?;
    }
    let published = article.published.as_deref();
    let published = published.map(|date| shown_date(date, article.date_source.as_deref()));
    let tags = Some(article.tags.join(", ")).filter(|tags| !tags.is_empty());
    let file = placed(&article.path, article.line);
    let places = article.places.iter().skip(1);
    let places: Vec<String> = places
        .map(|place| placed(&place.path, place.line))
        .collect();
    let places = Some(places.join(", ")).filter(|places| !places.is_empty());
    let known = [
        ("date", "дата", published.as_ref()),
        ("source", "джерело", article.source.as_ref()),
        ("section", "розділ", article.section.as_ref()),
        ("author", "автор", article.author.as_ref()),
        ("tags", "теги", tags.as_ref()),
        ("language", "мова", Some(&article.lang)),
        ("url", "адреса", article.url.as_ref()),
        ("file", "файл", Some(&file)),
        ("also in", "також у", places.as_ref()),
        ("id", "id", Some(&article.id)),
    ];
    for (english, ukrainian, value) in known {
        if let Some(value) = value {
            let name = layout.locale.choose(english, ukrainian);
            let shown = one_line(value);
            let shown = match english {
                "url" => layout.linked(&shown, Some(value), &article.path),
                "file" => layout.linked(&shown, None, &article.path),
                _ => shown.into_owned(),
            };
            writeln!(out, "{} {shown}", style.dim(&format!("{name:<8}")))?;
        }
    }
    if let (Some(query), Some(false)) = (&article.query, article.matches) {
        let query = one_line(query);
        match layout.locale {
            Locale::English => writeln!(out, "\nThe article does not match {query}.")?,
            Locale::Ukrainian => writeln!(out, "\nСтаття не відповідає запиту {query}.")?,
        }
    }
    // Most articles begin with their lead; it is no news twice.
    let lead = Some(&article.lead)
        .filter(|lead| !lead.text.is_empty() && !article.body.text.starts_with(&lead.text));
    for text in lead.into_iter().chain([&article.body]) {
        write_text(text, layout, out)?;
    }
    Ok(())
}

/// Writes each line of `text` as a paragraph.
fn write_text(text: &MarkedText, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let mut start = 0;
    let mut rest = text.highlights.as_slice();
    for line in text.text.split_inclusive('\n') {
        let end = start + line.len();
        let (inside, after) = rest.split_at(rest.partition_point(|range| range.start < end));
        rest = after;
        let relative = |range: &ByteRange| ByteRange::new(range.start - start, range.end - start);
        let highlights: Vec<ByteRange> = inside.iter().map(relative).collect();
        if !line.trim().is_empty() {
            let shown = marked(line, &highlights, layout.style, str::to_owned);
            writeln!(out, "\n{}", wrap(&shown, layout.width_columns, ""))?;
        }
        start = end;
    }
    Ok(())
}

/// Writes the headline, an empty line and the text as they stand in the article: not wrapped,
/// nothing marked. Only what a terminal would obey is replaced; JSON has every character.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_raw(article: &ArticleResponse, out: &mut impl Write) -> io::Result<()> {
    let shown = |text: &str| -> String {
        let passive = |c: char| match c {
            '\n' | '\t' => c,
            c if is_active(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        };
        text.chars().map(passive).collect()
    };
    if !article.title.text.is_empty() {
        writeln!(out, "{}\n", shown(&article.title.text))?;
    }
    writeln!(out, "{}", shown(&article.body.text))
}
