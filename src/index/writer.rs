//! Changes to an index, made safe against crashes.
//!
//! Four properties of tantivy 0.27 are worked round here; `tests/` keeps each of them covered:
//! - the first operation after opening a writer gets the stamp of the last commit, and a merge may
//!   then lose a delete: an empty operation burns that stamp;
//! - a delete file left by a killed process makes every later commit fail: unused files are
//!   collected right after opening;
//! - the temporary files of a killed process are never removed: we remove them, under the lock;
//! - `meta.json` is made readable by its owner alone, and the folder is not synced after it is
//!   renamed.

use crate::archive::{FieldMap, STANDARD_INPUT};
use crate::error::{Error, Result};
use crate::index::copies::Copies;
use crate::index::directory::{IndexDirectory, make_readable};
use crate::index::document::CollectedArticle;
use crate::index::file_entry::Entry;
use crate::index::holder::HolderNote;
use crate::index::known::KnownArticles;
use crate::index::lock;
use crate::index::manifest::records::Records;
use crate::index::manifest::{Manifest, Mark};
use crate::index::rebuilding::unfinished::remove_unfinished;
use crate::index::repeats::Repeats;
use crate::index::roots::Root;
use crate::index::segment::changes::Changes;
use crate::index::sink::{Refused, Sink};
use crate::index::verify::fault::FileKind;
use crate::index::verify::files;
use crate::index::{Index, Payload, copies, merging};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tantivy::SegmentMeta;
use tantivy::directory::Directory;
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy};

/// How much an index job may use.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Threads that analyse and write.
    pub threads: usize,
    /// Memory for all that is read and not yet written, in bytes. Beside it a job holds what it
    /// knows of the articles that are there: see [`KnownArticles`].
    pub memory_bytes: usize,
    /// How long to wait while another process writes.
    pub wait: Duration,
}

impl Default for WriterOptions {
    /// As many threads as there are processors, at most 4; 512 MiB for all; no waiting.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            threads: threads.min(4),
            memory_bytes: 512 << 20,
            wait: Duration::ZERO,
        }
    }
}

/// The least memory that the engine takes for a thread, in bytes.
const LEAST_MEMORY_BYTES: usize = 15_000_000;

/// The one writer of an index; holds its lock.
pub struct Writer {
    /// Removed before the engine gives the lock back.
    note: HolderNote,
    directory: IndexDirectory,
    path: PathBuf,
    changes: Changes,
    manifest: Manifest,
    map: FieldMap,
    /// As in [`Payload`].
    copies: String,
    copies_are_old: bool,
    is_changed: bool,
}

impl Writer {
    /// Takes the lock of `index` and mends what a killed process may have left.
    ///
    /// # Errors
    /// [`Error::Busy`] where another process still writes after the time to wait;
    /// [`Error::Damaged`] where the manifest, columns or removals are not what was written;
    /// [`Error::Engine`], [`Error::Io`].
    pub fn open(index: &Index, options: WriterOptions) -> Result<Self> {
        let path = index.path().to_owned();
        let engine_options = IndexWriterOptions::builder()
            // Its own threads have nothing to do.
            .num_worker_threads(1)
            .memory_budget_per_thread(LEAST_MEMORY_BYTES)
            .num_merge_threads(1)
            .build();
        let engine: IndexWriter = lock::wait(&path, options.wait, || {
            index.engine().writer_with_options(engine_options.clone())
        })?;
        let note = HolderNote::write(&path)?;
        let directory = index.directory()?;
        directory.remove_all(&|name| name.starts_with(".tmp"))?;
        remove_unfinished(&path)?;
        engine.garbage_collect_files().wait()?;
        burn_stamp(&engine)?;
        // What a policy merges while articles still come would be merged again at the end.
        engine.set_merge_policy(Box::new(NoMergePolicy));
        // Read under the lock: another process may have committed since the index was opened.
        let metas = index.engine().load_metas()?;
        let is_new = metas.payload.is_none();
        let payload = Payload::check(metas.payload.as_deref(), &path)?;
        let manifest = Manifest::open(&directory, &payload.extent())?;
        // A job decides by them, and writes removals anew.
        let read = [FileKind::Columns, FileKind::Removals];
        files::expect_sound(&path, &metas.segments, &read)?;
        directory.remove_all(&|name| copies::is_copies(name) && name != payload.copies)?;
        let memory = options.memory_bytes;
        let changes = Changes::new(engine, path.clone(), options.threads, memory)?;
        Ok(Self {
            note,
            directory,
            path,
            changes,
            manifest,
            map: payload.map,
            copies: payload.copies,
            copies_are_old: payload.copies_are_old,
            is_changed: is_new,
        })
    }

