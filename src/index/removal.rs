//! Articles taken out of an index by its user.
//!
//! Removal by id or query leaves a mark on each article, so that it does not come back when its
//! file is read again. Removal by collection or path alone forgets the files, so that indexing them
//! again brings them back.

use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::collection::Collection;
use crate::index::file_entry::{Entry, Repeat};
use crate::index::known::file_of;
use crate::index::manifest::Mark;
use crate::index::repeats::Repeats;
use crate::index::sink::Sink;
use crate::index::writer::{Writer, WriterOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, TantivyError};

/// Which articles to remove: those that fulfil every condition that is given.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids, or collections and ids as `COLLECTION:ID`.
    pub ids: BTreeSet<String>,
    /// A collection.
    pub collection: Option<Collection>,
    /// A file or folder, or a path within a container; absolute.
    pub path: Option<PathBuf>,
    /// Keys of the articles that a query finds.
    pub keys: Option<BTreeSet<u64>>,
}

/// An article that was selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedArticle {
    /// Its key in the index.
    pub key: u64,
    /// Its id.
    pub id: String,
    /// Its collection.
    pub collection: String,
    /// The file that it came from, with the path within it where that is a container.
    pub path: String,
    /// Hash of its content.
    pub(crate) hash: u64,
    /// What exact repeats of it have too.
    pub(crate) repeat_hash: Option<u64>,
}

/// What a selection selects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// The articles, by collection and id. Takes some 200 bytes for each.
    pub articles: Vec<SelectedArticle>,
    /// All articles of the index.
    pub total: u64,
    /// Ids that no article has.
    pub unknown_ids: Vec<String>,
    /// Those of them that an exact repeat has, with the id of the article that stands for it.
    pub repeat_ids: Vec<(String, String)>,
    /// Exact repeats below the path, which are forgotten with their files; the articles that stand
    /// for them stay where these lie elsewhere.
    pub forgotten_repeats: u64,
}

impl Selected {
    /// Returns whether they are so many that nobody should remove them unasked: more than one of a
    /// hundred.
    pub fn is_large(&self) -> bool {
        self.articles.len() as u64 * 100 > self.total
    }
}

impl Selection {
    /// Returns whether removed articles stay away when their files are read again.
    pub fn is_lasting(&self) -> bool {
        !self.ids.is_empty() || self.keys.is_some()
    }

    /// Finds the articles in the last commit of an index. Reads the columns of all of them.
    ///
    /// # Errors
    /// [`Error::AmbiguousId`] where an id without a collection belongs to articles of several;
    /// [`Error::Engine`].
    pub fn select(&self, index: &Index) -> Result<Selected> {
        let searcher = index.reader()?.searcher();
        let mut articles = Vec::new();
        self.scan(&searcher, &mut articles)?;
        let mut selected = self.selected(articles, searcher.num_docs())?;
        if self.asks_for_repeats(&selected) {
            for repeats in index.repeats()? {
                self.find_repeats(&repeats, &mut selected, &|key| {
                    let holder = Self {
                        keys: Some(BTreeSet::from([key])),
                        ..Self::default()
                    };
                    let mut holders = Vec::new();
                    holder.scan(&searcher, &mut holders)?;
                    Ok(holders.pop().map(|holder| holder.id))
                })?;
            }
        }
        Ok(selected)
    }

    /// Puts together what is selected of `total` articles.
    ///
    /// # Errors
    /// [`Error::AmbiguousId`].
    pub(crate) fn selected(
        &self,
        mut articles: Vec<SelectedArticle>,
        total: u64,
    ) -> Result<Selected> {
        articles.sort_by_cached_key(|article| (article.collection.clone(), article.id.clone()));
        let mut unknown_ids = Vec::new();
        for id in &self.ids {
            let named = articles.iter().filter(|article| article.id == *id);
            let collections: Vec<String> =
                named.map(|article| article.collection.clone()).collect();
            if collections.len() > 1 {
                return Err(Error::AmbiguousId {
                    id: id.clone(),
                    collections,
                });
            }
            if !articles.iter().any(|article| article.is_named(id)) {
                unknown_ids.push(id.clone());
            }
        }
        Ok(Selected {
            articles,
            total,
            unknown_ids,
            ..Selected::default()
        })
    }

