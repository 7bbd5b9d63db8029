//! A folder of a newsroom, indexed through the built program, and what its index holds.

use crate::cli_fixture::{Ran, run_in};
use serde_json::Value;
use shukach::index::Index;
use shukach::index::document::StoredArticle;
use shukach::index::document_store;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of a newsroom, with its index in `index`.
pub(crate) struct Newsroom(TempDir);

impl Newsroom {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        // Paths in the index have no symbolic links.
        self.0.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut all = arguments.to_vec();
        all.extend(["--index", "index"]);
        run_in(&self.path(""), &all)
    }

    /// Indexes with these arguments; returns the summary.
    pub(crate) fn index(&self, arguments: &[&str]) -> Value {
        self.index_with_code(arguments, 0)
    }

    pub(crate) fn index_with_code(&self, arguments: &[&str], code: i32) -> Value {
        let mut all = vec!["index", "--json", "--wait", "60s", "--threads", "1"];
        all.extend(arguments);
        self.run(&all).expect(code).json()
    }

    /// Returns what the index holds.
    pub(crate) fn held(&self) -> BTreeSet<Held> {
        held(&self.path("index"))
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.held().into_iter().map(|held| held.id).collect()
    }

    /// Returns the ids and paths of the hits of `query`.
    pub(crate) fn hits(&self, query: &str) -> Vec<(String, String)> {
        let answer = self.run(&["search", "--json", "--limit", "100", query]);
        let text = |hit: &Value, field: &str| hit[field].as_str().unwrap().to_owned();
        let hits = answer.json()["hits"].as_array().unwrap().clone();
        let hits = hits.iter();
        hits.map(|hit| (text(hit, "id"), text(hit, "path")))
            .collect()
    }

    /// Does as [`Newsroom::assert_fresh`] after it was called before.
    #[track_caller]
    pub(crate) fn assert_fresh_again(&self, arguments: &[&str]) {
        fs::remove_dir_all(self.path("fresh")).unwrap();
        self.assert_fresh(arguments);
    }

    /// Checks that the index holds what a fresh one of these roots would.
    #[track_caller]
    pub(crate) fn assert_fresh(&self, arguments: &[&str]) {
        let mut all = vec!["index", "--quiet", "--index", "fresh"];
        all.extend(arguments);
        run_in(&self.path(""), &all).expect(0);
        assert_eq!(self.held(), held(&self.path("fresh")));
    }
}

/// One article as an index holds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) collection: String,
    pub(crate) id: String,
    path: String,
    line: Option<u64>,
    pub(crate) title: String,
    body: String,
    /// Where it stands besides, with the line.
    pub(crate) repeats: Vec<(String, Option<u64>)>,
}

/// Returns articles without what a damaged index may lack for a time: their lines and repeats.
pub(crate) fn texts(held: BTreeSet<Held>) -> BTreeSet<Held> {
    let without = |held| Held {
        line: None,
        repeats: Vec::new(),
        ..held
    };
    held.into_iter().map(without).collect()
}

/// Returns all articles of the index in `path`; one that is there twice is a fault.
#[track_caller]
pub(crate) fn held(path: &Path) -> BTreeSet<Held> {
    let index = Index::open(path).unwrap();
    let searcher = index.reader().unwrap().searcher();
    let repeats = index.repeats().unwrap();
    let mut all = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let key = columns.u64("key").unwrap();
        let line = columns.column_opt::<u64>("line").unwrap();
        let store = segment.get_store_reader(1).unwrap();
        for doc in segment.doc_ids_alive() {
            let text = |name: &str| {
                let column = columns.str(name).unwrap().unwrap();
                let ordinal = column.term_ords(doc).next().unwrap();
                let mut text = String::new();
                column.ord_to_str(ordinal, &mut text).unwrap();
                text
            };
            let stored: StoredArticle = document_store::read(&store, doc).unwrap();
            let article = Held {
                collection: text("collection"),
                id: text("id"),
                path: text("path"),
                line: line.as_ref().and_then(|line| line.first(doc)),
                title: stored.title,
                body: stored.body,
                repeats: repeats
                    .iter()
                    .flat_map(|repeats| repeats.of(key.first(doc).unwrap()))
                    .map(|one| (one.path, one.line))
                    .collect(),
            };
            assert!(keys.insert(key.first(doc).unwrap()), "twice: {article:?}");
            all.insert(article);
        }
    }
    all
}
