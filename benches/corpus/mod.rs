//! What the benchmarks run on: the sample archive, or the folder that `SHUKACH_BENCH_ARCHIVE` names.
#![allow(dead_code, reason = "each benchmark uses its own part of this")]

use shukach::archive::Archive;
use shukach::index::Index;
use shukach::index::job;
use shukach::index::job::{JobOptions, JobSummary, Progress};
use shukach::{Article, ArticleError};
use std::env;
use std::path::{Path, PathBuf};

/// Returns the archive to run on.
pub(crate) fn archive() -> Archive {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archive");
    let path = env::var_os("SHUKACH_BENCH_ARCHIVE").map_or_else(|| sample.into(), PathBuf::from);
    Archive::open(&[path]).expect("the archive can be read")
}

/// Returns the texts of its Ukrainian articles.
pub(crate) fn ukrainian_texts() -> Vec<String> {
    let mut articles: Vec<Article> = Vec::new();
    for file in archive().files().flatten() {
        file.read(&mut |read| articles.extend(read.map(|read| read.article)));
    }
    let language = |article: &Article| shukach::analysis::Language::detect(&article.body);
    articles.retain(|article| language(article) == shukach::analysis::Language::Ukrainian);
    articles.into_iter().map(|article| article.body).collect()
}

/// Indexes the archive into `path`.
pub(crate) fn index_into(path: &Path, options: JobOptions) -> Index {
    let index = Index::open_or_create(path).expect("a new index");
    job::run(&index, &archive(), options, &mut Silent).expect("a job that ends");
    Index::open(path).expect("the index just made")
}

struct Silent;

impl Progress for Silent {
    fn start(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: &JobSummary) {}
    fn failed(&mut self, _: &ArticleError) {}
    fn finishing(&mut self) {}
}
