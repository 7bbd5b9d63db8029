//! Files that hold no articles, counted.

use std::collections::BTreeMap;
use std::path::Path;

/// How many files were left aside because they hold no articles, by the ending of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftAside {
    by_extension: BTreeMap<String, u64>,
}

/// As many endings are counted by themselves; who names files at random must not fill memory.
const MAX_EXTENSIONS: usize = 1000;

impl LeftAside {
    /// Returns the counts by ending, in lower case and without the dot; files without one stand
    /// under the empty one.
    pub fn by_extension(&self) -> &BTreeMap<String, u64> {
        &self.by_extension
    }

    /// Returns the count of all.
    pub fn count(&self) -> u64 {
        self.by_extension.values().sum()
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        for (extension, count) in &other.by_extension {
            self.add_count(extension.clone(), *count);
        }
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
