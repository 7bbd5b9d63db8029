//! An article put together from the fields of a foreign format; what the fields mean is read where
//! JSON is.

use crate::archive::fields;
use crate::archive::fields::Share;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::error::Problem;
use crate::markup::html;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The fields of an article, under the keys of JSON articles.
#[derive(Debug, Default)]
pub(crate) struct Record(Map<String, Value>, Vec<(&'static str, &'static str)>);

impl Record {
    /// Sets a field, unless it has a value or there is none to set.
    pub(crate) fn set(&mut self, key: &str, value: Option<impl Into<String>>) {
        let Some(value) = value.map(Into::into) else {
            return;
        };
        if !value.trim().is_empty() && !self.0.contains_key(key) {
            self.0.insert(key.to_owned(), Value::String(value));
        }
    }

    /// Sets a field to the text of HTML.
    pub(crate) fn set_html(&mut self, key: &str, html: Option<String>) -> Result<(), Problem> {
        if let Some(html) = html {
            self.set(key, Some(html::text(&html)?));
        }
        Ok(())
    }

    /// Sets a field of several values.
    pub(crate) fn set_list(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        let mut list: Vec<Value> = Vec::new();
        for value in values {
            let value = Value::String(value.trim().to_owned());
            if value != "" && !list.contains(&value) {
                list.push(value);
            }
        }
        if !list.is_empty() {
            self.0.insert(key.to_owned(), Value::Array(list));
        }
    }

    /// Says by what names the format calls keys that are set here: `Subject` for `title`.
    pub(crate) fn name(&mut self, names: &[(&'static str, &'static str)]) {
        self.1.extend_from_slice(names);
    }

    /// Returns a field that is a text.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// Makes the article.
    ///
    /// # Errors
    ///
    /// Fails where there is no text.
    pub(crate) fn article(&self, file: &ArchiveFile, share: Share) -> Result<ReadArticle, Flaw> {
        let article = fields::article(file, &self.0, share).map_err(|problem| match problem {
            // The keys are ours, so their names tell nothing.
            Problem::UnknownKeys { .. } => Problem::NoText,
            problem => problem,
        });
        let mut read = article?;
        for origin in &mut read.origins {
            if let Some((_, name)) = self.1.iter().find(|(key, _)| *key == origin.name) {
                origin.name = Cow::Borrowed(name);
            }
        }
        Ok(read)
    }
}
