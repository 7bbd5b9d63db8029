//! What the index holds when a job starts, so that only changes are written.

use crate::error::Result;
use std::collections::HashMap;
use std::num::{NonZeroU32, NonZeroU64};
use std::sync::Arc;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, TantivyError};

/// One article that the index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownArticle {
    /// Ordinal of its file; [`KnownArticles::path`] gives its path.
    pub path: u32,
    /// Hash of its content.
    pub hash: u64,
    /// What exact repeats of it have too, where the program made its id.
    pub repeat_hash: Option<NonZeroU64>,
    /// The line that it begins in, where it does not have the file to itself.
    pub line: Option<NonZeroU32>,
    /// Whether this job has read it.
    pub is_seen: bool,
}

/// All articles that the index holds, by key. Takes 48 bytes for each that it held when the job
/// started, up to 133 for each that came since, and up to 80 for each file; see
/// [`KnownArticles::memory_bytes`].
#[derive(Debug, Default)]
pub struct KnownArticles {
    /// Those that it held at the start, by key.
    earlier: Vec<(u64, KnownArticle)>,
    /// Places in `earlier`, ordered by the file that gave them.
    by_file: Vec<u32>,
    /// Places in `earlier` of those with a repeat hash, ordered by it.
    by_repeat_hash: Vec<u32>,
    /// Where those of each file end in `by_file`, by the ordinal of its path.
    ends: Vec<u32>,
    /// Those that came since.
    new: HashMap<u64, KnownArticle>,
    /// The key of the one that came last of those with a repeat hash.
    new_by_repeat_hash: HashMap<NonZeroU64, u64>,
    paths: Vec<Arc<str>>,
    path_ordinals: HashMap<Arc<str>, u32>,
}

/// Stands for the path of an article that is gone.
const GONE: u32 = u32::MAX;

