//! The fields of the index, read from `index-schema/v5.json`.

use std::sync::LazyLock;
use tantivy::schema::{Field, Schema};

/// The index schema as data: tantivy's own schema with a description of every field.
pub const SCHEMA_JSON: &str = include_str!("../index-schema/v5.json");

/// The version of the index format: of the schema and of everything stored beside it. An index of
/// another version is refused.
pub const FORMAT_VERSION: u32 = 5;

/// Handles of the fields, by name.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "index-schema/v5.json describes the fields")]
pub struct Fields {
    pub id: Field,
    pub collection: Field,
    pub key: Field,
    pub path: Field,
    pub content_hash: Field,
    pub line: Field,
    pub lead_words: Field,
    pub repeat_hash: Field,
    pub signature: Field,
    pub published_at: Field,
    pub first_day: Field,
    pub last_day: Field,
    pub written_day: Field,
    pub source: Field,
    pub lang: Field,
    pub section: Field,
    pub author: Field,
    pub url: Field,
    pub tags: Field,
    pub published: Field,
    pub date_source: Field,
    pub title: TextFields,
    pub lead: TextFields,
    pub body: TextFields,
    pub impacts: Field,
}

/// The three fields of one text: as it stands, its keys and its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFields {
    /// The text as it stands in the article; stored.
    pub stored: Field,
    /// Its keys; searched.
    pub keys: Field,
    /// Its forms; searched, at the positions of the keys.
    pub forms: Field,
}

/// A part of an article that can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The headline.
    Title,
    /// The summary or first paragraph.
    Lead,
    /// The whole text.
    Body,
}

impl Part {
    /// All parts, in reading order.
    pub const ALL: [Self; 3] = [Self::Title, Self::Lead, Self::Body];

    /// Returns the name that the command line and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
        }
    }

    /// Returns the fields that hold the part.
    pub fn fields(self) -> TextFields {
        let fields = fields();
        match self {
            Self::Title => fields.title,
            Self::Lead => fields.lead,
            Self::Body => fields.body,
        }
    }
}

/// Returns whether the lead is searched without the text, which most leads are the beginning of.
pub fn is_lead_alone(parts: &[Part]) -> bool {
    parts.contains(&Part::Lead) && !parts.contains(&Part::Body)
}

/// Returns the parts in whose fields the words of `parts` are: also the body, where leads are
/// searched that it begins with.
pub fn indexed_parts(parts: &[Part]) -> &[Part] {
    if !is_lead_alone(parts) {
        parts
    } else if parts.contains(&Part::Title) {
        &Part::ALL
    } else {
        &[Part::Lead, Part::Body]
    }
}

/// Returns the schema of the index.
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(parse);
    &SCHEMA
}

/// Returns the handles of the fields.
pub fn fields() -> &'static Fields {
    static FIELDS: LazyLock<Fields> = LazyLock::new(|| look_up(schema()));
    &FIELDS
}

#[expect(
    clippy::expect_used,
    reason = "the text is compiled in and a test reads it"
)]
fn parse() -> Schema {
    let mut document: serde_json::Value =
        serde_json::from_str(SCHEMA_JSON).expect("v5.json is JSON");
    serde_json::from_value(document["fields"].take()).expect("v5.json holds a schema")
}

#[expect(
    clippy::expect_used,
    reason = "the names are compiled in and a test looks them up"
)]
fn look_up(schema: &Schema) -> Fields {
    let field = |name: &str| schema.get_field(name).expect("v5.json has every field");
    let text = |name: &str| TextFields {
        stored: field(name),
        keys: field(&format!("{name}_keys")),
        forms: field(&format!("{name}_forms")),
    };
    Fields {
        id: field("id"),
        collection: field("collection"),
        key: field("key"),
        path: field("path"),
        content_hash: field("content_hash"),
        line: field("line"),
        lead_words: field("lead_words"),
        repeat_hash: field("repeat_hash"),
        signature: field("signature"),
        published_at: field("published_at"),
        first_day: field("first_day"),
        last_day: field("last_day"),
        written_day: field("written_day"),
        source: field("source"),
        lang: field("lang"),
        section: field("section"),
        author: field("author"),
        url: field("url"),
        tags: field("tags"),
        published: field("published"),
        date_source: field("date_source"),
        title: text("title"),
        lead: text("lead"),
        body: text("body"),
        impacts: field("impacts"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_handle_and_a_description() {
        let document: serde_json::Value = serde_json::from_str(SCHEMA_JSON).unwrap();
        assert_eq!(document["version"], FORMAT_VERSION);
        let described = document["fields"].as_array().unwrap();
        assert_eq!(described.len(), schema().fields().count());
        // 22 fields of their own and three of each text.
        assert_eq!(described.len(), 22 + 3 * Part::ALL.len());
        for field in described {
            assert!(
                field["description"]
                    .as_str()
                    .is_some_and(|text| text.len() > 10),
                "{field}"
            );
        }
        fields();
    }
}
