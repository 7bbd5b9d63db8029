//! The roots that were indexed: what the files below them are called, and their collections.
//!
//! The program makes the id of an article of the name of its file: the label of the innermost
//! registered root that covers the file, then the path below that root. A label never changes, also
//! where a root is found again at another path, so ids are the same whether a tree is indexed by
//! itself, through a parent, by a relative path or from another mount.

use crate::index::share::Share;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path};

/// A root that was indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its path, absolute and without symbolic links.
    pub path: String,
    /// Whether it is a file; its label is then that of its folder.
    pub is_file: bool,
    /// What stands before the path below the root in the names of its files.
    pub label: String,
    /// The collection that its articles belong to.
    pub collection: String,
    /// Where it was before, until no article is known from there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    /// The share of its files that the index takes; all roots of an index have the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
}

impl Root {
    /// Returns the folder that its label stands for.
    fn folder(&self) -> &Path {
        folder_of(&self.path, self.is_file)
    }
}

/// What a file is called, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Ordinal of its root, in the order in which roots were registered.
    pub root: u32,
    /// Label of the root and path below it.
    pub name: String,
    /// Path below the root, with `/`.
    pub below_root: String,
    /// The collection of the root.
    pub collection: String,
}

/// All registered roots.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    by_ordinal: BTreeMap<u32, Root>,
    by_path: HashMap<String, u32>,
}

impl Roots {
    /// Returns all of them in the order in which they were registered.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Root)> {
        self.by_ordinal
            .iter()
            .map(|(ordinal, root)| (*ordinal, root))
    }

    /// Returns the root with this ordinal.
    pub fn get(&self, ordinal: u32) -> Option<&Root> {
        self.by_ordinal.get(&ordinal)
    }

    /// Returns the ordinal for the next root.
    pub fn next_ordinal(&self) -> u32 {
        let last = self.by_ordinal.last_key_value();
        last.map_or(0, |(ordinal, _)| ordinal.saturating_add(1))
    }

    /// Puts a root at `ordinal`, or takes it out.
    pub fn set(&mut self, ordinal: u32, root: Option<Root>) {
        if let Some(old) = self.by_ordinal.remove(&ordinal)
            && self.by_path.get(&old.path) == Some(&ordinal)
        {
            self.by_path.remove(&old.path);
        }
        if let Some(root) = root {
            self.by_path.insert(root.path.clone(), ordinal);
            self.by_ordinal.insert(ordinal, root);
        }
    }

    /// Returns the root at exactly `path`.
    pub fn at(&self, path: &str) -> Option<(u32, &Root)> {
        let ordinal = *self.by_path.get(path)?;
        Some((ordinal, self.by_ordinal.get(&ordinal)?))
    }

    /// Returns the innermost root that covers `path`.
    pub fn covering(&self, path: &str) -> Option<(u32, &Root)> {
        let above = Path::new(path).ancestors();
        above
            .filter_map(Path::to_str)
            .find_map(|folder| self.at(folder))
    }

    /// Returns the share of the files below its roots that the index takes: `Some(None)` where that
    /// is all of them, `None` where no root is registered.
    pub fn share(&self) -> Option<Option<Share>> {
        let (_, root) = self.by_ordinal.first_key_value()?;
        Some(root.share)
    }

    /// Returns whether the file at `path` belongs to the share of the index. It is called by its
    /// path below the first registered root that covers it, as that stays whatever is registered
    /// later.
    pub fn has_in_share(&self, path: &str) -> bool {
        let above = Path::new(path).ancestors().filter_map(Path::to_str);
        let covering = above.filter_map(|folder| self.at(folder));
        let Some((_, root)) = covering.min_by_key(|(ordinal, _)| *ordinal) else {
            return true;
        };
        let name = || below(root.folder(), Path::new(path));
        root.share.is_none_or(|share| share.has(&name()))
    }

    /// Returns what the file at `path` is called; none where no root covers it.
    pub fn place(&self, path: &str) -> Option<Place> {
        let (ordinal, root) = self.covering(path)?;
        let below_root = below(root.folder(), Path::new(path));
        Some(Place {
            root: ordinal,
            name: joined(&root.label, &below_root),
            below_root,
            collection: root.collection.clone(),
        })
    }

    /// Returns the label for a new root: as many last parts of its path as it takes so that no
    /// other root has it. Below a registered root it is what its files are called already.
    pub fn label_of(&self, path: &str, is_file: bool) -> String {
        let folder = folder_of(path, is_file);
        if let Some((_, outer)) = folder.to_str().and_then(|folder| self.covering(folder)) {
            return joined(&outer.label, &below(outer.folder(), folder));
        }
        let same = self
            .by_ordinal
            .values()
            .find(|root| root.folder() == folder);
        if let Some(root) = same {
            return root.label.clone();
        }
        let parts = parts(folder);
        let tails = (0..parts.len()).rev();
        let labels = tails.filter_map(|first| Some(parts.get(first..)?.join("/")));
        let whole = joined("root", &parts.join("/"));
        let numbered = (2..).map(|number| format!("{whole}-{number}"));
        let mut labels = labels.chain([whole.clone()]).chain(numbered);
        labels.find(|label| self.is_free(label)).unwrap_or(whole)
    }

    /// Says whether no name of a file below a root with this label can be that of another root's.
    fn is_free(&self, label: &str) -> bool {
        let is_above = |outer: &str, inner: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut roots = self.by_ordinal.values();
        !roots.any(|root| is_above(&root.label, label) || is_above(label, &root.label))
    }
}

