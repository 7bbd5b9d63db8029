//! Files of which anything is missing are read again, where they still are.

use crate::archive::Archive;
use crate::error::Result;
use crate::index::job::JobOptions;
use crate::index::known::KnownArticles;
use crate::index::progress::Progress;
use crate::index::rebuilding::repair::build::Missing;
use crate::index::rebuilding::repair::outcome::{LostOfFile, Repaired};
use crate::index::writer::{Writer, WriterOptions};
use crate::index::{Index, document, job};
use std::path::{Path, PathBuf};

/// Reads what is to be read again, and notes in `repaired` what is lost in the end.
///
/// # Errors
/// Those of [`job::run`].
pub(crate) fn read(
    index: &Index,
    missing: Missing,
    (options, progress): (WriterOptions, &mut dyn Progress),
    repaired: &mut Repaired,
) -> Result<()> {
    let paths = paths(&missing);
    if paths.is_empty() {
        // The clusters of copies may be waiting.
        Writer::open(index, options)?.finish()?;
    } else {
        let options = JobOptions {
            writer: options,
            keep_missing: true,
            allow_empty: true,
            ..JobOptions::default()
        };
        let summary = job::run(index, &Archive::open(&paths)?, &options, progress)?;
        repaired.newly_failed = summary.failed.saturating_sub(missing.failed_before);
        repaired.read_again = Some(summary);
    }
    let searcher = Index::open(index.path())?.reader()?.searcher();
    let known = KnownArticles::read(&searcher, &|_| None)?;
    let mut lost = missing.lost;
    lost.retain(|article| {
        let key = document::key(&article.collection, &article.id);
        known.get(key).is_none()
    });
    repaired.lost = lost;
    let mut unnamed: u64 = 0;
    for (path, articles) in missing.unnamed {
        unnamed += articles;
        if !Path::new(&*path).exists() {
            let path = path.to_string();
            repaired.lost_of_files.push(LostOfFile { path, articles });
        }
    }
    if repaired.read_again.is_none() {
        repaired.lost_unnamed = missing.lost_unnamed.saturating_sub(unnamed);
    }
    let gone = missing.incomplete.iter();
    let gone = gone.filter(|(path, _)| !Path::new(&***path).exists());
    repaired.incomplete = gone.map(|(_, articles)| articles).sum();
    Ok(())
}

/// Returns the files and folders that are there and to be read: whole roots where it is not known
/// which files were read, or where a file was found through a link.
fn paths(missing: &Missing) -> Vec<PathBuf> {
    let roots = missing.roots.iter().filter(|root| root.exists());
    let mut paths: Vec<PathBuf> = roots.cloned().collect();
    let files = missing.files.iter().map(|path| PathBuf::from(&**path));
    let files =
        files.filter(|path| path.exists() && !paths.iter().any(|root| path.starts_with(root)));
    let files: Vec<PathBuf> = files.collect();
    paths.extend(files);
    paths
}
