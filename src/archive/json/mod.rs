//! A JSON file: one article, a list of articles, or objects around such lists; also as a script
//! assigns it.
//!
//! | module | what it holds |
//! |---|---|
//! | `value` | the shapes of a value that are understood |
//! | `key` | the names of fields |
//! | `entries` | the fields of one object |
//! | `body` | which text is the body |
//! | `elements` | lists of articles, at any depth |
//! | `lines` | JSON Lines |
//! | `outlet` | the outlet that an export names around its articles |
//! | `scan` | where a value ends |

pub(crate) mod body;
pub(crate) mod elements;
pub(crate) mod entries;
pub(crate) mod key;
pub(crate) mod lines;
mod outlet;
pub(crate) mod scan;
#[cfg(test)]
mod tests;
pub(crate) mod value;

use crate::archive::fields;
use crate::archive::fields::Share;
use crate::archive::formats::telegram_json;
use crate::archive::formats::telegram_json::Message;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::json::elements::{Element, Elements, Kind};
use crate::archive::{ArchiveFile, Flaw, ReadArticle};
use crate::error::Problem;
use crate::markup::script;
use crate::markup::script::ScriptAsJson;
use encoding_rs::UTF_8;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::BufRead;

/// Lists are looked for so many levels deep in an object without a text.
const MAX_LEVELS: usize = 8;

/// Reads the articles of a JSON file one after another; what is wrong with one does not touch the
/// others.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    if is_script(&mut *input) {
        return values(file, &mut ScriptAsJson::new(input), each);
    }
    values(file, input, each);
}

/// Says whether a stream is a script, or a value as only scripts write it.
fn is_script(input: &mut dyn BufRead) -> bool {
    let Ok(head) = input.fill_buf() else {
        return false;
    };
    let head = String::from_utf8_lossy(head);
    let text = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    !text.starts_with(['{', '[']) || script::is_script_value(text)
}

fn values(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut elements = Elements::new(input, MAX_ARTICLE_BYTES);
    let mut is_empty = true;
    let mut outlet = None;
    loop {
        match elements.next() {
            Ok(Some(element)) => {
                is_empty = false;
                if element.kind == Kind::Candidate && outlet.is_none() {
                    outlet = Some(elements.around().and_then(|around| outlet::of(&around)));
                }
                let name = outlet.as_ref().and_then(Option::as_deref);
                take(file, &mut elements, &element, &mut |read| {
                    each(read.map(|read| outlet::given(read, name)));
                });
                // The object around the articles is closed; another has its own name.
                if element.kind == Kind::Remainder {
                    outlet = None;
                }
            }
            Ok(None) if is_empty && !elements.has_begun() => {
                return each(Err(no_json().into()));
            }
            Ok(None) => return,
            Err(error) => return each(Err(error.into())),
        }
    }
}

fn no_json() -> Problem {
    Problem::BrokenJson {
        column: 0,
        reason: "neither an object nor an array".to_owned(),
    }
}

fn take(
    file: &ArchiveFile,
    elements: &mut Elements<'_>,
    element: &Element,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut each = |result: Result<ReadArticle, Flaw>| {
        each(match result {
            Ok(read) if element.kind == Kind::Whole => Ok(read),
            Ok(read) => Ok(ReadArticle {
                line: Some(element.line),
                ..read
            }),
            Err(flaw) => Err(moved(flaw, element)),
        });
    };
    if let Some(size_bytes) = element.too_large {
        if element.kind == Kind::Candidate {
            elements.accept();
        }
        return each(Err(too_large(size_bytes).into()));
    }
    // What is lost becomes U+FFFD, and a doubt.
    let (json, _) = UTF_8.decode_without_bom_handling(&element.json);
    match (parsed(&json), element.kind) {
        (Ok(Value::Object(object)), Kind::Candidate) if !is_article(file, &object) => {
            elements.reject(element);
        }
        (Ok(Value::Object(object)), Kind::Remainder) => {
            if is_article(file, &object) && has_body(&object) {
                each_of(file, &object, Share::Part, &mut each);
            }
        }
        (Ok(Value::Object(object)), kind) => {
            let share = if kind == Kind::Whole {
                Share::Whole
            } else {
                Share::Part
            };
            if kind == Kind::Candidate {
                elements.accept();
            }
            each_of(file, &object, share, &mut each);
        }
        (Ok(other), _) => each(Err(wrong_type(&other).into())),
        (Err(flaw), kind) => {
            if kind == Kind::Candidate {
                elements.accept();
            }
            each(Err(flaw));
        }
    }
}