    fn is_by_path(&self) -> bool {
        self.path.is_some() && !self.is_lasting() && self.collection.is_none()
    }

    /// Returns whether exact repeats have to be looked at.
    pub(crate) fn asks_for_repeats(&self, selected: &Selected) -> bool {
        !selected.unknown_ids.is_empty() || self.is_by_path()
    }

    /// Notes which unknown ids exact repeats have, and how many of these lie below the path;
    /// `id_of` returns the id of the article with a key.
    pub(crate) fn find_repeats(
        &self,
        repeats: &Repeats,
        selected: &mut Selected,
        id_of: &dyn Fn(u64) -> Result<Option<String>>,
    ) -> Result<()> {
        for (key, one) in repeats.iter() {
            let is_below = |path: &PathBuf| Path::new(&one.path).starts_with(path);
            if self.is_by_path() && self.path.as_ref().is_some_and(is_below) {
                selected.forgotten_repeats += 1;
            }
            for id in selected.unknown_ids.iter().filter(|id| one.is_named(id)) {
                let holder = id_of(key)?.map(|holder| (id.clone(), holder));
                selected.repeat_ids.extend(holder);
            }
        }
        Ok(())
    }

    fn scan(&self, searcher: &Searcher, articles: &mut Vec<SelectedArticle>) -> Result<()> {
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (keys, hashes) = (columns.u64("key")?, columns.u64("content_hash")?);
            let repeat_hashes = columns.column_opt::<u64>("repeat_hash")?;
            let texts = [
                columns.str("id")?,
                columns.str("collection")?,
                columns.str("path")?,
            ];
            let [Some(ids), Some(collections), Some(paths)] = texts else {
                continue;
            };
            for doc in segment.doc_ids_alive() {
                let key = keys.first(doc).unwrap_or_default();
                if self.keys.as_ref().is_some_and(|keys| !keys.contains(&key)) {
                    continue;
                }
                let article = SelectedArticle {
                    key,
                    id: text(&ids, doc)?,
                    collection: text(&collections, doc)?,
                    path: text(&paths, doc)?,
                    hash: hashes.first(doc).unwrap_or_default(),
                    repeat_hash: repeat_hashes.as_ref().and_then(|hashes| hashes.first(doc)),
                };
                if self.has(&article) {
                    articles.push(article);
                }
            }
        }
        Ok(())
    }

    /// Returns whether an article fulfils the conditions.
    pub(crate) fn has(&self, article: &SelectedArticle) -> bool {
        let collection = self.collection.as_ref();
        (self.ids.is_empty() || self.ids.iter().any(|id| article.is_named(id)))
            && collection.is_none_or(|name| name.as_str() == article.collection)
            && self
                .path
                .as_deref()
                .is_none_or(|path| Path::new(&article.path).starts_with(path))
    }

    /// Says whether a file is forgotten, or a root.
    fn has_file(&self, path: &str, collection: &str) -> bool {
        let name = self.collection.as_ref();
        name.is_none_or(|name| name.as_str() == collection)
            && self
                .path
                .as_deref()
                .is_none_or(|folder| Path::new(path).starts_with(folder))
    }
}

impl SelectedArticle {
    /// Says whether `name` is its id, or its collection and id.
    fn is_named(&self, name: &str) -> bool {
        let within = || name.strip_prefix(self.collection.as_str());
        name == self.id || within().and_then(|rest| rest.strip_prefix(':')) == Some(&self.id)
    }
}

/// Removes what `selection` selects, and commits; a killed process has removed all of it or
/// nothing.
///
/// # Errors
/// As [`Selection::select`]; [`Error::Busy`], [`Error::Io`].
pub fn remove(index: &Index, selection: &Selection, options: WriterOptions) -> Result<Selected> {
    let mut writer = Writer::open(index, options)?;
    // Selected under the lock: another process may have written since.
    let selected = selection.select(index)?;
    take_out(&mut writer, selection, &selected)?;
    writer.commit()?;
    writer.finish()?;
    Ok(selected)
}

