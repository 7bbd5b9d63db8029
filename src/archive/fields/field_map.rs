//! Which keys of foreign JSON or tables hold which fields, as the user says.

use crate::error::Field;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// Keys for fields: `title=headline,body=content.text`. A point leads into an object or to an
/// element of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FieldMap {
    pairs: Vec<(Field, String)>,
}

impl FieldMap {
    /// Returns whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns the fields and the keys that hold them, in the order in which they were given.
    pub fn pairs(&self) -> &[(Field, String)] {
        &self.pairs
    }

    /// Returns what the mapped keys of an object hold.
    pub(crate) fn values<'v>(
        &'v self,
        object: &'v Map<String, Value>,
    ) -> impl Iterator<Item = (Field, &'v str, &'v Value)> {
        self.pairs.iter().filter_map(|(field, path)| {
            let value = value_at(object, path)?;
            Some((*field, path.as_str(), value))
        })
    }
}

/// A key may have a point itself, so the whole is tried before its parts.
fn value_at<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    path.match_indices('.').find_map(|(at, _)| {
        let (key, rest) = (path.get(..at)?, path.get(at + 1..)?);
        match object.get(key)? {
            Value::Object(inner) => value_at(inner, rest),
            Value::Array(list) => element_at(list, rest),
            _ => None,
        }
    })
}

fn element_at<'v>(list: &'v [Value], path: &str) -> Option<&'v Value> {
    let (ordinal, rest) = path.split_once('.').unwrap_or((path, ""));
    let element = list.get(ordinal.parse::<usize>().ok()?)?;
    match element {
        element if rest.is_empty() => Some(element),
        Value::Object(object) => value_at(object, rest),
        _ => None,
    }
}

/// Why a text is no map of fields.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldMapError {
    /// There is no `=` in a part.
    #[error("\"{part}\" is no FIELD=KEY; write it as title=headline,body=content.text")]
    NoPair {
        /// The part.
        part: String,
    },
    /// The name is that of no field.
    #[error("\"{name}\" is no field; the fields are {}", Field::names())]
    UnknownField {
        /// The name.
        name: String,
    },
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let no_pair = || FieldMapError::NoPair {
                part: part.to_owned(),
            };
            let (name, key) = part.split_once('=').ok_or_else(no_pair)?;
            let (name, key) = (name.trim(), key.trim());
            if key.is_empty() {
                return Err(no_pair());
            }
            let field = Field::of_name(name).ok_or_else(|| FieldMapError::UnknownField {
                name: name.to_owned(),
            })?;
            Ok((field, key.to_owned()))
        });
        pairs.collect::<Result<_, _>>().map(|pairs| Self { pairs })
    }
}

impl TryFrom<String> for FieldMap {
    type Error = FieldMapError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FieldMap> for String {
    fn from(map: FieldMap) -> Self {
        map.to_string()
    }
}

impl fmt::Display for FieldMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (ordinal, (field, key)) in self.pairs.iter().enumerate() {
            let comma = if ordinal > 0 { "," } else { "" };
            write!(f, "{comma}{field}={key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::tests::read_mapped;

    #[test]
    fn foreign_keys_give_the_fields_they_are_mapped_to() {
        let map = "title=h1,body=inner.parts.0.words,date=когда,author=a.b";
        let json = r#"{"h1": "Міст", "title": "Інше", "inner": {"parts": [{"words": "Довго."}]}, "когда": "2 січня 2024", "a.b": "Оля"}"#;
        let article = read_mapped("a.json", json.as_bytes(), map);
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Міст", "Довго.")
        );
        assert_eq!(article.published.unwrap().date.to_string(), "2024-01-02");
        assert_eq!(article.authors, ["Оля"]);
    }

    #[test]
    fn a_map_is_written_as_it_is_read_and_mistakes_are_told() {
        let map: FieldMap = " title=headline , body=content.text,".parse().unwrap();
        assert_eq!(map.to_string(), "title=headline,body=content.text");
        assert!(FieldMap::from_str("").unwrap().is_empty());
        for (text, told) in [
            (
                "title",
                "\"title\" is no FIELD=KEY; write it as title=headline,body=content.text",
            ),
            (
                "title=",
                "\"title=\" is no FIELD=KEY; write it as title=headline,body=content.text",
            ),
            (
                "heading=a",
                "\"heading\" is no field; the fields are id, title, lead, body, date, source, section, author, url, tags, lang",
            ),
        ] {
            assert_eq!(FieldMap::from_str(text).unwrap_err().to_string(), told);
        }
    }
}
