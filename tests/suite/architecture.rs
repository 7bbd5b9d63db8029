//! A module of the library uses only those before it; the library neither prints nor exits.

use crate::sample::repository;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the library without its tests and comments.
struct Source {
    /// Path below `src`, with `/`.
    name: String,
    /// Path of the module: `search::facets` is `["search", "facets"]`, `search/mod.rs` is
    /// `["search"]`.
    module: Vec<String>,
    code: String,
}

/// Returns all files of `src`, those of the binaries too, by their path below `src`.
pub(crate) fn rust_files() -> Vec<(String, String)> {
    let root = repository().join("src");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
            files.push((name.replace('\\', "/"), read(&path)));
        }
    }
    assert!(files.len() > 40, "src was not found");
    files
}

fn read(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

fn library() -> Vec<Source> {
    rust_files()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("bin/") && name != "lib.rs")
        .filter(|(name, _)| !name.ends_with("/tests.rs"))
        .map(|(name, text)| Source {
            module: module_of(&name),
            code: code_of(&text),
            name,
        })
        .collect()
}

fn module_of(name: &str) -> Vec<String> {
    let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// Returns the text without comments and without the tests, which stand last in every file.
pub(crate) fn code_of(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let (code, _) = text.split_at(tests);
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.split_inclusive('\n').filter(is_code).collect()
}

/// Returns the modules of the library in the order in which lib.rs declares them.
fn order() -> Vec<String> {
    let lib = read(&repository().join("src/lib.rs"));
    lib.lines()
        .map(|line| {
            line.trim_start_matches("pub(crate) ")
                .trim_start_matches("pub ")
        })
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// Returns the module that lib.rs takes each of its other names from.
fn exported() -> BTreeMap<String, String> {
    let lib = read(&repository().join("src/lib.rs"));
    let mut exported = BTreeMap::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub use ")) {
        let (module, names) = line.trim_end_matches(';').split_once("::").unwrap();
        for name in names.trim_matches(['{', '}']).split(',') {
            exported.insert(name.trim().to_owned(), module.to_owned());
        }
    }
    exported
}

/// Returns the top-level names that a file uses, with `crate::` or enough `super::`.
fn used_by(source: &Source) -> Vec<String> {
    let mut used = Vec::new();
    for (at, start) in source.code.match_indices("crate::") {
        used.push(identifier(source.code.split_at(at + start.len()).1));
    }
    let mut rest = source.code.as_str();
    while let Some((_, behind)) = rest.split_once("super::") {
        rest = behind.trim_start_matches("super::");
        let supers = 1 + (behind.len() - rest.len()) / "super::".len();
        match source.module.len().checked_sub(supers) {
            Some(0) => used.push(identifier(rest)),
            Some(_) => {}
            None => panic!("{}: super:: leaves the crate", source.name),
        }
    }
    used
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn a_module_uses_only_modules_that_stand_before_it() {
    let (order, exported) = (order(), exported());
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut edges = 0;
    for source in library() {
        let own = place(&source.module[0])
            .unwrap_or_else(|| panic!("{} is of no module of lib.rs", source.name));
        for name in used_by(&source) {
            let module = exported.get(&name).unwrap_or(&name);
            let used = place(module)
                .unwrap_or_else(|| panic!("{} uses crate::{name}, of no module", source.name));
            assert!(
                used <= own,
                "{}: {} may not use {module}, which stands behind it in lib.rs",
                source.name,
                source.module[0]
            );
            edges += usize::from(used != own);
        }
    }
    assert!(
        edges > 50,
        "only {edges} uses were seen; the search is blind"
    );
}

#[test]
fn the_modules_stand_in_the_order_of_the_flow() {
    assert_eq!(
        order().join(" "),
        "text locale date error encoding markup article archive analysis schema ranking copies index query plan engine search cluster render"
    );
}

#[test]
fn uses_of_the_crate_are_not_grouped_so_that_they_can_be_read_here() {
    for source in library() {
        for group in ["crate::{", "crate::*", "crate::{"] {
            assert!(!source.code.contains(group), "{}: {group}", source.name);
        }
    }
}

#[test]
fn the_library_neither_prints_nor_exits_nor_reads_the_environment() {
    let foreign = [
        "println!",
        "eprintln!",
        "print!(",
        "process::exit",
        "std::env",
        "env::var",
        "clap::",
        "indicatif",
        "stdout()",
        "stderr()",
    ];
    for source in library() {
        for word in foreign {
            assert!(!source.code.contains(word), "{}: {word}", source.name);
        }
    }
}

#[test]
fn rendering_knows_nothing_of_the_engine() {
    for source in library() {
        if source.module[0] == "render" {
            assert!(!source.code.contains("tantivy"), "{}", source.name);
        }
    }
}

#[test]
fn the_crate_root_holds_no_logic_and_the_binary_little() {
    let lib = read(&repository().join("src/lib.rs"));
    assert!(lib.lines().count() <= 100);
    assert!(!code_of(&lib).contains("fn "), "a function in lib.rs");
    let main = read(&repository().join("src/bin/shukach/main.rs"));
    assert!(main.lines().count() <= 60);
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let suite = walkdir::WalkDir::new(repository().join("tests/suite"));
    let tests = suite
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path: PathBuf| (path.display().to_string(), read(&path)));
    for (name, text) in rust_files().into_iter().chain(tests) {
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines");
    }
}
