//! `--tz written` counts every article on the day that it names itself.

use crate::archive_fixture::{Line, TempArchive, json_lines};
use crate::cli_fixture::{NO_SETTINGS, program, run};
use serde_json::{Value, json};
use std::fs;

/// The articles: id, date, and the day as it is written, in UTC and in Kyiv.
const ARTICLES: &[(&str, &str, [&str; 3])] = &[
    (
        "далі",
        "2026-03-26T22:30:00-05:00",
        ["2026-03-26", "2026-03-27", "2026-03-27"],
    ),
    (
        "день",
        "2026-03-27",
        ["2026-03-27", "2026-03-27", "2026-03-27"],
    ),
    (
        "київ",
        "2026-03-27T00:40:00+02:00",
        ["2026-03-27", "2026-03-26", "2026-03-27"],
    ),
    (
        "нуль",
        "2026-03-26T23:15:14+00:00",
        ["2026-03-26", "2026-03-26", "2026-03-27"],
    ),
    (
        "просто",
        "2026-03-27T00:40:00",
        ["2026-03-27", "2026-03-26", "2026-03-27"],
    ),
    (
        "північ",
        "2026-03-26T22:00:00Z",
        ["2026-03-26", "2026-03-26", "2026-03-27"],
    ),
];
const ZONES: [&str; 3] = ["written", "UTC", "Europe/Kyiv"];
const DAYS: [&str; 2] = ["2026-03-26", "2026-03-27"];

fn archive() -> TempArchive {
    let lines: Vec<Line> = ARTICLES
        .iter()
        .map(|(id, date, _)| Line::new(id, "Кіт спить.").dated(date))
        .collect();
    let archive = TempArchive::of_articles(&lines);
    archive.index();
    archive
}

/// Returns the ids that should be found on `day`.
fn ids_on(day: &str, zone: usize) -> Vec<&'static str> {
    let on_day = ARTICLES.iter().filter(|(_, _, days)| days[zone] == day);
    on_day.map(|(id, _, _)| *id).collect()
}

fn answer(archive: &TempArchive, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.push("--json");
    archive.run(&all).expect(0).json()
}

/// Returns the ids of the hits, sorted.
fn found(archive: &TempArchive, query: &str, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["search", query];
    all.extend(arguments);
    let answer = answer(archive, &all);
    let hits = answer["hits"].as_array().unwrap().iter();
    let mut ids: Vec<String> = hits
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort_unstable();
    ids
}

#[test]
fn the_day_is_the_one_that_stands_in_the_article() {
    let archive = archive();
    for (ordinal, zone) in ZONES.into_iter().enumerate() {
        for day in DAYS {
            let expected = ids_on(day, ordinal);
            if expected.is_empty() {
                continue;
            }
            let asked = found(&archive, &format!("кіт date:{day}"), &["--tz", zone]);
            assert_eq!(asked, expected, "date:{day} in {zone}");
            let alone = found(&archive, &format!("date:{day}"), &["--tz", zone]);
            assert_eq!(alone, expected, "date:{day} alone in {zone}");
            let bounds = ["--from", day, "--to", day, "--tz", zone];
            assert_eq!(found(&archive, "кіт", &bounds), expected, "{day} in {zone}");
        }
    }
}

#[test]
fn every_bucket_has_a_query_that_finds_its_articles() {
    let archive = archive();
    for (ordinal, zone) in ZONES.into_iter().enumerate() {
        let asked = [
            "search", "кіт", "--facet", "day", "--share", "--by", "day", "--tz", zone,
        ];
        let answer = answer(&archive, &asked);
        for value in answer["facets"]["fields"][0]["values"].as_array().unwrap() {
            let expected = ids_on(value["value"].as_str().unwrap(), ordinal);
            let query = value["query"].as_str().unwrap();
            assert_eq!(value["count"], expected.len(), "{value} in {zone}");
            assert_eq!(value["share"], 1.0, "{value} in {zone}");
            assert_eq!(found(&archive, query, &["--tz", zone]), expected, "{query}");
        }
        let buckets = answer["facets"]["timeline"]["buckets"].as_array().unwrap();
        let counts: Vec<_> = buckets.iter().map(|bucket| &bucket["count"]).collect();
        let days = buckets.iter().map(|bucket| bucket["period"].as_str());
        let days: Vec<&str> = days.map(Option::unwrap).collect();
        let expected: Vec<usize> = days.iter().map(|day| ids_on(day, ordinal).len()).collect();
        assert_eq!(json!(counts), json!(expected), "{zone}");
    }
    let shown = archive.run(&["search", "кіт", "--facet", "day", "--tz", "written"]);
    assert!(shown.stdout.contains("--tz written"), "{shown:?}");
}

