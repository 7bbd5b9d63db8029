//! The index on disk: made, opened, checked against this program's versions.
//!
//! | file | what |
//! |---|---|
//! | [`version`] | what built an index, kept in every commit |
//! | [`gate`] | where tests make changes of files fail |
//! | `seal` | the checksum of `meta.json` |
//! | [`directory`] | its folder, also for those who may only read it |
//! | [`copies`] | the clusters of copies, and repeats, in a file: made, written, read |
//! | [`repeats`] | where articles stand that are held once |
//! | [`in_memory`] | some articles as an index in memory |
//! | [`union`] | several folders as one, to be read |
//! | `packed_text` | texts as the store keeps them |
//! | [`document`] | an article as the engine's document, and back |
//! | [`document_store`] | documents read from the store |
//! | [`impacts`] | its keys and their impacts, as token streams |
//! | [`collection`] | the name of a collection |
//! | [`share`] | one of several parts of an archive's files |
//! | [`roots`] | the roots that were indexed: labels and collections |
//! | [`file_entry`] | what is known of one file that was read |
//! | [`manifest`] | all of that, in one file beside the engine's |
//! | [`merging`] | which segments become one at the end of a job |
//! | [`sink`] | where a job writes |
//! | `holder` | the note of who writes |
//! | `lock` | waits for who writes |
//! | [`segment`] | segments built from articles |
//! | [`writer`] | changes, commits, recovery after a crash |
//! | [`stop`] | a flag that ends a job early |
//! | [`known`] | the articles it holds when a job starts |
//! | [`progress`] | what an index job reports |
//! | `free_disk` | whether a disk has room for what is to be written |
//! | [`optimization`] | one segment without deleted articles |
//! | [`removal`] | articles taken out by the user |
//! | [`job`] | an archive into an index: only what changed |
//! | [`rebuilding`] | an index made anew from the articles that it holds |
//! | [`snapshot`] | a copy of the last commit |
//! | [`verify`] | whether the files are what was written |

pub mod collection;
pub mod copies;
pub mod directory;
pub mod document;
pub mod document_store;
pub mod file_entry;
mod free_disk;
pub mod gate;
mod holder;
pub mod impacts;
pub mod in_memory;
pub mod job;
pub mod known;
mod lock;
pub mod manifest;
pub mod merging;
pub mod optimization;
mod packed_text;
pub mod progress;
pub mod rebuilding;
pub mod removal;
pub mod repeats;
pub mod roots;
mod seal;
pub mod segment;
pub mod share;
pub mod sink;
pub mod snapshot;
pub mod stop;
pub mod union;
pub mod verify;
pub mod version;
pub mod writer;

use crate::analysis::token_streams;
use crate::copies::Clusters;
use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, META};
use crate::index::gate::Gate;
use crate::index::impacts::{IMPACTS, ImpactTokenizer, PartKeyTokenizer};
use crate::index::lock::IndexLock;
use crate::index::repeats::Repeats;
use crate::index::union::UnionDirectory;
pub use crate::index::version::Payload;
use crate::schema;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentId;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

/// Returns the tokenizers that the index schema names.
pub fn tokenizers() -> TokenizerManager {
    let manager = token_streams::tokenizers();
    let keys = TextAnalyzer::builder(PartKeyTokenizer::default()).build();
    manager.register(token_streams::KEYS, keys);
    let impacts = TextAnalyzer::builder(ImpactTokenizer::default()).build();
    manager.register(IMPACTS, impacts);
    manager
}

/// An index in a folder of its own.
#[derive(Debug, Clone)]
pub struct Index {
    path: PathBuf,
    engine: tantivy::Index,
    payload: Payload,
    gate: Option<Arc<dyn Gate>>,
    /// Those that are searched as this one; empty of an index in one folder.
    members: Vec<Index>,
}