impl KnownArticles {
    /// Reads them from the columns of the last commit; `file` returns the path of a file that was
    /// read. The path of an article in a container goes on behind that of the file.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where a column cannot be read.
    pub fn read(searcher: &Searcher, file: &dyn Fn(&str) -> Option<Arc<str>>) -> Result<Self> {
        let mut known = Self::default();
        let count = usize::try_from(searcher.num_docs()).unwrap_or_default();
        known.earlier.reserve_exact(count);
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (hashes, keys) = (columns.u64("content_hash")?, columns.u64("key")?);
            let lines = columns.column_opt::<u64>("line")?;
            let repeat_hashes = columns.column_opt::<u64>("repeat_hash")?;
            let Some(paths) = columns.str("path")? else {
                continue;
            };
            let mut path_ordinals = Vec::with_capacity(paths.num_terms());
            for_each_value(&paths, &mut |path| {
                path_ordinals.push(known.shared_path_ordinal(file_of(path, file)));
            })?;
            for doc in segment.doc_ids_alive() {
                let path = value_of(&paths, doc, &path_ordinals);
                if let (Some(key), Some(path)) = (keys.first(doc), path) {
                    let article = KnownArticle {
                        path: *path,
                        hash: hashes.first(doc).unwrap_or_default(),
                        repeat_hash: number(repeat_hashes.as_ref(), doc).and_then(NonZeroU64::new),
                        line: number(lines.as_ref(), doc).and_then(line_of),
                        is_seen: false,
                    };
                    known.hold(key, article);
                }
            }
        }
        known.order();
        Ok(known)
    }

    /// Takes an article that the index holds at the start; [`KnownArticles::order`] is due then.
    pub(crate) fn hold(&mut self, key: u64, article: KnownArticle) {
        self.earlier.push((key, article));
    }

    /// Orders what was taken, so that it can be looked up.
    pub(crate) fn order(&mut self) {
        self.earlier.sort_unstable_by_key(|(key, _)| *key);
        self.earlier.shrink_to_fit();
        self.sort();
    }

    /// Orders the earlier ones, which are in the order of their keys, by file and by repeat hash.
    fn sort(&mut self) {
        let earlier = &self.earlier;
        let hash = |place: &u32| repeat_hash_at(earlier, *place);
        let hashed = (0..)
            .zip(earlier)
            .filter(|(_, (_, one))| one.repeat_hash.is_some());
        self.by_repeat_hash = hashed.map(|(place, _)| place).collect();
        self.by_repeat_hash.sort_unstable_by_key(hash);
        self.by_repeat_hash.shrink_to_fit();
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
        self.shared_path_ordinal(path.into())
    }

    fn shared_path_ordinal(&mut self, path: Arc<str>) -> u32 {
        if let Some(ordinal) = self.path_ordinals.get(&path) {
            return *ordinal;
        }
        let ordinal = u32::try_from(self.paths.len()).unwrap_or(GONE);
        self.paths.push(Arc::clone(&path));
        self.path_ordinals.insert(path, ordinal);
        ordinal
    }

    /// Returns the path of an ordinal.
    pub fn path(&self, ordinal: u32) -> &str {
        self.paths.get(ordinal as usize).map_or("", |path| path)
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
            Some((_, earlier)) if earlier.repeat_hash == article.repeat_hash => *earlier = article,
            earlier => {
                if let Some((_, earlier)) = earlier {
                    // They are in the order of what they were.
                    earlier.path = GONE;
                }
                if let Some(hash) = article.repeat_hash {
                    self.new_by_repeat_hash.insert(hash, key);
                }
                self.new.insert(key, article);
            }
        }
    }

    /// Takes an article out.
    pub fn remove(&mut self, key: u64) {
        self.new.remove(&key);
        let place = self.place(key);
        if let Some((_, earlier)) = place.and_then(|place| self.earlier.get_mut(place)) {
            earlier.path = GONE;
        }
    }

    /// Returns the articles with this repeat hash, with their keys. There are several only in an
    /// index that was rebuilt from an older version.
    pub fn with_repeat_hash(&self, hash: NonZeroU64) -> Vec<(u64, KnownArticle)> {
        let at = |place: &u32| repeat_hash_at(&self.earlier, *place);
        let first = self
            .by_repeat_hash
            .partition_point(|place| at(place) < Some(hash));
        let places = self.by_repeat_hash.iter().skip(first);
        let places = places.take_while(|place| at(place) == Some(hash));
        let earlier = places.filter_map(|place| self.earlier.get(*place as usize).copied());
        let new = self.new_by_repeat_hash.get(&hash);
        let new = new.and_then(|key| Some((*key, *self.new.get(key)?)));
        let new = new.filter(|(_, one)| one.repeat_hash == Some(hash));
        let found = earlier.filter(|(_, one)| one.path != GONE).chain(new);
        found.collect()
    }

    /// Returns the keys of the articles that the index held at the start from file `path`.
    pub fn keys_of_file(&self, path: u32) -> Vec<u64> {
        let places = self.places_of_file(path).iter();
        let earlier = places.filter_map(|place| self.earlier.get(*place as usize));
        let own = earlier.filter(|(_, article)| article.path == path);
        own.map(|(key, _)| *key).collect()
    }

    /// Returns the places in `earlier` of the articles that file `path` gave.
    fn places_of_file(&self, path: u32) -> &[u32] {
        let end = |path: u32| self.ends.get(path as usize).copied();
        let first = path.checked_sub(1).and_then(end).unwrap_or_default();
        let last = end(path).unwrap_or(first);
        let places = self.by_file.get(first as usize..last as usize);
        places.unwrap_or_default()
    }

    fn place(&self, key: u64) -> Option<usize> {
        self.earlier
            .binary_search_by_key(&key, |(key, _)| *key)
            .ok()
    }

    /// Takes out the articles that file `path` gave in an earlier job and no file has given in this
    /// one; returns their keys.
    pub fn take_gone(&mut self, path: u32) -> Vec<u64> {
        let mut gone = Vec::new();
        for place in self.places_of_file(path).to_vec() {
            if let Some((key, article)) = self.earlier.get_mut(place as usize)
                && article.path == path
                && !article.is_seen
            {
                article.path = GONE;
                gone.push(*key);
            }
        }
        gone
    }

    /// Counts the articles that the index held at the start, by their files.
    pub fn counts_by_file(&self) -> HashMap<Arc<str>, u64> {
        let mut counts = vec![0; self.paths.len()];
        for (_, article) in &self.earlier {
            if let Some(count) = counts.get_mut(article.path as usize) {
                *count += 1;
            }
        }
        self.paths.iter().cloned().zip(counts).collect()
    }

    /// Counts the articles that the index held at the start with the key of another one.
    pub fn repeated_keys(&self) -> u64 {
        let pairs = self.earlier.windows(2);
        let repeated = pairs.filter(|pair| matches!(pair, [(one, _), (next, _)] if one == next));
        repeated.count() as u64
    }

    /// Returns how much memory all of it takes, in bytes, but for the paths themselves, which the
    /// manifest holds.
    pub fn memory_bytes(&self) -> usize {
        use std::mem::size_of;
        // A hash table keeps a byte beside each slot and fills at most seven of eight.
        let table = |capacity: usize, slot: usize| capacity * 8 / 7 * (slot + 1);
        let files = table(self.path_ordinals.capacity(), size_of::<(Arc<str>, u32)>())
            + self.paths.capacity() * size_of::<Arc<str>>()
            + self.ends.capacity() * size_of::<u32>();
        let articles = self.earlier.capacity() * size_of::<(u64, KnownArticle)>()
            + (self.by_file.capacity() + self.by_repeat_hash.capacity()) * size_of::<u32>()
            + table(self.new.capacity(), size_of::<(u64, KnownArticle)>())
            + table(self.new_by_repeat_hash.capacity(), size_of::<(u64, u64)>());
        files + articles
    }

    /// Counts the articles by the path of their file.
    pub fn count_below(&self, is_below: impl Fn(&str) -> bool) -> u64 {
        let below: Vec<bool> = self.paths.iter().map(|path| is_below(path)).collect();
        let earlier = self.earlier.iter().map(|(_, article)| article);
        let is_below = |article: &&KnownArticle| below.get(article.path as usize) == Some(&true);
        earlier.chain(self.new.values()).filter(is_below).count() as u64
    }
}

