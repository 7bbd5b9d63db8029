//! The outlet that an export names once, around its articles.

use crate::archive::read_article::{Origin, ReadArticle};
use crate::error::Field;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Returns the name of a JSON Feed or of the channel of a Telegram export, by what stands before
/// its articles.
pub(crate) fn of(around: &Map<String, Value>) -> Option<String> {
    let text = |key: &str| around.get(key).and_then(Value::as_str);
    let is_feed = text("version").is_some_and(|version| version.contains("jsonfeed.org"));
    let is_channel = around.contains_key("messages")
        && text("type").is_some_and(|kind| kind.ends_with("channel") || kind.ends_with("group"));
    let name = match (is_feed, is_channel) {
        (true, _) => text("title"),
        (_, true) => text("name"),
        _ => None,
    };
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    name.map(str::to_owned)
}

/// Gives the outlet to an article that names none itself.
pub(crate) fn given(mut read: ReadArticle, outlet: Option<&str>) -> ReadArticle {
    if let (None, Some(outlet)) = (&read.article.source, outlet) {
        read.article.source = Some(outlet.to_owned());
        read.origins.push(Origin {
            field: Field::Source,
            name: Cow::Borrowed("name of the feed"),
        });
    }
    read
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::read_all;

    #[test]
    fn what_an_export_is_called_is_the_source_of_its_articles() {
        for text in [
            r#"{"name": "Вісті", "type": "public_channel", "id": 5, "messages": [
                {"id": 1, "type": "service", "date_unixtime": "1704182400", "text": ""},
                {"id": 2, "type": "message", "date_unixtime": "1704182400", "text": "Міст відкрито."}]}"#,
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Вісті", "items": [
                {"id": "1", "title": "Міст", "content_text": "Міст відкрито."},
                {"id": "2", "title": "Парк", "content_text": "Парк зачинено."}]}"#,
        ] {
            let (articles, problems) = read_all("a.json", text.as_bytes());
            assert_eq!(problems, Vec::<String>::new());
            assert!(!articles.is_empty());
            for article in articles {
                assert_eq!(article.source.as_deref(), Some("Вісті"));
            }
        }
    }
}