impl Index {
    /// Opens the index in `path`. Takes a few milliseconds.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where there is none, [`Error::NoPermission`], [`Error::IndexIsFile`],
    /// [`Error::OtherVersion`] where another version built it, [`Error::Damaged`] where its files
    /// cannot be understood.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_behind(path, None)
    }

    /// Does as [`Index::open`], with a gate before every change of its files.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub(crate) fn open_behind(path: &Path, gate: Option<Arc<dyn Gate>>) -> Result<Self> {
        if path.is_file() {
            return Err(Error::IndexIsFile {
                path: path.to_owned(),
            });
        }
        match std::fs::File::open(path.join(META)) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(Error::NoPermission {
                    path: path.to_owned(),
                });
            }
            Ok(meta) if meta.metadata().is_ok_and(|meta| meta.is_file()) => {}
            // Segments lie there, and articles with them that nobody else may have.
            _ if has_manifest(path) && check_empty(path).is_err() => {
                return Err(Error::Damaged {
                    path: path.to_owned(),
                    what: format!("{META} is missing"),
                });
            }
            _ => {
                return Err(Error::NoIndex {
                    path: path.to_owned(),
                });
            }
        }
        let damaged = |error: &dyn std::fmt::Display| {
            let path = path.to_owned();
            if has_manifest(&path) {
                let what = directory::without_content(error.to_string());
                Error::Damaged { path, what }
            } else {
                // Never advise removing what another program keeps here.
                Error::NotAnIndex { path }
            }
        };
        let mut engine = IndexDirectory::open(path)
            .map(|directory| directory.with_gate(gate.clone()))
            .and_then(tantivy::Index::open)
            .map_err(|error| damaged(&error))?;
        let metas = engine.load_metas()?;
        let payload = Payload::check(metas.payload.as_deref(), path)?;
        if engine.schema() != *schema::schema() {
            return Err(damaged(&"its schema is not the one of its version"));
        }
        engine.set_tokenizers(tokenizers());
        Ok(Self {
            path: path.to_owned(),
            engine,
            payload,
            gate,
            members: Vec::new(),
        })
    }

    /// Opens the indexes in `paths` as one that can only be read; a folder that is named twice
    /// counts once.
    ///
    /// # Errors
    /// As [`Index::open`], and [`Error::IndexTwice`] where one is a copy of another.
    pub fn open_all(paths: &[PathBuf]) -> Result<Self> {
        let mut members: Vec<Self> = Vec::new();
        let mut folders: Vec<PathBuf> = Vec::new();
        for path in paths {
            let folder = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            if !folders.contains(&folder) {
                members.push(Self::open(path)?);
                folders.push(folder);
            }
        }
        if members.len() == 1
            && let Some(only) = members.pop()
        {
            return Ok(only);
        }
        let Some(first) = members.first() else {
            return Err(Error::NoIndex {
                path: PathBuf::new(),
            });
        };
        let (path, payload) = (first.path.clone(), first.payload.clone());
        check_apart(&members)?;
        let directories = folders.iter().map(|folder| IndexDirectory::open(folder));
        let directories = directories.collect::<tantivy::Result<_>>()?;
        let mut engine = tantivy::Index::open(UnionDirectory::new(directories))?;
        engine.set_tokenizers(tokenizers());
        Ok(Self {
            path,
            engine,
            payload,
            gate: None,
            members,
        })
    }

    /// Returns the indexes that it is made of: those that are searched as one, or itself.
    pub fn members(&self) -> Vec<&Self> {
        if self.members.is_empty() {
            return vec![self];
        }
        self.members.iter().collect()
    }

    /// Opens the index in `path`, or makes an empty one where the folder is absent or empty.
    ///
    /// # Errors
    /// As [`Index::open`], and [`Error::NotAnIndex`] where the folder holds something else.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        Self::open_or_create_behind(path, None)
    }

    /// Does as [`Index::open_or_create`], with a gate before every change of its files.
    ///
    /// # Errors
    /// As [`Index::open_or_create`].
    pub fn open_or_create_behind(path: &Path, gate: Option<Arc<dyn Gate>>) -> Result<Self> {
        match Self::open_behind(path, gate.clone()) {
            Err(Error::NoIndex { .. }) => Self::create(path, gate),
            other => other,
        }
    }

    /// Makes an empty index under its lock; returns the one that another process has made in the
    /// meantime.
    fn create(path: &Path, gate: Option<Arc<dyn Gate>>) -> Result<Self> {
        directory::create_folder(path).map_err(Error::io("create", path))?;
        let started = Instant::now();
        loop {
            check_empty(path)?;
            if path.join(META).is_file() {
                return Self::open_behind(path, gate);
            }
            match IndexLock::take(path, Duration::ZERO) {
                Err(Error::Busy { .. }) if started.elapsed() < CREATION => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(error) => return Err(error),
                // It was made before the lock was free.
                Ok(_) if path.join(META).is_file() => return Self::open_behind(path, gate),
                Ok(_lock) => return Self::create_locked(path, gate),
            }
        }
    }

    fn create_locked(path: &Path, gate: Option<Arc<dyn Gate>>) -> Result<Self> {
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
            ..IndexSettings::default()
        };
        let directory = IndexDirectory::open(path)?.with_gate(gate.clone());
        let engine = tantivy::Index::builder()
            .schema(schema::schema().clone())
            .settings(settings)
            .tokenizers(tokenizers())
            .open_or_create(directory)?;
        Ok(Self {
            path: path.to_owned(),
            engine,
            payload: Payload::default(),
            gate,
            members: Vec::new(),
        })
    }

    /// Returns a fingerprint of the last commits of the indexes in `paths`; it changes with every
    /// commit to any of them. Reads a small file of each.
    ///
    /// # Errors
    /// [`Error::Io`] where an index is gone.
    pub fn fingerprint(paths: &[PathBuf]) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        for path in paths {
            let meta = path.join(META);
            let bytes = std::fs::read(&meta).map_err(Error::io("read", &meta))?;
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
        Ok(hasher
            .finalize()
            .to_hex()
            .as_str()
            .chars()
            .take(16)
            .collect())
    }

    /// Returns the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the folder anew, to change the files that lie beside the engine's.
    ///
    /// # Errors
    /// [`Error::Engine`] where it is gone.
    pub(crate) fn directory(&self) -> Result<IndexDirectory> {
        Ok(IndexDirectory::open(&self.path)?.with_gate(self.gate.clone()))
    }

    /// Returns the engine's own index.
    pub fn engine(&self) -> &tantivy::Index {
        &self.engine
    }

    /// Returns what the last commit says of itself.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// Returns a reader of the last commit.
    ///
    /// # Errors
    /// [`Error::Engine`] where the files cannot be opened.
    pub fn reader(&self) -> Result<IndexReader> {
        let mut attempts_left = 5;
        loop {
            let builder = self
                .engine
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual);
            match builder.try_into() {
                // A writer has replaced a file in the moment that we opened it.
                Err(TantivyError::OpenReadError(error)) if attempts_left > 0 && is_gone(&error) => {
                    attempts_left -= 1;
                    std::thread::sleep(Duration::from_millis(20));
                }
                outcome => return Ok(outcome?),
            }
        }
    }

    /// Returns the clusters of copies of the last job that ended; articles that changed since are
    /// in none or in those that they were in.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Damaged`] where they cannot be read.
    pub fn clusters(&self) -> Result<Clusters> {
        // An article of one index may be a copy of one of another; in memory there is no file.
        if !self.members.is_empty() || self.path.as_os_str().is_empty() {
            return copies::clusters(&self.reader()?.searcher());
        }
        let copies = self.read_copies(&copies::read)?;
        Ok(copies.unwrap_or_default().clusters)
    }

    /// Returns the exact repeats that the last job found, of each index that this one is made of.
    ///
    /// # Errors
    /// As [`Index::clusters`].
    pub fn repeats(&self) -> Result<Vec<Repeats>> {
        let members = self.members().into_iter();
        let read = |member: &Self| member.read_copies(&copies::read_repeats);
        let repeats = members.filter_map(|member| read(member).transpose());
        repeats.collect()
    }

    /// Returns what `read` finds in the file of copies of the last commit; none where it has none.
    fn read_copies<T>(&self, read: &dyn Fn(&Path) -> Result<T>) -> Result<Option<T>> {
        let mut attempts_left = 5;
        loop {
            let metas = self.engine.load_metas()?;
            let payload = Payload::check(metas.payload.as_deref(), &self.path)?;
            if payload.copies.is_empty() {
                return Ok(None);
            }
            match read(&self.path.join(&payload.copies)) {
                // A writer has replaced it in the moment that we opened it.
                Err(Error::Io { source, .. })
                    if source.kind() == io::ErrorKind::NotFound && attempts_left > 0 =>
                {
                    attempts_left -= 1;
                    std::thread::sleep(Duration::from_millis(20));
                }
                outcome => return outcome.map(Some),
            }
        }
    }

    /// Returns the size of all files in the folder, in bytes.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be listed.
    pub fn size_bytes(&self) -> Result<u64> {
        if !self.members.is_empty() {
            return self.members.iter().map(Self::size_bytes).sum();
        }
        directory::size_bytes(&self.path)
    }
}

