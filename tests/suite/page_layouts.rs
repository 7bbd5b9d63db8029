//! Pages of many layouts: title, date and text, letter for letter.

use crate::sample::repository;
use shukach::archive::Archive;
use std::fs;

/// Returns the article of a page as its expected text has it: title, date or `-`, a blank line,
/// body.
fn read(name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let from = repository()
        .join("tests/pages")
        .join(format!("{name}.html"));
    fs::copy(&from, folder.path().join(format!("{name}.html"))).unwrap();
    let archive = Archive::open(&[folder.path().to_path_buf()]).unwrap();
    let mut articles = Vec::new();
    for file in archive.files() {
        file.unwrap()
            .read(&mut |read| articles.push(read.unwrap().article));
    }
    assert_eq!(articles.len(), 1, "{name}");
    let article = articles.remove(0);
    let date = article
        .published
        .map_or_else(|| "-".to_owned(), |published| published.date.to_string());
    format!("{}\n{date}\n\n{}\n", article.title, article.body)
}

#[test]
fn every_layout_gives_its_article_and_nothing_else() {
    let mut count = 0;
    for entry in fs::read_dir(repository().join("tests/pages")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let expected = String::from_utf8(fs::read(&path).unwrap()).unwrap();
            assert_eq!(read(name), expected, "{name}");
            count += 1;
        }
    }
    assert_eq!(count, 20);
}
