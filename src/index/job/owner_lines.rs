//! Where an article stands whose id another one has too, and whose file is unchanged.

use crate::archive::Archive;
use crate::index::document::{CollectedArticle, key};
use crate::index::stop::StopFlag;
use std::collections::HashMap;
use std::path::PathBuf;

/// Lines of articles by file and key. A file is read when the first of its articles is asked for:
/// only then must it be told where that stands.
#[derive(Debug)]
pub(crate) struct OwnerLines {
    archive: Archive,
    by_file: HashMap<String, HashMap<u64, u64>>,
}

impl OwnerLines {
    /// Reads files as `archive` does.
    pub(crate) fn read_as(archive: &Archive) -> Self {
        Self {
            archive: archive.clone(),
            by_file: HashMap::new(),
        }
    }

    /// Returns the line of the article with the id of `claimant` in the file `path`; none where it
    /// has no lines or cannot be read.
    pub(crate) fn of(
        &mut self,
        path: &str,
        claimant: &CollectedArticle<'_>,
        stop: &StopFlag,
    ) -> Option<u64> {
        if !self.by_file.contains_key(path) {
            let lines = self.read(path, claimant.collection, stop);
            self.by_file.insert(path.to_owned(), lines);
        }
        self.by_file.get(path)?.get(&claimant.key).copied()
    }

    fn read(&self, path: &str, collection: &str, stop: &StopFlag) -> HashMap<u64, u64> {
        let mut lines = HashMap::new();
        let Ok(archive) = self.archive.clone().with_roots(&[PathBuf::from(path)]) else {
            return lines;
        };
        for file in archive.files().flatten() {
            file.read_until(&|| stop.is_raised(), &mut |read| {
                if let Ok(read) = read
                    && let Some(line) = read.line
                {
                    let key = key(collection, read.article.id.as_str());
                    lines.entry(key).or_insert(line);
                }
            });
        }
        lines
    }
}
