//! The messages of a Telegram export as JSON, `result.json`.

use serde_json::{Map, Value};

/// What a message is to us.
#[derive(Debug, PartialEq)]
pub(crate) enum Message {
    /// A text, with an id that is unique among all channels, and with the channel as its source.
    Text(Map<String, Value>),
    /// A picture without a text, or a note that somebody joined: what it is, in the plural.
    NoArticle(&'static str),
}

/// Returns what an object is, if it is a message of an export.
pub(crate) fn message(object: &Map<String, Value>) -> Option<Message> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let kind = text("type")?;
    let is_message = object.contains_key("id")
        && object.contains_key("text")
        && (object.contains_key("date_unixtime") || object.contains_key("from_id"))
        && matches!(kind, "message" | "service");
    if !is_message {
        return None;
    }
    let is_empty = match object.get("text") {
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(parts)) => parts.is_empty(),
        _ => true,
    };
    if kind == "service" {
        return Some(Message::NoArticle("service messages"));
    }
    if is_empty {
        return Some(Message::NoArticle("messages without text"));
    }
    let mut message = object.clone();
    // Messages are numbered within their channel.
    if let (Some(from), Some(id)) = (text("from_id"), object.get("id")) {
        let id = format!("telegram:{from}/{id}");
        message.insert("id".to_owned(), Value::String(id));
    }
    if let (Some(name), Some(from)) = (text("from"), text("from_id"))
        && from.starts_with("channel")
    {
        message.insert("source".to_owned(), Value::String(name.to_owned()));
    }
    Some(Message::Text(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> Option<Message> {
        message(value.as_object().unwrap())
    }

    #[test]
    fn messages_get_ids_of_their_own_and_those_without_text_go() {
        let post = json!({"id": 41, "type": "message", "date_unixtime": "1", "from": "Вісті", "from_id": "channel7", "text": "Міст"});
        let Some(Message::Text(fields)) = read(&post) else {
            panic!("no text")
        };
        assert_eq!(
            (&fields["id"], &fields["source"]),
            (&json!("telegram:channel7/41"), &json!("Вісті"))
        );
        for other in [
            json!({"id": 1, "type": "service", "date_unixtime": "1", "text": "x"}),
            json!({"id": 2, "type": "message", "date_unixtime": "1", "text": ""}),
            json!({"id": 3, "type": "message", "date_unixtime": "1", "text": []}),
        ] {
            assert!(matches!(read(&other), Some(Message::NoArticle(_))));
        }
        assert_eq!(
            read(&json!({"id": 1, "type": "message", "text": "Міст"})),
            None
        );
    }
}
