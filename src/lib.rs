//! Shukach, a full-text search engine for Ukrainian news archives.

pub mod text;

pub mod locale;

pub mod date;

pub mod error;

pub mod article;

pub mod archive;

pub mod analysis;

pub mod schema;

pub mod ranking;

pub mod index;

pub mod query;

pub mod plan;

pub(crate) mod engine;

pub mod search;

pub mod render;

pub use article::{Article, ArticleId, DateSource, Published};
pub use error::{ArticleError, Doubt, Error, Field, Problem, Result};
