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

/// All articles that the index holds, by key. Takes 36 bytes for each that it held when the job
/// started, and up to 75 for each that came since.
#[derive(Debug, Default)]
pub struct KnownArticles {
    /// Those that it held at the start, by key.
    earlier: Vec<(u64, KnownArticle)>,
    /// Places in `earlier`, ordered by the file that gave them.
    by_file: Vec<u32>,
    /// Where those of each file end in `by_file`, by the ordinal of its path.
    ends: Vec<u32>,
    /// Those that came since.
    new: HashMap<u64, KnownArticle>,
    paths: Vec<String>,
    path_ordinals: HashMap<String, u32>,
}

/// Stands for the path of an article that is gone.
const GONE: u32 = u32::MAX;

impl KnownArticles {
    /// Reads them from the columns of the last commit; `is_file` says which paths are files that
    /// were read. The path of an article in a container goes on behind that of the file.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where a column cannot be read.
    pub fn read(searcher: &Searcher, is_file: &dyn Fn(&str) -> bool) -> Result<Self> {
        let mut known = Self::default();
        let count = usize::try_from(searcher.num_docs()).unwrap_or_default();
        known.earlier.reserve_exact(count);
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (hashes, keys) = (columns.u64("content_hash")?, columns.u64("key")?);
            let Some(paths) = columns.str("path")? else {
                continue;
            };
            let path_ordinals: Vec<u32> = all_values(&paths)?
                .iter()
                .map(|path| known.path_ordinal(file_of(path, is_file)))
                .collect();
            for doc in segment.doc_ids_alive() {
                let path = value_of(&paths, doc, &path_ordinals);
                if let (Some(key), Some(path)) = (keys.first(doc), path) {
                    let article = KnownArticle {
                        path: *path,
                        hash: hashes.first(doc).unwrap_or_default(),
                        is_seen: false,
                    };
                    known.earlier.push((key, article));
                }
            }
        }
        known.earlier.sort_unstable_by_key(|(key, _)| *key);
        known.sort_by_file();
        Ok(known)
    }

    fn sort_by_file(&mut self) {
        let earlier = &self.earlier;
        let file = |place: &u32| earlier.get(*place as usize).map(|(_, known)| known.path);
        self.by_file = (0..).zip(earlier).map(|(place, _)| place).collect();
        self.by_file.sort_unstable_by_key(file);
        let end_of = |path: u32| {
            self.by_file
                .partition_point(|place| file(place) <= Some(path))
        };
        let ends = (0..).zip(&self.paths).map(|(path, _)| end_of(path));
        self.ends = ends.map(|end| u32::try_from(end).unwrap_or(GONE)).collect();
    }

    /// Returns the ordinal of `path`; a new one if it is new.
    pub fn path_ordinal(&mut self, path: &str) -> u32 {
        if let Some(ordinal) = self.path_ordinals.get(path) {
            return *ordinal;
        }
        let ordinal = u32::try_from(self.paths.len()).unwrap_or(GONE);
        self.paths.push(path.to_owned());
        self.path_ordinals.insert(path.to_owned(), ordinal);
        ordinal
    }

    /// Returns the path of an ordinal.
    pub fn path(&self, ordinal: u32) -> &str {
        self.paths.get(ordinal as usize).map_or("", String::as_str)
    }

    /// Returns the article with this key.
    pub fn get(&self, key: u64) -> Option<KnownArticle> {
        let earlier = || self.place(key).and_then(|place| self.earlier.get(place));
        let earlier = || earlier().map(|(_, article)| *article);
        let article = self.new.get(&key).copied().or_else(earlier);
        article.filter(|article| article.path != GONE)
    }

    /// Notes an article.
    pub fn insert(&mut self, key: u64, article: KnownArticle) {
        let place = self.place(key);
        match place.and_then(|place| self.earlier.get_mut(place)) {
            Some((_, earlier)) => *earlier = article,
            None => {
                self.new.insert(key, article);
            }
        }
    }

    fn place(&self, key: u64) -> Option<usize> {
        self.earlier
            .binary_search_by_key(&key, |(key, _)| *key)
            .ok()
    }

    /// Takes out the articles that file `path` gave in an earlier job and no file has given in this
    /// one; returns their keys.
    pub fn take_gone(&mut self, path: u32) -> Vec<u64> {
        let end = |path: u32| self.ends.get(path as usize).copied();
        let first = path.checked_sub(1).and_then(end).unwrap_or_default();
        let last = end(path).unwrap_or(first);
        let places = self.by_file.get(first as usize..last as usize);
        let mut gone = Vec::new();
        for place in places.unwrap_or_default() {
            if let Some((key, article)) = self.earlier.get_mut(*place as usize)
                && article.path == path
                && !article.is_seen
            {
                article.path = GONE;
                gone.push(*key);
            }
        }
        gone
    }

    /// Counts the articles by the path of their file.
    pub fn count_below(&self, is_below: impl Fn(&str) -> bool) -> u64 {
        let below: Vec<bool> = self.paths.iter().map(|path| is_below(path)).collect();
        let earlier = self.earlier.iter().map(|(_, article)| article);
        let is_below = |article: &&KnownArticle| below.get(article.path as usize) == Some(&true);
        earlier.chain(self.new.values()).filter(is_below).count() as u64
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
