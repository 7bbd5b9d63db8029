//! Articles like another one, for people.

use super::sanitize::one_line;
use super::text::{Layout, articles, wrap, write_hit};
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
    let took = format!("{:.0} ms", response.took_ms.max(1.0));
    writeln!(
        out,
        "Like {} · {} with some of its words · {}",
        style.bold(&title),
        articles(response.total),
        style.dim(&took)
    )?;
    if response.terms.is_empty() {
        return writeln!(
            out,
            "No other article has any of its words but those that most have."
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