    /// Returns the folder of the index.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn note_article(&mut self) {
        self.is_changed = true;
        self.copies_are_old = true;
    }

    /// Makes all changes so far durable and visible; does nothing if there are none.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Engine`]; the last commit then still stands.
    pub fn commit(&mut self) -> Result<()> {
        if !self.is_changed {
            return Ok(());
        }
        let extent = self.manifest.sync()?;
        let payload = Payload {
            manifest: extent.name,
            manifest_bytes: extent.bytes,
            manifest_hash: extent.hash,
            copies: self.copies.clone(),
            copies_are_old: self.copies_are_old,
            map: self.map.clone(),
            ..Payload::default()
        };
        let synced = self.changes.flush(|engine| {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&payload.to_text());
            prepared.commit()?;
            Ok(engine.index().directory().sync_directory())
        })?;
        synced.map_err(Error::io("sync", &self.path))?;
        make_readable(&self.path)?;
        self.is_changed = false;
        Ok(())
    }

    /// Gives the lock back without making fewer segments, which may take as long as writing them
    /// did; the next job does it. Uncommitted changes are lost.
    ///
    /// # Errors
    /// [`Error::Engine`], [`Error::Io`].
    pub fn leave(self) -> Result<()> {
        let engine = self.changes.stop();
        drop(self.note);
        engine.wait_merging_threads()?;
        make_readable(&self.path)
    }

    /// Puts all articles into clusters of copies anew, and collects exact repeats, where any has
    /// changed, and commits them.
    fn renew_copies(&mut self) -> Result<()> {
        if !self.copies_are_old {
            return Ok(());
        }
        let reader = self.changes.index().reader_builder();
        let reader: IndexReader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
        let found = Copies {
            clusters: copies::clusters(&reader.searcher())?,
            repeats: Repeats::of_files(self.manifest.records().files()),
        };
        let is_known = !self.copies.is_empty()
            && copies::read(&self.path.join(&self.copies)).is_ok_and(|known| known == found);
        if found.is_empty() {
            self.copies.clear();
        } else if !is_known {
            self.copies = copies::next_name(&self.copies);
            copies::write(&self.directory, &self.copies, &found)?;
        }
        self.copies_are_old = false;
        self.is_changed = true;
        self.commit()
    }

    /// Makes the clusters of copies anew, makes one segment of those that [`merging::to_merge`]
    /// names, removes files no longer used and gives the lock back. Readers see each article once
    /// at any moment, and a crash loses nothing. Uncommitted changes are committed first.
    ///
    /// # Errors
    /// [`Error::Engine`] where a merge failed; [`Error::Damaged`] where what was to be merged is
    /// not what was written; [`Error::Io`]. All changes are committed then.
    pub fn finish(self) -> Result<()> {
        self.finish_by(merging::to_merge)
    }

    /// Does as [`Writer::finish`], but makes one segment of all, without deleted articles.
    ///
    /// # Errors
    /// As [`Writer::finish`].
    pub fn finish_as_one(self) -> Result<()> {
        self.finish_by(merging::all)
    }

    fn finish_by(mut self, to_merge: fn(&[SegmentMeta]) -> Vec<SegmentId>) -> Result<()> {
        self.commit()?;
        self.renew_copies()?;
        let mut engine = self.changes.stop();
        // What names segments keeps their files; it must be gone when the files are.
        let mut segments = engine.index().load_metas()?.segments;
        let merged = to_merge(&segments);
        if !merged.is_empty() {
            segments.retain(|segment| merged.contains(&segment.id()));
            // What is damaged must not get a checksum of its own.
            files::expect_sound(&self.path, &segments, &FileKind::OF_SEGMENTS)?;
            drop(segments);
            engine.merge(&merged).wait()?;
            engine.garbage_collect_files().wait()?;
        }
        drop(self.note);
        engine.wait_merging_threads()?;
        make_readable(&self.path)
    }
}

impl Sink for Writer {
    fn place(&self) -> PathBuf {
        self.path.clone()
    }

    fn manifest(&self) -> &Records {
        self.manifest.records()
    }

    fn known_articles(&mut self) -> Result<KnownArticles> {
        let reader = self.changes.index().reader_builder();
        let reader: IndexReader = reader.reload_policy(ReloadPolicy::Manual).try_into()?;
        let manifest = self.manifest.records();
        let standard_input: Arc<str> = STANDARD_INPUT.into();
        KnownArticles::read(&reader.searcher(), &|path| {
            let is_standard_input = *path == *standard_input;
            let file = || manifest.path_of(path);
            is_standard_input
                .then(|| Arc::clone(&standard_input))
                .or_else(file)
        })
    }

    fn map(&self) -> &FieldMap {
        &self.map
    }

    fn set_map(&mut self, map: &FieldMap) {
        if self.map != *map {
            self.map = map.clone();
            self.is_changed = true;
        }
    }

    fn add(&mut self, collected: &CollectedArticle<'_>) -> Result<()> {
        self.note_article();
        Ok(self.changes.add(collected, false)?)
    }

    fn replace(&mut self, collected: &CollectedArticle<'_>) -> Result<()> {
        self.note_article();
        Ok(self.changes.add(collected, true)?)
    }

    fn remove(&mut self, key: u64) {
        self.note_article();
        self.changes.remove(key);
    }

    fn note_file(&mut self, path: &str, entry: Entry) -> Result<()> {
        self.is_changed = true;
        let before = self
            .manifest
            .records()
            .get(path)
            .map(|old| old.repeats.as_slice());
        self.copies_are_old |= before.unwrap_or_default() != entry.repeats;
        self.manifest.set_file(path, Some(entry))
    }

    fn doubt_file(&mut self, path: &str, entry: Entry) -> Result<()> {
        // A commit changes articles and files in one step.
        self.note_file(path, entry)
    }

    fn forget_file(&mut self, path: &str) -> Result<()> {
        self.is_changed = true;
        let before = self.manifest.records().get(path);
        self.copies_are_old |= before.is_some_and(|old| !old.repeats.is_empty());
        self.manifest.set_file(path, None)
    }

    fn set_root(&mut self, ordinal: u32, root: Option<Root>) -> Result<()> {
        self.is_changed = true;
        self.manifest.set_root(ordinal, root)
    }

    fn set_mark(&mut self, key: u64, mark: Option<Mark>) -> Result<()> {
        self.is_changed = true;
        self.manifest.set_mark(key, mark)
    }

    fn commit(&mut self) -> Result<Vec<Refused>> {
        self.commit()?;
        Ok(Vec::new())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn burn_stamp(engine: &IndexWriter) -> Result<()> {
    engine.run(Vec::new())?;
    Ok(())
}
