//! Reads any bytes as a file of each format: no panic, no article without a text, and the same
//! articles when read again.
#![no_main]
#![expect(
    clippy::expect_used,
    reason = "without a folder to write to there is nothing to fuzz"
)]

use libfuzzer_sys::fuzz_target;
use shukach::archive::{Archive, FORMATS};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

/// Names that leave the format to the content, so that magic bytes of every reader can be found.
const BY_CONTENT: &str = "article";

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
    let (choice, bytes) = input;
    // Every format under each of its names, and by its content alone.
    let extensions = FORMATS.iter().flat_map(|entry| entry.extensions);
    let names: Vec<&str> = extensions.copied().collect();
    let path = match names.get(usize::from(choice) % (names.len() + 1)) {
        Some(extension) => FOLDER.path().join(format!("article.{extension}")),
        None => FOLDER.path().join(BY_CONTENT),
    };
    fs::write(&path, bytes).expect("a file of some bytes");
    assert_eq!(read(&path), read(&path));
});
