//! One segment, built on several threads and written by the engine's own serializers.
//!
//! The builder numbers the articles and writes what is one value an article: texts to the store,
//! columns, ids. Its threads analyse the texts, each word once, and keep its terms as numbers; the
//! engine's own writer would hash the text of each term at each place again. What they gathered is
//! written to sorted runs, which are merged when the segment is finished. The files are byte by
//! byte those that the engine would write.

use crate::index::document;
use crate::index::document::CollectedArticle;
use crate::index::segment::exact_postings::ExactPostings;
use crate::index::segment::postings_writer::SegmentPostings;
use crate::index::segment::room::Room;
use crate::index::segment::shares::Shares;
use crate::index::segment::word_terms::WordTerms;
use crate::index::segment::worker::{Output, Task, Worker};
use crate::schema::{Part, schema};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::{FastFieldsWriter, write_alive_bitset};
use tantivy::fieldnorm::{FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::schema::document::{CompactDocValue, ReferenceValueLeaf, Value};
use tantivy::store::StoreWriter;
use tantivy::{BitSet, DocId, Result, Segment, SegmentMeta, TantivyError};

/// How many articles wait for the threads, where there is [`Room`] for them.
const QUEUE: usize = 64;

/// How a segment is built.
pub(super) struct BuildOptions<'a> {
    /// A folder for what does not fit into memory.
    pub(super) scratch: &'a Path,
    pub(super) threads: usize,
    pub(super) shares: Shares,
}

/// A segment in the making.
pub(super) struct SegmentBuilder {
    segment: Segment,
    store: StoreWriter,
    columns: FastFieldsWriter,
    /// The fields that are indexed as they stand.
    exact: BTreeMap<Field, ExactPostings>,
    queue: SyncSender<Task>,
    room: Arc<Room>,
    threads: Vec<JoinHandle<std::io::Result<Output>>>,
    /// The article of each key.
    docs: FxHashMap<u64, DocId>,
    /// Articles that were replaced or removed before the segment was written.
    dropped: Vec<DocId>,
    doc_count: DocId,
}

impl SegmentBuilder {
    /// Starts the segment, its document store on disk and its threads. `terms` is what the threads
    /// of the segment before knew of words.
    pub(super) fn start(
        segment: Segment,
        options: &BuildOptions<'_>,
        terms: &mut Vec<WordTerms>,
    ) -> Result<Self> {
        let settings = segment.index().settings().clone();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(
            schema(),
            segment.index().fast_field_tokenizer().clone(),
        )?;
        let (queue, tasks) = sync_channel(QUEUE);
        let tasks = Arc::new(Mutex::new(tasks));
        let start = |number: usize| {
            let terms = terms.pop().unwrap_or_default();
            let scratch = options.scratch.to_owned();
            let worker = Worker::new(scratch, options.shares.thread, terms);
            let tasks = Arc::clone(&tasks);
            std::thread::Builder::new()
                .name(format!("analysis-{number}"))
                .spawn(move || worker.run(&tasks))
        };
        let threads = (0..options.threads.max(1)).map(start);
        Ok(Self {
            threads: threads.collect::<std::io::Result<_>>()?,
            segment,
            store,
            columns,
            exact: BTreeMap::new(),
            queue,
            room: Arc::new(Room::new(options.shares.articles)),
            docs: FxHashMap::default(),
            dropped: Vec::new(),
            doc_count: 0,
        })
    }

