//! What a manifest says: files, roots and articles that are not to come back, in memory.

use crate::index::file_entry::Entry;
use crate::index::manifest::line::{Line, Mark};
use crate::index::roots::{Root, Roots};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What the lines of a manifest say together; the last line on a path, root or key counts.
#[derive(Debug, Default)]
pub struct Records {
    files: BTreeMap<Arc<str>, Entry>,
    /// Files that lie elsewhere and were found through a link, by the path of the link.
    linked: BTreeMap<String, Arc<str>>,
    roots: Roots,
    marks: BTreeMap<u64, Mark>,
    /// The repeat hashes of marks, with their keys.
    marked_repeats: BTreeSet<(u64, u64)>,
    collections: BTreeSet<Arc<str>>,
}

impl Records {
    /// Takes a line.
    pub(crate) fn take(&mut self, line: Line) {
        match line {
            Line::File { path, entry } => {
                let old = self.files.remove(path.as_str());
                if let Some(link) = old.and_then(|old| old.link) {
                    self.linked.remove(&link);
                }
                let Some(mut entry) = entry else { return };
                entry.collection = self.shared(entry.collection);
                let path: Arc<str> = path.into();
                if let Some(link) = &entry.link {
                    self.linked.insert(link.clone(), Arc::clone(&path));
                }
                self.files.insert(path, entry);
            }
            Line::Root { ordinal, root } => self.roots.set(ordinal, root),
            Line::Removed { key, mark } => {
                let hash = mark.as_ref().and_then(|mark| mark.repeat_hash);
                let old = match mark {
                    Some(mark) => self.marks.insert(key, mark),
                    None => self.marks.remove(&key),
                };
                if let Some(hash) = old.and_then(|old| old.repeat_hash) {
                    self.marked_repeats.remove(&(hash, key));
                }
                self.marked_repeats.extend(hash.map(|hash| (hash, key)));
            }
        }
    }

    /// Thousands of files share the text of a name.
    fn shared(&mut self, name: Arc<str>) -> Arc<str> {
        if let Some(shared) = self.collections.get(&name) {
            return Arc::clone(shared);
        }
        self.collections.insert(Arc::clone(&name));
        name
    }

    /// Returns what is known of the file `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)
    }

    /// Returns the path of a known file as all share it.
    pub fn path_of(&self, path: &str) -> Option<Arc<str>> {
        let (path, _) = self.files.get_key_value(path)?;
        Some(Arc::clone(path))
    }

    /// Returns all files, in order.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Entry)> {
        self.files.iter()
    }

    /// Returns all files below the folder `root`, or `root` itself; those that lie elsewhere and
    /// were found through a link below it come last.
    pub fn below<'m>(&'m self, root: &'m str) -> impl Iterator<Item = (&'m Arc<str>, &'m Entry)> {
        let from = (std::ops::Bound::Included(root), std::ops::Bound::Unbounded);
        let files = self.files.range::<str, _>(from);
        let files = files.take_while(move |(path, _)| path.starts_with(root));
        let files = files.filter(move |(path, _)| is_below(path, root));
        let linked = self.linked.range::<str, _>(from);
        let linked = linked.take_while(move |(link, _)| link.starts_with(root));
        let linked =
            linked.filter(move |(link, path)| is_below(link, root) && !is_below(path, root));
        files.chain(linked.filter_map(|(_, path)| self.files.get_key_value(path)))
    }

    /// Returns the roots that were indexed.
    pub fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Returns the articles that are not to come back, by key.
    pub fn marks(&self) -> &BTreeMap<u64, Mark> {
        &self.marks
    }

    /// Returns the keys of the articles not to come back whose exact repeats have this hash.
    pub fn marks_of_repeats(&self, hash: u64) -> Vec<u64> {
        let marks = self.marked_repeats.range((hash, 0)..=(hash, u64::MAX));
        marks.map(|(_, key)| *key).collect()
    }

    /// Returns the number of files known.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the files that have articles for which one of the lost articles stood, with their
    /// entries as they are then.
    pub(crate) fn losing_holders(&self, is_lost: &dyn Fn(u64) -> bool) -> Vec<(Arc<str>, Entry)> {
        let holding = self.files.iter();
        let holding = holding.filter(|(_, entry)| !entry.repeats.is_empty());
        let doubted = holding.filter_map(|(path, entry)| {
            let mut entry = entry.clone();
            let has_lost = entry.lose_holders(is_lost);
            has_lost.then(|| (Arc::clone(path), entry))
        });
        doubted.collect()
    }

    /// Returns how many lines say all of it.
    pub(crate) fn line_count(&self) -> usize {
        self.files.len() + self.marks.len() + self.roots.iter().count()
    }

    /// Takes everything out as the lines that say it: roots, then marks, then files.
    pub(crate) fn into_lines(self) -> impl Iterator<Item = Line> {
        let roots: Vec<(u32, Root)> = self
            .roots
            .iter()
            .map(|(at, root)| (at, root.clone()))
            .collect();
        let roots = roots.into_iter().map(|(ordinal, root)| Line::Root {
            ordinal,
            root: Some(root),
        });
        let marks = self.marks.into_iter().map(|(key, mark)| Line::Removed {
            key,
            mark: Some(mark),
        });
        let files = self.files.into_iter().map(|(path, entry)| Line::File {
            path: path.to_string(),
            entry: Some(entry),
        });
        roots.chain(marks).chain(files)
    }
}

/// Returns whether `path` is `folder` or lies below it.
fn is_below(path: &str, folder: &str) -> bool {
    Path::new(path).starts_with(folder)
}
