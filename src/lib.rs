//! Shukach, a full-text search engine for Ukrainian news archives.

pub mod archive;
pub mod article;
pub mod date;
pub mod error;
pub mod text;

pub use article::{Article, ArticleId, DateSource, Published};
pub use error::{Error, Result};
