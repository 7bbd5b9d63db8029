//! Small things that a newcomer to the command line stumbles over.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{Ran, program, run, run_in};
use crate::sample::sample;
use serde_json::Value;
use std::fs;

fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&[
        Line::new("ранок", "Міст через Десну відкрили зранку.")
            .titled("Міст відкрито")
            .dated("2024-03-31T09:15:00+03:00")
            .from("Вісник Десни"),
        Line::new("вечір", "Увечері на мосту грали у футбол.")
            .titled("Футбол на мосту")
            .dated("2024-03-31T18:40:00+03:00")
            .from("Вісник Десни"),
        Line::new("день", "Міст фарбують.")
            .titled("Фарба")
            .dated("2024-03-31"),
        Line::new(
            "без дати",
            "Міст без дати й без заголовка стоїть собі над водою, і ніхто не пам’ятає, коли його збудували.",
        ),
    ]);
    archive.index();
    archive
}

fn ids(ran: &Ran) -> Vec<String> {
    let mut ids: Vec<String> = ran.stdout.lines().map(str::to_owned).collect();
    ids.sort();
    ids
}

#[test]
fn a_query_may_begin_with_a_dash() {
    let archive = archive();
    let found = |query: &[&str]| {
        let mut arguments = vec!["search", "-l"];
        arguments.extend(query);
        ids(&archive.run(&arguments).expect(0))
    };
    assert_eq!(found(&["-футбол міст"]), ["без дати", "день", "ранок"]);
    assert_eq!(found(&["-футбол", "міст"]), ["без дати", "день", "ранок"]);
    assert_eq!(found(&["-футбол", "--source", "Вісник Десни"]), ["ранок"]);
    assert_eq!(found(&["-date:*"]), ["без дати"]);
    assert_eq!(found(&["-source:Вісник"]), ["без дати", "день"]);
    let ran = archive.run(&["search", "-футбол"]).expect(2);
    assert!(ran.stderr.contains("error[Q102]"), "{ran:?}");
    for command in ["count", "timeline", "kwic", "parse"] {
        let mut arguments = vec![command, "-футбол міст"];
        if command == "parse" {
            assert_eq!(run_in(archive.folder(), &arguments).code, 0);
            continue;
        }
        arguments.push("--json");
        let answer = archive.run(&arguments).expect(0).json();
        let query = answer["queries"][0]["query"].as_str();
        let query = query.or(answer["query"].as_str());
        assert_eq!(query, Some("-футбол міст"), "{command}");
    }
    for wrong in [&["search", "міст", "--limt", "3"][..], &["search", "-x"]] {
        assert_eq!(archive.run(wrong).code, 2);
    }
}

#[test]
fn a_bound_is_a_moment_or_seen_from_today() {
    let archive = archive();
    let found = |flags: &[&str]| {
        let mut arguments = vec!["search", "міст OR футбол", "-l", "--now", "2024-04-01"];
        arguments.extend(flags);
        ids(&archive.run(&arguments))
    };
    assert_eq!(found(&["--from", "2024-03-31T12:00"]), ["вечір"]);
    assert_eq!(found(&["--to", "2024-03-31T12:00"]), ["ранок"]);
    assert_eq!(found(&["--to", "2024-03-31T09:15"]), ["ранок"]);
    assert_eq!(found(&["--to", "2024-03-31T09:14"]), [""; 0]);
    let all = ["вечір", "день", "ранок"];
    assert_eq!(found(&["--from", "вчора"]), all);
    assert_eq!(found(&["--from", "7d"]), all);
    assert_eq!(found(&["--from", "today"]), [""; 0]);
    assert_eq!(found(&["--to", "last-month"]), all);
    // Noon in London is an hour later in March.
    let london = ["--tz", "Europe/London", "--from", "2024-03-31T16:41"];
    assert_eq!(found(&london), [""; 0]);
    let ran = archive
        .run(&["search", "міст", "--from", "колись"])
        .expect(2);
    assert!(ran.stderr.contains("колись"), "{ran:?}");
}

