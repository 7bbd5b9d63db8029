//! How a query was read, part by part, each with a link that removes it.

use crate::serve::page::asked::PageRequest;
use shukach::locale::Locale;
use shukach::query::ast::WordMode;
use shukach::query::{ParseOptions, Query, parse};
use shukach::render::sanitize::one_line;

/// A part of the query.
pub(crate) struct Chip {
    /// What kind of part it is.
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    /// The address without it.
    pub(crate) removed: String,
}

/// Returns the parts of the query of `asked`, parsed with `options`.
pub(crate) fn chips(asked: &PageRequest<'_>, options: &ParseOptions) -> Vec<Chip> {
    let mut chips = of_query(asked, options);
    let locale = asked.locale;
    let names = [
        ("from", locale.choose("from", "від")),
        ("to", locale.choose("to", "до")),
        ("undated", locale.choose("undated", "без дати")),
        ("dates", locale.choose("dates", "дати")),
        ("date-source", locale.choose("date from", "дата з")),
        ("source", locale.choose("source", "джерело")),
        ("author", locale.choose("author", "автор")),
        ("section", locale.choose("section", "розділ")),
        ("tag", locale.choose("tag", "тег")),
        ("collection", locale.choose("collection", "колекція")),
        ("language", locale.choose("language", "мова")),
        ("in", locale.choose("in", "де")),
        ("match", locale.choose("words", "слова")),
        ("copies", locale.choose("copies of", "копії")),
    ];
    for (name, value) in asked.parameters.pairs() {
        let Some((_, kind)) = names.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let rest = asked.first_page();
        let rest = rest.only(|other, text| (other, text) != (name, value));
        let text = match (name, value) {
            ("undated", _) => String::new(),
            ("match", "any") => locale.choose("any of them", "будь-яке з них").to_owned(),
            _ => one_line(value).into_owned(),
        };
        chips.push(Chip {
            kind,
            text,
            removed: rest.address(asked.path),
        });
    }
    chips
}

fn of_query(asked: &PageRequest<'_>, options: &ParseOptions) -> Vec<Chip> {
    let query = asked.query();
    let Some(parsed) = parse(query, options).ok().filter(|_| !query.is_empty()) else {
        return Vec::new();
    };
    let (parts, is_all) = match parsed.query {
        Query::And(parts) => (parts, true),
        Query::Or(parts) => (parts, false),
        one => (vec![one], true),
    };
    let chip = |(at, part): (usize, &Query)| {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
        let mut others: Vec<Query> = others.map(|(_, other)| other.clone()).collect();
        let rest = match others.len() {
            0 => String::new(),
            1 => others.remove(0).to_string(),
            _ if is_all => Query::And(others).to_string(),
            _ => Query::Or(others).to_string(),
        };
        let removed = if rest.is_empty() {
            asked.without("query")
        } else {
            asked.with("query", &rest)
        };
        Chip {
            kind: kind(part, asked.locale),
            text: one_line(&part.to_string()).into_owned(),
            removed,
        }
    };
    parts.iter().enumerate().map(chip).collect()
}

fn kind(part: &Query, locale: Locale) -> &'static str {
    match part {
        Query::Word(word) => match word.reading {
            WordMode::Inflected if word.is_optional => locale.choose("optional", "необов’язково"),
            WordMode::Inflected => locale.choose("any form", "будь-яка форма"),
            WordMode::Exact | WordMode::Cased => locale.choose("exact", "точно"),
            WordMode::Fuzzy { .. } => locale.choose("fuzzy", "з описками"),
            WordMode::Wildcard | WordMode::Regex => locale.choose("pattern", "шаблон"),
        },
        Query::Phrase(_) => locale.choose("phrase", "фраза"),
        Query::Near(_) => locale.choose("near", "поруч"),
        Query::AtLeast { .. } => locale.choose("mentions", "згадки"),
        Query::In { .. } | Query::Column(_) => locale.choose("field", "поле"),
        Query::Published { .. } => locale.choose("date", "дата"),
        Query::Boost { .. } => locale.choose("weight", "вага"),
        Query::And(_) => locale.choose("all of", "усе з"),
        Query::Or(_) => locale.choose("any of", "щось із"),
        Query::Not(_) => locale.choose("without", "без"),
    }
}
