//! `--no-counts`: hits alone are those of the whole answer, and whatever counts is null or refused.

use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use serde_json::Value;

const QUERIES: [&str; 9] = [
    "міст",
    "рік OR місто OR світло",
    "гарантії безпеки",
    "«гарантії безпеки»",
    "гарантії NEAR/5 безпеки",
    "«про * безпеки» OR «гарант* безпеки»",
    "гарант* безпеки",
    "«гарантія безпеки» AND date:2025-12..2026-01",
    "ATLEAST/2 міст",
];

fn search(query: &str, arguments: &[&str]) -> Value {
    let mut all = vec!["search", query, "--json", "--no-timing"];
    all.extend(arguments);
    sample().run(&all).json()
}

#[test]
fn hits_alone_are_the_hits_of_the_whole_answer() {
    for query in QUERIES {
        for arguments in [
            &[][..],
            &["--limit", "1"],
            &["--limit", "3", "--offset", "2"],
            &["--sort", "-date", "--limit", "3"],
            &["--from", "2025-12", "--limit", "2"],
            &["--recent", "90", "--limit", "3", "--now", "2026-03-18"],
            &["--match", "any", "--limit", "3", "--explain"],
            &["--timeout", "60000", "--limit", "3"],
        ] {
            let whole = search(query, arguments);
            let alone = search(query, &[arguments, &["--no-counts"]].concat());
            for field in ["hits", "next_cursor", "understood"] {
                assert_eq!(alone[field], whole[field], "{query} {arguments:?}: {field}");
            }
            assert!(alone["total"].is_null() && alone["facets"].is_null());
            assert_eq!(alone["notices"][0]["code"], "not_counted");
        }
    }
}

#[test]
fn cursors_lead_through_hits_alone_once_each() {
    for query in QUERIES {
        let whole = search(query, &["--limit", "1000"]);
        let expected = whole["hits"].as_array().unwrap();
        let mut found = Vec::new();
        let mut page = search(query, &["--no-counts", "--limit", "2"]);
        loop {
            found.extend(page["hits"].as_array().unwrap().iter().cloned());
            let Some(cursor) = page["next_cursor"].as_str() else {
                break;
            };
            let next = ["--no-counts", "--limit", "2", "--cursor", cursor];
            page = search(query, &next);
        }
        assert_eq!(&found, expected, "{query}");
    }
}

#[test]
fn answers_without_counts_are_as_their_schemas_describe() {
    let answer = search("«гарантії безпеки»", &["--no-counts"]);
    assert_valid(&validator("search-response.v1.schema.json"), &answer);
    let lines = ["--no-counts", "--format", "ndjson", "--limit", "2"];
    let ran = sample().run(&[&["search", "міст"], &lines[..]].concat());
    let lines: Vec<Value> = ran
        .expect(0)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    let validator = validator("search-line.v1.schema.json");
    for line in &lines {
        assert_valid(&validator, line);
    }
    assert!(lines[2]["total"].is_null() && lines[2]["facets"].is_null());
}

#[test]
fn forms_for_people_say_in_a_word_that_nothing_was_counted() {
    let ran = sample().run(&["search", "міст", "--no-counts", "--no-timing"]);
    let text = ran.expect(0).stdout;
    assert_eq!(text.lines().next(), Some("міст · not counted"));
    assert!(!text.contains("By month") && !text.contains("not_counted"));
    let ran = sample().run(&["search", "міст", "--no-counts", "--lang", "uk"]);
    assert!(ran.expect(0).stdout.starts_with("міст · без підрахунку"));
    for format in ["csv", "tsv", "markdown", "ids"] {
        let whole = sample().run(&["search", "міст", "--format", format]);
        let alone = sample().run(&["search", "міст", "--format", format, "--no-counts"]);
        let alone = alone.expect(0);
        assert_eq!((alone.stdout, alone.stderr), (whole.stdout, String::new()));
    }
}

#[test]
fn a_query_without_hits_gets_the_same_advice_and_exit_code() {
    for query in [
        "гаратнії безпеки",
        "ведмідь",
        "«безпеки гарантії мосту»",
        "date:1990",
    ] {
        let arguments = ["search", query, "--json", "--no-timing"];
        let whole = sample().run(&arguments).expect(1).json();
        let alone = sample().run(&[&arguments[..], &["--no-counts"]].concat());
        let alone = alone.expect(1).json();
        for field in [
            "words_without_hits",
            "suggestions",
            "words_alone",
            "match_any_hits",
        ] {
            assert_eq!(alone[field], whole[field], "{query}: {field}");
        }
    }
    // Behind the last hit a page says no more than that it is empty.
    let behind = ["search", "міст", "--no-counts", "--offset", "1000"];
    sample().run(&behind).expect(1);
}

#[test]
fn what_counts_is_refused_beside_it() {
    for other in [
        &["--facet", "section"][..],
        &["--by", "year"],
        &["--share"],
        &["--count"],
        &["--all", "-l"],
    ] {
        let arguments = [&["search", "міст", "--no-counts"], other].concat();
        let ran = sample().run(&arguments).expect(2);
        let names = ["--no-counts", other[0]];
        assert!(
            names.iter().all(|name| ran.stderr.contains(name)),
            "{ran:?}"
        );
    }
}
