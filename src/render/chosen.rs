//! Answers as JSON with some of the fields of their hits, and as lines of JSON.

use crate::render::hit_field::HitField;
use crate::search::{Hit, SearchResponse};
use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::io;

/// A hit as a line of its own.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum HitLine<'a> {
    /// With all its fields.
    Whole {
        #[serde(rename = "type")]
        kind: &'static str,
        #[serde(flatten)]
        hit: &'a Hit,
    },
    /// With some of them.
    Chosen(ChosenHit<'a>),
}

impl<'a> HitLine<'a> {
    /// Makes the line of `hit`, with all fields where `fields` is empty.
    pub(crate) fn new(hit: &'a Hit, fields: &'a [HitField]) -> Self {
        if fields.is_empty() {
            return Self::Whole { kind: "hit", hit };
        }
        Self::Chosen(ChosenHit {
            kind: Some("hit"),
            hit,
            fields,
        })
    }
}

/// A hit with some of its fields, in the order in which they were chosen.
pub(crate) struct ChosenHit<'a> {
    kind: Option<&'static str>,
    hit: &'a Hit,
    fields: &'a [HitField],
}

impl Serialize for ChosenHit<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(kind) = self.kind {
            map.serialize_entry("type", kind)?;
        }
        let hit = self.hit;
        for field in self.fields {
            let name = field.name();
            match field {
                HitField::Rank => map.serialize_entry(name, &hit.rank),
                HitField::Id => map.serialize_entry(name, &hit.id),
                HitField::Score => map.serialize_entry(name, &hit.score),
                HitField::Title => map.serialize_entry(name, &hit.title),
                HitField::TitleHighlights => {
                    map.serialize_entry(name, &sorted(&hit.title_highlights)?)
                }
                HitField::TitleHighlightsChars => {
                    map.serialize_entry(name, &sorted(&hit.title_highlights_chars)?)
                }
                HitField::Published => map.serialize_entry(name, &hit.published),
                HitField::DateSource => map.serialize_entry(name, &hit.date_source),
                HitField::Source => map.serialize_entry(name, &hit.source),
                HitField::Section => map.serialize_entry(name, &hit.section),
                HitField::Author => map.serialize_entry(name, &hit.author),
                HitField::Url => map.serialize_entry(name, &hit.url),
                HitField::Path => map.serialize_entry(name, &hit.path),
                HitField::Lang => map.serialize_entry(name, &hit.lang),
                HitField::Snippets => map.serialize_entry(name, &sorted(&hit.snippets)?),
                HitField::MatchedBy => map.serialize_entry(name, &hit.matched_by),
                HitField::Copies => map.serialize_entry(name, &hit.copies),
                HitField::CopySources => {
                    let copies = hit.copies.as_ref();
                    map.serialize_entry(name, &copies.map(|copies| &copies.sources))
                }
                HitField::FirstWords => map.serialize_entry(name, &hit.first_words),
                HitField::Collection => map.serialize_entry(name, &hit.collection),
                HitField::Line => map.serialize_entry(name, &hit.line),
                HitField::Places => map.serialize_entry(name, &sorted(&hit.places)?),
                HitField::Lead => map.serialize_entry(name, &hit.lead),
                HitField::Body => map.serialize_entry(name, &hit.body),
                HitField::Tags => map.serialize_entry(name, &hit.tags),
            }?;
        }
        map.end()
    }
}

/// Returns `value` with the keys of its objects in the order of the alphabet.
fn sorted<E: Error>(value: &impl Serialize) -> Result<Value, E> {
    serde_json::to_value(value).map_err(E::custom)
}

/// An answer whose hits have only the fields that were chosen.
pub struct ChosenFields<'a> {
    /// The answer.
    pub response: &'a SearchResponse,
    /// The fields of its hits.
    pub fields: &'a [HitField],
}

impl Serialize for ChosenFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in object(self.response).map_err(S::Error::custom)? {
            if key == "hits" {
                let chosen = |hit| ChosenHit {
                    kind: None,
                    hit,
                    fields: self.fields,
                };
                let hits: Vec<ChosenHit<'_>> = self.response.hits.iter().map(chosen).collect();
                map.serialize_entry("hits", &hits)?;
            } else {
                map.serialize_entry(&key, &value)?;
            }
        }
        map.end()
    }
}

/// The last line of an answer: everything but the hits.
#[derive(Serialize)]
pub(crate) struct SummaryLine {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl SummaryLine {
    /// Makes the line of `response`.
    pub(crate) fn of(response: &SearchResponse) -> io::Result<Self> {
        let mut rest = object(response).map_err(io::Error::other)?;
        rest.remove("hits");
        Ok(Self {
            kind: "summary",
            rest,
        })
    }
}

/// Returns `value` as an object. It goes through text, as numbers of single precision would
/// otherwise get digits that they do not have in other forms.
fn object(value: &impl Serialize) -> serde_json::Result<Map<String, Value>> {
    serde_json::from_str(&serde_json::to_string(value)?)
}
