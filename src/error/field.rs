//! The fields of an article by name.

use serde::Serialize;
use std::fmt;

/// A field of an article, as reports name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the fields are those of the article")]
pub enum Field {
    Id,
    Title,
    Lead,
    Body,
    #[serde(rename = "date")]
    Published,
    Source,
    Section,
    Author,
    Url,
    Tags,
    Lang,
}

impl Field {
    /// All fields, in the order in which people read them.
    pub const ALL: [Self; 11] = [
        Self::Id,
        Self::Title,
        Self::Lead,
        Self::Body,
        Self::Published,
        Self::Source,
        Self::Section,
        Self::Author,
        Self::Url,
        Self::Tags,
        Self::Lang,
    ];

    /// Returns the name that reports, `--map` and article files have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Published => "date",
            Self::Source => "source",
            Self::Section => "section",
            Self::Author => "author",
            Self::Url => "url",
            Self::Tags => "tags",
            Self::Lang => "lang",
        }
    }

    /// Returns the field of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = if name == "published" { "date" } else { name };
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Returns all names, for messages.
    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
