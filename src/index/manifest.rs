//! The manifest: the files that the index has read and what they held, the roots that were indexed,
//! and the articles that are not to come back.
//!
//! It is an append-only file of JSON lines beside the engine's files; the last line on a path, root
//! or key counts. Every commit records how many bytes of the manifest belong to it. What was
//! written after the last commit is cut off at the next opening, so manifest and index never
//! disagree.

use crate::error::{Error, Result};
use crate::index::file_entry::Entry;
use crate::index::roots::{Root, Roots};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
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
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// `None` forgets the file.
    File { path: String, entry: Option<Entry> },
    /// `None` forgets the root.
    Root { ordinal: u32, root: Option<Root> },
    /// `None` lets the article come back.
    Removed { key: u64, mark: Option<Mark> },
}

/// The manifest of an index that is being written.
#[derive(Debug)]
pub struct Manifest {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
    lines: usize,
    files: BTreeMap<Arc<str>, Entry>,
    /// Files that lie elsewhere and were found through a link, by the path of the link.
    linked: BTreeMap<String, Arc<str>>,
    roots: Roots,
    marks: BTreeMap<u64, Mark>,
    collections: BTreeSet<Arc<str>>,
}

/// Returns whether a file of this name is a manifest.
pub fn is_manifest(name: &str) -> bool {
    name.strip_prefix("manifest-")
        .and_then(|rest| rest.strip_suffix(".jsonl"))
        .is_some()
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
    /// Opens the manifest `name` in the index folder `dir`, cuts it to the `bytes` of the last
    /// commit and removes older ones. An empty name starts the first manifest.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Damaged`] where it is shorter than the commit says or not in its
    /// format.
    pub fn open(dir: &Path, name: &str, bytes: u64) -> Result<Self> {
        let name = if name.is_empty() {
            "manifest-0.jsonl"
        } else {
            name
        }
        .to_owned();
        let path = dir.join(&name);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::io("open", &path))?;
        let length = file.metadata().map_err(Error::io("read", &path))?.len();
        let damaged = |what: String| Error::Damaged {
            path: dir.to_owned(),
            what,
        };
        if length < bytes {
            return Err(damaged(format!("{name} has {length} bytes of {bytes}")));
        }
        file.set_len(bytes).map_err(Error::io("write", &path))?;
        let reader = file.try_clone().map_err(Error::io("open", &path))?;
        let mut manifest = Self {
            name,
            path,
            file: BufWriter::new(file),
            bytes,
            lines: 0,
            files: BTreeMap::new(),
            linked: BTreeMap::new(),
            roots: Roots::default(),
            marks: BTreeMap::new(),
            collections: BTreeSet::new(),
        };
        for line in BufReader::new(reader).lines() {
            let line = line.map_err(Error::io("read", &manifest.path))?;
            manifest.lines += 1;
            let line = serde_json::from_str(&line).map_err(|error| {
                damaged(format!(
                    "{}, line {}: {error}",
                    manifest.name, manifest.lines
                ))
            })?;
            manifest.take(line);
        }
        remove_others(dir, &manifest.name)?;
        Ok(manifest)
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
                match mark {
                    Some(mark) => self.marks.insert(key, mark),
                    None => self.marks.remove(&key),
                };
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

    /// Has the files read again, whenever that is, whose articles another file had too and may have
    /// lost; those that `is_read` names are read already.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn doubt_repeats(&mut self, is_read: &dyn Fn(&str) -> bool) -> Result<()> {
        let files = self.files.iter();
        let doubted = files.filter(|(path, entry)| entry.repeated > 0 && !is_read(path));
        let doubted = doubted.map(|(path, entry)| {
            let failed = entry.failed.max(1);
            let entry = Entry {
                failed,
                ..entry.clone()
            };
            (path.to_string(), entry)
        });
        for (path, entry) in doubted.collect::<Vec<_>>() {
            self.set_file(&path, Some(entry))?;
        }
        Ok(())
    }

    /// Makes everything noted so far durable; returns the name and length in bytes for the commit.
    /// A manifest of which less than half still counts is written anew under the next name.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn sync(&mut self) -> Result<(String, u64)> {
        let counting = self.files.len() + self.marks.len() + self.roots.iter().count();
        if self.lines > 1_000 && self.lines > 2 * counting {
            self.rewrite()?;
        }
        self.file.flush().map_err(Error::io("write", &self.path))?;
        self.file
            .get_ref()
            .sync_all()
            .map_err(Error::io("write", &self.path))?;
        Ok((self.name.clone(), self.bytes))
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
        self.bytes += text.len() as u64;
        self.lines += 1;
        Ok(())
    }

    fn rewrite(&mut self) -> Result<()> {
        let digits: String = self.name.chars().filter(char::is_ascii_digit).collect();
        let next = digits.parse::<u64>().unwrap_or(0) + 1;
        self.name = format!("manifest-{next}.jsonl");
        self.path = self.path.with_file_name(&self.name);
        self.file =
            BufWriter::new(File::create(&self.path).map_err(Error::io("create", &self.path))?);
        self.bytes = 0;
        self.lines = 0;
        for (ordinal, root) in std::mem::take(&mut self.roots).iter() {
            let root = Some(root.clone());
            self.write(Line::Root { ordinal, root })?;
        }
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

fn remove_others(dir: &Path, name: &str) -> Result<()> {
    let entries = std::fs::read_dir(dir).map_err(Error::io("list", dir))?;
    for entry in entries.flatten() {
        let other = entry.file_name();
        let other = other.to_string_lossy();
        if is_manifest(&other) && other != name {
            std::fs::remove_file(entry.path()).map_err(Error::io("remove", entry.path()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::ContentHash;

    fn entry(articles: u32) -> Entry {
        Entry {
            collection: "a".into(),
            link: None,
            size_bytes: 1,
            modified_ns: 2,
            changed_ns: 0,
            inode: 0,
            read_ns: 3,
            hash: ContentHash::from_bytes([0; 32]),
            map: None,
            articles,
            failed: 0,
            repeated: 0,
            withheld: 0,
        }
    }

    #[test]
    fn what_was_written_after_the_commit_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        manifest.set_file("/a/1", Some(entry(1))).unwrap();
        let (name, bytes) = manifest.sync().unwrap();
        manifest.set_file("/a/2", Some(entry(2))).unwrap();
        manifest.sync().unwrap();
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.get("/a/1"), Some(&entry(1)));
        assert_eq!(manifest.get("/a/2"), None);
    }

    #[test]
    fn the_last_word_on_a_path_counts() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        manifest.set_file("/a/1", Some(entry(1))).unwrap();
        manifest.set_file("/a/1", Some(entry(5))).unwrap();
        manifest.set_file("/b/1", Some(entry(1))).unwrap();
        manifest.set_file("/b/1", None).unwrap();
        let (name, bytes) = manifest.sync().unwrap();
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.len(), 1);
        assert_eq!(manifest.get("/a/1").unwrap().articles, 5);
        assert_eq!(manifest.below("/a").count(), 1);
        assert_eq!(manifest.below("/b").count(), 0);
    }

    #[test]
    fn a_manifest_of_mostly_old_lines_is_written_anew_under_another_name() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        for round in 0..1_100 {
            manifest.set_file("/a/1", Some(entry(round))).unwrap();
        }
        let (name, bytes) = manifest.sync().unwrap();
        assert_eq!(name, "manifest-1.jsonl");
        assert!(
            dir.path().join("manifest-0.jsonl").exists(),
            "the old one serves until the commit"
        );
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.get("/a/1"), Some(&entry(1_099)));
        assert!(!dir.path().join("manifest-0.jsonl").exists());
    }

    #[test]
    fn a_manifest_shorter_than_its_commit_is_damage() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            Manifest::open(dir.path(), "", 10),
            Err(Error::Damaged { .. })
        ));
    }

    #[test]
    fn roots_and_marks_survive_a_rewriting_and_are_read_by_themselves() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        let root = Root {
            path: "/a".into(),
            is_file: false,
            label: "a".into(),
            collection: "a".into(),
            former: Vec::new(),
        };
        let mark = Mark {
            id: "1".into(),
            collection: "a".into(),
            path: "/a/1".into(),
            hash: 5,
        };
        manifest.set_root(0, Some(root.clone())).unwrap();
        manifest.set_mark(7, Some(mark.clone())).unwrap();
        for round in 0..1_100 {
            manifest.set_file("/a/1", Some(entry(round))).unwrap();
        }
        let (name, bytes) = manifest.sync().unwrap();
        assert_eq!(name, "manifest-1.jsonl");
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.roots().at("/a"), Some((0, &root)));
        assert_eq!(manifest.marks().get(&7), Some(&mark));
        let roots = read_roots(dir.path(), &name, bytes).unwrap();
        assert_eq!(roots.at("/a"), Some((0, &root)));
    }

    #[test]
    fn a_file_found_through_a_link_belongs_to_the_folder_of_the_link() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        let linked = Entry {
            link: Some("/a/link".into()),
            ..entry(1)
        };
        manifest.set_file("/elsewhere/1", Some(linked)).unwrap();
        manifest.set_file("/ab/1", Some(entry(1))).unwrap();
        let below = manifest.below("/a").map(|(path, _)| path.to_string());
        assert_eq!(below.collect::<Vec<_>>(), ["/elsewhere/1"]);
    }
}
