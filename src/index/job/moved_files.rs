//! Files that were moved: known ones that are gone, found again elsewhere by their content.

use crate::archive::{ArchiveFile, ContentHash};
use crate::index::manifest::records::Records;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// Known files that are gone, and of which a new file may have the content.
#[derive(Debug, Default)]
pub(crate) struct GoneFiles {
    by_hash: HashMap<ContentHash, Vec<Arc<str>>>,
}

impl GoneFiles {
    /// Finds them. Costs a call to the system for each known file of the size of a new one.
    pub(crate) fn find(
        manifest: &Records,
        walked: &[ArchiveFile],
        is_there: &dyn Fn(&str) -> bool,
    ) -> Self {
        let is_new = |file: &&ArchiveFile| manifest.get(&file.path.to_string_lossy()).is_none();
        let new = walked.iter().filter(is_new);
        let sizes: HashSet<u64> = new.map(|file| file.size_bytes).collect();
        let mut gone = Self::default();
        if sizes.is_empty() {
            return gone;
        }
        for (path, entry) in manifest.files() {
            let is_gone = || !is_there(path) && !Path::new(&**path).exists();
            if sizes.contains(&entry.size_bytes) && is_gone() {
                let same = gone.by_hash.entry(entry.hash).or_default();
                same.push(Arc::clone(path));
            }
        }
        gone
    }

    /// Returns all of them.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        let mut paths: Vec<&Arc<str>> = self.by_hash.values().flatten().collect();
        paths.sort_unstable();
        paths.into_iter()
    }

    /// Takes a file with this content out; one of the same name first.
    pub(crate) fn take(&mut self, hash: ContentHash, new_path: &str) -> Option<Arc<str>> {
        let same = self.by_hash.get_mut(&hash)?;
        let name = Path::new(new_path).file_name();
        let has_name = |path: &Arc<str>| Path::new(&**path).file_name() == name;
        let place = same.iter().position(has_name).unwrap_or(0);
        (place < same.len()).then(|| same.remove(place))
    }
}