/// How long another process may take to make an index.
const CREATION: Duration = Duration::from_secs(10);

/// Checks that a folder without an index holds nothing else.
fn check_empty(path: &Path) -> Result<()> {
    let entries = std::fs::read_dir(path).map_err(Error::io("list", path))?;
    // A creation that was killed leaves hidden files and a manifest; they are ours.
    let is_foreign = |name: &str| !name.starts_with('.') && !manifest::is_manifest(name);
    let mut names = entries.flatten().map(|entry| entry.file_name());
    // Another process may make an index in this moment; its first file is this one.
    if names.any(|name| is_foreign(&name.to_string_lossy())) && !path.join(META).is_file() {
        return Err(Error::NotAnIndex {
            path: path.to_owned(),
        });
    }
    Ok(())
}

/// Returns whether a file could not be opened because it is not there.
fn is_gone(error: &OpenReadError) -> bool {
    match error {
        OpenReadError::FileDoesNotExist(_) => true,
        OpenReadError::IoError { io_error, .. } => io_error.kind() == io::ErrorKind::NotFound,
        OpenReadError::IncompatibleIndex(_) => false,
    }
}

/// Checks that no segment is in two of the indexes.
fn check_apart(members: &[Index]) -> Result<()> {
    let mut owners: HashMap<SegmentId, &Path> = HashMap::new();
    for member in members {
        for segment in member.engine.searchable_segment_ids()? {
            if let Some(first) = owners.insert(segment, member.path()) {
                return Err(Error::IndexTwice {
                    first: first.to_owned(),
                    second: member.path().to_owned(),
                });
            }
        }
    }
    Ok(())
}

/// Returns whether a folder has a manifest, as every index has.
pub(crate) fn has_manifest(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("manifest-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::schema::FieldType;

    #[test]
    fn every_tokenizer_that_the_schema_names_is_registered() {
        let tokenizers = tokenizers();
        for (_, entry) in schema::schema().fields() {
            if let FieldType::Str(options) = entry.field_type()
                && let Some(indexing) = options.get_indexing_options()
            {
                assert!(
                    tokenizers.get(indexing.tokenizer()).is_some(),
                    "{}",
                    entry.name()
                );
            }
        }
    }
}
