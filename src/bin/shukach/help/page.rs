//! The texts before and behind the arguments: paragraphs, and rows of a name with its description.

use crate::help::translate::Translate;

/// What rows begin with.
const INDENT: &str = "  ";

/// Returns a page in which each paragraph and each description went through `translate`.
pub(crate) fn translated(page: &str, translate: &mut Translate<'_>) -> String {
    let paragraphs = page.split("\n\n");
    let paragraphs: Vec<String> = paragraphs
        .map(|paragraph| paragraph_of(paragraph, translate))
        .collect();
    paragraphs.join("\n\n")
}

/// Returns a page whose paragraphs without rows are a line each, so that they fit into any
/// terminal.
pub(crate) fn reflowed(page: &str) -> String {
    let paragraphs = page.split("\n\n").map(|paragraph| {
        if paragraph.lines().any(|line| line.starts_with(INDENT)) {
            paragraph.to_owned()
        } else {
            paragraph.replace('\n', " ")
        }
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn paragraph_of(paragraph: &str, translate: &mut Translate<'_>) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut prose: Vec<&str> = Vec::new();
    let mut rows: Vec<(&str, String)> = Vec::new();
    for line in paragraph.lines() {
        match line.strip_prefix(INDENT) {
            None => prose.push(line),
            // What goes on stands below the description, with nothing before it.
            Some(row) if row.starts_with(INDENT) => {
                if let Some((_, description)) = rows.last_mut() {
                    *description = format!("{description} {}", row.trim());
                }
            }
            Some(row) => rows.push(match row.rsplit_once(INDENT) {
                Some((name, description)) => (name, description.trim().to_owned()),
                None => (row, String::new()),
            }),
        }
    }
    if !prose.is_empty() {
        out.push(translate(&prose.join(" ")));
    }
    for (name, description) in rows {
        out.push(if description.is_empty() {
            format!("{INDENT}{name}")
        } else {
            format!("{INDENT}{name}{INDENT}{}", translate(&description))
        });
    }
    out.join("\n")
}

/// Splits the examples, which stand first, from what follows them.
pub(crate) fn split_examples(page: &str) -> (Option<&str>, Option<&str>) {
    let is_examples = page.starts_with("Examples:") || page.starts_with("Приклади:");
    match (is_examples, page.split_once("\n\n")) {
        (true, Some((examples, rest))) => (Some(examples), Some(rest)),
        (true, None) => (Some(page), None),
        (false, _) => (None, Some(page)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_descriptions_and_paragraphs_are_translated() {
        let page = "Reasons:\n  guess  the ending\n         says so\n  a b\n\nTwo\nlines.";
        let mut seen = Vec::new();
        let shown = translated(page, &mut |text| {
            seen.push(text.to_owned());
            format!("<{text}>")
        });
        assert_eq!(seen, ["Reasons:", "the ending says so", "Two lines."]);
        assert_eq!(
            shown,
            "<Reasons:>\n  guess  <the ending says so>\n  a b\n\n<Two lines.>"
        );
        assert_eq!(reflowed("Two\nlines.\n\nA:\n  b"), "Two lines.\n\nA:\n  b");
        let examples = split_examples("Examples:\n  a\n\nMore.");
        assert_eq!(examples, (Some("Examples:\n  a"), Some("More.")));
        assert_eq!(split_examples("More."), (None, Some("More.")));
    }
}
