//! Front matter that people wrote by hand, made readable.

use crate::archive::plain::front_matter::fence::key_of;
use serde_json::{Map, Value};

/// Puts quotation marks around the values of keys that YAML would misread: `title: Мер: міст
/// відкрито`.
pub(crate) fn quoted(source: &str) -> String {
    let mut text = String::with_capacity(source.len() + 16);
    for line in source.lines() {
        let expanded = line.replace('\t', "  ");
        match key_of(&expanded, ':').zip(expanded.split_once(':')) {
            Some((_, (key, value))) if is_unsafe(value.trim()) => {
                let value = value.trim().replace('\'', "''");
                text.extend([key, ": '", &value, "'"]);
            }
            _ => text.push_str(&expanded),
        }
        text.push('\n');
    }
    text
}

fn is_unsafe(value: &str) -> bool {
    let Some(first) = value.chars().next() else {
        return false;
    };
    let is_enclosed = |open: char, close: char| {
        let inside = value
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| open != close || !inside.contains(close))
    };
    match first {
        '"' => !is_enclosed('"', '"'),
        '\'' => !is_enclosed('\'', '\''),
        '[' => !is_enclosed('[', ']'),
        '{' => !is_enclosed('{', '}'),
        '|' | '>' => value
            .chars()
            .skip(1)
            .any(|c| !matches!(c, '-' | '+' | '0'..='9')),
        '@' | '`' | '%' | '*' | '&' | '!' | '?' | '-' | ',' => true,
        _ => value.contains(": ") || value.contains(" #") || value.ends_with(':'),
    }
}

/// Reads `key: value` lines and the `- item` lines below a key, whatever else stands there.
pub(crate) fn lines(source: &str, separator: char) -> Map<String, Value> {
    let mut map: Map<String, Value> = Map::new();
    let mut last_key: Option<String> = None;
    for line in source.lines() {
        if let Some(key) = key_of(line, separator) {
            let (_, value) = line.split_once(separator).unwrap_or_default();
            let value = value.trim().trim_matches(['"', '\'']);
            if !map.contains_key(key) {
                let is_open = value.is_empty() || value.starts_with(['[', '{']);
                let value = if is_open {
                    Value::Null
                } else {
                    Value::String(value.to_owned())
                };
                map.insert(key.to_owned(), value);
            }
            last_key = Some(key.to_owned());
        } else if let Some(item) = line.trim_start().strip_prefix("- ")
            && let Some(slot) = last_key.as_ref().and_then(|key| map.get_mut(key))
        {
            let item = Value::String(item.trim().trim_matches(['"', '\'']).to_owned());
            match slot {
                Value::Array(items) => items.push(item),
                Value::Null => *slot = Value::Array(vec![item]),
                _ => {}
            }
        }
    }
    map
}
