//! Values of JSON in the shapes that exports give them: texts, names and dates.

use crate::archive::json::key;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What a value that cannot be taken is, for messages.
pub(crate) type Found = &'static str;

/// Keys under which an object holds its text, the surest first.
const TEXT_KEYS: &[&str] = &[
    "rendered",
    "text",
    "html",
    "plain",
    "value",
    "content",
    "body",
    "data",
    "t",
    "uk",
    "ua",
    "main",
    "raw",
    "name",
    "title",
    "blocks",
    "paragraphs",
    "ru",
    "en",
];

/// Keys under which an object holds its name.
const NAME_KEYS: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "title",
    "label",
    "text",
    "value",
    "term",
    "nicename",
    "rendered",
    "tag",
    "author",
    "uk",
    "ua",
    "slug",
];

/// Keys of a given name and of the family name behind it.
const PERSON_KEYS: [&[&str]; 2] = [
    &["firstname", "givenname", "first", "given"],
    &["lastname", "familyname", "surname", "last", "family"],
];

/// Keys under which an object holds an address.
const URL_KEYS: &[&str] = &["url", "uri", "href", "link", "canonical", "permalink", "id"];

/// Keys under which an object holds a date or a number of seconds.
const DATE_KEYS: &[&str] = &[
    "date",
    "numberlong",
    "numberint",
    "value",
    "iso",
    "datetime",
    "utc",
    "seconds",
    "timestamp",
    "rendered",
    "text",
    "t",
    "published",
    "start",
];

/// Types of the pieces of a text that stand on lines of their own.
const BLOCK_TYPES: &[&str] = &[
    "paragraph",
    "heading",
    "header",
    "subheading",
    "list",
    "quote",
    "block",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "listitem",
    "unstyled",
    "textblock",
    "subtitle",
    "title",
];

/// Types of the pieces of a line.
const INLINE_TYPES: &[&str] = &[
    "plain",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "link",
    "textlink",
    "mention",
    "mentionname",
    "hashtag",
    "cashtag",
    "botcommand",
    "email",
    "phone",
    "customemoji",
    "blockquote",
    "bankcard",
];

/// Returns what a value is, for messages.
pub(crate) fn type_name(value: &Value) -> Found {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns the text of a value: a string or number, the pieces of a rich text, the text of an
/// object.
///
/// Nothing, an empty list and a blank text are `None`.
pub(crate) fn text(value: &Value) -> Result<Option<Cow<'_, str>>, Found> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => Cow::Borrowed(text.as_str()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Array(list) => Cow::Owned(rich_text(list)?),
        Value::Object(object) => match first_of(object, TEXT_KEYS) {
            Some(inner) => return text(inner),
            None if object.is_empty() => return Ok(None),
            None => return Err(type_name(value)),
        },
        Value::Bool(_) => return Err(type_name(value)),
    };
    Ok((!text.trim().is_empty()).then_some(text))
}

/// Joins the pieces of a text: paragraphs by blank lines, and what is within a line as it stands.
fn rich_text(list: &[Value]) -> Result<String, Found> {
    // Versions of one text, as ninjs has them: the first is the main one.
    if let Some(Value::Object(version)) = list.first()
        && version.contains_key("value")
        && let Some(value) = version.get("value")
    {
        return Ok(text(value)?.unwrap_or_default().into_owned());
    }
    let is_inline = |piece: &Value| match piece {
        Value::Object(object) => {
            !is_picture(object)
                && !object
                    .get("type")
                    .or_else(|| object.get("style"))
                    .and_then(Value::as_str)
                    .is_some_and(|kind| BLOCK_TYPES.contains(&key::folded(kind).as_str()))
        }
        _ => false,
    };
    let pieces: Vec<Cow<'_, str>> = list
        .iter()
        .filter_map(|piece| match piece {
            // A space between two words is a piece too.
            Value::String(text) => Some(Ok(Cow::Borrowed(text.as_str()))),
            Value::Object(object) => match object.get("text") {
                Some(Value::String(text)) => Some(Ok(Cow::Borrowed(text.as_str()))),
                _ if is_picture(object) => None,
                _ => text(piece).transpose(),
            },
            _ => text(piece).transpose(),
        })
        .collect::<Result<_, _>>()
        .map_err(|_| "an array of something else")?;
    let joint = if list.iter().any(is_inline) {
        ""
    } else {
        "\n\n"
    };
    Ok(pieces.join(joint))
}