/// Reads the article of a line; `None` where it holds what stands between articles.
pub(crate) fn line(
    file: &ArchiveFile,
    json: &str,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    match parsed(json) {
        Ok(Value::Object(object)) => each_of(file, &object, Share::Part, each),
        Ok(other) => each(Err(wrong_type(&other).into())),
        Err(flaw) => each(Err(flaw)),
    }
}

/// Reads the article of an object, or those of the lists in it where it has no text itself.
fn each_of(
    file: &ArchiveFile,
    object: &Map<String, Value>,
    share: Share,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    if is_beside_articles(object) {
        return;
    }
    let message = match telegram_json::message(object) {
        Some(Message::NoArticle(kind)) => return each(Err(Problem::PassedOver { kind }.into())),
        Some(Message::Text(message)) => Some(message),
        None => None,
    };
    let object = message.as_ref().unwrap_or(object);
    match fields::article(file, object, share) {
        Ok(read) => each(Ok(read)),
        Err(problem) => {
            let mut inner = Vec::new();
            collect_articles(file, object, MAX_LEVELS, &mut inner);
            if inner.is_empty() {
                return each(Err(problem.into()));
            }
            for object in inner {
                each_of(file, object, Share::Part, each);
            }
        }
    }
}

/// Collects the objects with a text in the lists of an object.
fn collect_articles<'v>(
    file: &ArchiveFile,
    object: &'v Map<String, Value>,
    levels: usize,
    articles: &mut Vec<&'v Map<String, Value>>,
) {
    if levels == 0 {
        return;
    }
    let inner = object.values().flat_map(|value| match value {
        Value::Array(list) => list.iter().filter_map(Value::as_object).collect(),
        Value::Object(object) => vec![object],
        _ => Vec::new(),
    });
    for object in inner {
        let is_message = telegram_json::message(object).is_some();
        if is_message || (is_article(file, object) && has_body(object)) {
            articles.push(object);
        } else {
            collect_articles(file, object, levels - 1, articles);
        }
    }
}

fn is_article(file: &ArchiveFile, object: &Map<String, Value>) -> bool {
    let is_mapped = file.map.values(object).next().is_some();
    // A message without a text is to be counted.
    is_mapped
        || telegram_json::message(object).is_some()
        || entries::is_article(object) && !value::is_piece(object)
}

fn has_body(object: &Map<String, Value>) -> bool {
    entries::has_body(object)
}

/// Exports put lines and things between the articles that are none: orders to an index, the outlet
/// of a graph.
fn is_beside_articles(object: &Map<String, Value>) -> bool {
    let is_order = object.len() == 1
        && object.iter().all(|(key, value)| {
            matches!(key.as_str(), "index" | "create" | "update" | "delete")
                && value
                    .as_object()
                    .is_some_and(|order| order.keys().all(|key| key.starts_with('_')))
        });
    is_order || (value::is_other_thing(object) && !has_body(object))
}

fn parsed(json: &str) -> Result<Value, Flaw> {
    serde_json::from_str(json)
        // A comma too many, as people leave it.
        .or_else(|error| {
            serde_json::from_slice(&script::mended(json.as_bytes())).map_err(|_| error)
        })
        .map_err(|error| broken(&error))
}

fn wrong_type(value: &Value) -> Problem {
    Problem::WrongType {
        key: Cow::Borrowed("article"),
        expected: "an object",
        found: value::type_name(value),
    }
}

fn too_large(size_bytes: u64) -> Problem {
    Problem::TooLarge {
        size_bytes,
        max_bytes: MAX_ARTICLE_BYTES,
    }
}

/// Makes a flaw of a syntax error.
fn broken(error: &serde_json::Error) -> Flaw {
    let told = error.to_string();
    let reason = told
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    let problem = Problem::BrokenJson {
        column: error.column(),
        reason,
    };
    Flaw {
        line: u64::try_from(error.line()).ok().filter(|line| *line > 0),
        problem,
    }
}

/// Gives the flaw of an element its line and column in the whole file.
fn moved(flaw: Flaw, element: &Element) -> Flaw {
    let line = flaw.line.unwrap_or(1);
    let problem = match flaw.problem {
        Problem::BrokenJson { column, reason } if line == 1 => Problem::BrokenJson {
            column: column + usize::try_from(element.column).unwrap_or(0),
            reason,
        },
        other => other,
    };
    Flaw {
        line: Some(element.line + line - 1),
        problem,
    }
}
