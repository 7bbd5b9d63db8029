//! The roots of a job become registered ones: new, known, or known ones that were moved.

use crate::archive::{Archive, ArchiveFile, STANDARD_INPUT};
use crate::error::Result;
use crate::index::collection::Collection;
use crate::index::job::options::JobOptions;
use crate::index::job::state::{path_below, path_text};
use crate::index::manifest::records::Records;
use crate::index::roots::{Root, default_collection};
use crate::index::sink::Sink;
use std::path::Path;

/// So many files of a root that may have been moved are read to tell whether it was.
const COMPARED_FILES: usize = 8;

/// Registers the roots of `archive`, of which `files` were found.
///
/// # Errors
/// [`crate::Error::Io`] where the manifest cannot be written.
pub(crate) fn register(
    writer: &mut dyn Sink,
    archive: &Archive,
    files: &[ArchiveFile],
    options: &JobOptions,
) -> Result<()> {
    let collection = options.collection.as_ref();
    for path in archive.roots() {
        if path == Path::new(STANDARD_INPUT) {
            continue;
        }
        register_one(writer, path, files, options)?;
        if let Some(collection) = collection {
            put_into(writer, path, collection)?;
        }
    }
    Ok(())
}

fn register_one(
    writer: &mut dyn Sink,
    root: &Path,
    files: &[ArchiveFile],
    options: &JobOptions,
) -> Result<()> {
    let collection = options.collection.as_ref();
    let path = path_text(root);
    let roots = writer.manifest().roots();
    match roots.covering(&path) {
        // Every file below it has a place already.
        Some((_, outer)) if collection.is_none_or(|name| name.as_str() == outer.collection) => {
            return Ok(());
        }
        Some((_, outer)) if outer.path == path => return Ok(()),
        Some(_) => {}
        None => {
            if let Some(old) = moved_from(writer.manifest(), root, files) {
                return take_over(writer, &old, &path);
            }
        }
    }
    let is_file = !root.is_dir();
    let new = Root {
        label: roots.label_of(&path, is_file),
        collection: default_collection(root),
        former: Vec::new(),
        share: roots.share().unwrap_or(options.share),
        path,
        is_file,
    };
    let ordinal = roots.next_ordinal();
    writer.set_root(ordinal, Some(new))
}

/// Puts every root at or below `path` into a collection.
fn put_into(writer: &mut dyn Sink, path: &Path, collection: &Collection) -> Result<()> {
    let roots = writer.manifest().roots();
    let below = roots.iter().filter(|(_, root)| {
        Path::new(&root.path).starts_with(path) && root.collection != collection.as_str()
    });
    let below: Vec<(u32, Root)> = below
        .map(|(ordinal, root)| (ordinal, root.clone()))
        .collect();
    for (ordinal, root) in below {
        let collection = collection.to_string();
        writer.set_root(ordinal, Some(Root { collection, ..root }))?;
    }
    Ok(())
}

/// Returns the path of the registered root that is gone and was moved to `root`: at least half of
/// its files are here under the same paths with the same sizes, and of those that are compared one
/// has the same content. One file in common would be too little: what a disk that is not mounted
/// holds would be taken for gone.
fn moved_from(manifest: &Records, root: &Path, files: &[ArchiveFile]) -> Option<String> {
    let roots = manifest.roots().iter().map(|(_, root)| root);
    let is_file = !root.is_dir();
    let gone = roots.filter(|old| old.is_file == is_file && !Path::new(&old.path).exists());
    let mut best: Option<(bool, usize, &Root)> = None;
    for old in gone {
        // A job that was killed has left some of its files at the place before.
        let places = || [&old.path].into_iter().chain(&old.former);
        let known: usize = places().map(|path| manifest.below(path).count()).sum();
        let mut same = 0;
        let mut is_equal = false;
        for file in files.iter().filter(|file| *file.root == *root) {
            let before = |path: &String| {
                let entry = if old.is_file {
                    manifest.get(path)
                } else {
                    let path = path_below(Path::new(path), &file.below_root);
                    manifest.get(&path_text(&path))
                };
                entry.filter(|entry| entry.size_bytes == file.size_bytes)
            };
            let Some(entry) = places().find_map(before) else {
                continue;
            };
            same += 1;
            if !is_equal && same <= COMPARED_FILES {
                let hash = file.content_hash(&|| false);
                is_equal = hash.is_ok_and(|hash| hash == entry.hash);
            }
        }
        let has_name = Path::new(&old.path).file_name() == root.file_name();
        let is_better =
            |(named, count, _): &(bool, usize, &Root)| (has_name, same) > (*named, *count);
        if is_equal && same * 2 >= known && best.as_ref().is_none_or(is_better) {
            best = Some((has_name, same, old));
        }
    }
    best.map(|(_, _, old)| old.path.clone())
}

/// Gives the root that was at `old`, and those below it, its new path.
fn take_over(writer: &mut dyn Sink, old: &str, new: &str) -> Result<()> {
    let roots = writer.manifest().roots();
    let below = roots.iter().filter_map(|(ordinal, root)| {
        let below = Path::new(&root.path).strip_prefix(old).ok()?;
        let path = if below.as_os_str().is_empty() {
            new.to_owned()
        } else {
            path_text(&Path::new(new).join(below))
        };
        if roots.at(&path).is_some_and(|(other, _)| other != ordinal) {
            // Indexed there by itself since: that root has its own label.
            return Some((ordinal, None));
        }
        let mut root = root.clone();
        root.former.retain(|former| *former != path);
        root.former.push(std::mem::replace(&mut root.path, path));
        Some((ordinal, Some(root)))
    });
    let moved: Vec<(u32, Option<Root>)> = below.collect();
    for (ordinal, root) in moved {
        writer.set_root(ordinal, root)?;
    }
    Ok(())
}
