//! All articles of a commit against the manifest and the clusters of copies.

use crate::error::Result;
use crate::index::copies::Copies;
use crate::index::known::KnownArticles;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::repeats::Repeats;
use crate::index::verify::fault::{Contradiction, Finding};
use crate::index::{Payload, copies};
use std::path::Path;
use std::sync::Arc;
use tantivy::Searcher;

/// Compares the articles of the commit that `payload` is of with its manifest, and its clusters
/// with the articles. The files in `folder` must be sound.
///
/// # Errors
/// [`crate::Error::Engine`], [`crate::Error::Io`].
pub(crate) fn check(folder: &Path, payload: &Payload, searcher: &Searcher) -> Result<Vec<Finding>> {
    let (name, bytes) = (&payload.manifest, payload.manifest_bytes);
    let manifest = StoredManifest::read(folder, name, bytes)?;
    let file = |path: &str| {
        let (path, _) = manifest.files.get_key_value(path)?;
        Some(Arc::clone(path))
    };
    let known = KnownArticles::read(searcher, &file)?;
    let mut findings = Vec::new();
    let mut note = |contradiction, articles: u64| {
        let finding = Finding::contradiction(contradiction);
        findings.push(Finding {
            articles: Some(articles),
            ..finding
        });
    };
    let repeated = known.repeated_keys();
    if repeated > 0 {
        note(Contradiction::RepeatedKeys, repeated);
    }
    let marks = manifest.marks.keys();
    let back = marks.filter(|key| known.get(**key).is_some()).count();
    if back > 0 {
        note(Contradiction::RemovedArticles, back as u64);
    }
    let repeats = manifest.files.values().flat_map(|entry| &entry.repeats);
    let lost = repeats.filter(|repeat| known.get(repeat.holder).is_none());
    let lost = lost.count();
    if lost > 0 {
        note(Contradiction::LostHolders, lost as u64);
    }
    let counts = known.counts_by_file();
    for (path, entry) in &manifest.files {
        let expected = u64::from(entry.articles);
        let found = counts.get(path).copied().unwrap_or_default();
        // More are there where a file could not be read to its end, or articles are kept.
        if found < expected {
            let path = path.to_string();
            let lost = Contradiction::LostArticles {
                path,
                expected,
                found,
            };
            note(lost, expected - found);
        }
    }
    if !payload.copies_are_old && !payload.manifest.is_empty() {
        let written = match payload.copies.as_str() {
            "" => Copies::default(),
            name => copies::read(&folder.join(name))?,
        };
        if copies::clusters(searcher)? != written.clusters {
            findings.push(Finding::contradiction(Contradiction::Clusters));
        }
        if Repeats::of_files(manifest.files.iter()) != written.repeats {
            findings.push(Finding::contradiction(Contradiction::Repeats));
        }
    }
    Ok(findings)
}
