//! One JSON object into one article.

use super::{ArchiveFile, blocks, dateline};
use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date::written::Written;
use crate::error::Problem;
use serde_json::{Map, Value};

/// What an object is to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// The file is this one article, so its name and path speak of the article.
    Whole,
    /// The file holds other articles too.
    Part,
}

/// Reads the article of an object; unknown keys, nulls and empty texts are passed over.
///
/// # Errors
///
/// Fails on a value of the wrong type, on a date that cannot be one, and where there is no text.
pub(super) fn article(
    file: &ArchiveFile,
    object: &Map<String, Value>,
    share: Share,
) -> Result<Article, Problem> {
    let text = |keys: &[&'static str]| text(object, keys);
    let body = text(&["body", "text", "content"])?.unwrap_or_default();
    let given_lead = text(&["lead", "description", "summary"])?;
    let title = text(&["title", "headline"])?.unwrap_or_default();
    if [Some(&title), Some(&body), given_lead.as_ref()]
        .iter()
        .flatten()
        .all(|text| text.trim().is_empty())
    {
        return Err(Problem::NoText);
    }
    let (published, date_text) = match published(object)? {
        Some((published, text)) => (Some(published), text),
        None if share == Share::Whole => (dateline::in_file_path(file), ""),
        None => (None, ""),
    };
    let url = text(&["url", "link"])?;
    let id = id(object)?.unwrap_or_else(|| match share {
        Share::Whole => ArticleId::new(&file.name),
        Share::Part => {
            let parts = [&title, &body, date_text, url.as_deref().unwrap_or_default()];
            ArticleId::new(&format!("{}#{}", file.name, short_hash(&parts)))
        }
    });
    Ok(Article {
        id,
        lead: given_lead.unwrap_or_else(|| blocks::first_paragraph(&body)),
        published,
        source: text(&["source"])?,
        section: text(&["section", "category"])?,
        author: author(object)?,
        url,
        tags: tags(object),
        lang: text(&["lang", "language"])?,
        path: file.path.clone(),
        title,
        body,
    })
}

/// Returns what a value is, for messages.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn wrong_type(key: &'static str, expected: &'static str, found: &Value) -> Problem {
    Problem::WrongType {
        key,
        expected,
        found: type_name(found),
    }
}

/// Returns the first of the keys that holds a text, as it stands there but for the ends of its lines.
fn text(object: &Map<String, Value>, keys: &[&'static str]) -> Result<Option<String>, Problem> {
    for key in keys {
        match object.get(*key) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.trim().is_empty() => {}
            Some(Value::String(text)) => {
                return Ok(Some(blocks::with_unix_lines(text).into_owned()));
            }
            Some(other) => return Err(wrong_type(key, "a string", other)),
        }
    }
    Ok(None)
}

fn published(object: &Map<String, Value>) -> Result<Option<(Published, &str)>, Problem> {
    for key in ["date", "published", "published_at", "datePublished"] {
        match object.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.trim().is_empty() => {}
            Some(Value::String(text)) => {
                let date =
                    Written::parse(text).map_err(|source| Problem::BadDate { key, source })?;
                return Ok(Some((Published::new(date, DateSource::Field), text)));
            }
            Some(other) => return Err(wrong_type(key, "a string", other)),
        }
    }
    Ok(None)
}

fn id(object: &Map<String, Value>) -> Result<Option<ArticleId>, Problem> {
    match object.get("id") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(id)) if id.trim().is_empty() => Ok(None),
        Some(Value::String(id)) => Ok(Some(ArticleId::new(id))),
        Some(Value::Number(id)) => Ok(Some(ArticleId::new(&id.to_string()))),
        Some(other) => Err(wrong_type("id", "a string or a number", other)),
    }
}

fn author(object: &Map<String, Value>) -> Result<Option<String>, Problem> {
    for key in ["author", "authors"] {
        let expected = "a string or an array of strings";
        match object.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(name)) if name.trim().is_empty() => {}
            Some(Value::String(name)) => return Ok(Some(name.trim().to_owned())),
            Some(Value::Array(list)) => {
                let names: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                let names = names.ok_or(Problem::WrongType {
                    key,
                    expected,
                    found: "an array of something else",
                })?;
                if !names.is_empty() {
                    return Ok(Some(names.join(", ")));
                }
            }
            Some(other) => return Err(wrong_type(key, expected, other)),
        }
    }
    Ok(None)
}

