//! A manifest of any version, read without being changed.
//!
//! Up to version 3 a line was a path and an entry, and nothing was known of roots: they are what
//! remains of a path without the name of its file below the root.

use crate::archive::{ContentHash, FieldMap, STANDARD_INPUT};
use crate::article::{Article, ArticleId};
use crate::error::{Error, Result};
use crate::index::file_entry::Entry;
use crate::index::known::file_of;
use crate::index::manifest::Mark;
use crate::index::manifest::line::Line;
use crate::index::roots::{Root, Roots, default_collection};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

/// The collection of articles from the standard input, unless one was given.
const STANDARD_INPUT_COLLECTION: &str = "stdin";

/// A line of any version.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AnyLine {
    Ours(Line),
    Older {
        path: String,
        entry: Option<OlderEntry>,
    },
}

/// What versions 1 to 3 knew of a file.
#[derive(Debug, Deserialize)]
struct OlderEntry {
    /// Name below the archive's root, with the root's own name before it.
    name: String,
    size_bytes: u64,
    modified_ns: i64,
    read_ns: i64,
    hash: ContentHash,
    #[serde(default)]
    map: Option<FieldMap>,
    articles: u32,
    failed: u32,
}

/// What the manifest of an index says.
#[derive(Debug, Default)]
pub(crate) struct StoredManifest {
    pub(crate) files: BTreeMap<Arc<str>, Entry>,
    pub(crate) roots: Roots,
    pub(crate) marks: BTreeMap<u64, Mark>,
    /// How many lines cannot be understood.
    pub(crate) lost_lines: u64,
}

impl StoredManifest {
    /// Reads the first `bytes` of the manifest `name` in the index folder `dir`.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Damaged`] where it is shorter. Lines that cannot be understood are
    /// counted.
    pub(crate) fn read(dir: &Path, name: &str, bytes: u64) -> Result<Self> {
        if name.is_empty() {
            return Ok(Self::default());
        }
        let path = dir.join(name);
        let file = File::open(&path).map_err(Error::io("open", &path))?;
        let length = file.metadata().map_err(Error::io("read", &path))?.len();
        if length < bytes {
            return Err(Error::Damaged {
                path: dir.to_owned(),
                what: format!("{name} has {length} bytes of {bytes}"),
            });
        }
        Self::read_lines(&path, file.take(bytes))
    }

    /// Reads what can be read of a manifest, up to its `bytes` where a commit says how many belong
    /// to it.
    pub(crate) fn salvage(path: &Path, bytes: Option<u64>) -> Self {
        let Ok(file) = File::open(path) else {
            return Self::default();
        };
        let lines = Self::read_lines(path, file.take(bytes.unwrap_or(u64::MAX)));
        lines.unwrap_or_default()
    }

    fn read_lines(path: &Path, content: impl Read) -> Result<Self> {
        let mut manifest = Self::default();
        let mut reader = BufReader::new(content);
        let mut line = Vec::new();
        let mut older = BTreeMap::new();
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line);
            if read.map_err(Error::io("read", path))? == 0 {
                break;
            }
            match serde_json::from_slice(&line) {
                Ok(AnyLine::Ours(line)) => manifest.take(line),
                Ok(AnyLine::Older { path, entry }) => {
                    older.insert(path, entry);
                }
                Err(_) => manifest.lost_lines += 1,
            }
        }
        manifest.take_older(older);
        Ok(manifest)
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::File { path, entry } => {
                let path: Arc<str> = path.into();
                match entry {
                    Some(entry) => self.files.insert(path, entry),
                    None => self.files.remove(&path),
                };
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

    fn take_older(&mut self, older: BTreeMap<String, Option<OlderEntry>>) {
        for (path, entry) in older {
            let Some(entry) = entry else { continue };
            let collection = self.root_of(&path, &entry.name, None);
            let entry = Entry {
                collection: collection.into(),
                link: None,
                size_bytes: entry.size_bytes,
                modified_ns: entry.modified_ns,
                changed_ns: 0,
                inode: 0,
                read_ns: entry.read_ns,
                hash: entry.hash,
                map: entry.map,
                articles: entry.articles,
                failed: entry.failed,
                repeats: Vec::new(),
                withheld: 0,
            };
            self.files.insert(path.into(), entry);
        }
    }

    /// Returns the collection of the root of a file called `name`, which becomes a known one; a new
    /// root gets `collection`, by default the last part of its path.
    pub(crate) fn root_of(&mut self, path: &str, name: &str, collection: Option<&str>) -> String {
        let first = name.split('/').next().unwrap_or_default();
        let root = path
            .strip_suffix(name)
            .filter(|above| above.ends_with('/') && !first.is_empty() && first.len() < name.len())
            .map(|above| format!("{above}{first}"));
        let Some(root) = root else {
            // Found through a link, or renamed: known again when it is read.
            let folder = Path::new(path).parent().unwrap_or(Path::new(path));
            return default_collection(folder);
        };
        if let Some((_, known)) = self.roots.at(&root) {
            return known.collection.clone();
        }
        let root = Root {
            label: first.to_owned(),
            collection: collection
                .map_or_else(|| default_collection(Path::new(&root)), str::to_owned),
            path: root,
            is_file: false,
            former: Vec::new(),
            share: self.roots.share().flatten(),
        };
        let found = root.collection.clone();
        self.roots.set(self.roots.next_ordinal(), Some(root));
        found
    }

    /// Returns the file that an article of `path` comes from.
    pub(crate) fn file_of(&self, path: &str) -> Arc<str> {
        file_of(path, &|path| {
            let (path, _) = self.files.get_key_value(path)?;
            Some(Arc::clone(path))
        })
    }

    /// Has a file read again, whenever that is.
    pub(crate) fn doubt(&mut self, path: &str) {
        if let Some(entry) = self.files.get_mut(path) {
            entry.failed = entry.failed.max(1);
        }
    }

    /// Has every file read again, whenever that is.
    pub(crate) fn doubt_all(&mut self) {
        for entry in self.files.values_mut() {
            entry.failed = entry.failed.max(1);
        }
    }

    /// Returns whether the id of an article was made of the name of its file.
    pub(crate) fn has_made_id(&self, article: &Article) -> bool {
        let Some(place) = self.roots.place(&article.path.to_string_lossy()) else {
            return false;
        };
        let name = ArticleId::new(&place.name);
        let rest = article.id.as_str().strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
    }

    /// Returns the collection of an article of a version that kept none, as a fresh index of the
    /// same files would have it.
    pub(crate) fn collection_of(&self, path: &str) -> String {
        if path == STANDARD_INPUT {
            return STANDARD_INPUT_COLLECTION.to_owned();
        }
        let file = self.file_of(path);
        if let Some(entry) = self.files.get(&file) {
            return entry.collection.to_string();
        }
        // Of a file that was never read to its end.
        if let Some((_, root)) = self.roots.covering(path) {
            return root.collection.clone();
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new(path));
        default_collection(folder)
    }
}
