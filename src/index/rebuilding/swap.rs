//! Puts an index that was built within the folder of another one in its place.
//!
//! Segments have names that no other has, so the new files lie beside the old ones until
//! `meta.json` is replaced. Whatever happens before that leaves the old index and files that nobody
//! names; whatever happens after it, the new one and files that nobody names any more.

use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, META, collect_garbage, make_readable, number_of};
use crate::index::rebuilding::unfinished::{remove_unfinished, unfinished};
use crate::index::{Payload, copies, manifest};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::{Directory, SegmentMeta};

/// What stays of the old index.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Its segments that are whole.
    pub(crate) segments: Vec<SegmentMeta>,
    /// The stamp of its last commit; no file of removals has a later one.
    pub(crate) opstamp: u64,
}

/// Puts the index that was built in [`unfinished`] in the place of the one in `directory`, beside
/// what is `kept`; the caller holds the lock. Where segments are kept, the next writer makes the
/// clusters of copies.
///
/// # Errors
/// [`Error::Io`], [`Error::Engine`], [`Error::Damaged`]; either index is whole then.
pub(crate) fn swap(directory: &IndexDirectory, kept: &Kept) -> Result<()> {
    let path = directory.folder();
    let mut payload = move_files(directory)?;
    if !kept.segments.is_empty() {
        payload.copies = String::new();
        payload.copies_are_old = true;
    }
    let fresh = IndexDirectory::open(&unfinished(path))?;
    let text = fresh.atomic_read(Path::new(META));
    let text = text.map_err(tantivy::TantivyError::from)?;
    let meta = new_meta(&text, kept, &payload).map_err(|error| Error::Damaged {
        path: path.to_owned(),
        what: format!("{META}: {error}"),
    })?;
    directory
        .atomic_write(Path::new(META), &meta)
        .map_err(Error::io("write", path.join(META)))?;
    directory
        .sync_directory()
        .map_err(Error::io("sync", path))?;
    make_readable(path)?;
    remove_replaced(directory, &payload)
}

/// The names of a kind of files: which are of it, and that with a number.
type Names = (fn(&str) -> bool, fn(u64) -> String);

const MANIFESTS: Names = (manifest::is_manifest, manifest::name_of);
const COPIES: Names = (copies::is_copies, copies::name_of);

/// Moves the files of the new index beside those of the old one; returns the payload of the new
/// commit.
fn move_files(directory: &IndexDirectory) -> Result<Payload> {
    let path = directory.folder();
    let fresh = unfinished(path);
    let move_in = |from: &Path, to: &Path| {
        let from = fresh.join(from);
        directory
            .move_in(&from, to)
            .map_err(Error::io("rename", from))
    };
    let metas = tantivy::Index::open(IndexDirectory::open(&fresh)?)?.load_metas()?;
    let mut payload = Payload::check(metas.payload.as_deref(), &fresh)?;
    let mut files: Vec<PathBuf> = metas.list_segment_files().into_iter().collect();
    files.sort_unstable();
    files.retain(|name| fresh.join(name).exists());
    for name in &files {
        move_in(name, name)?;
    }
    for (names, name) in [
        (MANIFESTS, &mut payload.manifest),
        (COPIES, &mut payload.copies),
    ] {
        if !name.is_empty() {
            let free = free_name(path, names)?;
            move_in(Path::new(name), Path::new(&free))?;
            *name = free;
        }
    }
    directory
        .sync_directory()
        .map_err(Error::io("sync", path))?;
    Ok(payload)
}

fn new_meta(text: &[u8], kept: &Kept, payload: &Payload) -> serde_json::Result<Vec<u8>> {
    let mut meta: Value = serde_json::from_slice(text)?;
    if let Some(segments) = meta.get_mut("segments").and_then(Value::as_array_mut) {
        for segment in &kept.segments {
            segments.push(serde_json::to_value(segment)?);
        }
    }
    let opstamp = meta.get("opstamp").and_then(Value::as_u64);
    let opstamp = opstamp.unwrap_or_default().max(kept.opstamp);
    if let Some(object) = meta.as_object_mut() {
        object.insert("payload".to_owned(), payload.to_text().into());
        // A later removal must not get the name of an earlier one.
        object.insert("opstamp".to_owned(), opstamp.into());
    }
    serde_json::to_vec_pretty(&meta)
}

