//! An article as a document of the cluster, and back.

use crate::analysis::Language;
use crate::article::{Article, ArticleId, DateSource, Published};
use crate::cluster::mapping::tokens_field;
use crate::cluster::tokens::Analysed;
use crate::date::{Date, day_number, day_of};
use crate::index::document::{CollectedArticle, key, language_of};
use crate::index::manifest::Mark;
use crate::index::share::Share;
use crate::schema::Part;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// An article with the collection that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The article.
    pub article: Article,
    /// The collection, in which its id is unique.
    pub collection: String,
    /// The line of its file that it begins in, where it does not have the file to itself.
    pub line: Option<u64>,
}

impl Collected {
    /// Returns the key of the article, which no other has.
    pub(crate) fn key(&self) -> u64 {
        key(&self.collection, self.article.id.as_str())
    }

    /// Returns the name of the document: the key of the article in hexadecimal digits.
    pub(crate) fn name(&self) -> String {
        name(&self.collection, self.article.id.as_str())
    }

    /// Makes the document.
    pub(crate) fn to_document(&self) -> Value {
        let article = &self.article;
        let language = language_of(article);
        let lang = match (language, article.lang.as_deref()) {
            (Language::Other, Some(declared)) => declared,
            (detected, _) => detected.code(),
        };
        let mut document = Map::new();
        let mut put = |name: &str, value: Value| {
            let is_empty = value.is_null() || value == json!("") || value == json!([]);
            if !is_empty {
                document.insert(name.to_owned(), value);
            }
        };
        put("id", json!(article.id.as_str()));
        put("collection", json!(self.collection));
        put("key", json!(self.name()));
        put("path", json!(article.path.to_string_lossy()));
        put("line", json!(self.line));
        put("lang", json!(lang));
        put("source", json!(article.source));
        put("section", json!(article.section));
        put("author", json!(article.authors));
        put("url", json!(article.url));
        put("tags", json!(article.tags));
        put("title", json!(article.title));
        put("lead", json!(article.lead));
        put("body", json!(article.body));
        if let Some(published) = article.published {
            let date = published.date;
            put("published", json!(date.to_string()));
            put("date_source", json!(published.date_source.as_str()));
            put("published_at", json!(date.indexed_second()));
            put("first_day", json!(day_number(date.first_day())));
            put("last_day", json!(day_number(date.last_day())));
            put("written_day", json!(published.written_day.map(day_number)));
        }
        let analysed = Analysed::of(article);
        for part in Part::ALL {
            put(tokens_field(part), json!(analysed.parts[part as usize]));
        }
        put("mentions", json!(analysed.mentions));
        put("prominent", json!(analysed.prominent));
        Value::Object(document)
    }

    /// Reads the source of a document.
    ///
    /// # Errors
    /// Where it is none of ours.
    pub(crate) fn of_source(source: Value) -> Result<Self, serde_json::Error> {
        let stored: Stored = serde_json::from_value(source)?;
        let date = stored.published.and_then(|text| Date::parse(&text).ok());
        let name = stored.date_source.unwrap_or_default();
        let date_source = DateSource::ALL.into_iter();
        let date_source = date_source.into_iter().find(|known| known.as_str() == name);
        Ok(Self {
            article: Article {
                id: ArticleId::new(&stored.id),
                title: stored.title,
                lead: stored.lead,
                body: stored.body,
                published: date.zip(date_source).map(|(date, date_source)| Published {
                    date,
                    written_day: stored.written_day.and_then(day_of),
                    date_source,
                }),
                source: stored.source,
                section: stored.section,
                authors: stored.author,
                url: stored.url,
                tags: stored.tags,
                lang: stored.lang,
                path: PathBuf::from(stored.path),
            },
            collection: stored.collection,
            line: stored.line,
        })
    }
}

/// Returns the name of the document of an article.
pub(crate) fn name(collection: &str, id: &str) -> String {
    name_of_key(key(collection, id))
}

