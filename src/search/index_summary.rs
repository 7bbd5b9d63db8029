//! What an index holds, for `shukach info`.

use crate::search::response::FacetCount;
use serde::Serialize;

/// What an index holds, for `shukach info`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IndexSummary {
    /// Shape of this summary, as [`RESPONSE_VERSION`](crate::search::response::RESPONSE_VERSION).
    pub schema_version: u32,
    /// The folder.
    pub path: String,
    /// Articles.
    pub articles: u64,
    /// Exact repeats of articles, which are stored once.
    pub repeats: u64,
    /// Day of the first dated article.
    pub first_day: Option<String>,
    /// Day of the last dated article.
    pub last_day: Option<String>,
    /// Articles without a date.
    pub undated: u64,
    /// Dated articles by where their date comes from, the most first.
    pub date_sources: Vec<FacetCount>,
    /// Articles by source, the most first.
    pub sources: Vec<FacetCount>,
    /// Articles by language, the most first.
    pub languages: Vec<FacetCount>,
    /// The collections, in the order of their names.
    pub collections: Vec<CollectionSummary>,
    /// Which keys of JSON and tables hold which fields, `title=headline,body=content.text`, where
    /// it was built with `--map`.
    pub map: Option<String>,
    /// Size on disk, in bytes.
    pub size_bytes: u64,
    /// Segments.
    pub segments: u64,
    /// Version of the index format.
    pub format: u32,
    /// Version of the analysis.
    pub analyzer: u32,
    /// The dictionary.
    pub dictionary: String,
    /// Fingerprint of the dictionary's data.
    pub dictionary_fingerprint: String,
    /// How the cluster holds it, where it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterSummary>,
}

/// How a cluster holds an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClusterSummary {
    /// The indexes behind its name; mostly one.
    pub indexes: Vec<String>,
    /// Into how many shards it is divided.
    pub shards: u64,
    /// How many copies of the shards there are, these among them.
    pub copies: u64,
    /// How many more there should be.
    pub missing_copies: u64,
}

/// What a collection holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectionSummary {
    /// Its name.
    pub name: String,
    /// Articles.
    pub articles: u64,
    /// Day of the first dated article.
    pub first_day: Option<String>,
    /// Day of the last dated article.
    pub last_day: Option<String>,
    /// The files and folders that were indexed into it.
    pub roots: Vec<String>,
}