/// Tells a piece of a text from an article: `{"type": "bold", "text": "міст"}`.
pub(crate) fn is_piece(object: &Map<String, Value>) -> bool {
    let kind = object.get("type").and_then(Value::as_str).map(key::folded);
    let is_kind = |kind: &String| {
        let kind = kind.as_str();
        BLOCK_TYPES.contains(&kind) || INLINE_TYPES.contains(&kind)
    };
    kind.as_ref().is_some_and(is_kind) && object.len() <= 4
}

/// Tells a thing of schema.org that is no article: the site, the outlet, a picture.
pub(crate) fn is_other_thing(object: &Map<String, Value>) -> bool {
    let is_article = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            ["Article", "Posting", "Report", "CreativeWork"]
                .iter()
                .any(|end| kind.ends_with(end))
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => !kinds.iter().any(is_article),
        Some(kind) => !is_article(kind),
        None => false,
    }
}

/// Blocks of editors may hold a picture or a rule and no text at all.
fn is_picture(object: &Map<String, Value>) -> bool {
    let kind = object.get("type").and_then(Value::as_str);
    kind.is_some() && first_of(object, TEXT_KEYS).is_none_or(|inner| text(inner).is_err())
}

/// Returns names: a text, an object with a name, or a list of those; the flaw is what else was
/// among them.
pub(crate) fn names(value: &Value) -> (Vec<String>, Option<Found>) {
    let mut names = Vec::new();
    let mut wrong = None;
    collect_names(value, &mut names, &mut wrong);
    (names, wrong)
}

fn collect_names(value: &Value, names: &mut Vec<String>, wrong: &mut Option<Found>) {
    match value {
        Value::Null => {}
        Value::String(name) => names.push(name.clone()),
        Value::Array(list) => {
            for one in list {
                collect_names(one, names, wrong);
            }
        }
        Value::Object(object) => match person(object) {
            Some(name) => names.push(name),
            None => {
                match first_of(object, NAME_KEYS).or_else(|| first_of(object, &["data", "items"])) {
                    Some(inner) => collect_names(inner, names, wrong),
                    None if object.is_empty() => {}
                    None => *wrong = Some(type_name(value)),
                }
            }
        },
        other => *wrong = Some(type_name(other)),
    }
}

fn person(object: &Map<String, Value>) -> Option<String> {
    let [given, family] = PERSON_KEYS.map(|keys| first_of(object, keys).and_then(Value::as_str));
    match (given, family) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        _ => None,
    }
}

/// Returns an address: a text, or what stands in an object as one.
pub(crate) fn url(value: &Value) -> Result<Option<Cow<'_, str>>, Found> {
    match value {
        Value::Object(object) => match first_of(object, URL_KEYS) {
            Some(inner) => url(inner),
            None => Err(type_name(value)),
        },
        Value::Array(list) => list.first().map_or(Ok(None), url),
        Value::Number(_) => Err(type_name(value)),
        other => text(other),
    }
}

/// Returns an id: a text, a number or what `MongoDB` makes of one.
pub(crate) fn id(value: &Value) -> Result<Option<Cow<'_, str>>, Found> {
    match value {
        Value::Object(object) => {
            match first_of(object, &["oid", "text", "value", "id", "numberlong"]) {
                Some(inner) => id(inner),
                None => Err(type_name(value)),
            }
        }
        Value::Array(_) => Err(type_name(value)),
        other => text(other),
    }
}

/// Returns a date as text, not yet understood: `{"$date": {"$numberLong": "1704182400000"}}` gives
/// the number.
pub(crate) fn date(value: &Value) -> Result<Option<Cow<'_, str>>, Found> {
    match value {
        Value::Object(object) => match (first_of(object, DATE_KEYS), day_of(object)) {
            (Some(inner), _) => date(inner),
            (None, Some(day)) => Ok(Some(Cow::Owned(day))),
            (None, None) => Err(type_name(value)),
        },
        Value::Array(list) => match list.as_slice() {
            [] => Ok(None),
            [one] => date(one),
            _ => Err(type_name(value)),
        },
        other => text(other),
    }
}

