//! Articles like another one, for people.

use crate::render::layout::{Layout, wrap};
use crate::render::sanitize::one_line;
use crate::render::text::write_hit;
use crate::render::wording::{articles, took};
use crate::search::MoreLikeResponse;
use std::io::{self, Write};

/// Writes the articles and the words that they were chosen by.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(response: &MoreLikeResponse, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let style = layout.style;
    let title = if response.title.is_empty() {
        one_line(&response.id)
    } else {
        one_line(&response.title)
    };
    let locale = layout.locale;
    let (like, with) = locale.choose(
        ("Like", "with some of its words"),
        ("Схожі на", "з деякими її словами"),
    );
    writeln!(
        out,
        "{like} {} · {} {with}{}",
        style.bold(&title),
        articles(response.total, locale),
        took(response.took_ms, style, locale)
    )?;
    if response.terms.is_empty() {
        return writeln!(
            out,
            "{}",
            locale.choose(
                "No other article has any of its words but those that most have.",
                "Жодна інша стаття не має її слів, окрім тих, що є майже в усіх.",
            )
        );
    }
    let forms: Vec<&str> = response
        .terms
        .iter()
        .map(|word| word.form.as_str())
        .collect();
    let words = one_line(&forms.join(", ")).into_owned();
    writeln!(
        out,
        "{}",
        style.dim(&wrap(&words, layout.width_columns, ""))
    )?;
    for hit in &response.hits {
        writeln!(out)?;
        write_hit(hit, layout, out)?;
    }
    Ok(())
}
