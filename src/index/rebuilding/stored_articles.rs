//! The articles of a segment, put together from its columns and its document store.
//!
//! Fields are found by their names, so a segment of an older version is read the same way; what
//! that version did not keep stays empty.

use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date;
use crate::date::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tantivy::columnar::{Column, ColumnarReader, DynamicColumn, DynamicColumnHandle, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentComponent;
use tantivy::schema::{OwnedValue, Schema};
use tantivy::store::StoreReader;
use tantivy::{DocId, Result, Segment, TantivyDocument, TantivyError};

/// The columns of text that are read.
const TEXT_COLUMNS: [&str; 8] = [
    "id",
    "collection",
    "path",
    "source",
    "lang",
    "section",
    "author",
    "tags",
];

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
}

/// A segment, read article by article.
pub(crate) struct StoredArticles {
    schema: Schema,
    store: StoreReader,
    columns: Columns,
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
            store: open_store(segment)?,
            columns: Columns::open(segment)?,
            alive: open_alive(segment)?,
            max_doc: segment.meta().max_doc(),
        })
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
            id: ArticleId::new(&self.columns.text("id", doc)?.unwrap_or_default()),
            title: text("title").unwrap_or_default(),
            lead: text("lead").unwrap_or_default(),
            body: text("body").unwrap_or_default(),
            published: None,
            source: self.columns.text("source", doc)?,
            section: self.columns.text("section", doc)?,
            authors: self.columns.texts("author", doc)?,
            url: text("url"),
            tags: self.columns.texts("tags", doc)?,
            lang: self.columns.text("lang", doc)?,
            path: PathBuf::from(self.columns.text("path", doc)?.unwrap_or_default()),
        };
        if let Some(date) = published.and_then(|text| Date::parse(&text).ok()) {
            article.published = Some(Published {
                date,
                written_day: self.columns.written_day(doc),
                date_source: date_source_of(&date_source.unwrap_or_default()),
            });
        }
        Ok(StoredArticle {
            article,
            collection: self.columns.text("collection", doc)?,
            hash: self.columns.hash(doc),
        })
    }

    fn stored_texts(&self, doc: DocId) -> Result<BTreeMap<String, String>> {
        let document: TantivyDocument = self.store.get(doc)?;
        let mut texts = BTreeMap::new();
        for (field, value) in document.field_values() {
            if let OwnedValue::Str(text) = OwnedValue::from(value) {
                let name = self.schema.get_field_name(field);
                texts.insert(name.to_owned(), text);
            }
        }
        Ok(texts)
    }
}

fn open_store(segment: &Segment) -> Result<StoreReader> {
    let file = segment.open_read(SegmentComponent::Store)?;
    Ok(StoreReader::open(file, CACHED_BLOCKS)?)
}

fn open_alive(segment: &Segment) -> Result<Option<AliveBitSet>> {
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

/// The columns of a segment.
struct Columns {
    texts: BTreeMap<&'static str, StrColumn>,
    hashes: Option<Column<u64>>,
    written_days: Option<Column<i64>>,
}

impl Columns {
    fn open(segment: &Segment) -> Result<Self> {
        let file = segment.open_read(SegmentComponent::FastFields)?;
        let reader = ColumnarReader::open(file)?;
        let open = |name: &str| -> Result<Option<DynamicColumn>> {
            let handles = reader.read_columns(name)?;
            let opened = handles.first().map(DynamicColumnHandle::open);
            Ok(opened.transpose()?)
        };
        let mut texts = BTreeMap::new();
        for name in TEXT_COLUMNS {
            if let Some(DynamicColumn::Str(column)) = open(name)? {
                texts.insert(name, column);
            }
        }
        Ok(Self {
            texts,
            hashes: match open("content_hash")? {
                Some(DynamicColumn::U64(column)) => Some(column),
                _ => None,
            },
            written_days: match open("written_day")? {
                Some(DynamicColumn::I64(column)) => Some(column),
                _ => None,
            },
        })
    }

    fn texts(&self, name: &str, doc: DocId) -> Result<Vec<String>> {
        let Some(column) = self.texts.get(name) else {
            return Ok(Vec::new());
        };
        let read = |ordinal| {
            let mut text = String::new();
            let found = column.ord_to_str(ordinal, &mut text);
            found.map_err(TantivyError::from)?;
            Ok(text)
        };
        column.term_ords(doc).map(read).collect()
    }

    fn text(&self, name: &str, doc: DocId) -> Result<Option<String>> {
        Ok(self.texts(name, doc)?.into_iter().next())
    }

    fn hash(&self, doc: DocId) -> Option<u64> {
        self.hashes.as_ref()?.first(doc)
    }

    fn written_day(&self, doc: DocId) -> Option<jiff::civil::Date> {
        date::day_of(self.written_days.as_ref()?.first(doc)?)
    }
}
