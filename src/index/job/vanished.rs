//! What is no longer below the roots is taken out.

use crate::archive::Archive;
use crate::error::Result;
use crate::index::job::state::{Job, Walk, path_text};
use crate::index::roots::Root;
use crate::index::writer::Writer;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

impl Job<'_> {
    /// Takes out the files that the walk should have met and has not, with their articles, also
    /// those at the places where moved roots were before.
    pub(crate) fn remove_vanished(
        &mut self,
        writer: &mut Writer,
        archive: &Archive,
        walk: &Walk,
    ) -> Result<()> {
        let mut vanished: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut settled: Vec<(u32, Root)> = Vec::new();
        let manifest = writer.manifest();
        let walked: Vec<String> = archive.roots().iter().map(|root| path_text(root)).collect();
        for root in &walked {
            let files = manifest.below(root);
            let missing = files.filter(|(path, _)| !self.walked.contains_key(&***path));
            let missing = missing.filter(|(path, _)| !walk.is_hidden(path));
            vanished.extend(missing.map(|(path, _)| Arc::clone(path)));
        }
        for (ordinal, root) in manifest.roots().iter() {
            let path = Path::new(&root.path);
            if root.former.is_empty() || !walked.iter().any(|walked| path.starts_with(walked)) {
                continue;
            }
            for former in &root.former {
                let files = manifest.below(former);
                let missing = files.filter(|(path, _)| {
                    !self.walked.contains_key(&***path) && !Path::new(&***path).exists()
                });
                vanished.extend(missing.map(|(path, _)| Arc::clone(path)));
            }
            let mut root = root.clone();
            root.former.clear();
            settled.push((ordinal, root));
        }
        for path in vanished {
            let ordinal = self.known.path_ordinal(&path);
            self.summary.removed += self.remove_gone(writer, ordinal);
            writer.forget_file(&path)?;
        }
        for (ordinal, root) in settled {
            writer.set_root(ordinal, Some(root))?;
        }
        Ok(())
    }
}
