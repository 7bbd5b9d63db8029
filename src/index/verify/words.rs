//! Stored articles analysed once more: the words and values that the index has of them.
//!
//! The engine's own writer builds a segment of them in memory, as the index would be if they were
//! read now. Each of its terms, frequencies, positions, lengths and values must stand in the
//! segment on disk. Where all articles are compared, so are the numbers of postings, and the
//! segment can have nothing else.

use crate::index::document::to_document;
use crate::index::rebuilding::stored_articles::StoredArticles;
use crate::index::tokenizers;
use crate::index::verify::fault::{Contradiction, Finding};
use crate::index::verify::files::name_of;
use crate::schema::{Part, schema};
use std::collections::BTreeMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, FieldType, IndexRecordOption};
use tantivy::{DocId, DocSet, Index, Result, Segment, SegmentReader, TERMINATED};

/// How much text is compared at once, in bytes; the memory is some twenty times as much.
const CHUNK_BYTES: usize = 8 << 20;
/// How many articles are compared at once.
const CHUNK_ARTICLES: usize = 5_000;
/// What the engine's writer asks for; it takes what it needs.
const WRITER_BYTES: usize = 64 << 20;

/// The articles of a segment that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Every so many of those that are there.
    Every(usize),
    /// All, also those that were removed.
    All,
}

/// Compares the chosen articles of a segment; returns what is wrong and how many were compared.
///
/// # Errors
/// Where a file cannot be understood.
pub(crate) fn check(
    segment: &Segment,
    reader: &SegmentReader,
    chosen: Chosen,
) -> Result<(Vec<Finding>, u64)> {
    let docs: Vec<DocId> = match chosen {
        Chosen::Every(step) => reader.doc_ids_alive().step_by(step).collect(),
        Chosen::All => (0..reader.max_doc()).collect(),
    };
    let mut comparison = Comparison {
        reader,
        postings: BTreeMap::new(),
        words: BTreeMap::new(),
        values: BTreeMap::new(),
    };
    let compared = docs.len() as u64;
    let mut docs = docs.into_iter().peekable();
    let articles = StoredArticles::open(segment)?;
    while docs.peek().is_some() {
        let mut chunk = Chunk::new()?;
        while let Some(doc) = docs.next_if(|_| !chunk.is_full()) {
            chunk.add(&articles, doc)?;
        }
        comparison.compare(chunk)?;
    }
    let mut contradictions = comparison.contradictions();
    if chosen == Chosen::All && contradictions.is_empty() {
        contradictions = comparison.stray_words()?;
    }
    let name = name_of(segment.meta());
    let findings = contradictions.into_iter().map(|(contradiction, articles)| {
        Finding::contradiction(contradiction).within(&name, articles)
    });
    Ok((findings.collect(), compared))
}

/// Some articles, analysed once more.
struct Chunk {
    writer: SingleSegmentIndexWriter,
    numbers: Numbers,
    text_bytes: usize,
}

/// The numbers in the segment on disk and the ids of the articles of a chunk, in their order.
#[derive(Default)]
struct Numbers(Vec<(DocId, String)>);

impl Numbers {
    /// Returns the number on disk and the id of an article by its number in the chunk.
    fn of(&self, place: DocId) -> Option<&(DocId, String)> {
        self.0.get(place as usize)
    }
}

impl Chunk {
    fn new() -> Result<Self> {
        let index = Index::builder()
            .schema(schema().clone())
            .tokenizers(tokenizers());
        Ok(Self {
            writer: index.single_segment_index_writer(RamDirectory::create(), WRITER_BYTES)?,
            numbers: Numbers::default(),
            text_bytes: 0,
        })
    }

    fn is_full(&self) -> bool {
        self.numbers.0.len() >= CHUNK_ARTICLES || self.text_bytes >= CHUNK_BYTES
    }

    fn add(&mut self, articles: &StoredArticles, doc: DocId) -> Result<()> {
        let mut stored = articles.read(doc)?;
        let collection = stored.collection.take().unwrap_or_default();
        let document = to_document(&stored.collected(&collection));
        let article = &stored.article;
        self.text_bytes += article.body.len();
        self.numbers.0.push((doc, article.id.as_str().to_owned()));
        self.writer.add_document(document)
    }
}

/// A segment under comparison.
struct Comparison<'a> {
    reader: &'a SegmentReader,
    /// How many postings the articles so far have, by field.
    postings: BTreeMap<Field, u64>,
    /// The ids of articles with other words, by their number.
    words: BTreeMap<DocId, String>,
    /// The ids of articles with other values, by field and their number.
    values: BTreeMap<Field, BTreeMap<DocId, String>>,
}

