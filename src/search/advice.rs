//! What an answer offers where words of its query have no hits.

use crate::text::ByteRange;
use serde::Serialize;

/// A word of the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct QueryWord {
    /// As it was typed.
    pub word: String,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
}

/// A word that may have been meant by one that no article has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// What went wrong: `layout`, `letters` or `spelling`.
    pub kind: SuggestionKind,
    /// What was typed.
    pub word: String,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
    /// What may have been meant, with capitals as they were typed.
    pub replacement: String,
    /// The whole query with it, and with the best replacements of the other wrong words.
    pub query: String,
    /// How many articles that query finds.
    pub hits: u64,
}

/// A word of the query and the articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WordCount {
    /// As it was typed.
    pub word: String,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
    /// How many articles have it, by the same dates and sources.
    pub articles: u64,
}

/// How a word was mistyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SuggestionKind {
    /// In another layout of the keyboard.
    Layout,
    /// With letters that are taken for each other, as Ukrainian и and Russian ы.
    Letters,
    /// With a slip or two, or without the space between two words.
    Spelling,
}