#[test]
fn counts_name_the_zone_and_a_setting_may_choose_it() {
    let archive = archive();
    let settings = archive.folder().join(".shukach.toml");
    let asked = ["count", "кіт", "--by", "day", "--json", "--index", "index"];
    // A flag, which goes before the others, a variable of the environment, a file of the project.
    for (flag, variable, file) in [
        ("--tz=Written", "", ""),
        ("--tz=written", "UTC", "tz = \"UTC\"\n"),
        ("", "written", ""),
        ("", "", "tz = \"written\"\n"),
    ] {
        fs::write(&settings, file).unwrap();
        let mut command = program(archive.folder());
        command.env_remove(NO_SETTINGS.0);
        if !variable.is_empty() {
            command.env("SHUKACH_TZ", variable);
        }
        command.args(asked);
        command.args((!flag.is_empty()).then_some(flag));
        let answer = run(&mut command).expect(0).json();
        assert_eq!(answer["time_zone"], "written");
        assert_eq!(answer["periods"], json!(DAYS));
        assert_eq!(answer["queries"][0]["series"][0]["counts"], json!([3, 3]));
    }
}

#[test]
fn a_cursor_belongs_to_the_zone_that_it_was_given_in() {
    let archive = archive();
    let page = |zone: &str, cursor: &str| {
        let mut all = vec!["search", "кіт", "--limit", "1", "--tz", zone, "--json"];
        if !cursor.is_empty() {
            all.extend(["--cursor", cursor]);
        }
        archive.run(&all)
    };
    let first = page("written", "").expect(0).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    page("written", cursor).expect(0);
    let other = page("Europe/Kyiv", cursor).expect(2);
    assert!(other.stderr.contains("another question"), "{other:?}");
}

#[test]
fn an_article_of_which_only_the_written_day_changes_is_indexed_again() {
    let line = |date| vec![Line::new("кіт", "Кіт спить.").dated(date)];
    let archive = TempArchive::of_articles(&line("2026-03-26T23:15:14+00:00"));
    archive.index();
    let on_26th = [
        "--from",
        "2026-03-26",
        "--to",
        "2026-03-26",
        "--tz",
        "written",
    ];
    assert_eq!(found(&archive, "кіт", &on_26th), ["кіт"]);
    archive.write(
        "articles.jsonl",
        json_lines(&line("2026-03-27T01:15:14+02:00")),
    );
    let summary = archive.run_index(&[]).expect(0).json();
    assert_eq!(summary["updated"], 1, "{summary}");
    let mut all = vec!["search", "кіт"];
    all.extend(on_26th);
    archive.run(&all).expect(1);
}

#[test]
fn concordances_and_similar_articles_keep_to_the_days_of_the_zone_too() {
    let archive = archive();
    for (ordinal, zone) in ZONES.into_iter().enumerate() {
        for day in DAYS {
            let expected = ids_on(day, ordinal);
            let period = ["--from", day, "--to", day, "--tz", zone];
            // An article is not like itself.
            let others = expected.iter().filter(|id| **id != "день").count();
            for (asked, count, total) in [
                (["kwic", "кіт"], expected.len(), "articles"),
                (["more-like", "день"], others, "total"),
            ] {
                if count > 0 {
                    let found = answer(&archive, &[&asked, &period[..]].concat());
                    assert_eq!(found[total], count, "{asked:?} on {day} in {zone}");
                }
            }
        }
    }
    let lines = answer(
        &archive,
        &["kwic", "кіт дата:2026-03-26", "--tz", "written"],
    );
    assert_eq!(lines["articles"], ids_on("2026-03-26", 0).len());
}
