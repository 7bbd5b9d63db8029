//! Files that belong to other shares of the archive, which other workers take.

use crate::archive::{Archive, STANDARD_INPUT};
use crate::error::{Error, Result};
use crate::index::job::options::JobOptions;
use crate::index::job::state::{Job, Walk, path_text};
use crate::index::manifest::records::Records;
use crate::index::sink::Sink;
use std::path::Path;

/// Checks that the index can take the share that is asked for. An index has one share as long as it
/// has roots: with two, nobody could say which files are gone and which are somebody else's.
///
/// # Errors
/// [`Error::OtherShare`], [`Error::ShareOfStandardInput`].
pub(crate) fn check(writer: &dyn Sink, archive: &Archive, options: &JobOptions) -> Result<()> {
    let Some(asked) = options.share else {
        return Ok(());
    };
    if archive
        .roots()
        .iter()
        .any(|root| root == Path::new(STANDARD_INPUT))
    {
        return Err(Error::ShareOfStandardInput);
    }
    match writer.manifest().roots().share() {
        Some(found) if found != Some(asked) => Err(Error::OtherShare {
            path: writer.place(),
            found: found.map(|share| share.to_string()),
            asked: asked.to_string(),
        }),
        _ => Ok(()),
    }
}

impl Job<'_> {
    /// Takes the files of other shares out of the walk, once its roots are registered.
    pub(crate) fn leave_other_shares(&mut self, manifest: &Records, walk: &mut Walk) {
        let roots = manifest.roots();
        self.summary.share = roots.share().flatten();
        if self.summary.share.is_none() {
            return;
        }
        walk.files.retain(|file| {
            let path = path_text(&file.path);
            let link = self.walked.get(&path).and_then(Option::as_deref);
            let is_own = file.is_standard_input() || roots.has_in_share(link.unwrap_or(&path));
            if !is_own {
                self.walked.remove(&path);
            }
            is_own
        });
        let own = walk.files.len() as u64;
        self.summary.files_of_other_shares = self.summary.files - own;
        self.summary.files = own;
    }
}
