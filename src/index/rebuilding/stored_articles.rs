//! The articles of a segment, put together from its columns and its document store.
//!
//! Fields are found by their names, so a segment of an older version is read the same way; what
//! that version did not keep stays empty.

use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date::Date;
use crate::index::document::{CollectedArticle, content_hash, key};
use crate::index::document_store;
use crate::index::packed_text::unpack;
use crate::index::rebuilding::values::{Columns, Values};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentComponent;
use tantivy::schema::{OwnedValue, Schema};
use tantivy::store::StoreReader;
use tantivy::{DocId, Result, Segment, TantivyDocument, TantivyError};

/// The languages that inputs declare most.
const LANGUAGES: [&str; 3] = ["uk", "ru", "en"];

/// How many blocks of the store stay unpacked: articles are read in their order.
const CACHED_BLOCKS: usize = 2;

/// An article as the index holds it.
#[derive(Debug, Clone)]
pub(crate) struct StoredArticle {
    pub(crate) article: Article,
    /// `None` where the version knew no collections.
    pub(crate) collection: Option<String>,
    /// The hash of its content when it was read.
    pub(crate) hash: Option<u64>,
    /// The line of its file that it begins in.
    pub(crate) line: Option<u64>,
    /// What exact repeats of it have too.
    pub(crate) repeat_hash: Option<u64>,
}

impl StoredArticle {
    /// Returns the article as it was read; none where it is not what was read then, or was read by
    /// a version with other hashes. What language the input declared is kept only where none was
    /// detected, so the likely ones are tried.
    pub(crate) fn as_read(&self) -> Option<Article> {
        let hash = self.hash?;
        let kept = self.article.lang.as_deref();
        let declared = [None, kept].into_iter().chain(LANGUAGES.map(Some));
        let mut declared = declared.map(|lang| Article {
            lang: lang.map(str::to_owned),
            ..self.article.clone()
        });
        declared.find(|article| content_hash(article) == hash)
    }

    /// Returns it as it goes into a new index, in `collection`.
    pub(crate) fn collected<'a>(&'a self, collection: &'a str) -> CollectedArticle<'a> {
        let article = &self.article;
        CollectedArticle {
            article,
            collection,
            key: key(collection, article.id.as_str()),
            hash: self.hash.unwrap_or_else(|| content_hash(article)),
            line: self.line,
            repeat_hash: self.repeat_hash,
        }
    }
}

/// A segment, read article by article.
pub(crate) struct StoredArticles {
    schema: Schema,
    /// `None` where it is lost.
    store: Option<StoreReader>,
    values: Values,
    alive: Option<AliveBitSet>,
    max_doc: DocId,
}

impl StoredArticles {
    /// Opens the columns, the store and the list of deleted articles; nothing else of the segment.
    ///
    /// # Errors
    /// Where one of them cannot be understood.
    pub(crate) fn open(segment: &Segment) -> Result<Self> {
        Ok(Self {
            schema: segment.schema(),
            store: Some(open_store(segment)?),
            values: Values::Columns(Box::new(Columns::open(segment)?)),
            alive: open_alive(segment)?,
            max_doc: segment.meta().max_doc(),
        })
    }

    /// Puts it together of what can be opened.
    pub(crate) fn of_parts(
        segment: &Segment,
        store: Option<StoreReader>,
        values: Values,
        alive: Option<AliveBitSet>,
    ) -> Self {
        Self {
            schema: segment.schema(),
            store,
            values,
            alive,
            max_doc: segment.meta().max_doc(),
        }
    }

    /// Returns the values of the articles.
    pub(crate) fn values(&self) -> &Values {
        &self.values
    }

    /// Returns the numbers of the articles that are not deleted.
    pub(crate) fn docs(&self) -> impl Iterator<Item = DocId> + '_ {
        let is_alive = |doc: &DocId| self.alive.as_ref().is_none_or(|alive| alive.is_alive(*doc));
        (0..self.max_doc).filter(is_alive)
    }

    /// Reads an article.
    ///
    /// # Errors
    /// Where it cannot be unpacked.
    pub(crate) fn read(&self, doc: DocId) -> Result<StoredArticle> {
        let mut stored = self.stored_texts(doc)?;
        let mut text = |name: &str| stored.remove(name);
        let published = text("published");
        let date_source = text("date_source");
        let mut article = Article {
            id: ArticleId::new(&self.values.text("id", doc)?.unwrap_or_default()),
            title: text("title").unwrap_or_default(),
            lead: text("lead").unwrap_or_default(),
            body: text("body").unwrap_or_default(),
            published: None,
            source: self.values.text("source", doc)?,
            section: self.values.text("section", doc)?,
            authors: self.values.texts("author", doc)?,
            url: text("url"),
            tags: self.values.texts("tags", doc)?,
            lang: self.values.text("lang", doc)?,
            path: PathBuf::from(self.values.text("path", doc)?.unwrap_or_default()),
        };
        if let Some(date) = published.and_then(|text| Date::parse(&text).ok()) {
            article.published = Some(Published {
                date,
                written_day: self.values.written_day(doc),
                date_source: date_source_of(&date_source.unwrap_or_default()),
            });
        }
        Ok(StoredArticle {
            article,
            collection: self.values.text("collection", doc)?,
            hash: self.values.hash(doc),
            line: self.values.line(doc),
            repeat_hash: self.values.repeat_hash(doc),
        })
    }

    fn stored_texts(&self, doc: DocId) -> Result<BTreeMap<String, String>> {
        let lost = || TantivyError::SystemError("the texts are lost".to_owned());
        let unreadable = || TantivyError::SystemError("the texts cannot be unpacked".to_owned());
        let store = self.store.as_ref().ok_or_else(lost)?;
        let document: TantivyDocument = document_store::read(store, doc)?;
        let mut texts = BTreeMap::new();
        for (field, value) in document.field_values() {
            let text = match OwnedValue::from(value) {
                OwnedValue::Str(text) => text,
                // Versions before 5 did not pack texts.
                OwnedValue::Bytes(packed) => unpack(&packed).ok_or_else(unreadable)?,
                _ => continue,
            };
            texts.insert(self.schema.get_field_name(field).to_owned(), text);
        }
        Ok(texts)
    }
}

/// Opens the store of a segment.
///
/// # Errors
/// Where it cannot be understood.
pub(crate) fn open_store(segment: &Segment) -> Result<StoreReader> {
    let file = segment.open_read(SegmentComponent::Store)?;
    Ok(StoreReader::open(file, CACHED_BLOCKS)?)
}

/// Opens the list of the deleted articles of a segment.
///
/// # Errors
/// Where it cannot be understood.
pub(crate) fn open_alive(segment: &Segment) -> Result<Option<AliveBitSet>> {
    if !segment.meta().has_deletes() {
        return Ok(None);
    }
    let file = segment.open_read(SegmentComponent::Delete)?;
    Ok(Some(AliveBitSet::open(file.read_bytes()?)))
}

/// Returns what the name of a source of dates in the index means.
fn date_source_of(name: &str) -> DateSource {
    let mut sources = DateSource::ALL.into_iter();
    let known = sources.find(|source| source.as_str() == name);
    // Version 1 called a line of the text so, and kept no other name that is not known.
    known.unwrap_or(DateSource::Dateline)
}
