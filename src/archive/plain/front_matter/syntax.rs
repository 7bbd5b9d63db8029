//! YAML, TOML, JSON and plain lines into keys and values.

use crate::archive::plain::front_matter::fence::{Fenced, Syntax, key_of};
use crate::archive::plain::front_matter::mend;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// Front matter as keys and values, with what was wrong with it.
pub(crate) struct Parsed {
    pub(crate) map: Map<String, Value>,
    /// The reason why it could not be read as it stands, and its line counted from that of the
    /// source.
    pub(crate) flaw: Option<(String, Option<u64>)>,
}

/// Reads front matter; what is broken is mended, and what cannot be mended is left out.
pub(crate) fn parse(fenced: &Fenced<'_>) -> Parsed {
    let parsed = match fenced.syntax {
        Syntax::Yaml => yaml(fenced.source),
        Syntax::Toml => toml(fenced.source),
        Syntax::Json => {
            serde_json::from_str(fenced.source).map_err(|error| (error.to_string(), None))
        }
        Syntax::Lines => Ok(mend::lines(fenced.source, ':')),
    };
    match parsed {
        Ok(map) => Parsed { map, flaw: None },
        Err(flaw) => Parsed {
            map: mended(fenced),
            flaw: Some(flaw),
        },
    }
}

fn mended(fenced: &Fenced<'_>) -> Map<String, Value> {
    let separator = if fenced.syntax == Syntax::Toml {
        '='
    } else {
        ':'
    };
    let quoted = (fenced.syntax == Syntax::Yaml).then(|| mend::quoted(fenced.source));
    quoted
        .and_then(|source| yaml(&source).ok())
        .unwrap_or_else(|| mend::lines(fenced.source, separator))
}

fn yaml(source: &str) -> Result<Map<String, Value>, (String, Option<u64>)> {
    if source.trim().is_empty() {
        return Ok(Map::new());
    }
    let read: Result<Option<Map<String, Value>>, _> =
        serde_saphyr::from_str_with_options(source, limits());
    let mut map = read.map_err(|error| yaml_flaw(&error))?.unwrap_or_default();
    // `007`, `1.10` and `yes` are what an author wrote, not numbers and truths.
    for (key, value) in &mut map {
        if matches!(value, Value::Number(_))
            && let Some(written) = written_scalar(source, key)
        {
            *value = Value::String(written);
        }
    }
    Ok(map)
}

/// Returns the value of a key as it is written on its line.
fn written_scalar(source: &str, key: &str) -> Option<String> {
    let line = source.lines().find(|line| key_of(line, ':') == Some(key))?;
    let (_, value) = line.split_once(':')?;
    let value = value.split(" #").next()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Front matter is a few lines; whatever needs more events, depth or aliases is an attack or a
/// mistake.
fn limits() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 20_000,
            max_nodes: 10_000,
            max_depth: 32,
            max_aliases: 32,
            max_anchors: 32,
            max_documents: 1,
        },
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::FirstWins,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

fn yaml_flaw(error: &serde_saphyr::Error) -> (String, Option<u64>) {
    let line = error.location().map(|location| location.line() - 1);
    let told = error.to_string();
    // The parser counts lines from behind the fence, and speaks of options that are not the
    // reader's.
    let reason = told
        .split(" at line ")
        .next()
        .and_then(|told| told.split(", set ").next());
    (reason.unwrap_or_default().to_owned(), line)
}

fn toml(source: &str) -> Result<Map<String, Value>, (String, Option<u64>)> {
    let flaw = |error: toml::de::Error| {
        let line = error.span().map(|span| {
            let before = source.get(..span.start).unwrap_or_default();
            crate::markup::blocks::line_break_count(before.as_bytes())
        });
        (error.message().to_owned(), line)
    };
    let table = DeTable::parse(source).map_err(flaw)?;
    Ok(toml_table(table.get_ref()))
}

/// The depth is bounded by the parser's own limit.
fn toml_table(table: &DeTable<'_>) -> Map<String, Value> {
    let entry = |(key, value): (
        &toml::Spanned<std::borrow::Cow<'_, str>>,
        &toml::Spanned<DeValue<'_>>,
    )| { (key.get_ref().to_string(), toml_value(value.get_ref())) };
    table.iter().map(entry).collect()
}

fn toml_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::String(number.as_str().to_owned()),
        DeValue::Float(number) => Value::String(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(list) => list
            .iter()
            .map(|value| toml_value(value.get_ref()))
            .collect(),
        DeValue::Table(table) => Value::Object(toml_table(table)),
    }
}
