//! What a page tells of its article in `<script type="application/ld+json">`.

use crate::markup::blocks::one_line;
use crate::markup::json_mend;
use serde_json::Value;

/// The JSON-LD of an article, as far as it is of use.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    pub(crate) headline: Option<String>,
    /// `datePublished`, or else `dateCreated`, as it stands there.
    pub(crate) date: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) section: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    /// `articleBody`, its line breaks as they stand.
    pub(crate) body: Option<String>,
}

impl JsonLd {
    /// Reads the scripts of a page: the first article in them, else the first page that has a date.
    ///
    /// What is not JSON is passed over: a page is not worse for a slip in its metadata.
    pub(crate) fn of_scripts<'s>(scripts: impl Iterator<Item = &'s str>) -> Self {
        let documents: Vec<Value> = scripts.flat_map(json_mend::values).collect();
        let mut things = Vec::new();
        for document in &documents {
            collect_things(document, &mut things);
        }
        let article = things.iter().find(|thing| is_article(thing));
        let dated = || {
            things
                .iter()
                .find(|thing| thing.get("datePublished").is_some())
        };
        article
            .or_else(dated)
            .map(|thing| Self::of_thing(thing))
            .unwrap_or_default()
    }

    fn of_thing(thing: &Value) -> Self {
        let text = |key: &str| thing.get(key).and_then(first_text);
        Self {
            headline: text("headline").or_else(|| text("name")),
            date: text("datePublished").or_else(|| text("dateCreated")),
            authors: thing.get("author").map(names).unwrap_or_default(),
            section: text("articleSection"),
            publisher: thing
                .get("publisher")
                .and_then(|value| names(value).into_iter().next()),
            url: text("url").or_else(|| text("mainEntityOfPage")),
            body: thing
                .get("articleBody")
                .and_then(Value::as_str)
                .map(str::to_owned),
        }
    }
}

/// Collects the objects at the top, in arrays and in `@graph`; not those inside, which are
/// comments, related articles and pictures.
fn collect_things<'v>(value: &'v Value, things: &mut Vec<&'v Value>) {
    match value {
        // The depth is bounded by the JSON parser's own limit.
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_things(value, things)),
        Value::Object(object) => {
            things.push(value);
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.get(key) {
                    collect_things(inner, things);
                }
            }
        }
        _ => {}
    }
}

fn is_article(thing: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article")
                || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
        })
    };
    match thing.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object
            .get("@value")
            .or_else(|| object.get("@id"))
            .and_then(first_text),
        Value::Array(values) => values.iter().find_map(first_text),
        _ => None,
    }
}

/// Returns the name of a person or an outlet, or the names of several.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => object
            .get("name")
            .and_then(first_text)
            .into_iter()
            .collect(),
        Value::Array(values) => values.iter().flat_map(names).collect(),
        other => first_text(other).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> JsonLd {
        JsonLd::of_scripts([script].into_iter())
    }

    #[test]
    fn the_article_of_a_graph_is_read() {
        let page = read(
            r#"{"@graph":[{"@type":"WebPage","name":"Сайт"},{"@type":["NewsArticle"],"headline":"Міст",
            "datePublished":"2024-04-26T10:00+03:00","author":[{"name":"Оля Гай"},"Іван Рись"],
            "publisher":{"name":"Вісті"},"comment":[{"@type":"Article","headline":"ні"}]}]}"#,
        );
        assert_eq!(page.headline.as_deref(), Some("Міст"));
        assert_eq!(page.date.as_deref(), Some("2024-04-26T10:00+03:00"));
        assert_eq!(page.authors, ["Оля Гай", "Іван Рись"]);
        assert_eq!(page.publisher.as_deref(), Some("Вісті"));
    }

    #[test]
    fn an_array_and_raw_line_breaks_are_read() {
        let page = read(
            "[{\"@type\":\"Organization\"},{\"@type\":\"Article\",\"headline\":\"Міст\nвідкрито\"}]",
        );
        assert_eq!(page.headline.as_deref(), Some("Міст відкрито"));
    }

    #[test]
    fn what_is_not_json_tells_nothing() {
        let page = read("{\"@type\": \"Article\", headline: }");
        assert!(page.headline.is_none() && page.date.is_none());
    }
}
