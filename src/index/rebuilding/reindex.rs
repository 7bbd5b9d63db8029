//! The whole index made anew: for another version of the format, the analysis or the dictionary.

use crate::analysis;
use crate::analysis::ANALYZER_VERSION;
use crate::copies::repeats;
use crate::error::{Error, Result};
use crate::index::directory::IndexDirectory;
use crate::index::gate::Gate;
use crate::index::lock::IndexLock;
use crate::index::rebuilding::stored_articles::StoredArticles;
use crate::index::rebuilding::stored_index::StoredIndex;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::rebuilding::swap::{Kept, swap};
use crate::index::rebuilding::unfinished::{remove_unfinished, unfinished};
use crate::index::sink::Sink;
use crate::index::stop::StopFlag;
use crate::index::writer::{Writer, WriterOptions};
use crate::index::{Index, free_disk, verify};
use crate::schema::FORMAT_VERSION;
use std::path::Path;
use std::sync::Arc;

/// The first version that keeps lines and exact repeats.
const FORMAT_WITH_REPEATS: u32 = 5;

/// What an index is built by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Version of the index format.
    pub format: u32,
    /// Version of the analysis.
    pub analyzer: u32,
    /// Fingerprint of the dictionary and of the supplement to it.
    pub dictionary: String,
}

impl Versions {
    /// Returns those of this program.
    pub fn of_program() -> Self {
        Self {
            format: FORMAT_VERSION,
            analyzer: ANALYZER_VERSION,
            dictionary: analysis::fingerprint().to_owned(),
        }
    }
}

/// What a rebuilding did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rebuilt {
    /// Articles that the index holds.
    pub articles: u64,
    /// What it was built by before.
    pub from: Versions,
    /// What it is built by now.
    pub to: Versions,
    /// Its size before, in bytes.
    pub bytes_before: u64,
    /// Its size now, in bytes.
    pub bytes_after: u64,
    /// Whether it was stopped; then nothing has changed.
    pub is_interrupted: bool,
}

/// Hears how a rebuilding goes on.
pub trait Watcher {
    /// It begins: how many articles are made anew, and about how many bytes they need beside the
    /// index.
    fn start(&mut self, _articles: u64, _bytes: u64) {}
    /// `_articles` are done.
    fn advance(&mut self, _articles: u64) {}
    /// All articles are read; what remains is writing and merging.
    fn finishing(&mut self) {}
    /// Returns the flag that ends it early once it is raised, and leaves the index as it was.
    fn stop_flag(&self) -> StopFlag {
        StopFlag::default()
    }
}

impl Watcher for () {}

/// Makes the index in `path` anew from the articles that it holds; it may be of any version. The
/// files of the archive are not needed. Until the new one is whole the old one answers, and a
/// killed process leaves one of the two. A following job over the same files finds them unchanged.
///
/// # Errors
/// [`Error::Busy`], [`Error::NoIndex`], [`Error::NoRoom`]; [`Error::Damaged`] where something
/// cannot be read; [`Error::Io`], [`Error::Engine`]. The index is as it was then.
pub fn run(path: &Path, options: WriterOptions, watcher: &mut dyn Watcher) -> Result<Rebuilt> {
    run_behind(path, None, options, watcher)
}