/// Returns the name of the document of the article with this key.
pub(crate) fn name_of_key(key: u64) -> String {
    format!("{key:016x}")
}

/// Returns a hash as the cluster takes it, whose numbers have a sign.
pub(crate) fn signed(hash: u64) -> i64 {
    hash.cast_signed()
}

/// An article on its way into the cluster, with what later jobs know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The article.
    pub(crate) collected: Collected,
    /// Its key; see [`key`].
    pub(crate) key: u64,
    /// Hash of its content.
    pub(crate) hash: u64,
    /// What exact repeats of it have too.
    pub(crate) repeat_hash: Option<u64>,
    /// The share of the archive that it came with.
    pub(crate) share: Option<Share>,
    /// Whether the cluster has no older version of it.
    pub(crate) is_new: bool,
}

impl Sent {
    /// Puts an article on its way.
    pub fn new(collected: &CollectedArticle<'_>, share: Option<Share>) -> Self {
        Self {
            collected: Collected {
                article: collected.article.clone(),
                collection: collected.collection.to_owned(),
                line: collected.line,
            },
            key: collected.key,
            hash: collected.hash,
            repeat_hash: collected.repeat_hash,
            share,
            is_new: false,
        }
    }

    /// Makes the document; analyses the article.
    pub(crate) fn to_document(&self) -> Value {
        let mut document = self.collected.to_document();
        document["content_hash"] = json!(signed(self.hash));
        if let Some(hash) = self.repeat_hash {
            document["repeat_hash"] = json!(signed(hash));
        }
        if let Some(share) = self.share {
            document["share"] = json!(share.to_string());
        }
        document
    }
}

/// Makes the document that keeps an article away for good.
pub(crate) fn marker(key: u64, mark: &Mark, share: Option<Share>) -> Value {
    let mut document = json!({
        "removed": true, "id": mark.id, "collection": mark.collection,
        "key": name_of_key(key), "path": mark.path, "content_hash": signed(mark.hash),
    });
    if let Some(hash) = mark.repeat_hash {
        document["repeat_hash"] = json!(signed(hash));
    }
    if let Some(share) = share {
        document["share"] = json!(share.to_string());
    }
    document
}

/// Reads the key of a document.
pub(crate) fn key_of_name(name: &str) -> Option<u64> {
    u64::from_str_radix(name, 16).ok()
}

/// The fields that a document keeps.
#[derive(Deserialize)]
struct Stored {
    id: String,
    collection: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    body: String,
    lang: Option<String>,
    source: Option<String>,
    section: Option<String>,
    #[serde(default)]
    author: Vec<String>,
    url: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    published: Option<String>,
    date_source: Option<String>,
    written_day: Option<i64>,
    line: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::written::Written;

    #[test]
    fn an_article_comes_back_from_its_document_as_an_index_keeps_it() {
        for date in ["2018", "2025-12", "2025-12-28", "2026-03-26T23:15:14+00:00"] {
            let written = Written::parse(date).unwrap();
            let collected = Collected {
                article: Article {
                    id: ArticleId::new("архів/1"),
                    title: "Новий міст".to_owned(),
                    lead: String::new(),
                    body: "Міст через річку відкрили.\nВін довгий.".to_owned(),
                    published: Some(Published::new(written, DateSource::Path)),
                    source: Some("Хвиля Поділля".to_owned()),
                    section: None,
                    authors: vec!["Олена Коваль".to_owned(), "І. Бондар".to_owned()],
                    url: None,
                    tags: vec!["мости".to_owned()],
                    lang: Some("uk".to_owned()),
                    path: PathBuf::from("/архів/1.txt"),
                },
                collection: "архів".to_owned(),
                line: Some(7),
            };
            let back = Collected::of_source(collected.to_document()).unwrap();
            assert_eq!(back, collected);
        }
    }
}
