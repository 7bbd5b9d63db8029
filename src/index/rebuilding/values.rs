//! The values of the articles of a segment: from its columns, or, where those are damaged, from the
//! postings of the fields that are indexed as they stand.

use crate::date;
use std::collections::BTreeMap;
use tantivy::columnar::{Column, ColumnarReader, DynamicColumn, DynamicColumnHandle, StrColumn};
use tantivy::index::SegmentComponent;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Result, Segment, SegmentReader, TERMINATED, TantivyError};

/// The fields of text that are read.
const TEXT_FIELDS: [&str; 8] = [
    "id",
    "collection",
    "path",
    "source",
    "lang",
    "section",
    "author",
    "tags",
];

/// The values of the articles of a segment.
pub(crate) enum Values {
    Columns(Box<Columns>),
    Posted(PostedValues),
}

impl Values {
    /// Returns the values of a field of text; none where the version did not keep it.
    pub(crate) fn texts(&self, name: &str, doc: DocId) -> Result<Vec<String>> {
        match self {
            Self::Columns(columns) => columns.texts(name, doc),
            Self::Posted(posted) => Ok(posted.texts(name, doc)),
        }
    }

    /// Returns the first of [`Values::texts`].
    pub(crate) fn text(&self, name: &str, doc: DocId) -> Result<Option<String>> {
        Ok(self.texts(name, doc)?.into_iter().next())
    }

    /// Returns how many articles they are of.
    pub(crate) fn max_doc(&self) -> DocId {
        match self {
            Self::Columns(columns) => columns.max_doc,
            Self::Posted(posted) => posted.max_doc(),
        }
    }

    /// Returns the hash of the content when the article was read; postings have none.
    pub(crate) fn hash(&self, doc: DocId) -> Option<u64> {
        match self {
            Self::Columns(columns) => columns.hashes.as_ref()?.first(doc),
            Self::Posted(_) => None,
        }
    }

    /// Returns the line of its file that the article begins in; postings have none.
    pub(crate) fn line(&self, doc: DocId) -> Option<u64> {
        match self {
            Self::Columns(columns) => columns.lines.as_ref()?.first(doc),
            Self::Posted(_) => None,
        }
    }

    /// Returns what exact repeats of the article have too; postings have none.
    pub(crate) fn repeat_hash(&self, doc: DocId) -> Option<u64> {
        match self {
            Self::Columns(columns) => columns.repeat_hashes.as_ref()?.first(doc),
            Self::Posted(_) => None,
        }
    }

    /// Returns the day that the article names; postings have none.
    pub(crate) fn written_day(&self, doc: DocId) -> Option<jiff::civil::Date> {
        match self {
            Self::Columns(columns) => date::day_of(columns.written_days.as_ref()?.first(doc)?),
            Self::Posted(_) => None,
        }
    }
}

/// The columns of a segment.
pub(crate) struct Columns {
    max_doc: DocId,
    texts: BTreeMap<&'static str, StrColumn>,
    hashes: Option<Column<u64>>,
    lines: Option<Column<u64>>,
    repeat_hashes: Option<Column<u64>>,
    written_days: Option<Column<i64>>,
}

impl Columns {
    /// Opens them.
    ///
    /// # Errors
    /// Where they cannot be understood.
    pub(crate) fn open(segment: &Segment) -> Result<Self> {
        let file = segment.open_read(SegmentComponent::FastFields)?;
        let reader = ColumnarReader::open(file)?;
        let open = |name: &str| -> Result<Option<DynamicColumn>> {
            let handles = reader.read_columns(name)?;
            let opened = handles.first().map(DynamicColumnHandle::open);
            Ok(opened.transpose()?)
        };
        let number = |name: &str| -> Result<Option<Column<u64>>> {
            Ok(match open(name)? {
                Some(DynamicColumn::U64(column)) => Some(column),
                _ => None,
            })
        };
        let mut texts = BTreeMap::new();
        for name in TEXT_FIELDS {
            if let Some(DynamicColumn::Str(column)) = open(name)? {
                texts.insert(name, column);
            }
        }
        Ok(Self {
            max_doc: reader.num_docs(),
            texts,
            hashes: number("content_hash")?,
            lines: number("line")?,
            repeat_hashes: number("repeat_hash")?,
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
}

/// The values that the postings of a segment have: all that is indexed as it stands, so neither
/// tags nor the hash of the content.
#[derive(Debug, Default)]
pub(crate) struct PostedValues {
    texts: BTreeMap<&'static str, Vec<Vec<String>>>,
}

impl PostedValues {
    /// Reads them. Takes the memory of all values.
    ///
    /// # Errors
    /// Where the postings cannot be understood.
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self> {
        let mut posted = Self::default();
        for name in TEXT_FIELDS {
            let Ok(field) = segment.schema().get_field(name) else {
                continue;
            };
            if !segment.schema().get_field_entry(field).is_indexed() {
                continue;
            }
            let index = segment.inverted_index(field)?;
            let by_doc = posted.texts.entry(name).or_default();
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let text = String::from_utf8_lossy(terms.key()).into_owned();
                let basic = IndexRecordOption::Basic;
                let mut docs = index.read_postings_from_terminfo(terms.value(), basic)?;
                while docs.doc() != TERMINATED {
                    let place = docs.doc() as usize;
                    if by_doc.len() <= place {
                        by_doc.resize(place + 1, Vec::new());
                    }
                    if let Some(values) = by_doc.get_mut(place) {
                        values.push(text.clone());
                    }
                    docs.advance();
                }
            }
        }
        Ok(posted)
    }

    /// Returns how many articles they are of: every one has an id.
    fn max_doc(&self) -> DocId {
        let counts = self.texts.values().map(Vec::len);
        DocId::try_from(counts.max().unwrap_or_default()).unwrap_or(DocId::MAX)
    }

    fn texts(&self, name: &str, doc: DocId) -> Vec<String> {
        let values = self.texts.get(name).and_then(|docs| docs.get(doc as usize));
        values.cloned().unwrap_or_default()
    }
}