/// Does as [`run`], with a gate before every change of a file of the index. Those of the new one
/// pass none before they are moved in.
///
/// # Errors
/// As [`run`].
pub fn run_behind(
    path: &Path,
    gate: Option<Arc<dyn Gate>>,
    options: WriterOptions,
    watcher: &mut dyn Watcher,
) -> Result<Rebuilt> {
    match Index::open(path) {
        // The version, or the schema of it, may be any.
        Ok(_) | Err(Error::OtherVersion { .. } | Error::Damaged { .. }) => {}
        Err(error) => return Err(error),
    }
    let _lock = IndexLock::take(path, options.wait)?;
    let directory = IndexDirectory::open(path)?.with_gate(gate);
    let stored = StoredIndex::open(&directory)?;
    let segments = &stored.metas.segments;
    let room = free_disk::room_of(path, segments);
    free_disk::expect(path, room)?;
    // What is damaged would come out with checksums of its own.
    verify::expect_sound_files(path)?;
    let payload = stored.payload.clone().unwrap_or_default();
    let bytes_before = stored.size_bytes()?;
    let articles = segments.iter().map(|meta| u64::from(meta.num_docs())).sum();
    let mut rebuilt = Rebuilt {
        articles,
        from: Versions {
            format: payload.format,
            analyzer: payload.analyzer,
            dictionary: payload.dictionary,
        },
        to: Versions::of_program(),
        bytes_before,
        bytes_after: bytes_before,
        is_interrupted: false,
    };
    watcher.start(articles, room);
    let outcome = build(&stored, options, watcher);
    if !matches!(outcome, Ok(true)) {
        // Whoever writes next would remove it too, but the disk may be full.
        let _ = remove_unfinished(path);
    }
    if outcome? {
        swap(&directory, &Kept::default())?;
        rebuilt.bytes_after = stored.size_bytes()?;
    } else {
        rebuilt.is_interrupted = true;
    }
    Ok(rebuilt)
}

/// Builds the new index; `false` where it was stopped.
fn build(stored: &StoredIndex, options: WriterOptions, watcher: &mut dyn Watcher) -> Result<bool> {
    let mut manifest = stored.manifest()?;
    if manifest.lost_lines > 0 {
        return Err(damaged(stored, "lines of the manifest cannot be read"));
    }
    let payload = stored.payload.as_ref();
    let is_older = payload.is_some_and(|payload| payload.format < FORMAT_WITH_REPEATS);
    let fresh = Index::open_or_create(&unfinished(&stored.path))?;
    let mut writer = Writer::open(&fresh, options)?;
    if let Some(payload) = &stored.payload {
        writer.set_map(&payload.map);
    }
    let stop = watcher.stop_flag();
    let mut done = 0;
    for meta in &stored.metas.segments {
        let segment = stored.engine.segment(meta.clone());
        let articles = StoredArticles::open(&segment).map_err(|error| {
            damaged(
                stored,
                &format!("segment {}: {error}", meta.id().uuid_string()),
            )
        })?;
        for doc in articles.docs() {
            if stop.is_raised() {
                return Ok(false);
            }
            let mut found = articles.read(doc)?;
            let collection = found.collection.take();
            let collection = collection
                .unwrap_or_else(|| manifest.collection_of(&found.article.path.to_string_lossy()));
            let mut collected = found.collected(&collection);
            if is_older && manifest.has_made_id(&found.article) {
                // Of one that is not what was read it is found out when its file is read.
                let read = found.as_read();
                collected.repeat_hash = read.map(|read| repeats::hash(&read, &collection));
            }
            writer.add(&collected)?;
            done += 1;
            watcher.advance(done);
        }
    }
    watcher.finishing();
    if is_older {
        // Neither lines nor exact repeats were kept.
        manifest.doubt_all();
    }
    write_manifest(&mut writer, manifest)?;
    writer.finish()?;
    Ok(true)
}

/// Writes what a manifest says into that of `writer`.
pub(crate) fn write_manifest(writer: &mut Writer, manifest: StoredManifest) -> Result<()> {
    for (ordinal, root) in manifest.roots.iter() {
        writer.set_root(ordinal, Some(root.clone()))?;
    }
    for (key, mark) in manifest.marks {
        writer.set_mark(key, Some(mark))?;
    }
    for (path, entry) in manifest.files {
        writer.note_file(&path, entry)?;
    }
    Ok(())
}

fn damaged(stored: &StoredIndex, what: &str) -> Error {
    Error::Damaged {
        path: stored.path.clone(),
        what: what.to_owned(),
    }
}