/// Returns the tags: a list, or one text with commas between. What is no text is passed over, for tags
/// decide nothing about an article.
fn tags(object: &Map<String, Value>) -> Vec<String> {
    let mut lists = ["tags", "topics", "keywords"]
        .into_iter()
        .filter_map(|key| object.get(key));
    let list: Vec<&str> = match lists.find(|value| value.is_string() || value.is_array()) {
        Some(Value::String(text)) => text.split(',').collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    blocks::names(list)
}

/// Returns 12 hexadecimal digits over the parts, told apart even where they run into one another.
fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // No byte of UTF-8.
        hasher.update(&[0xFF]);
    }
    hasher.finalize().to_hex().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{problem, read_one};

    #[test]
    fn all_keys_and_their_other_names_are_read() {
        let article = read_one(
            "a.json",
            r#"{"id": 7, "headline": "Міст", "summary": "Коротко.", "content": "Довго.", "datePublished": "2025",
            "source": "Вісті", "category": "місто", "authors": ["Оля Гай", "Іван Рись"],
            "link": "https://example.org/1", "topics": ["мости", " ", 5, "річка", "мости"], "language": "uk", "views": {"n": 5}}"#
                .as_bytes(),
        );
        assert_eq!(article.id.as_str(), "7");
        assert_eq!(
            (article.title.as_str(), article.lead.as_str()),
            ("Міст", "Коротко.")
        );
        assert_eq!(article.body, "Довго.");
        assert_eq!(article.published.unwrap().date.to_string(), "2025");
        assert_eq!(article.section.as_deref(), Some("місто"));
        assert_eq!(article.author.as_deref(), Some("Оля Гай, Іван Рись"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(article.lang.as_deref(), Some("uk"));
        assert_eq!(article.tags, ["мости", "річка"]);
    }

    #[test]
    fn nulls_and_empty_texts_are_absent() {
        let article = read_one(
            "a.json",
            r#"{"title": null, "headline": "Міст", "date": "", "url": ""}"#.as_bytes(),
        );
        assert_eq!(
            (article.title.as_str(), article.published, article.url),
            ("Міст", None, None)
        );
    }

    #[test]
    fn the_lead_is_the_first_paragraph_where_none_is_given() {
        let article = read_one(
            "a.json",
            r#"{"title": "Т", "body": "Один.\r\n\r\nДва.\u0000"}"#.as_bytes(),
        );
        assert_eq!(
            (article.lead.as_str(), article.body.as_str()),
            ("Один.", "Один.\n\nДва.")
        );
    }

    #[test]
    fn a_wrong_type_is_told_with_what_was_expected_and_found() {
        assert_eq!(
            problem("a.json", br#"{"title": 5}"#),
            "title: expected a string, found a number"
        );
        assert_eq!(
            problem("a.json", br#"{"body": []}"#),
            "body: expected a string, found an array"
        );
        assert_eq!(
            problem("a.json", br#"{"title": "a", "author": [1]}"#),
            "author: expected a string or an array of strings, found an array of something else"
        );
    }

    #[test]
    fn a_date_that_cannot_be_does_not_vanish() {
        assert_eq!(
            problem("a.json", br#"{"title": "a", "date": "2025-13-01"}"#),
            "date: month 13: months run from 01 to 12"
        );
    }

    #[test]
    fn an_object_without_text_is_told() {
        assert_eq!(
            problem("a.json", br#"{"title": " ", "date": "2025"}"#),
            "no text: neither a title nor a body"
        );
    }

    #[test]
    fn no_date_is_guessed_from_the_text() {
        let article = read_one(
            "a.json",
            r#"{"title": "Міст", "body": "28 грудня 2025 року"}"#.as_bytes(),
        );
        assert_eq!(article.published, None);
    }
}
