//! Shukach, a full-text search engine for Ukrainian news archives.

pub mod analysis;
pub mod article;
pub mod date;
pub mod error;
pub mod schema;
pub mod text;

pub use article::{Article, ArticleId, DateSource, Published};
pub use error::{Error, Result};
