//! The forms of an answer for other programs, and where it goes.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::Ran;
use crate::index_schema::{assert_valid, validator};
use serde_json::Value;
use std::fs;

/// Four articles: one with everything, one that would be a formula, one in which Markdown has
/// marks, one bare.
fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&[
        Line::new(
            "міст-1",
            "Міст через Десну закрили на ремонт. Усі їздять в об’їзд, а міст стоїть порожній.",
        )
        .titled("Міст через Десну: «закрито, бо ремонт»")
        .dated("2025-01-10")
        .from("Вісник"),
        Line::new("-міст-2", "Ремонт мосту, як то кажуть, \"навіки\".")
            .titled("=HYPERLINK(\"http://example.org\";\"міст\")")
            .dated("2025-02")
            .from("@хвиля"),
        Line::new("міст-3", "1. *Міст* <відкрили> [тут](javascript:x).").titled("# Міст відкрили"),
        Line::new("кіт", "Кіт спить на вікні."),
    ]);
    archive.index();
    archive
}

fn search(archive: &TempArchive, arguments: &[&str]) -> Ran {
    let mut all = vec!["search", "--no-timing"];
    all.extend(arguments);
    archive.run(&all)
}

/// Returns what `arguments` print, with the folder of the archive as `ARCHIVE`.
fn shown(archive: &TempArchive, arguments: &[&str]) -> String {
    let root = fs::canonicalize(archive.root()).unwrap();
    let shown = search(archive, arguments).expect(0).stdout;
    shown.replace(root.to_str().unwrap(), "ARCHIVE")
}

#[test]
fn every_form_shows_the_same_hits() {
    let archive = archive();
    for format in ["text", "json", "ndjson", "csv", "tsv", "markdown", "ids"] {
        let shown = shown(&archive, &["міст", "--format", format]);
        insta::assert_snapshot!(format!("form_{format}"), shown);
        let ids = ["міст-1", "-міст-2", "міст-3"];
        let has_ids = !matches!(format, "text" | "markdown");
        assert!(
            !has_ids || ids.iter().all(|id| shown.contains(id)),
            "{shown}"
        );
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let archive = archive();
    for format in ["text", "json", "ndjson", "csv", "tsv", "markdown", "ids"] {
        let arguments = ["міст OR кіт", "--format", format, "--now", "2026-03-18"];
        let first = search(&archive, &arguments).expect(0).stdout;
        let second = search(&archive, &arguments).expect(0).stdout;
        assert_eq!(first, second);
    }
}

#[test]
fn lines_of_json_are_as_described_and_say_what_they_are() {
    let archive = archive();
    let validator = validator("search-line.v1.schema.json");
    for (query, kinds) in [
        ("міст", &["hit", "hit", "hit", "summary"][..]),
        ("ведмідь", &["summary"]),
    ] {
        let ran = search(&archive, &[query, "--format", "ndjson"]);
        let lines: Vec<Value> = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for line in &lines {
            assert_valid(&validator, line);
        }
        let found: Vec<&str> = lines
            .iter()
            .filter_map(|line| line["type"].as_str())
            .collect();
        assert_eq!(found, kinds);
        assert!(
            ran.stdout
                .lines()
                .all(|line| line.starts_with("{\"type\":"))
        );
    }
    let whole = search(&archive, &["міст", "--json"]).expect(0).json();
    let first = search(&archive, &["міст", "--format", "ndjson"]).expect(0);
    let mut first: Value = serde_json::from_str(first.stdout.lines().next().unwrap()).unwrap();
    first.as_object_mut().unwrap().remove("type");
    assert_eq!(first, whole["hits"][0]);
}

#[test]
fn fields_are_chosen_and_ordered() {
    let archive = archive();
    let fields = [
        "міст",
        "-n1",
        "--sort",
        "-date",
        "--fields",
        "source,id,published",
    ];
    let with = |format| {
        let mut all = fields.to_vec();
        all.extend(["--format", format]);
        search(&archive, &all).expect(0).stdout
    };
    assert_eq!(
        with("tsv"),
        "source\tid\tpublished\n'@хвиля\t'-міст-2\t2025-02\n"
    );
    assert_eq!(
        with("ndjson").lines().next(),
        Some(r#"{"type":"hit","source":"@хвиля","id":"-міст-2","published":"2025-02"}"#)
    );
    assert_eq!(with("markdown"), "1. @хвиля · \\-міст-2 · 2025-02\n\n");
    let json: Value = serde_json::from_str(&with("json")).unwrap();
    let hit = json["hits"][0].as_object().unwrap();
    assert_eq!(hit.len(), 3);
    assert_eq!(json["total"], 3);
    let ran = search(&archive, &["міст", "--fields", "дата", "--json"]).expect(2);
    assert!(ran.stderr.contains("published"), "{ran:?}");
    let ran = search(&archive, &["міст", "--fields", "id"]).expect(2);
    assert!(ran.stderr.contains("--format"), "{ran:?}");
}

#[test]
fn ids_counts_and_silence_are_for_scripts() {
    let archive = archive();
    let run = |arguments: &[&str]| search(&archive, arguments);
    let ids = run(&["міст", "--format", "ids"]).expect(0).stdout;
    assert_eq!(ids.lines().count(), 3);
    assert_eq!(run(&["міст", "-l"]).expect(0).stdout, ids);
    assert_eq!(
        run(&["міст", "-l0"]).expect(0).stdout,
        ids.replace('\n', "\0")
    );
    assert_eq!(run(&["міст", "-c", "-n1"]).expect(0).stdout, "3\n");
    assert_eq!(run(&["ведмідь", "-c"]).expect(1).stdout, "0\n");
    assert_eq!(run(&["міст", "-q"]).expect(0).stdout, "");
    assert_eq!(
        run(&["міст", "-q", "--source", "Ніхто"]).expect(1).stdout,
        ""
    );
    assert_eq!(run(&["(", "-q"]).expect(2).stdout, "");
    run(&["міст", "-q", "--json"]).expect(2);
    run(&["міст", "-0"]).expect(2);
}

#[test]
fn a_file_of_queries_is_answered_in_every_form_that_can_tell_them_apart() {
    let archive = archive();
    archive.write("../queries.tsv", "q1\tміст\nq2\tкіт\n");
    let run = |arguments: &[&str]| {
        let mut all = vec!["--queries", "queries.tsv"];
        all.extend(arguments);
        search(&archive, &all)
    };
    assert_eq!(run(&["-c"]).expect(0).stdout, "q1\t3\nq2\t1\n");
    assert_eq!(
        run(&["--format", "ndjson"])
            .expect(0)
            .stdout
            .lines()
            .count(),
        6
    );
    let ran = run(&["--format", "ndjson"]).expect(0);
    let summaries = ran
        .stdout
        .lines()
        .filter(|line| line.contains("\"summary\""));
    let ids = summaries.map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["query_id"].as_str().unwrap().to_owned()
    });
    assert_eq!(ids.collect::<Vec<_>>(), ["q1", "q2"]);
    let ran = run(&["--format", "csv"]).expect(2);
    assert!(ran.stderr.contains("--queries"), "{ran:?}");
}