/// Reads `{"year": 2024, "month": 1, "day": 2}`.
fn day_of(object: &Map<String, Value>) -> Option<String> {
    let number = |key: &str| first_of(object, &[key]).and_then(Value::as_u64);
    let (year, month, day) = (number("year")?, number("month")?, number("day")?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Returns the first of the keys, as they are when folded, that holds something.
fn first_of<'v>(object: &'v Map<String, Value>, keys: &[&str]) -> Option<&'v Value> {
    let is_filled = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        _ => true,
    };
    keys.iter().find_map(|key| {
        let mut entries = object.iter();
        let (_, value) =
            entries.find(|(name, value)| key::folded(name) == *key && is_filled(value))?;
        Some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(value: &Value) -> String {
        text(value).unwrap().unwrap_or_default().into_owned()
    }

    #[test]
    fn texts_come_in_every_shape() {
        for (value, expected) in [
            (json!("Міст"), "Міст"),
            (json!(2024), "2024"),
            (
                json!(["Відкрили ", {"type": "bold", "text": "міст"}, "."]),
                "Відкрили міст.",
            ),
            (
                json!([{"type": "plain", "text": "Відкрили "}, {"type": "link", "text": "міст"}]),
                "Відкрили міст",
            ),
            (
                json!(["Перший абзац.", "Другий."]),
                "Перший абзац.\n\nДругий.",
            ),
            (
                json!([{"type": "paragraph", "text": "Один."}, {"type": "image", "src": "a"}, {"type": "heading", "text": "Два"}]),
                "Один.\n\nДва",
            ),
            (
                json!({"rendered": "<p>Так</p>", "protected": false}),
                "<p>Так</p>",
            ),
            (
                json!({"time": 5, "blocks": [{"type": "header", "data": {"text": "Один"}}, {"type": "paragraph", "data": {"text": "Два"}}]}),
                "Один\n\nДва",
            ),
            (json!({"en": "Bridge", "uk": "Міст"}), "Міст"),
            (json!({"#text": "Міст"}), "Міст"),
            (json!([]), ""),
            (json!(null), ""),
        ] {
            assert_eq!(told(&value), expected, "{value}");
        }
        assert_eq!(text(&json!({"views": 5})), Err("an object"));
        assert_eq!(text(&json!(true)), Err("a boolean"));
    }

    #[test]
    fn names_come_in_every_shape() {
        for (value, expected) in [
            (json!("Оля Гай"), vec!["Оля Гай"]),
            (
                json!({"@type": "Person", "name": "Оля Гай"}),
                vec!["Оля Гай"],
            ),
            (
                json!(["Оля Гай", {"name": "Іван Рись"}]),
                vec!["Оля Гай", "Іван Рись"],
            ),
            (
                json!({"first_name": "Оля", "lastName": "Гай"}),
                vec!["Оля Гай"],
            ),
            (json!({"id": null, "name": "Вісті"}), vec!["Вісті"]),
            (json!({"data": [{"name": "Оля"}]}), vec!["Оля"]),
            (json!({}), vec![]),
        ] {
            assert_eq!(
                names(&value),
                (expected.into_iter().map(str::to_owned).collect(), None),
                "{value}"
            );
        }
        assert_eq!(
            names(&json!(["Оля", 5])),
            (vec!["Оля".to_owned()], Some("a number"))
        );
    }

    #[test]
    fn dates_and_addresses_come_out_of_their_objects() {
        for (value, expected) in [
            (json!(1_704_182_400), "1704182400"),
            (
                json!({"$date": "2024-01-02T08:00:00Z"}),
                "2024-01-02T08:00:00Z",
            ),
            (
                json!({"$date": {"$numberLong": "1704182400000"}}),
                "1704182400000",
            ),
            (
                json!({"date": "2024-01-02 10:15:00.000000", "timezone_type": 3}),
                "2024-01-02 10:15:00.000000",
            ),
            (
                json!({"_seconds": 1_704_182_400, "_nanoseconds": 0}),
                "1704182400",
            ),
            (json!({"year": 2024, "month": 1, "day": 2}), "2024-01-02"),
            (json!(["2024-01-02"]), "2024-01-02"),
        ] {
            assert_eq!(date(&value).unwrap().unwrap(), expected, "{value}");
        }
        assert_eq!(
            url(&json!({"city": "Newark", "uri": "https://a.ua/1"}))
                .unwrap()
                .unwrap(),
            "https://a.ua/1"
        );
        assert_eq!(
            url(&json!({"@id": "https://a.ua/1"})).unwrap().unwrap(),
            "https://a.ua/1"
        );
        assert!(url(&json!({"city": "Newark"})).is_err());
    }
}