/// Takes out what was selected; a commit is due then.
///
/// # Errors
/// As [`Sink::commit`].
pub(crate) fn take_out(
    writer: &mut dyn Sink,
    selection: &Selection,
    selected: &Selected,
) -> Result<()> {
    for article in &selected.articles {
        writer.remove(article.key);
    }
    if selection.is_lasting() {
        mark(writer, selected)
    } else {
        forget(writer, selection, selected)
    }
}

fn mark(writer: &mut dyn Sink, selected: &Selected) -> Result<()> {
    let mut by_file: BTreeMap<Arc<str>, u32> = BTreeMap::new();
    for article in &selected.articles {
        let path = file_of(&article.path, &|path| writer.manifest().path_of(path));
        let mark = Mark {
            id: article.id.clone(),
            collection: article.collection.clone(),
            path: path.to_string(),
            hash: article.hash,
            repeat_hash: article.repeat_hash,
        };
        writer.set_mark(article.key, Some(mark))?;
        *by_file.entry(path).or_default() += 1;
    }
    for (path, count) in by_file {
        if let Some(entry) = writer.manifest().get(&path).cloned() {
            let entry = Entry {
                articles: entry.articles.saturating_sub(count),
                withheld: entry.withheld.saturating_add(count),
                ..entry
            };
            writer.note_file(&path, entry)?;
        }
    }
    withhold_repeats(writer, selected)
}

/// Has the exact repeats of what is selected stay away too.
fn withhold_repeats(writer: &mut dyn Sink, selected: &Selected) -> Result<()> {
    let keys: BTreeSet<u64> = selected
        .articles
        .iter()
        .map(|article| article.key)
        .collect();
    let is_gone = |repeat: &Repeat| keys.contains(&repeat.holder);
    let files = writer.manifest().files();
    let files = files.filter(|(_, entry)| entry.repeats.iter().any(is_gone));
    let files: Vec<(Arc<str>, Entry)> = files
        .map(|(path, entry)| (Arc::clone(path), entry.clone()))
        .collect();
    for (path, mut entry) in files {
        let before = entry.repeats.len();
        entry.repeats.retain(|repeat| !is_gone(repeat));
        let withheld = u32::try_from(before - entry.repeats.len()).unwrap_or(u32::MAX);
        entry.withheld = entry.withheld.saturating_add(withheld);
        writer.note_file(&path, entry)?;
    }
    Ok(())
}

fn forget(writer: &mut dyn Sink, selection: &Selection, selected: &Selected) -> Result<()> {
    let manifest = writer.manifest();
    let files = manifest.files();
    let files = files.filter(|(path, entry)| selection.has_file(path, &entry.collection));
    let mut forgotten: BTreeSet<Arc<str>> = files.map(|(path, _)| Arc::clone(path)).collect();
    for article in &selected.articles {
        forgotten.insert(file_of(&article.path, &|path| manifest.path_of(path)));
    }
    for path in forgotten {
        writer.forget_file(&path)?;
    }
    let manifest = writer.manifest();
    let is_left = |path: &str| manifest.below(path).next().is_none();
    let roots = manifest.roots().iter().filter(|(_, root)| {
        selection.has_file(&root.path, &root.collection) && is_left(&root.path)
    });
    let left: Vec<u32> = roots.map(|(ordinal, _)| ordinal).collect();
    for ordinal in left {
        writer.set_root(ordinal, None)?;
    }
    // What stands in other files too is found there when they are read next.
    let keys: BTreeSet<u64> = selected
        .articles
        .iter()
        .map(|article| article.key)
        .collect();
    for (path, entry) in writer.manifest().losing_holders(&|key| keys.contains(&key)) {
        writer.doubt_file(&path, entry)?;
    }
    Ok(())
}

fn text(column: &StrColumn, doc: DocId) -> Result<String> {
    let mut text = String::new();
    if let Some(ordinal) = column.term_ords(doc).next() {
        let found = column.ord_to_str(ordinal, &mut text);
        found.map_err(TantivyError::from)?;
    }
    Ok(text)
}
