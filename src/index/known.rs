//! What the index holds when a job starts, so that only changes are written.

use crate::error::Result;
use std::collections::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, TantivyError};

/// One article that the index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownArticle {
    /// Ordinal of its file; [`KnownArticles::path`] gives its path.
    pub path: u32,
    /// Hash of its content.
    pub hash: u64,
    /// Whether this job has read it.
    pub is_seen: bool,
}

/// All articles that the index holds, by id. Takes about 150 bytes and twice the id for each.
#[derive(Debug, Default)]
pub struct KnownArticles {
    by_id: HashMap<String, KnownArticle>,
    /// The ids that each file gave in an earlier job, by the ordinal of its path.
    earlier: Vec<Vec<String>>,
    paths: Vec<String>,
    path_ordinals: HashMap<String, u32>,
}

impl KnownArticles {
    /// Reads them from the columns of the last commit; `is_file` says which paths are files that
    /// were read. The path of an article in a container goes on behind that of the file.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where a column cannot be read.
    pub fn read(searcher: &Searcher, is_file: &dyn Fn(&str) -> bool) -> Result<Self> {
        let mut known = Self::default();
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let hashes = columns.u64("content_hash")?;
            let (Some(ids), Some(paths)) = (columns.str("id")?, columns.str("path")?) else {
                continue;
            };
            let id_texts = all_values(&ids)?;
            let path_ordinals: Vec<u32> = all_values(&paths)?
                .iter()
                .map(|path| known.path_ordinal(file_of(path, is_file)))
                .collect();
            for doc in segment.doc_ids_alive() {
                let id = value_of(&ids, doc, &id_texts);
                let path = value_of(&paths, doc, &path_ordinals);
                if let (Some(id), Some(path)) = (id, path) {
                    let hash = hashes.first(doc).unwrap_or_default();
                    if let Some(ids) = known.earlier.get_mut(*path as usize) {
                        ids.push(id.clone());
                    }
                    known.insert(
                        id,
                        KnownArticle {
                            path: *path,
                            hash,
                            is_seen: false,
                        },
                    );
                }
            }
        }
        Ok(known)
    }

    /// Returns the ordinal of `path`; a new one if it is new.
    pub fn path_ordinal(&mut self, path: &str) -> u32 {
        if let Some(ordinal) = self.path_ordinals.get(path) {
            return *ordinal;
        }
        let ordinal = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(path.to_owned());
        self.earlier.push(Vec::new());
        self.path_ordinals.insert(path.to_owned(), ordinal);
        ordinal
    }

    /// Returns the path of an ordinal.
    pub fn path(&self, ordinal: u32) -> &str {
        self.paths.get(ordinal as usize).map_or("", String::as_str)
    }

    /// Returns the article with this id.
    pub fn get(&self, id: &str) -> Option<KnownArticle> {
        self.by_id.get(id).copied()
    }

    /// Notes an article.
    pub fn insert(&mut self, id: &str, article: KnownArticle) {
        self.by_id.insert(id.to_owned(), article);
    }

    /// Takes out the articles that file `path` gave in an earlier job and no file has given in this
    /// one; returns their ids, in order.
    pub fn take_gone(&mut self, path: u32) -> Vec<String> {
        let Some(earlier) = self.earlier.get_mut(path as usize) else {
            return Vec::new();
        };
        let mut gone = std::mem::take(earlier);
        gone.retain(|id| {
            self.by_id
                .get(id)
                .is_some_and(|article| article.path == path && !article.is_seen)
        });
        for id in &gone {
            self.by_id.remove(id);
        }
        gone.sort_unstable();
        gone
    }

    /// Counts the articles by the path of their file.
    pub fn count_below(&self, is_below: impl Fn(&str) -> bool) -> u64 {
        let below: Vec<bool> = self.paths.iter().map(|path| is_below(path)).collect();
        self.by_id
            .values()
            .filter(|article| below.get(article.path as usize) == Some(&true))
            .count() as u64
    }
}

/// Returns the file that an article of `path` comes from: `path` itself, or the container that it
/// lies in.
fn file_of<'p>(path: &'p str, is_file: &dyn Fn(&str) -> bool) -> &'p str {
    let mut file = path;
    while !is_file(file) {
        match file.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => file = above,
            // The file was never read to its end.
            _ => return path,
        }
    }
    file
}

/// Returns all values of a column in their order. One pass through the dictionary costs a hundredth
/// of looking up each value by itself.
fn all_values(column: &StrColumn) -> Result<Vec<String>> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        values.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(values)
}

/// Returns what `by_ordinal` has for the value of `doc`.
fn value_of<'a, T>(column: &StrColumn, doc: DocId, by_ordinal: &'a [T]) -> Option<&'a T> {
    let ordinal = column.term_ords(doc).next()?;
    by_ordinal.get(usize::try_from(ordinal).ok()?)
}