/// Returns the name with the number after the last one in the folder.
fn free_name(path: &Path, (is_one, name_of): Names) -> Result<String> {
    let entries = fs::read_dir(path).map_err(Error::io("list", path))?;
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let numbers = names.filter(|name| is_one(name));
    let last = numbers.filter_map(|name| number_of(&name)).max();
    Ok(name_of(last.map_or(0, |last| last.saturating_add(1))))
}

/// Removes what the index of `payload` does not name any more.
fn remove_replaced(directory: &IndexDirectory, payload: &Payload) -> Result<()> {
    let path = directory.folder();
    directory.remove_all(&|name| {
        (manifest::is_manifest(name) && name != payload.manifest)
            || (copies::is_copies(name) && name != payload.copies)
    })?;
    let mut engine = tantivy::Index::open(directory.clone())?;
    let metas = engine.load_metas()?;
    collect_garbage(&mut engine, &metas)?;
    make_readable(path)?;
    remove_unfinished(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, ArticleId};
    use crate::index::Index;
    use crate::index::document::CollectedArticle;
    use crate::index::sink::Sink;
    use crate::index::writer::{Writer, WriterOptions};
    use std::collections::BTreeSet;

    fn write(path: &Path, id: &str) {
        let index = Index::open_or_create(path).unwrap();
        let mut writer = Writer::open(&index, WriterOptions::default()).unwrap();
        let article = Article {
            id: ArticleId::new(id),
            title: "Міст".into(),
            lead: String::new(),
            body: "Міст відкрито.".into(),
            published: None,
            source: None,
            section: None,
            authors: Vec::new(),
            url: None,
            tags: Vec::new(),
            lang: None,
            path: "/a".into(),
        };
        writer.add(&CollectedArticle::new(&article, "a")).unwrap();
        writer.finish().unwrap();
    }

    fn names(path: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(path).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    fn ids(path: &Path) -> Vec<String> {
        let searcher = Index::open(path).unwrap().reader().unwrap().searcher();
        let mut ids = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().str("id").unwrap().unwrap();
            for doc in segment.doc_ids_alive() {
                let mut id = String::new();
                let ordinal = column.term_ords(doc).next().unwrap();
                column.ord_to_str(ordinal, &mut id).unwrap();
                ids.push(id);
            }
        }
        ids
    }

    #[test]
    fn before_the_last_step_the_old_index_stands_and_what_was_moved_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "old");
        let before = names(dir.path());
        write(&unfinished(dir.path()), "new");
        let directory = IndexDirectory::open(dir.path()).unwrap();
        move_files(&directory).unwrap();
        assert!(names(dir.path()).len() > before.len() + 6);
        assert_eq!(ids(dir.path()), ["old"]);
        // Whoever writes next removes it.
        let index = Index::open(dir.path()).unwrap();
        let writer = Writer::open(&index, WriterOptions::default()).unwrap();
        writer.leave().unwrap();
        assert_eq!(names(dir.path()), before);
        assert_eq!(ids(dir.path()), ["old"]);
    }

    #[test]
    fn after_it_the_new_one_stands_and_nothing_of_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "old");
        let old = names(dir.path());
        let fresh = unfinished(dir.path());
        write(&fresh, "new");
        let directory = IndexDirectory::open(dir.path()).unwrap();
        swap(&directory, &Kept::default()).unwrap();
        assert_eq!(ids(dir.path()), ["new"]);
        let now = names(dir.path());
        assert_eq!(now.len(), old.len());
        let kept = now.intersection(&old).filter(|name| !name.starts_with('.'));
        assert_eq!(kept.collect::<Vec<_>>(), ["meta.json"]);
    }

    #[test]
    fn names_are_counted_on() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("manifest-7.jsonl"), "").unwrap();
        let name = |names| free_name(dir.path(), names).unwrap();
        assert_eq!(name(MANIFESTS), "manifest-8.jsonl");
        assert_eq!(name(COPIES), "copies-0.bin");
    }
}
