//! The tree of a query for people.

use crate::locale::Locale;
use crate::query::tree::{ParseReport, QueryNode};
use crate::render::sanitize::one_line;
use crate::render::wording;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes the query as it was understood, its tree and the notices.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(report: &ParseReport, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}\n", one_line(&report.understood))?;
    writeln!(out, "{}", one_line(&label(&report.tree, locale)))?;
    write_children(&report.tree, "", locale, out)?;
    for notice in &report.notices {
        writeln!(out, "\n{}", wording::notice(notice, locale))?;
    }
    Ok(())
}

fn write_children(
    node: &QueryNode,
    indent: &str,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let count = node.children.len();
    for (ordinal, child) in (1..).zip(&node.children) {
        let (branch, below) = if ordinal == count {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        writeln!(out, "{indent}{branch}{}", one_line(&label(child, locale)))?;
        write_children(child, &format!("{indent}{below}"), locale, out)?;
    }
    Ok(())
}

fn label(node: &QueryNode, locale: Locale) -> String {
    let mut label = kind(node.kind, locale).to_owned();
    if let Some(field) = node.field {
        let _ = write!(label, " {}", wording::field(field, locale));
    }
    if let Some(text) = &node.text {
        let _ = write!(label, " {text}");
    }
    if node.kind == "date" {
        let first = node.first_day.as_deref().unwrap_or_default();
        let last = node.last_day.as_deref().unwrap_or_default();
        let _ = write!(label, " {first}..{last}");
    }
    if let Some(name) = node.reading.filter(|name| *name != "inflected") {
        let _ = write!(label, " ({})", reading(name, locale));
    }
    if node.optional == Some(true) {
        let _ = write!(label, " ({})", locale.choose("optional", "необов'язкове"));
    }
    if node.whole == Some(true) {
        let _ = write!(label, " ({})", locale.choose("whole", "цілком"));
    }
    if let Some(number) = node.number {
        let _ = write!(label, " {number}");
    }
    if let Some(factor) = node.factor {
        let _ = write!(label, " {factor}");
    }
    label
}

/// Returns the kind of a node for people.
fn kind(name: &'static str, locale: Locale) -> &'static str {
    match (locale, name) {
        (Locale::English, name) => name,
        (_, "word") => "слово",
        (_, "any_word") => "будь-яке слово",
        (_, "one_of") => "одне з",
        (_, "phrase") => "фраза",
        (_, "near") => "поруч",
        (_, "pre") => "поруч у такому порядку",
        (_, "not_near") => "не поруч",
        (_, "sentence") => "в одному реченні",
        (_, "paragraph") => "в одному абзаці",
        (_, "at_least") => "разів щонайменше",
        (_, "in") => "лише тут:",
        (_, "column") => "поле",
        (_, "date") => "дата",
        (_, "boost") => "вага",
        (_, "and") => "усе з цього",
        (_, "or") => "щось із цього",
        (_, "not") => "без цього",
        (_, other) => other,
    }
}

/// Returns how a word is read for people.
fn reading(name: &'static str, locale: Locale) -> &'static str {
    match (locale, name) {
        (Locale::English, name) => name,
        (_, "exact") => "точна форма",
        (_, "cased") => "точна форма з великими літерами",
        (_, "fuzzy") => "з помилками",
        (_, "wildcard") => "шаблон",
        (_, "regex") => "регулярний вираз",
        (_, other) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ParseOptions;
    use jiff::civil;

    const QUERY: &str = "title:(мир NEAR/3 =воля) дата:2024 -\"кі* *  (і|й)\"~2";

    fn written(locale: Locale) -> String {
        let options = ParseOptions::new(civil::date(2026, 3, 18));
        let report = ParseReport::of(QUERY, &options, locale);
        let mut out = Vec::new();
        write(&report.unwrap(), locale, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_tree_shows_what_stands_below_what() {
        assert_eq!(
            written(Locale::English),
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

note[N012]: * does nothing here and was left out
"
        );
    }

    #[test]
    fn ukrainians_read_the_tree_in_ukrainian() {
        assert_eq!(
            written(Locale::Ukrainian),
            "\
title:(мир NEAR/3 =воля) AND date:2024-01-01..2024-12-31 AND NOT \"кі* (і|й)\"~2

усе з цього
├─ лише тут: заголовок
│  └─ поруч 3
│     ├─ слово мир
│     └─ слово воля (точна форма)
├─ дата 2024-01-01..2024-12-31
└─ без цього
   └─ фраза 2
      ├─ слово кі* (шаблон)
      └─ одне з
         ├─ слово і
         └─ слово й

примітка[N012]: * тут нічого не робить і пропущено
"
        );
    }
}