#[test]
fn notices_are_told_beside_every_answer() {
    let archive = archive();
    for form in [&["-c"][..], &["--format", "trec"], &["-l"]] {
        let mut arguments = vec!["МІСТ І КІТ", "--match", "any"];
        arguments.extend(form);
        let ran = search(&archive, &arguments);
        assert!(ran.stderr.contains("all words are in capitals"), "{ran:?}");
    }
    let ran = search(&archive, &["міст", "-c", "--timeout", "0"]);
    assert!(ran.stderr.contains("time ran out"), "{ran:?}");
    let ran = search(&archive, &["міст", "--timeout", "0"]);
    assert!(!ran.stdout.contains("Each word alone"), "{ran:?}");
}

#[test]
fn a_trec_run_that_begins_later_counts_its_ranks_from_there() {
    let archive = archive();
    let ran = search(&archive, &["міст", "--format", "trec", "--offset", "1"]).expect(0);
    let ranks = ran
        .stdout
        .lines()
        .map(|line| line.split(' ').nth(3).unwrap());
    assert_eq!(ranks.collect::<Vec<_>>(), ["2", "3"]);
    let ran = search(&archive, &["міст", "--format", "trec", "--cursor", "c2"]).expect(2);
    assert!(ran.stderr.contains("--offset"), "{ran:?}");
}

#[test]
fn what_only_excludes_finds_all_else_where_all_is_asked_for_or_dates_say_of_what() {
    let archive = archive();
    let ran = search(&archive, &["--all", "-l", "НЕ міст"]).expect(0);
    assert_eq!(ran.stdout.lines().count(), 1);
    search(&archive, &["НЕ міст"]).expect(2);
    let dated = search(&archive, &["--from", "1990", "-c", "НЕ міст"]);
    assert_ne!(dated.code, 2, "{dated:?}");
}

