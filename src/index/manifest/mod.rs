//! The manifest: the files that the index has read and what they held, the roots that were indexed,
//! and the articles that are not to come back.
//!
//! It is an append-only file of JSON lines beside the engine's files; the last line on a path, root
//! or key counts. Every commit records how many bytes of the manifest belong to it, and their hash.
//! What was written after the last commit is cut off at the next opening, so manifest and index
//! never disagree.

use crate::archive::ContentHash;
use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, IndexFile, number_of};
use crate::index::file_entry::Entry;
use crate::index::roots::{Root, Roots};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

// Paths are kept as text: JSON knows no other, and the index has the same text in its field `path`.
// Bytes that are not UTF-8 become U+FFFD there; such a file is read all the same, by its real name.

/// An article that was removed by its id or by a query: it does not come back when its file is read
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its id.
    pub id: String,
    /// Its collection.
    pub collection: String,
    /// The file that it came from.
    pub path: String,
    /// Hash of its content.
    pub hash: u64,
    /// What exact repeats of it have too, which stay away as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_hash: Option<u64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line {
    /// `None` forgets the file.
    File { path: String, entry: Option<Entry> },
    /// `None` forgets the root.
    Root { ordinal: u32, root: Option<Root> },
    /// `None` lets the article come back.
    Removed { key: u64, mark: Option<Mark> },
}

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
    files: BTreeMap<Arc<str>, Entry>,
    /// Files that lie elsewhere and were found through a link, by the path of the link.
    linked: BTreeMap<String, Arc<str>>,
    roots: Roots,
    marks: BTreeMap<u64, Mark>,
    /// The repeat hashes of marks, with their keys.
    marked_repeats: BTreeSet<(u64, u64)>,
    collections: BTreeSet<Arc<str>>,
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
            files: BTreeMap::new(),
            linked: BTreeMap::new(),
            roots: Roots::default(),
            marks: BTreeMap::new(),
            marked_repeats: BTreeSet::new(),
            collections: BTreeSet::new(),
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
            self.take(line);
        }
    }

    fn hash(&self) -> ContentHash {
        ContentHash::from_bytes(*self.hasher.finalize().as_bytes())
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::File { path, entry } => {
                let old = self.files.remove(path.as_str());
                if let Some(link) = old.and_then(|old| old.link) {
                    self.linked.remove(&link);
                }
                let Some(mut entry) = entry else { return };
                entry.collection = self.shared(entry.collection);
                let path: Arc<str> = path.into();
                if let Some(link) = &entry.link {
                    self.linked.insert(link.clone(), Arc::clone(&path));
                }
                self.files.insert(path, entry);
            }
            Line::Root { ordinal, root } => self.roots.set(ordinal, root),
            Line::Removed { key, mark } => {
                let hash = mark.as_ref().and_then(|mark| mark.repeat_hash);
                let old = match mark {
                    Some(mark) => self.marks.insert(key, mark),
                    None => self.marks.remove(&key),
                };
                if let Some(hash) = old.and_then(|old| old.repeat_hash) {
                    self.marked_repeats.remove(&(hash, key));
                }
                self.marked_repeats.extend(hash.map(|hash| (hash, key)));
            }
        }
    }

    /// Thousands of files share the text of a name.
    fn shared(&mut self, name: Arc<str>) -> Arc<str> {
        if let Some(shared) = self.collections.get(&name) {
            return Arc::clone(shared);
        }
        self.collections.insert(Arc::clone(&name));
        name
    }

    /// Returns what is known of the file `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)
    }

    /// Returns the path of a known file as all share it.
    pub fn path_of(&self, path: &str) -> Option<Arc<str>> {
        let (path, _) = self.files.get_key_value(path)?;
        Some(Arc::clone(path))
    }

    /// Returns all files, in order.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Entry)> {
        self.files.iter()
    }

    /// Returns all files below the folder `root`, or `root` itself; those that lie elsewhere and
    /// were found through a link below it come last.
    pub fn below<'m>(&'m self, root: &'m str) -> impl Iterator<Item = (&'m Arc<str>, &'m Entry)> {
        let from = (std::ops::Bound::Included(root), std::ops::Bound::Unbounded);
        let files = self.files.range::<str, _>(from);
        let files = files.take_while(move |(path, _)| path.starts_with(root));
        let files = files.filter(move |(path, _)| is_below(path, root));
        let linked = self.linked.range::<str, _>(from);
        let linked = linked.take_while(move |(link, _)| link.starts_with(root));
        let linked =
            linked.filter(move |(link, path)| is_below(link, root) && !is_below(path, root));
        files.chain(linked.filter_map(|(_, path)| self.files.get_key_value(path)))
    }

    /// Returns the roots that were indexed.
    pub fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Returns the articles that are not to come back, by key.
    pub fn marks(&self) -> &BTreeMap<u64, Mark> {
        &self.marks
    }

    /// Returns the keys of the articles not to come back whose exact repeats have this hash.
    pub fn marks_of_repeats(&self, hash: u64) -> Vec<u64> {
        let marks = self.marked_repeats.range((hash, 0)..=(hash, u64::MAX));
        marks.map(|(_, key)| *key).collect()
    }

    /// Returns the number of files known.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Notes what was read of the file `path`; with `None` forgets it.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn set_file(&mut self, path: &str, entry: Option<Entry>) -> Result<()> {
        if entry.is_none() && !self.files.contains_key(path) {
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

    /// Has the files read again, whenever that is, that have articles for which one of the lost
    /// articles stood.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn lose_holders(&mut self, is_lost: &dyn Fn(u64) -> bool) -> Result<()> {
        let mut doubted: Vec<(String, Entry)> = Vec::new();
        for (path, entry) in self
            .files
            .iter()
            .filter(|(_, entry)| !entry.repeats.is_empty())
        {
            let mut entry = entry.clone();
            if entry.lose_holders(is_lost) {
                doubted.push((path.to_string(), entry));
            }
        }
        for (path, entry) in doubted {
            self.set_file(&path, Some(entry))?;
        }
        Ok(())
    }

    /// Makes everything noted so far durable; returns how much of it the commit counts. A manifest
    /// of which less than half still counts is written anew under the next name.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn sync(&mut self) -> Result<Extent> {
        let counting = self.files.len() + self.marks.len() + self.roots.iter().count();
        if self.lines > 1_000 && self.lines > 2 * counting {
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
        self.take(line);
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
        for (ordinal, root) in std::mem::take(&mut self.roots).iter() {
            let root = Some(root.clone());
            self.write(Line::Root { ordinal, root })?;
        }
        self.marked_repeats.clear();
        for (key, mark) in std::mem::take(&mut self.marks) {
            let mark = Some(mark);
            self.write(Line::Removed { key, mark })?;
        }
        for (path, entry) in std::mem::take(&mut self.files) {
            let (path, entry) = (path.to_string(), Some(entry));
            self.write(Line::File { path, entry })?;
        }
        Ok(())
    }
}

/// Returns whether `path` is `folder` or lies below it.
fn is_below(path: &str, folder: &str) -> bool {
    Path::new(path).starts_with(folder)
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
