//! Reads any bytes as a file of each format: no panic, no article without a text, and the same
//! articles when read again.
#![no_main]
#![expect(
    clippy::expect_used,
    reason = "without a folder to write to there is nothing to fuzz"
)]

use libfuzzer_sys::fuzz_target;
use shukach::archive::Archive;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

/// Endings of file names, one for each format.
const ENDINGS: [&str; 5] = ["txt", "md", "html", "json", "jsonl"];

fn read(path: &Path) -> Vec<String> {
    let archive = Archive::open(&[path.to_owned()]).expect("the file just written");
    let archive = archive.read_on(jiff::civil::date(2026, 3, 18));
    let mut read = Vec::new();
    for file in archive.files().flatten() {
        file.read(&mut |result| {
            if let Ok(read) = &result {
                let article = &read.article;
                let texts = [&article.title, &article.lead, &article.body];
                assert!(texts.iter().any(|text| !text.trim().is_empty()));
                assert!(!article.id.as_str().is_empty());
            }
            read.push(format!("{result:?}"));
        });
    }
    read
}

fuzz_target!(|input: (u8, &[u8])| {
    let (format, bytes) = input;
    let ending = ENDINGS[usize::from(format) % ENDINGS.len()];
    let path = FOLDER.path().join(format!("article.{ending}"));
    fs::write(&path, bytes).expect("a file of some bytes");
    assert_eq!(read(&path), read(&path));
});