    /// Adds an article; one with the same key is dropped.
    pub(super) fn add(&mut self, collected: &CollectedArticle<'_>) -> Result<()> {
        let key = collected.key;
        self.drop(key);
        let doc = self.doc_count;
        self.doc_count += 1;
        self.docs.insert(key, doc);
        let article = collected.article;
        let language = document::language_of(article);
        let lead_words = document::lead_words(article);
        let document = document::to_stored_document(collected, language, lead_words);
        self.store.store(&document, schema())?;
        self.columns.add_document(&document)?;
        for (field, value) in document.field_values() {
            if schema().get_field_entry(field).is_indexed() {
                add_value(self.exact.entry(field).or_default(), doc, &value);
            }
        }
        let texts = Part::ALL.map(|part| match part {
            Part::Lead if lead_words > 0 => "",
            part => document::text_of(article, part),
        });
        let place = self.room.enter(texts.iter().map(|text| text.len()).sum());
        let task = Task {
            doc,
            language,
            texts: texts.map(str::to_owned),
            lead_words,
            _place: place,
        };
        // Where all threads have ended early, `finish` says why.
        let _ = self.queue.send(task);
        Ok(())
    }

    /// Drops the article of `key`, if the segment holds it.
    pub(super) fn drop(&mut self, key: u64) {
        self.dropped.extend(self.docs.remove(&key));
    }

    /// Returns the memory that it takes beside that of its threads, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        let exact: usize = self.exact.values().map(ExactPostings::mem_usage).sum();
        let docs = self.docs.capacity() * size_of::<(u64, DocId)>();
        self.store.mem_usage() + self.columns.mem_usage() + exact + docs
    }

    /// Writes the files of the segment, each durable, and puts what the threads know of words into
    /// `terms`; `None` where it holds no article.
    pub(super) fn finish(mut self, terms: &mut Vec<WordTerms>) -> Result<Option<SegmentMeta>> {
        drop(self.queue);
        let mut postings = SegmentPostings {
            runs: Vec::new(),
            token_counts: BTreeMap::new(),
            exact: self.exact,
        };
        let mut lengths = Vec::new();
        for thread in self.threads {
            let output = thread.join().map_err(|_| panicked())??;
            postings.runs.extend(output.runs);
            lengths.extend(output.lengths);
            for (field, count) in output.token_counts {
                *postings.token_counts.entry(field).or_default() += count;
            }
            terms.push(output.terms);
        }
        if self.docs.is_empty() {
            return Ok(None);
        }
        lengths.sort_unstable_by_key(|(doc, _)| *doc);
        let mut norms = FieldNormsWriter::for_schema(schema());
        for (doc, lengths) in lengths {
            for (part, length) in Part::ALL.into_iter().zip(lengths) {
                norms.record(doc, part.fields().keys, length);
            }
        }
        let norms_file = self.segment.open_write(SegmentComponent::FieldNorms)?;
        norms.serialize(FieldNormsSerializer::from_write(norms_file)?, None)?;
        postings.write(&self.segment)?;
        let mut columns = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        columns.terminate()?;
        self.store.close()?;
        let segment = self.segment.with_max_doc(self.doc_count);
        write_dropped(segment, &self.dropped).map(Some)
    }
}

/// Adds a value of a field that is indexed as it stands.
fn add_value(postings: &mut ExactPostings, doc: DocId, value: &CompactDocValue<'_>) {
    match value.as_leaf() {
        Some(ReferenceValueLeaf::Str(text)) => postings.add(doc, text.as_bytes()),
        Some(ReferenceValueLeaf::U64(number)) => postings.add(doc, &number.to_be_bytes()),
        _ => {}
    }
}

/// Notes beside a segment which articles of it are none any more.
fn write_dropped(segment: Segment, dropped: &[DocId]) -> Result<SegmentMeta> {
    if dropped.is_empty() {
        return Ok(segment.meta().clone());
    }
    let mut alive = BitSet::with_max_value_and_full(segment.meta().max_doc());
    for doc in dropped {
        alive.remove(*doc);
    }
    let count = u32::try_from(dropped.len()).unwrap_or(u32::MAX);
    // Before every stamp that the engine gives to a removal.
    let segment = segment.with_delete_meta(count, 0);
    let mut file = segment.open_write(SegmentComponent::Delete)?;
    write_alive_bitset(&alive, &mut file)?;
    file.terminate()?;
    Ok(segment.meta().clone())
}

fn panicked() -> TantivyError {
    TantivyError::ErrorInThread("a thread that analyses articles has panicked".to_owned())
}