impl Comparison<'_> {
    fn compare(&mut self, chunk: Chunk) -> Result<()> {
        let numbers = chunk.numbers;
        let index = chunk.writer.finalize()?;
        let Some(fresh) = index.searchable_segments()?.pop() else {
            return Ok(());
        };
        let fresh = SegmentReader::open(&fresh)?;
        for (field, entry) in schema().fields() {
            if entry.is_indexed() {
                let record = entry.field_type().get_index_record_option();
                let record = record.unwrap_or(IndexRecordOption::Basic);
                self.compare_terms(&fresh, field, record, &numbers)?;
            }
            if entry.is_fast() {
                self.compare_values(&fresh, field, &numbers)?;
            }
        }
        for part in Part::ALL {
            let keys = part.fields().keys;
            let ours = self.reader.get_fieldnorms_reader(keys)?;
            let norms = fresh.get_fieldnorms_reader(keys)?;
            for (place, (doc, id)) in (0..).zip(&numbers.0) {
                if norms.fieldnorm_id(place) != ours.fieldnorm_id(*doc) {
                    self.words.insert(*doc, id.clone());
                }
            }
        }
        Ok(())
    }

    fn compare_terms(
        &mut self,
        fresh: &SegmentReader,
        field: Field,
        record: IndexRecordOption,
        numbers: &Numbers,
    ) -> Result<()> {
        let (fresh, ours) = (
            fresh.inverted_index(field)?,
            self.reader.inverted_index(field)?,
        );
        let mut terms = fresh.terms().stream()?;
        while terms.advance() {
            *self.postings.entry(field).or_default() += u64::from(terms.value().doc_freq);
            let mut expected = fresh.read_postings_from_terminfo(terms.value(), record)?;
            let info = ours.terms().get(terms.key())?;
            let found = info.map(|info| ours.read_postings_from_terminfo(&info, record));
            let mut found = found.transpose()?;
            let mut positions = [Vec::new(), Vec::new()];
            while expected.doc() != TERMINATED {
                if let Some((doc, id)) = numbers.of(expected.doc())
                    && !is_same(&mut expected, found.as_mut(), *doc, &mut positions)
                {
                    self.words.insert(*doc, id.clone());
                }
                expected.advance();
            }
        }
        Ok(())
    }

    fn compare_values(
        &mut self,
        fresh: &SegmentReader,
        field: Field,
        numbers: &Numbers,
    ) -> Result<()> {
        let entry = schema().get_field_entry(field);
        let name = entry.name();
        let (fresh, ours) = (fresh.fast_fields(), self.reader.fast_fields());
        let others = match entry.field_type() {
            FieldType::Str(_) => {
                let (fresh, ours) = (fresh.str(name)?, ours.str(name)?);
                others(numbers, &|place| texts(fresh.as_ref(), place), &|doc| {
                    texts(ours.as_ref(), doc)
                })
            }
            FieldType::I64(_) => {
                let (fresh, ours) = (fresh.column_opt(name)?, ours.column_opt(name)?);
                others::<i64>(numbers, &|place| values(fresh.as_ref(), place), &|doc| {
                    values(ours.as_ref(), doc)
                })
            }
            _ => {
                let (fresh, ours) = (fresh.column_opt(name)?, ours.column_opt(name)?);
                others::<u64>(numbers, &|place| values(fresh.as_ref(), place), &|doc| {
                    values(ours.as_ref(), doc)
                })
            }
        };
        if !others.is_empty() {
            self.values.entry(field).or_default().extend(others);
        }
        Ok(())
    }

    fn contradictions(&self) -> Vec<(Contradiction, u64)> {
        let mut contradictions = Vec::new();
        if let Some(first) = self.words.values().next().cloned() {
            contradictions.push((Contradiction::Words { first }, self.words.len() as u64));
        }
        for (field, articles) in &self.values {
            if let Some(first) = articles.values().next().cloned() {
                let field = schema().get_field_name(*field).to_owned();
                let count = articles.len() as u64;
                contradictions.push((Contradiction::Values { field, first }, count));
            }
        }
        contradictions
    }

    /// Returns the fields that have more postings than the articles, with how many there are too
    /// many. All postings of the articles were found, so what is more belongs to none.
    fn stray_words(&self) -> Result<Vec<(Contradiction, u64)>> {
        let mut stray = Vec::new();
        for (field, entry) in schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let index = self.reader.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            let mut count = 0;
            while terms.advance() {
                count += u64::from(terms.value().doc_freq);
            }
            let expected = self.postings.get(&field).copied().unwrap_or_default();
            if count != expected {
                let field = entry.name().to_owned();
                stray.push((
                    Contradiction::StrayWords { field },
                    count.abs_diff(expected),
                ));
            }
        }
        Ok(stray)
    }
}

/// Returns whether `found` has the article `doc` as often and where `expected` has it.
fn is_same(
    expected: &mut SegmentPostings,
    found: Option<&mut SegmentPostings>,
    doc: DocId,
    [expected_at, found_at]: &mut [Vec<u32>; 2],
) -> bool {
    let Some(found) = found else {
        return false;
    };
    if found.doc() < doc {
        found.seek(doc);
    }
    if found.doc() != doc || found.term_freq() != expected.term_freq() {
        return false;
    }
    expected.positions(expected_at);
    found.positions(found_at);
    expected_at == found_at
}

/// Returns the articles of which `found` gives other values than `expected`.
fn others<T: PartialEq>(
    numbers: &Numbers,
    expected: &dyn Fn(DocId) -> Vec<T>,
    found: &dyn Fn(DocId) -> Vec<T>,
) -> Vec<(DocId, String)> {
    let numbered = (0..).zip(&numbers.0);
    let others = numbered.filter(|(place, (doc, _))| expected(*place) != found(*doc));
    others.map(|(_, number)| number.clone()).collect()
}

fn values<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static>(
    column: Option<&Column<T>>,
    doc: DocId,
) -> Vec<T> {
    let values = column
        .into_iter()
        .flat_map(|column| column.values_for_doc(doc));
    values.collect()
}

/// Returns the texts of an article; an ordinal without a text is a text that none has.
fn texts(column: Option<&StrColumn>, doc: DocId) -> Vec<String> {
    let texts = column.into_iter().flat_map(|column| {
        column.term_ords(doc).map(|ordinal| {
            let mut text = String::new();
            let is_known = column.ord_to_str(ordinal, &mut text).unwrap_or(false);
            if is_known { text } else { "\0".to_owned() }
        })
    });
    texts.collect()
}
