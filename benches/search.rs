//! Searching a warm index, by class of query.
#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot start says so and stops"
)]

mod corpus;

use criterion::{Criterion, criterion_group, criterion_main};
use shukach::index::job::JobOptions;
use shukach::query::options::MatchMode;
use shukach::search::{SearchRequest, Searcher, Sort};

fn search(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let index = corpus::index_into(dir.path(), &JobOptions::default());
    let searcher = Searcher::open(&index).expect("a searcher");
    let plain = SearchRequest::new("гарантії безпеки");
    let requests = [
        ("one word", SearchRequest::new("гарантії")),
        ("two words", plain.clone()),
        (
            "any of two",
            plain
                .clone()
                .options(plain.options.match_mode(MatchMode::Any)),
        ),
        ("phrase", SearchRequest::new("«гарантії безпеки»")),
        ("phrase of common words", SearchRequest::new("«що не»")),
        ("newest first", plain.clone().sort(Sort::Newest)),
        ("without snippets", plain.snippets(0).timeline(None)),
    ];
    let mut group = criterion.benchmark_group("search");
    for (name, request) in requests {
        group.bench_function(name, |bencher| {
            bencher.iter(|| searcher.search(&request).expect("an answer"));
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
