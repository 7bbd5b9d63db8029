//! The entries of an object by the field they give.

use crate::archive::fields::field_map::FieldMap;
use crate::archive::json::key;
use crate::archive::json::key::Meaning;
use crate::archive::json::value;
use crate::error::Field;
use serde_json::{Map, Value};

/// Keys whose object is the article itself.
const ARTICLE_KEYS: &[&str] = &[
    "_source",
    "article",
    "newsArticle",
    "news",
    "post",
    "story",
    "doc",
    "document",
    "node",
    "item",
    "entry",
    "record",
    "row",
    "page",
    "attributes",
    "fields",
    "properties",
    "data",
    "object",
    "payload",
    "message",
    "content",
];

/// Names of the title that other things have as well.
const COMMON_NAMES: &[&str] = &["name", "caption", "subject", "header"];

/// Exports wrap an article in no more objects than these.
const MAX_WRAPPERS: usize = 4;

/// What stands around the article gives a field only where the article does not.
const OUTER: u16 = 10_000;

/// One key of an object and its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'v> {
    pub(crate) key: &'v str,
    pub(crate) value: &'v Value,
}

/// The entries of an object, those that are understood by field.
#[derive(Debug)]
pub(crate) struct Entries<'v> {
    /// In the order in which they give a field.
    known: Vec<(Meaning, Entry<'v>)>,
    unknown: Vec<Entry<'v>>,
}

impl<'v> Entries<'v> {
    /// Sorts the entries of an object and of those it wraps.
    pub(crate) fn of(object: &'v Map<String, Value>, map: &'v FieldMap) -> Self {
        let mut entries = Self {
            known: Vec::with_capacity(object.len()),
            unknown: Vec::new(),
        };
        // Pushed first, they stand before all others of their rank.
        for (field, key, value) in map.values(object) {
            let entry = Entry { key, value };
            entries.known.push((Meaning { field, rank: 0 }, entry));
        }
        let mut layers = vec![object];
        while let Some(inner) = layers.last().and_then(|outer| wrapped(outer))
            && layers.len() <= MAX_WRAPPERS
        {
            layers.push(inner);
        }
        for (outer, layer) in (0..).zip(layers.into_iter().rev()) {
            entries.add(layer, OUTER * outer);
        }
        entries.known.sort_by_key(|(meaning, _)| meaning.rank);
        entries
    }

    fn add(&mut self, layer: &'v Map<String, Value>, worse: u16) {
        for (key, value) in layer {
            let entry = Entry { key, value };
            match key::meaning(key) {
                Some(Meaning { field, rank }) => {
                    let rank = rank.saturating_add(worse);
                    self.known.push((Meaning { field, rank }, entry));
                }
                None => self.unknown.push(entry),
            }
        }
        if let Some(embedded) = layer.get("_embedded") {
            self.add_embedded(embedded);
        }
    }

    /// WordPress gives numbers for the author and the terms of a post, and their names beside it.
    fn add_embedded(&mut self, embedded: &'v Value) {
        let mut add = |field, value| {
            let entry = Entry {
                key: "_embedded",
                value,
            };
            self.known.push((Meaning { field, rank: 0 }, entry));
        };
        if let Some(authors) = embedded.get("author") {
            add(Field::Author, authors);
        }
        let groups = embedded.get("wp:term").and_then(Value::as_array);
        for group in groups.into_iter().flatten() {
            match group.pointer("/0/taxonomy").and_then(Value::as_str) {
                Some("category") => add(Field::Section, group),
                Some("post_tag") => add(Field::Tags, group),
                _ => {}
            }
        }
    }

    /// Returns the entries of a field, the surest first.
    pub(crate) fn of_field(&self, field: Field) -> Vec<Entry<'v>> {
        let known = self.known.iter();
        known
            .filter(|(meaning, _)| meaning.field == field)
            .map(|(_, entry)| *entry)
            .collect()
    }

    /// Returns the entries that are not understood.
    pub(crate) fn unknown(&self) -> &[Entry<'v>] {
        &self.unknown
    }

    /// Returns the time that stands apart from its day: `"time": "10:15"`.
    pub(crate) fn time_of_day(&self) -> Option<&'v str> {
        let mut entries = self.known.iter().map(|(_, entry)| entry);
        let time = entries
            .find(|entry| matches!(key::folded(entry.key).as_str(), "time" | "pubtime" | "час"))?;
        let text = time.value.as_str()?.trim();
        let is_time = |c: char| c.is_ascii_digit() || c == ':';
        (text.contains(':') && text.len() <= "10:15:30".len() && text.chars().all(is_time))
            .then_some(text)
    }
}

/// Tells an article from the other objects of an export: it has a text or a headline.
pub(crate) fn is_article(object: &Map<String, Value>) -> bool {
    object.iter().any(|(key, value)| {
        let field = key::meaning(key).map(|meaning| meaning.field);
        let counts = match field {
            Some(Field::Body) => true,
            Some(Field::Title) => !COMMON_NAMES.contains(&key::folded(key).as_str()),
            _ => false,
        };
        counts && matches!(value::text(value), Ok(Some(_)))
    }) || wrapped(object).is_some()
}

/// Returns the object that is the article of `outer`, unless `outer` has a text itself.
fn wrapped(outer: &Map<String, Value>) -> Option<&Map<String, Value>> {
    if has_body(outer) {
        return None;
    }
    ARTICLE_KEYS
        .iter()
        .filter_map(|key| outer.get(*key)?.as_object())
        .find(|inner| is_article(inner))
}

/// Whether an object has a text of its own.
pub(crate) fn has_body(object: &Map<String, Value>) -> bool {
    object.iter().any(|(key, value)| {
        !value.is_object()
            && key::meaning(key).is_some_and(|meaning| meaning.field == Field::Body)
            && matches!(value::text(value), Ok(Some(_)))
    })
}