fn repeat_hash_at(earlier: &[(u64, KnownArticle)], place: u32) -> Option<NonZeroU64> {
    let (_, article) = earlier.get(place as usize)?;
    article.repeat_hash
}

/// Returns a line as it is kept in memory; none where it is no line of a file that one would read.
pub(crate) fn line_of(line: u64) -> Option<NonZeroU32> {
    u32::try_from(line).ok().and_then(NonZeroU32::new)
}

fn number(column: Option<&Column<u64>>, doc: DocId) -> Option<u64> {
    column?.first(doc)
}

/// Returns the file that an article of `path` comes from: `path` itself, or the container that it
/// lies in.
pub(crate) fn file_of(path: &str, known: &dyn Fn(&str) -> Option<Arc<str>>) -> Arc<str> {
    let mut file = path;
    loop {
        if let Some(file) = known(file) {
            return file;
        }
        match file.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => file = above,
            // The file was never read to its end.
            _ => return path.into(),
        }
    }
}

/// Calls `each` with all values of a column in their order. One pass through the dictionary costs a
/// hundredth of looking up each value by itself.
fn for_each_value(column: &StrColumn, each: &mut dyn FnMut(&str)) -> Result<()> {
    let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        each(&String::from_utf8_lossy(stream.key()));
    }
    Ok(())
}

/// Returns what `by_ordinal` has for the value of `doc`.
fn value_of<'a, T>(column: &StrColumn, doc: DocId, by_ordinal: &'a [T]) -> Option<&'a T> {
    let ordinal = column.term_ords(doc).next()?;
    by_ordinal.get(usize::try_from(ordinal).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLES: u32 = 1_000_000;

    /// Returns what is known of a million articles that were there before, `per_file` to a file.
    fn known(per_file: u32) -> KnownArticles {
        let mut known = KnownArticles::default();
        known.earlier.reserve_exact(ARTICLES as usize);
        for number in 0..ARTICLES {
            let path = known.path_ordinal(&(number / per_file).to_string());
            known.earlier.push((key(number), article(path, number)));
        }
        known.earlier.sort_unstable_by_key(|(key, _)| *key);
        known.sort();
        known
    }

    fn article(path: u32, number: u32) -> KnownArticle {
        KnownArticle {
            path,
            hash: 0,
            repeat_hash: NonZeroU64::new(key(number) ^ 1),
            line: None,
            is_seen: false,
        }
    }

    fn key(number: u32) -> u64 {
        u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[test]
    fn a_known_article_takes_no_more_than_150_bytes() {
        // Each in a file of its own: several to a file take less.
        let mut known = known(1);
        let earlier = known.memory_bytes() / ARTICLES as usize;
        assert!(earlier <= 150, "{earlier} bytes each");
        let before = known.memory_bytes();
        for number in ARTICLES..2 * ARTICLES {
            known.insert(key(number), article(0, number));
        }
        let new = (known.memory_bytes() - before) / ARTICLES as usize;
        assert!(new <= 150, "{new} bytes each that is new");
    }

    #[test]
    fn what_a_file_gave_before_and_not_now_is_gone_once() {
        let mut known = known(1_000);
        let kept = known.get(key(7_001)).unwrap();
        let seen = KnownArticle {
            is_seen: true,
            ..kept
        };
        known.insert(key(7_001), seen);
        let elsewhere = known.path_ordinal("8");
        known.insert(key(7_002), article(elsewhere, 7_002));
        let path = known.path_ordinal("7");
        let gone = known.take_gone(path);
        assert_eq!(gone.len(), 998);
        assert!(!gone.contains(&key(7_001)) && !gone.contains(&key(7_002)));
        assert_eq!(known.get(key(7_003)), None);
        assert_eq!(known.get(key(7_001)), Some(seen));
        assert!(known.take_gone(path).is_empty());
        assert_eq!(known.count_below(|path| path == "7"), 1);
    }
    #[test]
    fn articles_are_found_by_what_their_repeats_have_too() {
        let mut known = known(1_000);
        let hash = |number: u32| article(0, number).repeat_hash.unwrap();
        let keys = |known: &KnownArticles, number: u32| -> Vec<u64> {
            let found = known.with_repeat_hash(hash(number));
            found.into_iter().map(|(key, _)| key).collect()
        };
        for number in [0, 7_000, ARTICLES - 1] {
            assert_eq!(keys(&known, number), [key(number)]);
        }
        assert!(keys(&known, ARTICLES).is_empty());
        // Another text under a known key, and the text that it had under a new one.
        known.insert(key(5), article(0, ARTICLES));
        assert_eq!(keys(&known, ARTICLES), [key(5)]);
        assert!(keys(&known, 5).is_empty());
        known.insert(key(ARTICLES), article(1, 5));
        assert_eq!(keys(&known, 5), [key(ARTICLES)]);
        known.remove(key(ARTICLES));
        known.remove(key(6));
        assert!(keys(&known, 5).is_empty() && keys(&known, 6).is_empty());
        assert_eq!(known.get(key(6)), None);
        assert_eq!(known.keys_of_file(0).len(), 998);
    }
}
