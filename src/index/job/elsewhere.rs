//! Files outside the walk that are read again, as articles are lost that stood for some of theirs.

use crate::archive::{Archive, ArchiveFile};
use crate::error::Result;
use crate::index::job::state::Job;
use crate::index::sink::Sink;
use std::path::PathBuf;

impl Job<'_> {
    /// Reads the doubted files that no path of the job leads to, in their order. One that is not
    /// there now, or was found through a link, waits for the next job over its root, and so do all
    /// where this job reads in a way of its own.
    pub(crate) fn read_elsewhere(
        &mut self,
        writer: &mut dyn Sink,
        archive: &Archive,
    ) -> Result<()> {
        let mut paths: Vec<_> = std::mem::take(&mut self.doubted_elsewhere)
            .into_iter()
            .collect();
        let manifest = writer.manifest();
        paths.sort_by_cached_key(|path| self.rank(manifest, path));
        for path in paths {
            let manifest = writer.manifest();
            let is_linked = manifest.get(&path).is_none_or(|entry| entry.link.is_some());
            let root = [PathBuf::from(&*path)];
            let Some(archive) = archive
                .clone()
                .with_roots(&root)
                .ok()
                .filter(|_| !is_linked)
            else {
                continue;
            };
            let files: Vec<ArchiveFile> = archive.files().flatten().collect();
            for file in files.iter().filter(|file| file.is_read_plainly()) {
                if self.stop.is_raised() {
                    return Ok(());
                }
                self.file(writer, file)?;
            }
        }
        Ok(())
    }
}
