//! The manifest: the files that the index has read and what they held, the roots that were indexed,
//! and the articles that are not to come back.
//!
//! It is an append-only file of JSON lines beside the engine's files; the last line on a path, root
//! or key counts. Every commit records how many bytes of the manifest belong to it, and their hash.
//! What was written after the last commit is cut off at the next opening, so manifest and index
//! never disagree.
//!
//! | file | what |
//! |---|---|
//! | `line` | one line: a file, a root, a removed article |
//! | `records` | what all lines say together, in memory |

pub(crate) mod line;
pub mod records;

pub use crate::index::manifest::line::Mark;

use crate::archive::ContentHash;
use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, IndexFile, number_of};
use crate::index::file_entry::Entry;
use crate::index::manifest::line::Line;
use crate::index::manifest::records::Records;
use crate::index::roots::{Root, Roots};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How much of a manifest a commit counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its name; empty where there is none yet.
    pub name: String,
    /// Its first bytes.
    pub bytes: u64,
    /// Their hash; `None` where none was kept.
    pub hash: Option<ContentHash>,
}

/// The manifest of an index that is being written.
#[derive(Debug)]
pub struct Manifest {
    directory: IndexDirectory,
    name: String,
    path: PathBuf,
    file: BufWriter<IndexFile>,
    bytes: u64,
    /// Of all lines so far.
    hasher: blake3::Hasher,
    lines: usize,
    records: Records,
}

/// Returns whether a file of this name is a manifest.
pub fn is_manifest(name: &str) -> bool {
    name.strip_prefix("manifest-")
        .and_then(|rest| rest.strip_suffix(".jsonl"))
        .is_some()
}

/// Returns the name for a manifest with this number.
pub(crate) fn name_of(number: u64) -> String {
    format!("manifest-{number}.jsonl")
}

/// Reads the roots that the manifest `name` in the index folder `dir` has within its first `bytes`;
/// the other lines are not taken apart.
///
/// # Errors
/// [`Error::Io`].
pub fn read_roots(dir: &Path, name: &str, bytes: u64) -> Result<Roots> {
    let mut roots = Roots::default();
    if name.is_empty() {
        return Ok(roots);
    }
    let path = dir.join(name);
    let file = File::open(&path).map_err(Error::io("open", &path))?;
    for line in BufReader::new(std::io::Read::take(file, bytes)).lines() {
        let line = line.map_err(Error::io("read", &path))?;
        if line.starts_with("{\"root\"")
            && let Ok(Line::Root { ordinal, root }) = serde_json::from_str(&line)
        {
            roots.set(ordinal, root);
        }
    }
    Ok(roots)
}

impl Manifest {
    /// Opens the manifest in the index folder, cuts it to the `extent` of the last commit and
    /// removes older ones. An empty name starts the first manifest.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Damaged`] where it is not what the commit says or not in its format.
    pub fn open(directory: &IndexDirectory, extent: &Extent) -> Result<Self> {
        let name = Some(extent.name.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| name_of(0));
        let path = directory.folder().join(&name);
        if extent.bytes > 0 && !path.exists() {
            return Err(damaged(directory, format!("{name} is missing")));
        }
        let mut file = directory.append(&name).map_err(Error::io("open", &path))?;
        let length = file.length().map_err(Error::io("read", &path))?;
        let bytes = extent.bytes;
        if length < bytes {
            let what = format!("{name} has {length} bytes of {bytes}");
            return Err(damaged(directory, what));
        }
        let reader = file.reader().map_err(Error::io("open", &path))?;
        let mut manifest = Self {
            directory: directory.clone(),
            name,
            path: path.clone(),
            bytes,
            hasher: blake3::Hasher::new(),
            lines: 0,
            records: Records::default(),
            file: {
                file.cut(bytes).map_err(Error::io("write", &path))?;
                BufWriter::new(file)
            },
        };
        manifest.read(BufReader::new(reader))?;
        if extent.hash.is_some_and(|hash| hash != manifest.hash()) {
            let what = format!("{} is not what was written", manifest.name);
            return Err(damaged(directory, what));
        }
        remove_others(directory, &manifest.name)?;
        Ok(manifest)
    }

    fn read(&mut self, mut lines: impl BufRead) -> Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = lines.read_until(b'\n', &mut line);
            if read.map_err(Error::io("read", &self.path))? == 0 {
                return Ok(());
            }
            self.hasher.update(&line);
            self.lines += 1;
            let line = serde_json::from_slice(&line).map_err(|error| {
                let what = format!("{}, line {}: {error}", self.name, self.lines);
                damaged(&self.directory, what)
            })?;
            self.records.take(line);
        }
    }

    /// Returns what it says.
    pub fn records(&self) -> &Records {
        &self.records
    }

    fn hash(&self) -> ContentHash {
        ContentHash::from_bytes(*self.hasher.finalize().as_bytes())
    }

    /// Notes what was read of the file `path`; with `None` forgets it.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn set_file(&mut self, path: &str, entry: Option<Entry>) -> Result<()> {
        if entry.is_none() && self.records.get(path).is_none() {
            return Ok(());
        }
        let path = path.to_owned();
        self.write(Line::File { path, entry })
    }

    /// Notes a root; with `None` forgets it.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn set_root(&mut self, ordinal: u32, root: Option<Root>) -> Result<()> {
        self.write(Line::Root { ordinal, root })
    }

    /// Notes that an article is not to come back; with `None` that it may.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn set_mark(&mut self, key: u64, mark: Option<Mark>) -> Result<()> {
        self.write(Line::Removed { key, mark })
    }

    /// Makes everything noted so far durable; returns how much of it the commit counts. A manifest
    /// of which less than half still counts is written anew under the next name.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn sync(&mut self) -> Result<Extent> {
        if self.lines > 1_000 && self.lines > 2 * self.records.line_count() {
            self.rewrite()?;
        }
        self.file.flush().map_err(Error::io("write", &self.path))?;
        self.file
            .get_ref()
            .sync()
            .map_err(Error::io("write", &self.path))?;
        Ok(Extent {
            name: self.name.clone(),
            bytes: self.bytes,
            hash: Some(self.hash()),
        })
    }

    fn write(&mut self, line: Line) -> Result<()> {
        self.append(&line)?;
        self.records.take(line);
        Ok(())
    }

    fn append(&mut self, line: &Line) -> Result<()> {
        let failed = |error: std::io::Error| Error::io("write", &self.path)(error);
        let mut text = serde_json::to_string(line).map_err(|error| failed(error.into()))?;
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(failed)?;
        self.hasher.update(text.as_bytes());
        self.bytes += text.len() as u64;
        self.lines += 1;
        Ok(())
    }

    fn rewrite(&mut self) -> Result<()> {
        self.name = name_of(number_of(&self.name).unwrap_or(0) + 1);
        self.path = self.path.with_file_name(&self.name);
        let file = self.directory.create(&self.name);
        self.file = BufWriter::new(file.map_err(Error::io("create", &self.path))?);
        self.bytes = 0;
        self.hasher.reset();
        self.lines = 0;
        for line in std::mem::take(&mut self.records).into_lines() {
            self.write(line)?;
        }
        Ok(())
    }
}

fn damaged(directory: &IndexDirectory, what: String) -> Error {
    Error::Damaged {
        path: directory.folder().to_owned(),
        what,
    }
}

fn remove_others(directory: &IndexDirectory, name: &str) -> Result<()> {
    directory.remove_all(&|other| is_manifest(other) && other != name)
}

#[cfg(test)]
mod tests;
