//! Estimated dates: shown as such, counted with a notice, left out on demand.

use crate::cli_fixture::run_in;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// An article with a dateline, one whose date the text bears out, and one without any.
const TEXTS: &[(&str, &str)] = &[
    (
        "known.txt",
        "Міст відкрито\n31.03.2016\nРух мостом відновили.",
    ),
    (
        "estimate.txt",
        "Міст закрито\nКиїв. 5 квітня 2016 року – Міст закрили знову.",
    ),
    ("none.txt", "Міст\nКнязь збудував міст 20 лютого 1054 року."),
];

fn indexed(folder: &Path) {
    fs::create_dir(folder.join("a")).unwrap();
    for (name, text) in TEXTS {
        fs::write(folder.join("a").join(name), text).unwrap();
    }
    run_in(folder, &["index", "a", "--index", "i", "-q"]).expect(0);
}

fn search(folder: &Path, more: &[&str]) -> Value {
    let arguments = [&["search", "міст", "--index", "i", "--json"], more].concat();
    run_in(folder, &arguments).expect(0).json()
}

fn notice_count(answer: &Value) -> usize {
    let notices = answer["notices"].as_array().unwrap();
    notices
        .iter()
        .filter(|notice| notice["code"] == "estimated_dates")
        .count()
}

#[test]
fn estimates_count_with_a_notice_and_known_dates_leave_them_out() {
    let folder = tempfile::tempdir().unwrap();
    indexed(folder.path());
    let all = search(folder.path(), &[]);
    assert_eq!((all["total"].clone(), notice_count(&all)), (json!(3), 1));
    let mut sources: Vec<&Value> = all["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| &hit["date_source"])
        .collect();
    sources.sort_by_key(ToString::to_string);
    assert_eq!(
        sources,
        [&json!("dateline"), &json!("estimate"), &json!(null)]
    );
    let known = search(folder.path(), &["--dates", "known"]);
    assert_eq!(
        (known["total"].clone(), notice_count(&known)),
        (json!(2), 0)
    );
    let april = search(folder.path(), &["--from", "2016-04", "--to", "2016-04"]);
    assert_eq!(april["total"], json!(1));
    let april = run_in(
        folder.path(),
        &[
            "search", "міст", "--index", "i", "--from", "2016-04", "--dates", "known", "--json",
        ],
    );
    assert_eq!(april.json()["total"], json!(0));
}

#[test]
fn every_command_that_filters_leaves_estimates_out_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    indexed(folder.path());
    for (command, all, known) in [("count", 3, 2), ("kwic", 3, 2)] {
        for (dates, expected) in [("all", all), ("known", known)] {
            let ran = run_in(
                folder.path(),
                &[command, "міст", "--index", "i", "--dates", dates, "--json"],
            )
            .expect(0);
            let json = ran.json();
            let ids = |lines: &Value| -> std::collections::BTreeSet<String> {
                lines
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|line| line["id"].to_string())
                    .collect()
            };
            let count = match command {
                "count" => json["queries"][0]["total"].as_u64().unwrap(),
                _ => ids(&json["lines"]).len() as u64,
            };
            assert_eq!(count, expected, "{command} {dates}: {json}");
        }
    }
}

#[test]
fn people_see_which_dates_are_estimates_and_where_dates_come_from() {
    let folder = tempfile::tempdir().unwrap();
    indexed(folder.path());
    let text = run_in(folder.path(), &["search", "міст", "--index", "i"])
        .expect(0)
        .stdout;
    assert!(
        text.contains("≈ 2016-04-05") && text.contains("  2016-03-31"),
        "{text}"
    );
    let info = run_in(folder.path(), &["info", "--index", "i", "--json"])
        .expect(0)
        .json();
    let counts = info["date_sources"].as_array().unwrap();
    let counts: Vec<(&Value, &Value)> = counts
        .iter()
        .map(|count| (&count["value"], &count["count"]))
        .collect();
    assert_eq!(
        counts,
        [
            (&json!("dateline"), &json!(1)),
            (&json!("estimate"), &json!(1))
        ]
    );
}
