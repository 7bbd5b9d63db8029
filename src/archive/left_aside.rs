//! Files and records that are no articles, counted, and indexes among them, named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many files were left aside because they hold no articles, by the ending of their names, and
/// how many records of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftAside {
    by_extension: BTreeMap<String, u64>,
    indexes: BTreeSet<PathBuf>,
    by_kind: BTreeMap<&'static str, u64>,
}

/// As many endings are counted by themselves; who names files at random must not fill memory.
const MAX_EXTENSIONS: usize = 1000;

/// As many indexes are named.
const MAX_INDEXES: usize = 100;

impl LeftAside {
    /// Returns the counts by ending, in lower case and without the dot; files without one stand
    /// under the empty one.
    pub fn by_extension(&self) -> &BTreeMap<String, u64> {
        &self.by_extension
    }

    /// Returns the folders that were left aside because they hold an index, at most 100 of them.
    pub fn indexes(&self) -> &BTreeSet<PathBuf> {
        &self.indexes
    }

    /// Returns how many records of files that do hold articles were passed over, by their kind:
    /// `messages without text`, `requests`.
    pub fn by_kind(&self) -> &BTreeMap<&'static str, u64> {
        &self.by_kind
    }

    /// Returns the count of all files.
    pub fn count(&self) -> u64 {
        self.by_extension.values().sum()
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        for (extension, count) in &other.by_extension {
            self.add_count(extension.clone(), *count);
        }
        for (kind, count) in &other.by_kind {
            *self.by_kind.entry(kind).or_default() += count;
        }
        for folder in &other.indexes {
            self.add_index(folder.clone());
        }
    }

    pub(crate) fn add_index(&mut self, folder: PathBuf) {
        if self.indexes.len() < MAX_INDEXES {
            self.indexes.insert(folder);
        }
    }

    pub(crate) fn add_record(&mut self, kind: &'static str) {
        *self.by_kind.entry(kind).or_default() += 1;
    }

    pub(crate) fn add_file(&mut self, path: &Path) {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        self.add_count(extension.unwrap_or_default(), 1);
    }

    fn add_count(&mut self, extension: String, count: u64) {
        let is_known = self.by_extension.contains_key(&extension);
        let extension = if is_known || self.by_extension.len() < MAX_EXTENSIONS {
            extension
        } else {
            String::new()
        };
        *self.by_extension.entry(extension).or_default() += count;
    }
}
