//! What the benchmarks run on: the archive, index and queries that are named in the environment,
//! else ones made of the bundled sample archive. `docs/benchmarks.md` lists the variables.
#![allow(dead_code, reason = "each benchmark uses its own part of this")]

mod generated;
mod queries;

use shukach::Article;
use shukach::archive::Archive;
use shukach::index::Index;
use shukach::index::job;
use shukach::index::job::JobOptions;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How many articles are made where no archive is named.
const ARTICLES: usize = 2_000;

/// Returns the archive to run on.
pub(crate) fn archive() -> Archive {
    let named = env::var_os("SHUKACH_BENCH_ARCHIVE").map(PathBuf::from);
    let path = named.unwrap_or_else(|| generated::archive(&sample(), count_of_articles()));
    Archive::open(&[path]).expect("the archive can be read")
}

fn count_of_articles() -> usize {
    let count = env::var("SHUKACH_BENCH_ARTICLES");
    count.map_or(ARTICLES, |text| text.parse().expect("a count of articles"))
}

/// Returns the articles of the sample archive.
fn sample() -> Vec<Article> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archive");
    articles(&Archive::open(&[path.into()]).expect("the sample archive"))
}

fn articles(archive: &Archive) -> Vec<Article> {
    let mut articles = Vec::new();
    for file in archive.files().flatten() {
        file.read(&mut |read| articles.extend(read.map(|read| read.article)));
    }
    articles
}

/// The index to run on.
pub(crate) struct BenchIndex {
    /// The index.
    pub(crate) index: Index,
    /// Holds it, where it was made here.
    folder: Option<TempDir>,
}

/// Opens the index that `SHUKACH_BENCH_INDEX` names, else makes one of the archive.
pub(crate) fn index() -> BenchIndex {
    if let Some(path) = env::var_os("SHUKACH_BENCH_INDEX") {
        let index = Index::open(Path::new(&path)).expect("an index");
        return BenchIndex {
            index,
            folder: None,
        };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    BenchIndex {
        index: index_into(folder.path(), &JobOptions::default()),
        folder: Some(folder),
    }
}

/// Reads the log of queries that `SHUKACH_BENCH_QUERIES` names, else makes one of the sample
/// archive.
pub(crate) fn queries() -> String {
    match env::var_os("SHUKACH_BENCH_QUERIES") {
        Some(path) => String::from_utf8(fs::read(path).expect("a log of queries")).expect("UTF-8"),
        None => queries::log(&sample()),
    }
}

/// Returns the texts of its Ukrainian articles.
pub(crate) fn ukrainian_texts() -> Vec<String> {
    let mut articles = articles(&archive());
    let language = |article: &Article| shukach::analysis::Language::detect(&article.body);
    articles.retain(|article| language(article) == shukach::analysis::Language::Ukrainian);
    articles.into_iter().map(|article| article.body).collect()
}

/// Indexes the archive into `path`.
pub(crate) fn index_into(path: &Path, options: &JobOptions) -> Index {
    let index = Index::open_or_create(path).expect("a new index");
    job::run(&index, &archive(), options, &mut ()).expect("a job that ends");
    Index::open(path).expect("the index just made")
}
