//! Several indexes searched as one give what one index of all articles gives.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{Ran, program, run};
use serde_json::Value;
use std::env;
use std::path::PathBuf;

fn articles() -> Vec<Line> {
    let words = ["міст", "школа", "мир", "річка", "місто", "війна", "хліб"];
    let article = |n: usize| {
        let word = |at: usize| words[(n * at + at) % words.len()];
        let body = format!("{} {} {} і {}.", word(1), word(2), word(3), word(5));
        let source = ["Вісник", "Хвиля"][n % 2];
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        Line::new(&format!("с-{n:02}"), &body)
            .titled(word(4))
            .dated(&format!("2025-{month:02}-{day:02}"))
            .from(source)
    };
    (0..60).map(article).collect()
}

/// Two archives with half of the articles each, and one with all.
fn archives() -> (TempArchive, TempArchive, TempArchive) {
    let articles = articles();
    let (first, second) = articles.split_at(25);
    let indexed = |articles: &[Line]| {
        let archive = TempArchive::of_articles(articles);
        archive.index();
        archive
    };
    (indexed(first), indexed(second), indexed(&articles))
}

fn ask(archives: &[&TempArchive], arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    command.args(arguments);
    for archive in archives {
        command.arg("--index").arg(archive.index_path());
    }
    run(&mut command)
}

/// Returns an answer without what may differ: times, cursors and places of files.
fn comparable(ran: &Ran) -> Value {
    fn clear(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for name in ["took_ms", "next_cursor", "path", "line"] {
                    fields.remove(name);
                }
                fields.values_mut().for_each(clear);
            }
            Value::Array(values) => values.iter_mut().for_each(clear),
            _ => {}
        }
    }
    let mut answer = ran.json();
    clear(&mut answer);
    answer
}

#[test]
fn two_indexes_answer_as_one_with_all_articles() {
    let (first, second, all) = archives();
    for arguments in [
        &["search", "міст школа", "--json"][..],
        &[
            "search",
            "мир OR війна -хліб",
            "--json",
            "-n",
            "40",
            "--facet",
            "source",
        ],
        &["search", "«мир і війна»", "--json", "--explain"],
        &["search", "річка", "--json", "--sort", "-date", "--share"],
        &["search", "source:Хвиля", "--json", "-n", "60"],
        &["search", "шкода", "--json"],
        &["list", "--json", "-n", "60"],
        &[
            "count",
            "міст",
            "мир NEAR/3 хліб",
            "--by",
            "month",
            "--json",
        ],
        &["kwic", "місто", "--json", "--sort", "right"],
        &["more-like", "с-07", "--json"],
        &["show", "с-51", "--json"],
    ] {
        let whole = comparable(&ask(&[&all], arguments));
        let union = comparable(&ask(&[&first, &second], arguments));
        assert_eq!(union, whole, "{arguments:?}");
        let swapped = comparable(&ask(&[&second, &first], arguments));
        assert_eq!(swapped, whole, "{arguments:?}");
    }
}

#[test]
fn pages_of_two_indexes_go_on_where_they_ended() {
    let (first, second, all) = archives();
    let query = ["search", "мир", "--json", "-n", "7"];
    let ids = |answer: &Value| {
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["id"].clone()).collect::<Vec<_>>()
    };
    let mut paged = Vec::new();
    let mut answer = ask(&[&first, &second], &query).json();
    loop {
        paged.extend(ids(&answer));
        let Some(cursor) = answer["next_cursor"].as_str() else {
            break;
        };
        let next = [&query[..], &["--cursor", cursor]].concat();
        answer = ask(&[&first, &second], &next).json();
    }
    let whole = ask(&[&all], &["search", "мир", "--json", "-n", "60"]).json();
    assert_eq!(paged, ids(&whole));
}

#[test]
fn the_variable_lists_folders_and_commands_that_change_an_index_take_one() {
    let (first, second, _) = archives();
    let folder = tempfile::tempdir().unwrap();
    let paths = env::join_paths([first.index_path(), second.index_path()]).unwrap();
    let with_paths = |arguments: &[&str]| {
        let mut command = program(folder.path());
        run(command.env("SHUKACH_INDEX", &paths).args(arguments))
    };
    assert_eq!(with_paths(&["list", "-c"]).expect(0).stdout, "60\n");
    let info = with_paths(&["info"]).expect(0).stdout;
    assert_eq!(info.matches("articles ").count(), 2, "{info}");
    let ran = with_paths(&["index", "."]).expect(2);
    assert!(ran.stderr.contains("works on one index"), "{ran:?}");
    let one = first.index_path();
    let ran = with_paths(&["list", "-c", "--index", one.to_str().unwrap()]);
    assert_eq!(ran.expect(0).stdout, "25\n");
}

#[test]
fn the_same_index_counts_once_and_a_copy_is_refused() {
    let (first, second, _) = archives();
    let ran = ask(&[&first, &first], &["list", "-c"]).expect(0);
    assert_eq!(ran.stdout, "25\n");
    let copy: PathBuf = second.folder().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for file in std::fs::read_dir(first.index_path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    let copy = copy.to_str().unwrap();
    let ran = ask(&[&first], &["list", "--index", copy]).expect(2);
    assert!(ran.stderr.contains("is a copy of"), "{ran:?}");
    let missing = ask(&[&first], &["list", "--index", "/немає"]).expect(2);
    assert!(missing.stderr.contains("no index in /немає"), "{missing:?}");
}
