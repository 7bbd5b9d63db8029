//! The new index of what is left: segments that are whole stay, others are written anew, and files
//! of which anything is missing are noted to be read again.

use crate::archive::STANDARD_INPUT;
use crate::error::Result;
use crate::index::document;
use crate::index::rebuilding::repair::damage::Damage;
use crate::index::rebuilding::repair::outcome::LostArticle;
use crate::index::rebuilding::repair::salvage::{Salvaged, salvage};
use crate::index::rebuilding::stored_articles::{StoredArticle, StoredArticles, open_alive};
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::rebuilding::values::{Columns, Values};
use crate::index::sink::Sink;
use crate::index::writer::Writer;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Segment;

/// What is missing in the new index.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    /// Files to be read again.
    pub(crate) files: BTreeSet<Arc<str>>,
    /// Roots to be read again, all of their files.
    pub(crate) roots: BTreeSet<PathBuf>,
    /// Articles whose texts are lost.
    pub(crate) lost: Vec<LostArticle>,
    /// How many others are missing, by their files.
    pub(crate) unnamed: BTreeMap<Arc<str>, u64>,
    /// How many articles have nothing left, also where it is not known of which files.
    pub(crate) lost_unnamed: u64,
    /// How much of what is to be read again failed when it was read before.
    pub(crate) failed_before: u64,
    /// How many articles lack values, by their files.
    pub(crate) incomplete: BTreeMap<Arc<str>, u64>,
}

/// What is known of the commit that is repaired.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Doubts {
    /// Which segments belong to it is lost.
    pub(crate) commit: bool,
    /// What is known of files is lost in part.
    pub(crate) manifest: bool,
}

/// A new index in the making.
pub(crate) struct Build {
    writer: Writer,
    manifest: StoredManifest,
    doubts: Doubts,
    /// The file of each article, by its key.
    owners: FxHashMap<u64, Arc<str>>,
    /// Articles that were written anew.
    pub(crate) rebuilt: u64,
    missing: Missing,
}

impl Build {
    pub(crate) fn new(writer: Writer, manifest: StoredManifest, doubts: Doubts) -> Self {
        Self {
            writer,
            manifest,
            doubts,
            owners: FxHashMap::default(),
            rebuilt: 0,
            missing: Missing::default(),
        }
    }

    /// Takes note of a segment that stays as it is; returns how many articles it has.
    ///
    /// # Errors
    /// [`Error::Engine`](crate::Error::Engine).
    pub(crate) fn keep(&mut self, segment: &Segment) -> Result<u64> {
        let values = Values::Columns(Box::new(Columns::open(segment)?));
        let articles = StoredArticles::of_parts(segment, None, values, open_alive(segment)?);
        let mut count = 0;
        for doc in articles.docs() {
            let text = |name| articles.values().text(name, doc);
            let (id, path) = (
                text("id")?.unwrap_or_default(),
                text("path")?.unwrap_or_default(),
            );
            let collection = text("collection")?.unwrap_or_default();
            self.note_root(&path, &id, &collection);
            let file = self.manifest.file_of(&path);
            self.owners.insert(document::key(&collection, &id), file);
            count += 1;
        }
        Ok(count)
    }

    /// Writes what is left of a segment anew.
    ///
    /// # Errors
    /// Those of the writer.
    pub(crate) fn rebuild(
        &mut self,
        segment: &Segment,
        damage: Damage,
        folders: (&Path, &Path),
        advance: &mut dyn FnMut(),
    ) -> Result<()> {
        let unnamed = salvage(segment, damage, folders, &mut |salvaged| {
            advance();
            match salvaged {
                Salvaged::Article { found, is_whole } => self.add(*found, is_whole, damage),
                Salvaged::Lost {
                    id,
                    collection,
                    path,
                } => {
                    let collection =
                        collection.unwrap_or_else(|| self.manifest.collection_of(&path));
                    self.lose(LostArticle {
                        collection,
                        id,
                        path,
                    });
                    Ok(())
                }
            }
        })?;
        self.missing.lost_unnamed += unnamed;
        Ok(())
    }

