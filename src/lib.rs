//! Shukach, a full-text search engine for Ukrainian news archives.
//!
//! A folder of articles goes into an [`Index`]; a [`Searcher`] answers a [`SearchRequest`] with a
//! [`SearchResponse`]: hits with highlighted passages, the total, and counts by time and source.
//!
//! ```
//! use shukach::index::job::{self, JobOptions};
//! use shukach::{Archive, Index, SearchRequest, Searcher};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let index = Index::open_or_create(folder)?;
//! let archive = Archive::open(&["tests/archive".into()])?;
//! let summary = job::run(&index, &archive, &JobOptions::default(), &mut ())?;
//! assert!(summary.added > 60);
//!
//! // The phrase in any inflected form.
//! let request = SearchRequest::new("«гарантія безпеки»").limit(3).snippets(1);
//! let response = Searcher::open(&index)?.search(&request)?;
//! assert_eq!(response.hits.len(), 3);
//! let first = &response.hits[0];
//! let marked = first.title_highlights.iter().map(|range| range.of(&first.title));
//! assert_eq!(marked.last(), Some("безпеки"));
//! # Ok(())
//! # }
//! ```
//!
//! Requests are made by `new` or `default`, and each of their fields has a method of the same name
//! that sets it. Offsets and lengths are bytes of the original text on character boundaries unless
//! the name says characters. Errors are [`Error`] of an index or archive, [`ArticleError`] of one
//! file or line, which never stops a job, and [`search::SearchError`] of a request; `message` says
//! each of them in Ukrainian or English.
//!
//! Without the feature `cli` (`default-features = false`) only what the library needs is built.

pub mod text;

pub mod locale;

pub mod date;

pub mod error;

pub(crate) mod encoding;

pub(crate) mod markup;

pub mod article;

pub mod archive;

pub mod analysis;

pub mod schema;

pub mod ranking;

pub mod copies;

pub mod index;

pub mod query;

pub mod plan;

pub(crate) mod engine;

pub mod search;

#[cfg(feature = "opensearch")]
pub mod cluster;

pub mod render;

pub use crate::archive::Archive;
pub use crate::article::{Article, ArticleId, DateSource, Published};
pub use crate::error::{ArticleError, Doubt, Error, Field, Problem, Result};
pub use crate::index::Index;
pub use crate::search::{SearchRequest, SearchResponse, Searcher};