#[test]
fn a_file_is_replaced_only_by_a_whole_answer() {
    let archive = archive();
    let file = archive.folder().join("answer.json");
    fs::write(&file, "старе").unwrap();
    search(&archive, &["(", "-o", "answer.json"]).expect(2);
    assert_eq!(fs::read(&file).unwrap(), "старе".as_bytes());
    let ran = search(&archive, &["міст", "--format", "json", "-o", "answer.json"]).expect(0);
    assert_eq!(ran.stdout, "");
    let on_stdout = search(&archive, &["міст", "--format", "json"]).expect(0);
    assert_eq!(fs::read(&file).unwrap(), on_stdout.stdout.as_bytes());
    let ran = search(&archive, &["міст", "-o", "nowhere/answer.json"]).expect(2);
    assert!(
        ran.stderr.contains("cannot write nowhere/answer.json"),
        "{ran:?}"
    );
    let names = fs::read_dir(archive.folder()).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !names
            .iter()
            .any(|name| name.to_string_lossy().starts_with(".shukach-")),
        "{names:?}"
    );
}

#[cfg(unix)]
#[test]
fn devices_and_links_stay_what_they_are() {
    let archive = archive();
    search(&archive, &["міст", "-o", "/dev/null"]).expect(0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    let link = archive.folder().join("link");
    fs::write(archive.folder().join("target"), "").unwrap();
    std::os::unix::fs::symlink("target", &link).unwrap();
    search(&archive, &["міст", "-l", "-o", "link"]).expect(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        !fs::read(archive.folder().join("target"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_hit_without_highlights_says_why() {
    let archive = archive();
    for query in ["date:2025", "source:Вісник", "date:2025 -ведмідь"] {
        let answer = search(&archive, &[query, "--json"]).expect(0).json();
        assert_eq!(answer["hits"][0]["matched_by"], "conditions", "{query}");
        let text = search(&archive, &[query]).expect(0).stdout;
        assert!(text.contains("no word to mark"), "{text}");
    }
    let both = search(&archive, &["date:2025 міст", "--json"])
        .expect(0)
        .json();
    for hit in both["hits"].as_array().unwrap() {
        assert_eq!(hit["matched_by"], "words");
        let in_title = hit["title_highlights"].as_array().unwrap();
        let in_text = hit["snippets"][0]["highlights"].as_array().unwrap();
        assert!(!in_title.is_empty() || !in_text.is_empty());
    }
}

#[test]
fn the_number_and_the_length_of_snippets_are_asked_for() {
    let archive = archive();
    let of = |arguments: &[&str]| {
        let mut all = vec!["міст", "--source", "Вісник", "--json"];
        all.extend(arguments);
        let answer = search(&archive, &all).expect(0).json();
        answer["hits"][0]["snippets"].as_array().unwrap().clone()
    };
    assert_eq!(of(&["--snippets", "0"]).len(), 0);
    assert_eq!(of(&[]).len(), 1, "two sentences that touch are one passage");
    let short = of(&["--snippet-chars", "40"]);
    assert_eq!(short.len(), 2);
    for snippet in short {
        assert!(snippet["text"].as_str().unwrap().chars().count() <= 40);
    }
    search(&archive, &["міст", "--snippet-chars", "5"]).expect(2);
}

#[test]
fn ids_keep_their_spaces_and_are_told_apart_by_them() {
    let archive = TempArchive::of_articles(&[
        Line::new("міст 1", "Міст закрили на ремонт."),
        Line::new("міст_1", "Міст відкрили після ремонту."),
        Line::new(" міст\t2 ", "Мостом пройшли перші люди."),
    ]);
    assert_eq!(archive.index().summary.added, 3);
    let mut ids: Vec<String> = search(&archive, &["міст", "--format", "ids"])
        .expect(0)
        .stdout
        .lines()
        .map(str::to_owned)
        .collect();
    ids.sort();
    assert_eq!(ids, ["міст 1", "міст_1", "міст_2"]);
    let shown = archive.run(&["show", "міст 1"]).expect(0);
    assert!(shown.stdout.contains("закрили"), "{shown:?}");
    // A run in the form of TREC has six fields.
    let run = search(&archive, &["закрили", "--format", "trec"])
        .expect(0)
        .stdout;
    assert_eq!(run.split_whitespace().count(), 6, "{run}");
}
