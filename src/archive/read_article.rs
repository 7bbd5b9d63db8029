//! An article as it was read, with what is known of the reading.

use super::Format;
use crate::article::Article;
use crate::error::{Doubt, Field};
use std::borrow::Cow;

/// An article as it was read, with where its fields come from and what is in doubt.
#[derive(Debug)]
pub struct ReadArticle {
    /// The article.
    pub article: Article,
    /// The path within the file, where that is a container; `None` elsewhere.
    pub inner_path: Option<String>,
    /// The line where the article begins, counted from 1, where it does not have the file to itself.
    pub line: Option<u64>,
    /// The format it was read as; `None` only while the reader of the format is at work.
    pub format: Option<Format>,
    /// The encoding of the bytes, by its name in HTML (`windows-1251`); `None` where the format is no text.
    pub encoding: Option<&'static str>,
    /// Where fields come from, in no order; a field that speaks for itself may be left out.
    pub origins: Vec<Origin>,
    /// What is in doubt, in the order in which it was met.
    pub doubts: Vec<Doubt>,
}

/// Where a field of an article comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The field.
    pub field: Field,
    /// The key, element or rule that gave it: `headline`, `og:title`, `first line`.
    pub name: Cow<'static, str>,
}

impl ReadArticle {
    /// Adds where `field` comes from.
    pub(super) fn set_origin(&mut self, field: Field, name: impl Into<Cow<'static, str>>) {
        let name = name.into();
        self.origins.push(Origin { field, name });
    }
}

impl From<Article> for ReadArticle {
    fn from(article: Article) -> Self {
        Self {
            article,
            inner_path: None,
            line: None,
            format: None,
            encoding: None,
            origins: Vec::new(),
            doubts: Vec::new(),
        }
    }
}
