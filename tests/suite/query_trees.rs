//! How queries are understood, and messages for faulty ones, as golden files.

use crate::sample::repository;
use shukach::locale::Locale;
use shukach::query::tree::ParseReport;
use shukach::query::{ParseOptions, QueryErrorReport, parse};
use shukach::render;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

const OPTIONS: ParseOptions = ParseOptions::new(jiff::civil::date(2026, 3, 18));

fn queries(name: &str) -> Vec<String> {
    let bytes = fs::read(repository().join("tests/queries").join(name)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let is_query = |line: &&str| !line.trim().is_empty() && !line.starts_with("# ");
    text.lines().filter(is_query).map(str::to_owned).collect()
}

/// Returns the tree of a query, or the code of its fault.
fn understood(query: &str) -> String {
    let mut out = format!("> {query}\n").into_bytes();
    match ParseReport::of(query, &OPTIONS, Locale::English) {
        Ok(report) => render::parse::write(&report, Locale::English, &mut out).unwrap(),
        Err(error) => out.extend(format!("{}\n", error.problem.code()).into_bytes()),
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn queries_are_understood_as_they_always_were() {
    let queries = queries("trees.txt");
    assert!(queries.len() >= 150, "only {} queries", queries.len());
    let trees: Vec<String> = queries.iter().map(|query| understood(query)).collect();
    insta::assert_snapshot!("query_trees", trees.join("\n"));
}

#[test]
fn queries_as_they_are_printed_are_understood_alike() {
    for query in queries("trees.txt") {
        let printed = |query: &str| parse(query, &OPTIONS).map(|parsed| parsed.query.to_string());
        if let Ok(once) = printed(&query) {
            assert_eq!(printed(&once), Ok(once.clone()), "{query}");
        }
    }
}

#[test]
fn every_pair_of_operators_works_or_has_a_named_fault() {
    let between = [
        " ",
        " AND ",
        " OR ",
        " NOT ",
        " -",
        " NEAR/3 ",
        " PRE/3 ",
        " NOTNEAR/3 ",
        " /s ",
        " /p ",
    ];
    let before = ["", "NOT ", "+", "ATLEAST/2 ", "title:", "=", "date:2024 "];
    let behind = ["", "^2", "~1", "*"];
    let mut readings = String::new();
    let mut add = |query: String| {
        let reading = match parse(&query, &OPTIONS) {
            Ok(parsed) => parsed.query.to_string(),
            Err(error) => error.problem.code().to_owned(),
        };
        let _ = writeln!(readings, "{query:<40} → {reading}");
    };
    for first in between {
        for second in between {
            add(format!("мир{first}воля{second}лад"));
        }
    }
    for outer in before {
        for inner in before {
            for end in behind {
                add(format!("{outer}{inner}мир{end}"));
            }
        }
        for joint in between {
            for end in behind {
                add(format!("воля{joint}{outer}мир{end}"));
                add(format!("{outer}мир{end}{joint}воля"));
            }
        }
    }
    insta::assert_snapshot!("operator_pairs", readings);
}

/// Every code that a fault of a query of ours can have; those of other systems have more
/// (`translations.rs`).
const CODES: [&str; 26] = [
    "Q101", "Q102", "Q103", "Q104", "Q105", "Q120", "Q121", "Q122", "Q123", "Q124", "Q131", "Q132",
    "Q133", "Q134", "Q201", "Q202", "Q203", "Q204", "Q205", "Q310", "Q311", "Q312", "Q901", "Q902",
    "Q903", "Q904",
];

#[test]
fn every_fault_is_told_in_both_languages_with_its_place_and_the_way_out() {
    let strict = OPTIONS.has_strict_fields(true);
    let mut faulty: Vec<(String, ParseOptions)> = queries("errors.txt")
        .into_iter()
        .map(|query| (query, OPTIONS))
        .collect();
    faulty.push((String::new(), OPTIONS));
    faulty.push(("слово:мир".to_owned(), strict));
    faulty.push((format!("{}мир", "(".repeat(65)), OPTIONS));
    faulty.push(("мир ".repeat(1_025), OPTIONS));
    faulty.push((["(а б в г д е ж з и к)"; 4].join(" NEAR/2 "), OPTIONS));
    faulty.push(("мир".repeat(3_000), OPTIONS));
    let mut told = String::new();
    let mut codes = BTreeSet::new();
    for (query, options) in &faulty {
        let Err(error) = parse(query, options) else {
            panic!("{query} has no fault");
        };
        let shown: String = query.chars().take(60).collect();
        let marked: String = error.range.of(query).chars().take(30).collect();
        let report = QueryErrorReport::of(query, &error, Locale::English);
        let ukrainian = error.problem.message(Locale::Ukrainian);
        codes.insert(report.code);
        let _ = writeln!(
            told,
            "> {shown}\n{} at \"{marked}\" (bytes {}..{}, chars {}..{})\n  {}\n  {ukrainian}\n  expected {:?}, suggestion {:?}\n",
            report.code,
            report.bytes.start,
            report.bytes.end,
            report.chars.start,
            report.chars.end,
            report.message,
            report.expected,
            report.suggestion
        );
    }
    assert_eq!(codes, BTreeSet::from(CODES));
    insta::assert_snapshot!("query_errors", told);
}
