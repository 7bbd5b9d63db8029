//! Source files are tidy: no leftovers, no catch-all names, no mixed alphabets.

use crate::architecture::rust_files;
use crate::sample::repository;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::is_nfc;

/// Lines of `src` in which a word mixes alphabets on purpose, by file and a part of the line, with
/// the reason.
const MIXED_ON_PURPOSE: &[(&str, &str, &str)] = &[
    (
        "date/field.rs",
        "[0-9.:/TZ +а-яa-z,-]",
        "a class of characters",
    ),
    (
        "analysis/language/paragraphs.rs",
        "vec(\"[а-яіїєыэa-z ]",
        "a class of characters",
    ),
    (
        "analysis/language/detector.rs",
        "\"Тaк пишуть ті, хто плутає рoзкладки\"",
        "a text with letters of the wrong layout",
    ),
    (
        "analysis/language/detector.rs",
        "\"Гpaдcкo вeћe je ycвojилo бyџeт\"",
        "a text with letters of the wrong layout",
    ),
    (
        "analysis/token_streams.rs",
        "\"uперший\", \"uдругий текст\"",
        "the letter before a text marks its language",
    ),
    (
        "render/sanitize.rs",
        "[31mб",
        "the end of an escape sequence",
    ),
    (
        "bin/shukach-dictionary/entry.rs",
        "+Eка+",
        "the source counts letters in letters",
    ),
    (
        "bin/shukach-dictionary/entry.rs",
        "+Bи+",
        "the source counts letters in letters",
    ),
    (
        "bin/shukach-dictionary/entry.rs",
        "+Zи+",
        "the source counts letters in letters",
    ),
];

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

/// Returns the files of our own below the folders that hold code and texts.
fn own_files() -> Vec<PathBuf> {
    [
        "src",
        "tests/suite",
        "tests/fuzz",
        "index-schema",
        "benches",
    ]
    .iter()
    .map(|folder| repository().join(folder))
    .filter(|folder| folder.exists())
    .flat_map(walkdir::WalkDir::new)
    .map(|entry| entry.unwrap().into_path())
    .filter(|path| path.is_file())
    .collect()
}

#[test]
fn nothing_is_left_to_do() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    for path in own_files() {
        let Ok(text) = String::from_utf8(fs::read(&path).unwrap()) else {
            continue;
        };
        for (number, line) in (1..).zip(text.lines()) {
            let mark = marks.iter().find(|mark| line.contains(*mark));
            assert!(mark.is_none(), "{}:{number}: {line}", path.display());
        }
    }
}

/// The most columns that a comment may take.
const COMMENT_COLUMNS: usize = 100;

#[test]
fn comments_fit_into_100_columns() {
    let mut long = Vec::new();
    for path in own_files() {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        for (number, line) in (1..).zip(read(&path).lines()) {
            let comment = line.trim_start();
            let text = comment.trim_start_matches(['/', '!']).trim_start();
            // A row of a table cannot be broken.
            let is_prose = comment.starts_with("//") && !text.starts_with('|');
            if is_prose && line.chars().count() > COMMENT_COLUMNS {
                long.push(format!("{}:{number}", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "longer comments: {long:#?}");
}

#[test]
fn no_file_or_module_has_a_catch_all_name() {
    let names = ["manager", "helper", "util", "common", "misc"];
    let is_catch_all = |name: &str| {
        let name = name.to_ascii_lowercase();
        names.iter().any(|part| name.contains(part))
    };
    for path in own_files() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(!is_catch_all(name), "{}", path.display());
    }
    for (name, text) in rust_files() {
        for line in text.lines() {
            let module = line
                .trim_start()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub ")
                .strip_prefix("mod ");
            assert!(!module.is_some_and(is_catch_all), "{name}: {line}");
        }
    }
}

#[test]
fn no_word_mixes_latin_and_cyrillic_letters() {
    for (name, text) in rust_files() {
        for (number, line) in (1..).zip(text.lines()) {
            let is_meant = MIXED_ON_PURPOSE
                .iter()
                .any(|(file, part, _)| *file == name && line.contains(part));
            if let Some(word) = mixed_word(line)
                && !is_meant
            {
                panic!("src/{name}:{number}: {word:?} mixes alphabets");
            }
        }
    }
    for (file, part, reason) in MIXED_ON_PURPOSE {
        let files = rust_files();
        let text = files.iter().find(|(name, _)| name == file);
        assert!(
            text.is_some_and(|(_, text)| text.contains(part)),
            "no longer in {file}: {part} ({reason})"
        );
    }
}

/// Returns a word of `line` that has letters of both alphabets, as Rust reads the line.
fn mixed_word(line: &str) -> Option<String> {
    let line = unescaped(line);
    let is_cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    line.split(|c: char| !c.is_alphabetic())
        .find(|word| word.contains(is_cyrillic) && word.contains(|c: char| c.is_ascii_alphabetic()))
        .map(str::to_owned)
}

/// Returns `line` with `\n` and its like as spaces and `\u{…}` as the characters they stand for.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            (_, true) => match rest.next() {
                Some('u') => {
                    let code: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    let code = u32::from_str_radix(&code, 16).ok();
                    out.push(code.and_then(char::from_u32).unwrap_or(' '));
                }
                Some('x') => {
                    let _ = (rest.next(), rest.next());
                    out.push(' ');
                }
                _ => out.push(' '),
            },
        }
    }
    out
}

#[test]
fn the_search_for_mixed_words_sees_them() {
    assert_eq!(
        mixed_word("Бpоварський потяг").as_deref(),
        Some("Бpоварський")
    );
    assert_eq!(mixed_word("let text = \"Один\\nДва\\u{301}\";"), None);
    assert!(mixed_word("\"к\\u{69}т\"").is_some());
}

#[test]
fn the_frequencies_of_the_dictionary_are_sorted_unique_and_composed() {
    let path = walkdir::WalkDir::new(repository().join("src"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .find(|path| path.ends_with("uk.frequencies.tsv"))
        .expect("uk.frequencies.tsv below src");
    let text = read(&path);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() > 10_000);
    let mut last = "";
    for line in lines {
        let (lemma, count) = line.split_once('\t').unwrap_or_else(|| panic!("{line}"));
        assert!(last < lemma, "{last} stands before {lemma}");
        assert!(is_nfc(lemma), "{lemma} is not composed");
        assert!(count.parse::<u64>().is_ok(), "{line}");
        last = lemma;
    }
}

#[test]
fn the_newest_entry_of_the_changelog_is_of_this_version() {
    let changelog = read(&repository().join("CHANGELOG.md"));
    let newest = changelog
        .lines()
        .find_map(|line| line.strip_prefix("## "))
        .and_then(|heading| heading.split_whitespace().next())
        .expect("an entry `## VERSION`");
    assert_eq!(newest.trim_matches(['[', ']']), env!("CARGO_PKG_VERSION"));
}
