//! The columns of one segment: what is known of an article without opening the article.
//!
//! | module | what it holds |
//! |---|---|
//! | `column_values` | all values of a column |
//! | `facts` | what conditions need to know of one article |
//! | `filter` | which articles count: dates, sources |
//! | `lazy_id` | an id that is read only when ties need it |

pub(crate) mod column_values;
pub mod facts;
pub(crate) mod filter;
pub(crate) mod lazy_id;

use crate::article::DateSource;
use crate::date::zone::Zone;
use crate::query::field;
use crate::search::columns::facts::Facts;
use std::collections::HashSet;
use std::io;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{DocId, Result, SegmentReader, TantivyError};

/// The columns that searching reads.
pub(crate) struct Columns {
    /// The segment.
    pub(crate) segment: SegmentId,
    /// What names an article in the whole index.
    pub(crate) key: Column<u64>,
    /// First second of the date of publication.
    pub published_at: Column<i64>,
    /// First day of it.
    pub first_day: Column<i64>,
    /// Last day of it.
    pub last_day: Column<i64>,
    /// Day that the article names, where it is another than the first day.
    pub written_day: Column<i64>,
    pub(crate) source: Option<StrColumn>,
    pub(crate) id: Option<StrColumn>,
    pub(crate) path: Option<StrColumn>,
    lines: Option<Column<u64>>,
    pub(crate) lang: Option<StrColumn>,
    pub(crate) section: Option<StrColumn>,
    pub(crate) author: Option<StrColumn>,
    url: Option<StrColumn>,
    tags: Option<StrColumn>,
    pub(crate) collection: Option<StrColumn>,
    date_sources: Option<StrColumn>,
    /// The ordinal of estimates among the sources of dates, where the segment has one.
    estimate: Option<u64>,
}

