//! The manifest: which files the index has read, and what they held.
//!
//! It is an append-only file of JSON lines beside the engine's files; the last line of a path
//! counts. Every commit records how many bytes of the manifest belong to it. What was written after
//! the last commit is cut off at the next opening, so manifest and index never disagree.

use crate::archive::{ArchiveFile, FieldMap};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

// Paths are kept as text: JSON knows no other, and the index has the same text in its field `path`.
// Bytes that are not UTF-8 become U+FFFD there; such a file is read all the same, by its real name.

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name below the archive's root, from which the ids of its articles are made.
    pub name: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// When it was read, in nanoseconds since 1970.
    pub read_ns: i64,
    /// Hash of the content.
    pub hash: String,
    /// The map of fields that its JSON or tables were read by; `None` where it holds neither, so
    /// that another map would change nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<FieldMap>,
    /// How many articles it gave.
    pub articles: u64,
    /// How many articles of it failed; such a file is read again each time, so that it is reported
    /// again.
    pub failed: u64,
}

/// A file changed so soon after it was read may keep its time of change: the clock of a file system
/// ticks coarsely. Within this time the content decides.
const CLOCK_TICK_NS: i64 = 2_000_000_000;

impl Entry {
    /// Returns whether `file` is, by size and time of change, what was read then, in the same way.
    pub fn is_current(&self, file: &ArchiveFile) -> bool {
        self.failed == 0
            && self.is_of_map(file)
            && self.size_bytes == file.size_bytes
            && self.modified_ns == file.modified_ns
            && self.read_ns - self.modified_ns > CLOCK_TICK_NS
    }

    /// Returns whether reading by the map that `file` is to be read by would give the same.
    pub fn is_of_map(&self, file: &ArchiveFile) -> bool {
        self.map.as_ref().is_none_or(|map| *map == *file.map)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    path: String,
    /// `None` takes the path out.
    entry: Option<Entry>,
}

/// The manifest of an index that is being written.
#[derive(Debug)]
pub struct Manifest {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
    lines: usize,
    entries: BTreeMap<String, Entry>,
}

/// Returns whether a file of this name is a manifest.
pub fn is_manifest(name: &str) -> bool {
    name.strip_prefix("manifest-")
        .and_then(|rest| rest.strip_suffix(".jsonl"))
        .is_some()
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
        let mut entries = BTreeMap::new();
        let mut lines = 0;
        for line in BufReader::new(&file).lines() {
            let line = line.map_err(Error::io("read", &path))?;
            lines += 1;
            let line: Line = serde_json::from_str(&line)
                .map_err(|error| damaged(format!("{name}, line {lines}: {error}")))?;
            match line.entry {
                Some(entry) => entries.insert(line.path, entry),
                None => entries.remove(&line.path),
            };
        }
        remove_others(dir, &name)?;
        Ok(Self {
            name,
            path,
            file: BufWriter::new(file),
            bytes,
            lines,
            entries,
        })
    }

    /// Returns what is known of `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// Returns all files below the folder `root`, or `root` itself, in order.
    pub fn below(&self, root: &Path) -> impl Iterator<Item = (&str, &Entry)> {
        let root = root.to_string_lossy().into_owned();
        let is_below = move |path: &str| Path::new(path).starts_with(&root);
        self.entries
            .iter()
            .filter(move |(path, _)| is_below(path))
            .map(|(path, entry)| (path.as_str(), entry))
    }

    /// Returns the number of files known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Notes what was read of `path`.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn insert(&mut self, path: &str, entry: Entry) -> Result<()> {
        self.entries.insert(path.to_owned(), entry.clone());
        self.append(path, Some(entry))
    }

    /// Forgets `path`.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn remove(&mut self, path: &str) -> Result<()> {
        if self.entries.remove(path).is_none() {
            return Ok(());
        }
        self.append(path, None)
    }

    /// Makes everything noted so far durable; returns the name and length in bytes for the commit.
    /// A manifest of which less than half still counts is written anew under the next name.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn sync(&mut self) -> Result<(String, u64)> {
        if self.lines > 1_000 && self.lines > 2 * self.entries.len() {
            self.rewrite()?;
        }
        self.file.flush().map_err(Error::io("write", &self.path))?;
        self.file
            .get_ref()
            .sync_all()
            .map_err(Error::io("write", &self.path))?;
        Ok((self.name.clone(), self.bytes))
    }

    fn append(&mut self, path: &str, entry: Option<Entry>) -> Result<()> {
        let mut line = serde_json::json!(Line {
            path: path.to_owned(),
            entry
        })
        .to_string();
        line.push('\n');
        self.file
            .write_all(line.as_bytes())
            .map_err(Error::io("write", &self.path))?;
        self.bytes += line.len() as u64;
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
        for (path, entry) in std::mem::take(&mut self.entries) {
            self.insert(&path, entry)?;
        }
        Ok(())
    }
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

    fn entry(articles: u64) -> Entry {
        Entry {
            name: "a/b.txt".into(),
            size_bytes: 1,
            modified_ns: 2,
            read_ns: 3,
            hash: "00".into(),
            map: None,
            articles,
            failed: 0,
        }
    }

    #[test]
    fn what_was_written_after_the_commit_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        manifest.insert("/a/1", entry(1)).unwrap();
        let (name, bytes) = manifest.sync().unwrap();
        manifest.insert("/a/2", entry(2)).unwrap();
        manifest.sync().unwrap();
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.get("/a/1"), Some(&entry(1)));
        assert_eq!(manifest.get("/a/2"), None);
    }

    #[test]
    fn the_last_word_on_a_path_counts() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        manifest.insert("/a/1", entry(1)).unwrap();
        manifest.insert("/a/1", entry(5)).unwrap();
        manifest.insert("/b/1", entry(1)).unwrap();
        manifest.remove("/b/1").unwrap();
        let (name, bytes) = manifest.sync().unwrap();
        let manifest = Manifest::open(dir.path(), &name, bytes).unwrap();
        assert_eq!(manifest.len(), 1);
        assert_eq!(manifest.get("/a/1").unwrap().articles, 5);
        assert_eq!(manifest.below(Path::new("/a")).count(), 1);
        assert_eq!(manifest.below(Path::new("/b")).count(), 0);
    }

    #[test]
    fn a_manifest_of_mostly_old_lines_is_written_anew_under_another_name() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(dir.path(), "", 0).unwrap();
        for round in 0..1_100 {
            manifest.insert("/a/1", entry(round)).unwrap();
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
}
