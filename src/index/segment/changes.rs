//! The changes to an index between two commits.
//!
//! Articles are gathered in a new segment. When it is written, older versions of them are taken out
//! of the segments that were there before. Nothing is visible before the commit.

use crate::index::document::CollectedArticle;
use crate::index::segment::builder::{BuildOptions, SegmentBuilder};
use crate::index::segment::older_versions::OlderVersions;
use crate::index::segment::shares::Shares;
use crate::index::segment::word_terms::WordTerms;
use crate::schema::fields;
use rustc_hash::FxHashSet;
use std::path::PathBuf;
use tantivy::index::SegmentId;
use tantivy::{IndexWriter, Result, Term};

/// Adds and removes articles.
pub struct Changes {
    engine: IndexWriter,
    scratch: PathBuf,
    threads: usize,
    shares: Shares,
    builder: Option<SegmentBuilder>,
    /// What the threads know of words, between two segments.
    terms: Vec<WordTerms>,
    /// The keys of articles that older segments may hold and are to lose.
    removed: FxHashSet<u64>,
    /// All segments, also those that are not committed yet.
    segments: Vec<SegmentId>,
}

impl Changes {
    /// Starts without any. Segments are built on `threads` threads, in so much memory for all; what
    /// does not fit goes to files in `scratch`.
    ///
    /// # Errors
    /// Where the segments of the index cannot be listed.
    pub fn new(
        engine: IndexWriter,
        scratch: PathBuf,
        threads: usize,
        memory_bytes: usize,
    ) -> Result<Self> {
        Ok(Self {
            segments: engine.index().searchable_segment_ids()?,
            engine,
            scratch,
            threads,
            shares: Shares::of(memory_bytes, threads),
            builder: None,
            terms: Vec::new(),
            removed: FxHashSet::default(),
        })
    }

    /// Returns the engine's index.
    pub fn index(&self) -> &tantivy::Index {
        self.engine.index()
    }

    /// Adds an article; `replaces` says whether the index may hold an older version, which it then
    /// takes the place of.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add(&mut self, collected: &CollectedArticle<'_>, replaces: bool) -> Result<()> {
        if replaces {
            self.removed.insert(collected.key);
        }
        let builder = match &mut self.builder {
            Some(builder) => builder,
            none => {
                let options = BuildOptions {
                    scratch: &self.scratch,
                    threads: self.threads,
                    shares: self.shares,
                };
                let segment = self.engine.new_segment();
                none.insert(SegmentBuilder::start(segment, &options, &mut self.terms)?)
            }
        };
        builder.add(collected)?;
        if builder.mem_usage() > self.shares.segment {
            self.write_segment()?;
        }
        Ok(())
    }

    /// Takes out the article of a key.
    pub fn remove(&mut self, key: u64) {
        if let Some(builder) = &mut self.builder {
            builder.drop(key);
        }
        self.removed.insert(key);
    }

    /// Writes what is not written yet, and gives the engine's writer to `commit`.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn flush<T>(&mut self, commit: impl FnOnce(&mut IndexWriter) -> Result<T>) -> Result<T> {
        self.write_segment()?;
        commit(&mut self.engine)
    }

    /// Gives the engine's writer back. What was not flushed is lost.
    pub fn stop(self) -> IndexWriter {
        self.engine
    }

    fn write_segment(&mut self) -> Result<()> {
        let builder = self.builder.take();
        let meta = match builder {
            Some(builder) => builder.finish(&mut self.terms)?,
            None => None,
        };
        if !self.removed.is_empty() {
            let term = |key| Term::from_field_u64(fields().key, key);
            let keys = self.removed.drain().map(term).collect();
            let older = OlderVersions::new(keys, self.segments.clone());
            self.engine.delete_query(Box::new(older))?;
        }
        if let Some(meta) = meta {
            self.segments.push(meta.id());
            self.engine.add_segment(meta)?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changes")
            .field("segments", &self.segments)
            .finish_non_exhaustive()
    }
}
