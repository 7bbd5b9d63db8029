//! Which files have articles that another one stands for, by that one.

use crate::index::manifest::records::Records;
use std::collections::HashMap;
use std::sync::Arc;

/// The files that have exact repeats of an article, by its key. Takes some 40 bytes for each.
#[derive(Debug, Default)]
pub(crate) struct Holders(HashMap<u64, Vec<Arc<str>>>);

impl Holders {
    /// Collects them from what is known of all files.
    pub(crate) fn of(manifest: &Records) -> Self {
        let mut holders = Self::default();
        for (path, entry) in manifest.files() {
            for repeat in &entry.repeats {
                holders.add(repeat.holder, path);
            }
        }
        holders
    }

    /// Notes that the file `path` has a repeat of the article with this key.
    pub(crate) fn add(&mut self, key: u64, path: &Arc<str>) {
        let paths = self.0.entry(key).or_default();
        if paths.last() != Some(path) {
            paths.push(Arc::clone(path));
        }
    }

    /// Takes out the files that have repeats of the article with this key.
    pub(crate) fn take(&mut self, key: u64) -> Vec<Arc<str>> {
        self.0.remove(&key).unwrap_or_default()
    }
}
