//! What is no longer below the roots is taken out.

use crate::archive::Archive;
use crate::error::Result;
use crate::index::job::state::{Job, Walk, path_text};
use crate::index::manifest::records::Records;
use crate::index::roots::Root;
use crate::index::sink::Sink;
use std::path::Path;
use std::sync::Arc;

impl Job<'_> {
    /// Finds the known files that the walk should have met and has not, also those at the places
    /// where moved roots were before. What other files have too of theirs is read again from the
    /// first of these, in its turn.
    pub(crate) fn find_vanished(
        &mut self,
        writer: &mut dyn Sink,
        archive: &Archive,
        walk: &Walk,
    ) -> Result<()> {
        let manifest = writer.manifest();
        for root in archive.roots() {
            let root = path_text(root);
            let files = manifest.below(&root);
            let missing = files.filter(|(path, _)| !self.walked.contains_key(&***path));
            let missing = missing.filter(|(path, _)| !walk.is_hidden(path));
            let missing: Vec<_> = missing.map(|(path, _)| Arc::clone(path)).collect();
            self.vanished.extend(missing);
        }
        for (_, root) in moved_roots(manifest, archive) {
            for former in &root.former {
                let files = manifest.below(former);
                let missing = files.filter(|(path, _)| {
                    !self.walked.contains_key(&***path) && !Path::new(&***path).exists()
                });
                let missing: Vec<_> = missing.map(|(path, _)| Arc::clone(path)).collect();
                self.vanished.extend(missing);
            }
        }
        let lost: Vec<Arc<str>> = self
            .vanished
            .iter()
            .chain(self.gone.paths())
            .cloned()
            .collect();
        for path in lost {
            let ordinal = self.known.path_ordinal(&path);
            for key in self.known.keys_of_file(ordinal) {
                self.lose(writer, key)?;
            }
        }
        Ok(())
    }

    /// Takes out the vanished files with their articles.
    pub(crate) fn remove_vanished(
        &mut self,
        writer: &mut dyn Sink,
        archive: &Archive,
    ) -> Result<()> {
        for path in std::mem::take(&mut self.vanished) {
            let ordinal = self.known.path_ordinal(&path);
            self.summary.removed += self.remove_gone(writer, ordinal)?;
            writer.forget_file(&path)?;
        }
        for (ordinal, root) in moved_roots(writer.manifest(), archive) {
            let former = Vec::new();
            writer.set_root(ordinal, Some(Root { former, ..root }))?;
        }
        Ok(())
    }
}

/// Returns the walked roots that were elsewhere before, of which articles may be known from there.
fn moved_roots(manifest: &Records, archive: &Archive) -> Vec<(u32, Root)> {
    let is_walked = |root: &Root| {
        let path = Path::new(&root.path);
        archive
            .roots()
            .iter()
            .any(|walked| path.starts_with(walked))
    };
    let roots = manifest.roots().iter();
    let moved = roots.filter(|(_, root)| !root.former.is_empty() && is_walked(root));
    moved
        .map(|(ordinal, root)| (ordinal, root.clone()))
        .collect()
}
