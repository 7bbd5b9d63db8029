//! Reading without indexing, as an index job reads: lines of JSON, pages of 50 kB, a web archive of
//! such pages.
#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot start says so and stops"
)]

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::Compression;
use flate2::write::GzEncoder;
use shukach::archive::Archive;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::PathBuf;

/// Pages of a run.
const PAGES: usize = 60;

/// The size of a page, in bytes.
const PAGE_BYTES: usize = 50_000;

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = corpus::archive();
    let bytes = lines.files().flatten().map(|file| file.size_bytes).sum();
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("jsonl", |bencher| bencher.iter(|| read(&lines)));
    let pages: Vec<String> = corpus::ukrainian_texts()
        .chunks(8)
        .take(PAGES)
        .map(page)
        .collect();
    let count = u64::try_from(pages.len()).expect("a count");
    group.throughput(Throughput::Elements(count));
    let html = folder.path().join("html");
    fs::create_dir(&html).expect("a folder");
    let mut warc = GzEncoder::new(Vec::new(), Compression::default());
    for (ordinal, page) in pages.iter().enumerate() {
        fs::write(html.join(format!("{ordinal}.html")), page).expect("a page");
        warc.write_all(record(ordinal, page).as_bytes())
            .expect("a record");
    }
    let packed = folder.path().join("pages.warc.gz");
    fs::write(&packed, warc.finish().expect("packed records")).expect("a web archive");
    for (name, path) in [("html", html), ("warc.gz", packed)] {
        let archive = open(path);
        group.bench_function(name, |bencher| bencher.iter(|| read(&archive)));
    }
    group.finish();
}

fn open(path: PathBuf) -> Archive {
    Archive::open(&[path]).expect("what was just written")
}

fn read(archive: &Archive) {
    for file in archive.files() {
        file.expect("a file").read_until(&|| false, &mut |read| {
            black_box(read.expect("an article"));
        });
    }
}

/// Makes a page of an article with as much around it as sites have.
fn page(texts: &[String]) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=uk><head><meta charset=utf-8><title>Новини дня | Вісті</title>\
         <meta property=og:site_name content=Вісті><meta property=article:published_time \
         content=2024-01-02T10:00:00+02:00><style>p { margin: 0 }</style></head><body><nav><ul>",
    );
    let link = |page: &mut String, ordinal: usize| {
        let _ = write!(page, "<li class=menu-item><a href=/r/{ordinal}>Розділ</a>");
    };
    (0..80).for_each(|ordinal| link(&mut page, ordinal));
    page.push_str("</ul></nav><article><h1>Новини дня</h1><div class=article-body>");
    for paragraph in texts.iter().flat_map(|text| text.split("\n\n")) {
        if page.len() > PAGE_BYTES / 2 {
            break;
        }
        let _ = write!(page, "<p>{paragraph}</p>");
    }
    page.push_str("</div></article><aside><h3>Читайте також</h3>");
    for ordinal in 0.. {
        if page.len() > PAGE_BYTES {
            break;
        }
        let _ = write!(
            page,
            "<div class=teaser><a href=/n/{ordinal}><img src=/i/{ordinal}.jpg alt=''><span>Ще одна \
             новина дня</span></a></div>"
        );
    }
    page.push_str("</aside><script>var data = {\"a\": [1, 2, 3]};</script></body></html>");
    page
}

fn record(ordinal: usize, page: &str) -> String {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://visti.example/{ordinal}\r\n\
         WARC-Date: 2024-01-02T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{head}{page}\r\n\r\n",
        head.len() + page.len()
    )
}

criterion_group!(benches, reading);
criterion_main!(benches);