    fn add(&mut self, mut found: StoredArticle, is_whole: bool, damage: Damage) -> Result<()> {
        let collection = found.collection.take();
        let path = found.article.path.to_string_lossy();
        let collection = collection.unwrap_or_else(|| self.manifest.collection_of(&path));
        let collected = found.collected(&collection);
        let key = collected.key;
        let file = self.manifest.file_of(&path);
        let is_there = self.owners.contains_key(&key);
        if damage.removals || self.doubts.commit {
            // It may have been removed, or replaced in a later segment.
            let is_replaced = is_there && damage.removals && !self.doubts.commit;
            let is_known = self.doubts.manifest
                || self.manifest.files.contains_key(&file)
                || *path == *STANDARD_INPUT;
            if is_replaced || !is_known || self.manifest.marks.contains_key(&key) {
                return Ok(());
            }
            self.missing.files.insert(Arc::clone(&file));
        }
        self.note_root(&path, found.article.id.as_str(), &collection);
        if !is_whole {
            self.missing.files.insert(Arc::clone(&file));
            *self
                .missing
                .incomplete
                .entry(Arc::clone(&file))
                .or_default() += 1;
        }
        if is_there {
            self.writer.replace(&collected)?;
        } else {
            self.writer.add(&collected)?;
            self.rebuilt += 1;
        }
        self.owners.insert(key, file);
        Ok(())
    }

    fn lose(&mut self, article: LostArticle) {
        self.note_root(&article.path, &article.id, &article.collection);
        let file = self.manifest.file_of(&article.path);
        self.missing.files.insert(file);
        self.missing.lost.push(article);
    }

    /// Where roots are lost, has ids made of paths tell what they were called.
    fn note_root(&mut self, path: &str, id: &str, collection: &str) {
        if self.doubts.manifest && self.manifest.roots.covering(path).is_none() {
            self.manifest.root_of(path, id, Some(collection));
        }
    }

    /// Notes in the manifest which files are to be read again: those of which articles are missing,
    /// and all where it is in doubt what is known of them. Gives the writer and the manifest back.
    pub(crate) fn finish(mut self) -> (Writer, StoredManifest, Missing) {
        let mut counts: FxHashMap<&str, u64> = FxHashMap::default();
        #[expect(clippy::iter_over_hash_type, reason = "they are only counted")]
        for file in self.owners.values() {
            *counts.entry(file).or_default() += 1;
        }
        let mut named: FxHashMap<Arc<str>, u64> = FxHashMap::default();
        for article in &self.missing.lost {
            *named
                .entry(self.manifest.file_of(&article.path))
                .or_default() += 1;
        }
        let is_all = self.doubts.commit || self.doubts.manifest;
        for (path, entry) in &mut self.manifest.files {
            let count = counts.get(&**path).copied().unwrap_or_default();
            let missing = u64::from(entry.articles).saturating_sub(count);
            let named = named.get(path).copied().unwrap_or_default();
            if missing > named {
                let unnamed = missing - named;
                self.missing.unnamed.insert(Arc::clone(path), unnamed);
            }
            if missing > 0 || is_all {
                self.missing.files.insert(Arc::clone(path));
            }
            if self.missing.files.contains(path) {
                self.missing.failed_before += u64::from(entry.failed);
            }
            if entry.lose_holders(&|key| !self.owners.contains_key(&key)) {
                self.missing.files.insert(Arc::clone(path));
            }
            // The manifest says what the index has.
            entry.articles = entry.articles.min(u32::try_from(count).unwrap_or(u32::MAX));
        }
        if self.missing.lost_unnamed == 0 {
            // Entries that count more are older than the commit.
            self.missing.unnamed.clear();
        }
        let roots = &self.manifest.roots;
        let mut to_read: BTreeSet<PathBuf> = BTreeSet::new();
        if is_all {
            to_read.extend(roots.iter().map(|(_, root)| PathBuf::from(&root.path)));
        }
        for path in &self.missing.files {
            let entry = self.manifest.files.get(path);
            let link = entry.and_then(|entry| entry.link.as_deref());
            let root = link.and_then(|link| roots.covering(link));
            to_read.extend(root.map(|(_, root)| PathBuf::from(&root.path)));
        }
        self.missing.roots = to_read;
        for path in &self.missing.files {
            self.manifest.doubt(path);
        }
        (self.writer, self.manifest, self.missing)
    }
}