#[test]
fn answers_are_narrowed_by_every_field() {
    let found = |flags: &[&str]| {
        let mut arguments = vec![
            "search",
            "міст OR школа OR мир OR город",
            "--json",
            "--limit",
            "50",
        ];
        arguments.extend(flags);
        sample().run(&arguments).expect(0).json()
    };
    for (flag, field, value) in [
        ("--source", "source", "Хвиля Поділля"),
        ("--section", "section", "Політика"),
        ("--language", "lang", "ru"),
        ("--collection", "collection", "archive"),
    ] {
        let answer = found(&[flag, value]);
        let hits = answer["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{flag}");
        assert!(
            hits.iter().all(|hit| hit[field] == value),
            "{flag}: {answer}"
        );
    }
    let author = found(&["--facet", "author"])["facets"]["fields"][0]["values"][0]["value"].clone();
    let answer = found(&["--author", author.as_str().unwrap()]);
    let hits = answer["hits"].as_array().unwrap();
    let is_by = |hit: &Value| {
        hit["author"]
            .as_str()
            .unwrap()
            .contains(author.as_str().unwrap())
    };
    assert!(!hits.is_empty() && hits.iter().all(is_by), "{answer}");
    let listed = |flags: &[&str]| {
        let mut arguments = vec!["list", "--json"];
        arguments.extend(flags);
        sample().run(&arguments).expect(0).json()
    };
    let tag = listed(&["--facet", "tag"])["facets"]["fields"][0]["values"][0].clone();
    let answer = listed(&["--tag", tag["value"].as_str().unwrap()]);
    assert_eq!(answer["total"], tag["count"]);
    let dated = listed(&["--date-source", "path"]);
    let hits = dated["hits"].as_array().unwrap();
    assert!(
        !hits.is_empty() && hits.iter().all(|hit| hit["date_source"] == "path"),
        "{dated}"
    );
    let ran = sample().run(&["search", "міст", "--author", "Ніхто Такий", "--json"]);
    assert_eq!(ran.json()["notices"][0]["code"], "N050", "{ran:?}");
}

