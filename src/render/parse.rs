//! The tree of a query for people.

use super::sanitize::one_line;
use super::wording;
use crate::locale::Locale;
use crate::query::tree::{ParseReport, QueryNode};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes the query as it was understood, its tree and the notices.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(report: &ParseReport, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}\n", one_line(&report.understood))?;
    writeln!(out, "{}", one_line(&label(&report.tree)))?;
    write_children(&report.tree, "", out)?;
    for notice in &report.notices {
        writeln!(out, "\n{}", wording::notice(notice, locale))?;
    }
    Ok(())
}

fn write_children(node: &QueryNode, indent: &str, out: &mut impl Write) -> io::Result<()> {
    let count = node.children.len();
    for (ordinal, child) in (1..).zip(&node.children) {
        let (branch, below) = if ordinal == count {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        writeln!(out, "{indent}{branch}{}", one_line(&label(child)))?;
        write_children(child, &format!("{indent}{below}"), out)?;
    }
    Ok(())
}

fn label(node: &QueryNode) -> String {
    let mut label = node.kind.to_owned();
    if let Some(field) = node.field {
        let _ = write!(label, " {field}");
    }
    if let Some(text) = &node.text {
        let _ = write!(label, " {text}");
    }
    if node.kind == "date" {
        let first = node.first_day.as_deref().unwrap_or_default();
        let last = node.last_day.as_deref().unwrap_or_default();
        let _ = write!(label, " {first}..{last}");
    }
    if let Some(reading) = node.reading.filter(|reading| *reading != "inflected") {
        let _ = write!(label, " ({reading})");
    }
    if node.whole == Some(true) {
        label.push_str(" (whole)");
    }
    if let Some(number) = node.number {
        let _ = write!(label, " {number}");
    }
    if let Some(factor) = node.factor {
        let _ = write!(label, " {factor}");
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ParseOptions;
    use jiff::civil;

    #[test]
    fn the_tree_shows_what_stands_below_what() {
        let options = ParseOptions::new(civil::date(2026, 3, 18));
        let report = ParseReport::of(
            "title:(мир NEAR/3 =воля) дата:2024 -\"кі* *  (і|й)\"~2",
            &options,
            Locale::Ukrainian,
        );
        let mut out = Vec::new();
        write(&report.unwrap(), Locale::Ukrainian, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\
title:(мир NEAR/3 =воля) AND date:2024-01-01..2024-12-31 AND NOT \"кі* (і|й)\"~2

and
├─ in title
│  └─ near 3
│     ├─ word мир
│     └─ word воля (exact)
├─ date 2024-01-01..2024-12-31
└─ not
   └─ phrase 2
      ├─ word кі* (wildcard)
      └─ one_of
         ├─ word і
         └─ word й

примітка[N012]: * тут нічого не робить і пропущено
"
        );
    }
}