impl Columns {
    /// Opens the columns of a segment.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn open(reader: &SegmentReader) -> Result<Self> {
        let columns = reader.fast_fields();
        let days = |name| {
            Ok::<_, TantivyError>(
                columns
                    .column_opt(name)?
                    .unwrap_or_else(|| Column::build_empty_column(reader.max_doc())),
            )
        };
        let date_sources = columns.str("date_source")?;
        let estimate = match &date_sources {
            Some(column) => {
                let name = DateSource::Estimate.as_str();
                column.dictionary().term_ord(name.as_bytes())?
            }
            None => None,
        };
        Ok(Self {
            segment: reader.segment_id(),
            key: columns.u64("key")?,
            published_at: days("published_at")?,
            first_day: days("first_day")?,
            last_day: days("last_day")?,
            written_day: days("written_day")?,
            source: columns.str("source")?,
            id: columns.str("id")?,
            path: columns.str("path")?,
            lines: columns.column_opt("line")?,
            lang: columns.str("lang")?,
            section: columns.str("section")?,
            author: columns.str("author")?,
            url: columns.str(field::Column::Url.index_name())?,
            tags: columns.str(field::Column::Tag.index_name())?,
            collection: columns.str(field::Column::Collection.index_name())?,
            date_sources,
            estimate,
        })
    }

    /// Returns the first and last day of an article in `zone`; none without a date.
    pub(crate) fn days(&self, doc: DocId, zone: &Zone) -> Option<(i64, i64)> {
        let known = self.first_day.first(doc).zip(self.last_day.first(doc))?;
        Some(self.days_in(doc, known, zone))
    }

    /// Does as [`Columns::days`] for an article whose days in Kyiv are `known`.
    pub(crate) fn days_in(&self, doc: DocId, known: (i64, i64), zone: &Zone) -> (i64, i64) {
        let published_at = || self.published_at.first(doc);
        zone.days(known, published_at, || self.written_day.first(doc))
    }

    /// Returns the column that a query calls so.
    pub(crate) fn text(&self, column: field::Column) -> Option<&StrColumn> {
        match column {
            field::Column::Source | field::Column::FirstPublisher => self.source.as_ref(),
            field::Column::Copies => self.id.as_ref(),
            field::Column::Author => self.author.as_ref(),
            field::Column::Section => self.section.as_ref(),
            field::Column::Lang => self.lang.as_ref(),
            field::Column::Url => self.url.as_ref(),
            field::Column::Tag => self.tags.as_ref(),
            field::Column::Collection => self.collection.as_ref(),
        }
    }

    /// Returns whether the date of an article is an estimate.
    pub(crate) fn is_estimate(&self, doc: DocId) -> bool {
        let estimate = self.estimate.zip(self.date_sources.as_ref());
        estimate.is_some_and(|(estimate, column)| column.term_ords(doc).any(|own| own == estimate))
    }

    /// Returns the column of where dates come from.
    pub(crate) fn date_sources(&self) -> Option<&StrColumn> {
        self.date_sources.as_ref()
    }

    /// Returns the column of languages.
    pub(crate) fn languages(&self) -> Option<&StrColumn> {
        self.lang.as_ref()
    }

    /// Returns the id of an article.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn id(&self, doc: DocId) -> io::Result<String> {
        Ok(text(self.id.as_ref(), doc)?.unwrap_or_default())
    }

    /// Returns the place of an article's id among the ids of the segment in their order; costs a
    /// fraction of reading the id.
    pub(crate) fn id_ordinal(&self, doc: DocId) -> u64 {
        self.id
            .as_ref()
            .and_then(|ids| ids.term_ords(doc).next())
            .unwrap_or(0)
    }

    /// Returns the collection of an article.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn collection(&self, doc: DocId) -> io::Result<String> {
        Ok(text(self.collection.as_ref(), doc)?.unwrap_or_default())
    }

    /// Returns the place of an article's collection among those of the segment.
    pub(crate) fn collection_ordinal(&self, doc: DocId) -> Option<u64> {
        self.collection.as_ref()?.term_ords(doc).next()
    }

    /// Returns the place of an article's source among those of the segment.
    pub(crate) fn source_ordinal(&self, doc: DocId) -> Option<u64> {
        self.source.as_ref()?.term_ords(doc).next()
    }

    /// Returns the places of those sources of the segment that `accepts` lets through.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn sources_that(&self, accepts: &dyn Fn(&str) -> bool) -> Result<HashSet<u64>> {
        let mut accepted = HashSet::new();
        if let Some(column) = &self.source {
            let mut values = column.dictionary().stream()?;
            let mut ordinal = 0;
            while values.advance() {
                if str::from_utf8(values.key()).is_ok_and(accepts) {
                    accepted.insert(ordinal);
                }
                ordinal += 1;
            }
        }
        Ok(accepted)
    }

    /// Returns the path of an article's file.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn path(&self, doc: DocId) -> io::Result<String> {
        Ok(text(self.path.as_ref(), doc)?.unwrap_or_default())
    }

    /// Returns the line of its file that an article begins in.
    pub(crate) fn line(&self, doc: DocId) -> Option<u64> {
        self.lines.as_ref()?.first(doc)
    }

    /// Returns the language of an article.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn lang(&self, doc: DocId) -> io::Result<String> {
        Ok(text(self.lang.as_ref(), doc)?.unwrap_or_default())
    }

    /// Returns the source of an article.
    ///
    /// # Errors
    /// Where the column cannot be read.
    pub(crate) fn source(&self, doc: DocId) -> io::Result<Option<String>> {
        text(self.source.as_ref(), doc)
    }
}

impl Columns {
    /// Returns what is known of an article, its days in `zone`.
    ///
    /// # Errors
    /// Where a column cannot be read.
    pub(crate) fn facts(&self, doc: DocId, zone: &Zone) -> io::Result<Facts> {
        let days = self.days(doc, zone);
        let mut values = Vec::new();
        for column in field::Column::ALL {
            let Some(terms) = self.text(column) else {
                continue;
            };
            for ordinal in terms.term_ords(doc) {
                let mut value = String::new();
                if terms.ord_to_str(ordinal, &mut value)? {
                    values.push((column, value));
                }
            }
        }
        Ok(Facts {
            first_day: days.map(|(first, _)| first),
            last_day: days.map(|(_, last)| last),
            values,
            place: Some((self.segment, doc)),
        })
    }
}

fn text(column: Option<&StrColumn>, doc: DocId) -> io::Result<Option<String>> {
    let Some((column, ordinal)) =
        column.and_then(|column| Some((column, column.term_ords(doc).next()?)))
    else {
        return Ok(None);
    };
    let mut value = String::new();
    Ok(column.ord_to_str(ordinal, &mut value)?.then_some(value))
}