/// Returns the collection that a root at `path` gets by default.
pub fn default_collection(path: &Path) -> String {
    let name = path.file_name();
    name.map_or_else(
        || "/".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn folder_of(path: &str, is_file: bool) -> &Path {
    let path = Path::new(path);
    match path.parent() {
        Some(parent) if is_file => parent,
        _ => path,
    }
}

/// Returns the path below `folder`, with `/`; the file's own name where it is not below it.
fn below(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    parts(relative).join("/")
}

fn parts(path: &Path) -> Vec<String> {
    let name = |component: Component<'_>| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}

fn joined(label: &str, below: &str) -> String {
    match (label.is_empty(), below.is_empty()) {
        (true, _) => below.to_owned(),
        (false, true) => label.to_owned(),
        (false, false) => format!("{label}/{below}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered(paths: &[&str]) -> Roots {
        let mut roots = Roots::default();
        for path in paths {
            let is_file = Path::new(path).extension().is_some();
            let root = Root {
                path: (*path).to_owned(),
                is_file,
                label: roots.label_of(path, is_file),
                collection: default_collection(Path::new(path)),
                former: Vec::new(),
                share: None,
            };
            roots.set(roots.next_ordinal(), Some(root));
        }
        roots
    }

    fn name(roots: &Roots, path: &str) -> String {
        roots.place(path).unwrap().name
    }

    #[test]
    fn a_root_is_called_by_the_shortest_end_of_its_path_that_no_other_has() {
        let roots = registered(&["/r/2024/news", "/r/2025/news", "/q/2025/news"]);
        let names = ["/r/2024/news/a", "/r/2025/news/a", "/q/2025/news/a"];
        let names = names.map(|path| name(&roots, path));
        assert_eq!(names, ["news/a", "2025/news/a", "q/2025/news/a"]);
    }

    #[test]
    fn no_label_leads_into_another_root() {
        let roots = registered(&["/x/news", "/p/2025/news", "/q/2025"]);
        assert_eq!(name(&roots, "/q/2025/news/a"), "q/2025/news/a");
    }

    #[test]
    fn a_file_is_called_the_same_through_a_parent_and_through_a_child() {
        let roots = registered(&["/r/2024/news", "/r"]);
        assert_eq!(name(&roots, "/r/2024/news/a"), "news/a");
        assert_eq!(name(&roots, "/r/b"), "r/b");
        let roots = registered(&["/r", "/r/2024/news"]);
        assert_eq!(name(&roots, "/r/2024/news/a"), "r/2024/news/a");
    }

    #[test]
    fn a_file_by_itself_is_called_as_through_its_folder() {
        let roots = registered(&["/r/news/a.jsonl", "/r/news/b.jsonl", "/r/news"]);
        let place = roots.place("/r/news/a.jsonl").unwrap();
        assert_eq!(
            (place.name.as_str(), place.collection.as_str()),
            ("news/a.jsonl", "a.jsonl")
        );
        assert_eq!(name(&roots, "/r/news/c.txt"), "news/c.txt");
    }

    #[test]
    fn the_root_of_the_file_system_has_a_label_too() {
        let roots = registered(&["/"]);
        assert_eq!(name(&roots, "/a/b"), "root/a/b");
    }
}
