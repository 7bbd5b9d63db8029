//! The fields of an article by name.

use serde::Serialize;

/// A field of an article, as reports name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the fields are those of the article")]
pub enum Field {
    Id,
    Title,
    Lead,
    Body,
    Published,
    Source,
    Section,
    Author,
    Url,
    Tags,
    Lang,
}
