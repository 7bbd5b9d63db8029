//! The samples of every input format: what is read of them, and that nothing breaks where they are
//! cut or damaged.

use crate::sample::repository;
use shukach::archive::{Archive, ArchiveFile, FORMATS, Format, MAX_ARTICLE_BYTES, MAX_EXPANSION};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the samples, sorted by name.
fn samples() -> Vec<PathBuf> {
    let folder = repository().join("tests/corpus/formats");
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Opens a file as if it were read on a day of 2026.
fn file(path: &Path) -> ArchiveFile {
    let archive = Archive::open(&[path.to_owned()]).unwrap();
    let archive = archive.read_on(jiff::civil::date(2026, 3, 18));
    archive.files().next().unwrap().unwrap()
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// Returns what is read of a file, a line a field.
fn read(path: &Path) -> String {
    let mut out = String::new();
    let folder = format!("{}/", path.parent().unwrap().display());
    file(path).read(&mut |result| {
        let read = match result {
            Ok(read) => read,
            Err(error) => {
                writeln!(out, "failed: {}\n", error.to_string().replace(&folder, "")).unwrap();
                return;
            }
        };
        let article = read.article;
        let published = article
            .published
            .map(|published| format!("{} ({})", published.date, published.date_source.as_str()));
        let format = read.format.map(Format::name);
        let rows = [
            ("id", Some(article.id.as_str().to_owned())),
            ("format", format.map(str::to_owned)),
            ("encoding", read.encoding.map(str::to_owned)),
            ("line", read.line.map(|line| line.to_string())),
            ("inner path", read.inner_path),
            ("title", Some(article.title)),
            ("published", published),
            ("source", article.source),
            ("section", article.section),
            ("authors", Some(article.authors.join(" | "))),
            ("url", article.url),
            ("tags", Some(article.tags.join(" | "))),
            ("lang", article.lang),
            ("lead", Some(article.lead)),
            ("body", Some(article.body)),
        ];
        for (key, value) in rows {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                writeln!(out, "{key}: {}", value.replace('\n', "⏎")).unwrap();
            }
        }
        for doubt in read.doubts {
            writeln!(out, "doubt: {doubt}").unwrap();
        }
        out.push('\n');
    });
    out
}

#[test]
fn the_samples_of_every_format_are_read_as_written_down() {
    for path in samples() {
        insta::assert_snapshot!(name_of(&path), read(&path));
    }
}

#[test]
fn every_format_but_the_oldest_has_a_sample_here() {
    let mut formats: BTreeSet<Format> = BTreeSet::new();
    for path in samples() {
        file(&path).read(&mut |read| formats.extend(read.unwrap().format));
    }
    for entry in FORMATS {
        let has_other_tests =
            matches!(entry.format, Format::Text | Format::Markdown | Format::Html);
        assert!(
            has_other_tests || formats.contains(&entry.format),
            "{}",
            entry.name
        );
    }
}

#[test]
fn a_sample_that_is_cut_anywhere_or_damaged_never_panics_nor_gives_an_article_without_text() {
    let folder = tempfile::tempdir().unwrap();
    for sample in samples() {
        let bytes = fs::read(&sample).unwrap();
        let path = folder.path().join(name_of(&sample));
        let mut variants: Vec<Vec<u8>> = Vec::new();
        for at in (0..bytes.len()).step_by(97) {
            variants.push(bytes[..at].to_vec());
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            variants.push(flipped);
        }
        for variant in variants {
            fs::write(&path, &variant).unwrap();
            file(&path).read(&mut |read| match read {
                Ok(read) => {
                    let article = read.article;
                    let texts = [&article.title, &article.lead, &article.body];
                    assert!(texts.iter().any(|text| !text.trim().is_empty()), "{path:?}");
                }
                Err(error) => assert_ne!(error.problem.code(), "parser-failed", "{error}"),
            });
        }
    }
}

#[test]
fn the_format_is_found_by_the_content_under_another_name() {
    let folder = tempfile::tempdir().unwrap();
    for sample in samples() {
        let name = name_of(&sample);
        // These two are told by their names alone.
        if matches!(name.rsplit('.').next(), Some("tsv" | "xz")) {
            continue;
        }
        let path = folder.path().join(name.replace('.', "_"));
        fs::copy(&sample, &path).unwrap();
        let format_of = |path: &Path| {
            let mut formats = Vec::new();
            file(path).read(&mut |read| formats.push(read.map(|read| read.format).ok()));
            formats
        };
        assert_eq!(format_of(&path), format_of(&sample), "{name}");
    }
}

#[test]
fn a_format_can_be_forced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "title\ttext\nМіст\tВідкрили.\n").unwrap();
    let archive = Archive::open(&[path])
        .unwrap()
        .with_format(Some(Format::Csv));
    let mut titles = Vec::new();
    for file in archive.files() {
        file.unwrap()
            .read(&mut |read| titles.push(read.unwrap().article.title));
    }
    assert_eq!(titles, ["Міст"]);
}

#[test]
fn the_table_of_formats_in_the_documentation_is_that_of_the_program() {
    let mut table = String::from("| `--format` | endings | what is read |\n|---|---|---|\n");
    for entry in FORMATS {
        let endings: Vec<String> = entry.extensions.iter().map(|e| format!("`.{e}`")).collect();
        writeln!(
            table,
            "| `{}` | {} | {} |",
            entry.name,
            endings.join(", "),
            entry.about
        )
        .unwrap();
    }
    let page = fs::read(repository().join("docs/input-formats.md")).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(
        page.contains(&table),
        "docs/input-formats.md must have:\n{table}"
    );
    let limits = [
        format!("{} MiB", MAX_ARTICLE_BYTES >> 20),
        format!("{MAX_EXPANSION} times"),
    ];
    for limit in limits {
        assert!(
            page.contains(&limit),
            "docs/input-formats.md must say: {limit}"
        );
    }
}
