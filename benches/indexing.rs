//! Indexing of a whole archive into a new index, in MB of files per second.
#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot start says so and stops"
)]

mod corpus;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use shukach::index::job::JobOptions;

fn indexing(criterion: &mut Criterion) {
    let bytes = corpus::archive()
        .files()
        .flatten()
        .map(|file| file.size_bytes)
        .sum();
    let mut group = criterion.benchmark_group("indexing");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    for threads in [1, 2] {
        let mut options = JobOptions::default();
        options.writer.threads = threads;
        group.bench_function(format!("threads/{threads}"), |bencher| {
            bencher.iter_batched(
                || tempfile::tempdir().expect("a temporary folder"),
                |dir| {
                    corpus::index_into(dir.path(), &options);
                    dir
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, indexing);
criterion_main!(benches);