#[test]
fn the_text_is_called_body_everywhere() {
    let archive = archive();
    for field in ["body", "text", "текст", "тіло"] {
        let ran = archive.run(&["search", &format!("{field}:фарбують"), "--json"]);
        let answer = ran.expect(0).json();
        assert_eq!(answer["understood"], "body:фарбують", "{field}");
    }
    let ran = archive.run(&[
        "search",
        "фарба",
        "--format",
        "ndjson",
        "--fields",
        "title,lead,body,tags",
    ]);
    let hit: Value = serde_json::from_str(ran.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(hit["body"], "Міст фарбують.");
    assert_eq!(hit["tags"], Value::Array(Vec::new()));
    let ran = archive.run(&["search", "фарба", "--format", "csv", "--fields", "text"]);
    assert!(
        ran.stdout.contains("body\r\nМіст фарбують.")
            || ran.stdout.contains("body\nМіст фарбують."),
        "{ran:?}"
    );
}

#[test]
fn timelines_have_one_scale_unless_each_wants_its_own() {
    let archive = TempArchive::of_articles(&[
        Line::new("1", "Кіт спить.").dated("2025-12-01"),
        Line::new("2", "Кіт гуляє.").dated("2025-12-01"),
        Line::new("3", "Пес гуляє.").dated("2025-12-01"),
    ]);
    archive.index();
    let bars = |flags: &[&str]| {
        let mut arguments = vec!["timeline", "кіт", "пес"];
        arguments.extend(flags);
        let ran = archive.run(&arguments).expect(0);
        let lines = ran.stdout.lines().filter(|line| line.contains('█'));
        let bars = lines.map(|line| line.matches('█').count());
        bars.collect::<Vec<usize>>()
    };
    assert_eq!(bars(&[]), [60, 30]);
    assert_eq!(bars(&["--own-scale"]), [60, 60]);
}

#[test]
fn a_timeline_chooses_periods_that_fit() {
    let of_years = TempArchive::of_articles(&[
        Line::new("1", "Кіт спить.").dated("2022-03-01"),
        Line::new("2", "Кіт гуляє.").dated("2023-01-09"),
        Line::new("3", "Кіт їсть.").dated("2024-07-07"),
        Line::new("4", "Кіт муркоче.").dated("2026-02-03"),
    ]);
    of_years.index();
    let timeline = |flags: &[&str]| {
        let mut arguments = vec!["search", "кіт", "--json"];
        arguments.extend(flags);
        of_years.run(&arguments).json()["facets"]["timeline"].clone()
    };
    assert_eq!(timeline(&[])["by"], "year");
    assert_eq!(timeline(&[])["buckets"].as_array().unwrap().len(), 5);
    assert_eq!(timeline(&["--from", "2026"])["by"], "day");
    let quarters = timeline(&["--by", "quarter"]);
    assert_eq!(quarters["buckets"][0]["period"], "2022-Q1");
    let counted = of_years
        .run(&["timeline", "кіт", "гуляти", "--json"])
        .json();
    assert_eq!(counted["by"], "year");
}

#[test]
fn a_concordance_shows_date_and_source() {
    let ran = archive().run(&["kwic", "футбол"]).expect(0);
    let line = ran.stdout.lines().last().unwrap();
    assert!(line.starts_with("2024-03-31  Вісник Десни  "), "{ran:?}");
}

#[test]
fn faults_are_json_where_answers_are() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["search", "мир", "--limt", "3", "--json"][..],
        &["search", "мир", "--format", "ndjson", "--limit", "x"],
        &["kwic", "мир", "--json"],
        &["show", "немає", "--json"],
        &["info", "--json"],
        &["more-like", "немає", "--json"],
        &["index", "немає", "--json"],
        &["inspect", "немає", "--json"],
        &["count", "--json"],
        &["timeline", "мир", "--json", "--by", "decade"],
        &["translate", "мир", "--json"],
        &["serch", "--json"],
    ] {
        let ran = run_in(folder.path(), arguments).expect(2);
        let error: Value = serde_json::from_str(&ran.stderr)
            .unwrap_or_else(|wrong| panic!("{wrong}: {arguments:?}: {ran:?}"));
        assert!(!error["error"]["message"].as_str().unwrap().contains('\n'));
        assert_eq!(error["schema_version"], 1);
    }
    let mut command = program(folder.path());
    let ran = run(command.args(["search", "мир", "--limt", "3", "--json", "--lang", "uk"]));
    let error: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["error"]["message"], "невідомий аргумент '--limt'");
}

#[test]
fn files_of_queries_have_one_format() {
    let archive = archive();
    let file = archive.folder().join("запити.tsv");
    fs::write(&file, "# два запити\nміст\n\nгра\tфутбол\tще щось\n").unwrap();
    let file = file.to_str().unwrap();
    let searched = archive
        .run(&["search", "--queries", file, "--json"])
        .expect(0);
    let stream = serde_json::Deserializer::from_str(&searched.stdout).into_iter::<Value>();
    let names: Vec<Value> = stream
        .map(|answer| answer.unwrap()["query_id"].clone())
        .collect();
    assert_eq!(names, ["міст", "гра"]);
    let counted = archive
        .run(&["count", "--batch", file, "--json"])
        .expect(0)
        .json();
    let answers = counted["queries"].as_array().unwrap();
    let names: Vec<&Value> = answers.iter().map(|query| &query["name"]).collect();
    assert_eq!(names, ["міст", "гра"]);
    assert_eq!(archive.run(&["count", "--queries", file]).code, 0);
}

#[test]
fn an_article_without_a_headline_shows_its_first_words() {
    let archive = archive();
    let ran = archive.run(&["search", "пам’ятає"]).expect(0);
    let title =
        "  1 Міст без дати й без заголовка стоїть собі над водою, і ніхто не… (no headline)";
    assert!(ran.stdout.contains(title), "{ran:?}");
    let hit = archive.run(&["search", "пам’ятає", "--json"]).json()["hits"][0].clone();
    assert_eq!(hit["title"], "");
    assert_eq!(
        hit["first_words"],
        "Міст без дати й без заголовка стоїть собі над водою, і ніхто не…"
    );
}
