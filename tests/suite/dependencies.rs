//! Dependencies: each is explained, and their licences, sources and versions are ones that we
//! accept.

use crate::readme::page;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

/// Licences that allow use under MIT or Apache-2.0. MPL-2.0 concerns changes to the files of a
/// crate, of which we make none.
const LICENCES: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
    "NCSA",
    "Unicode-3.0",
    "Zlib",
    "bzip2-1.0.6",
];

/// Crates that must not come in, by any way.
const BANNED: [(&str, &str); 4] = [
    ("chrono", "jiff serves"),
    ("lazy_static", "std::sync::LazyLock serves"),
    ("native-tls", "it needs a library of the system"),
    ("openssl-sys", "it needs a library of the system"),
];

/// Crates of which two incompatible versions are built, and who needs the older one.
const DOUBLED: [(&str, &str); 14] = [
    ("bit-set", "fancy-regex, in tests"),
    ("bit-vec", "fancy-regex, in tests"),
    ("block-buffer", "lopdf, for PDF"),
    ("constant_time_eq", "blake3"),
    ("cpufeatures", "lopdf, for PDF"),
    ("crypto-common", "lopdf, for PDF"),
    ("digest", "lopdf, for PDF"),
    ("getrandom", "rand 0.9"),
    ("itertools", "criterion, in benchmarks"),
    ("nom", "tantivy-query-grammar"),
    ("rand", "tantivy-columnar"),
    ("rand_core", "rand 0.9"),
    ("sha2", "lopdf, for PDF"),
    ("syn", "macros that have not moved to syn 3"),
];

/// Returns the text at `key` of a package, empty if it has none.
fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

/// Returns our own package.
fn ours() -> &'static Value {
    let mut packages = packages().iter();
    packages
        .find(|package| package["name"] == "shukach")
        .unwrap()
}

/// Returns the packages of `cargo metadata`: all that are built on this system, ours among them.
fn packages() -> &'static [Value] {
    static PACKAGES: OnceLock<Value> = OnceLock::new();
    let metadata = PACKAGES.get_or_init(metadata);
    metadata["packages"].as_array().unwrap()
}

fn metadata() -> Value {
    let cargo = env!("CARGO");
    let version = Command::new(cargo).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let mut failure = String::new();
    // Offline first: the crates are there, but for some that only fuzzing needs.
    for network in [&["--offline"][..], &[]] {
        let ran = Command::new(cargo)
            .current_dir(crate::sample::repository())
            .args(["metadata", "--format-version", "1", "--locked"])
            .args(["--filter-platform", host.unwrap()])
            .args(network)
            .output()
            .unwrap();
        if ran.status.success() {
            return serde_json::from_slice(&ran.stdout).unwrap();
        }
        failure = String::from_utf8_lossy(&ran.stderr).into_owned();
    }
    panic!("cargo metadata failed; cargo fetch --locked may help: {failure}");
}

#[test]
fn the_table_of_dependencies_is_that_of_the_manifest() {
    let page = page("ARCHITECTURE.md");
    let (_, section) = page.split_once("\n## Dependencies\n").unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.split_once(" |")).skip(1);
    let mut listed: Vec<&str> = cells.flat_map(|(names, _)| names.split(", ")).collect();
    listed.sort_unstable();
    let dependencies = ours()["dependencies"].as_array().unwrap().iter();
    let mut used: Vec<&str> = dependencies
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| text(dependency, "name"))
        .collect();
    used.sort_unstable();
    assert_eq!(listed, used, "ARCHITECTURE.md and Cargo.toml");
}

#[test]
fn every_crate_comes_from_the_public_registry_and_none_is_banned() {
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    for package in packages() {
        let (name, source) = (text(package, "name"), text(package, "source"));
        let is_ours = source.is_empty() && name.starts_with("shukach");
        assert!(is_ours || source == registry, "{name} is from {source}");
        let banned = BANNED.iter().find(|(banned, _)| *banned == name);
        assert!(banned.is_none(), "{banned:?}");
    }
}

#[test]
fn no_crate_comes_in_several_incompatible_versions_unless_it_is_explained() {
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        // Versions are compatible if they agree up to the first number that is not 0.
        let numbers: Vec<&str> = text(package, "version").split('.').collect();
        let zeros = numbers.iter().take_while(|number| **number == "0").count();
        let major: Vec<&str> = numbers.into_iter().take(zeros + 1).collect();
        let known = versions.entry(text(package, "name")).or_default();
        known.insert(major.join("."));
    }
    let doubled = versions.into_iter().filter(|(_, majors)| majors.len() > 1);
    let doubled: Vec<&str> = doubled.map(|(name, _)| name).collect();
    let explained = DOUBLED.map(|(name, _)| name);
    assert_eq!(doubled, explained, "what is built, and DOUBLED");
}

/// Returns whether an SPDX expression offers licences that are acceptable together; `/` is an old
/// way to write OR.
fn is_acceptable(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let alternatives = operands(&expression, " OR ");
    if alternatives.len() > 1 {
        return alternatives.into_iter().any(is_acceptable);
    }
    let joined = operands(&expression, " AND ");
    if joined.len() > 1 {
        return joined.into_iter().all(is_acceptable);
    }
    let inner = expression.trim();
    let bare = inner
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    bare.map_or_else(|| LICENCES.contains(&inner), is_acceptable)
}

/// Splits an expression at an operator outside parentheses.
fn operands<'a>(expression: &'a str, operator: &str) -> Vec<&'a str> {
    let mut operands = Vec::new();
    let mut start = 0;
    for (at, _) in expression.match_indices(operator) {
        let (before, _) = expression.split_at(at);
        if before.matches('(').count() == before.matches(')').count() {
            operands.push(before.split_at(start).1);
            start = at + operator.len();
        }
    }
    operands.push(expression.split_at(start).1);
    operands
}

#[test]
fn licences_are_read_as_expressions() {
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Unicode-3.0", true),
        ("(GPL-3.0 OR MIT) AND (GPL-3.0 OR LGPL-3.0)", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
    ] {
        assert_eq!(is_acceptable(expression), expected, "{expression}");
    }
}

#[test]
fn every_licence_is_acceptable_and_every_crate_builds_with_our_minimum_version_of_rust() {
    assert!(packages().len() > 100, "only {} crates", packages().len());
    let minimum = numbers(text(ours(), "rust_version"));
    for package in packages() {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        assert!(is_acceptable(licence), "{name}: licence {licence:?}");
        let needed = package["rust_version"].as_str().map(numbers);
        assert!(needed.is_none_or(|needed| needed <= minimum), "{name}");
    }
}

/// Returns the first two numbers of a version.
fn numbers(version: &str) -> Vec<u32> {
    let numbers = version.split('.').map(|number| number.parse().unwrap());
    numbers.take(2).collect()
}

#[test]
fn the_minimum_version_of_rust_is_the_one_that_everything_is_tested_with() {
    let minimum = text(ours(), "rust_version");
    let toolchain = page("rust-toolchain.toml");
    let channel = toolchain.split('"').nth(1).unwrap();
    assert_eq!(numbers(channel), numbers(minimum));
    assert!(page("README.md").contains(&format!("({minimum} or newer)")));
    assert!(page("CONTRIBUTING.md").contains(&format!("({minimum}, ")));
}
