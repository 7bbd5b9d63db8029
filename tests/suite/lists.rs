//! Articles listed without a query: in order, narrowed, paged, in every form.

use crate::archive_fixture::{Line, TempArchive};
use crate::sample::sample;
use serde_json::Value;

fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&[
        Line::new("перша", "Перша стаття.")
            .dated("2025-11-01")
            .from("Вісник"),
        Line::new("друга", "Друга стаття.")
            .dated("2025-12-02")
            .from("Вісник"),
        Line::new("третя", "Третя стаття.")
            .dated("2026-01-03")
            .from("Хвиля"),
        Line::new("без дати", "Стаття без дати.").from("Хвиля"),
    ]);
    archive.index();
    archive
}

#[test]
fn articles_are_listed_newest_first_and_narrowed() {
    let archive = archive();
    let listed = |flags: &[&str]| {
        let mut arguments = vec!["list", "-l"];
        arguments.extend(flags);
        let ran = archive.run(&arguments);
        let ids = ran.stdout.lines().map(str::to_owned);
        ids.collect::<Vec<String>>()
    };
    assert_eq!(listed(&[]), ["третя", "друга", "перша", "без дати"]);
    assert_eq!(listed(&["--sort", "date"])[0], "перша");
    assert_eq!(listed(&["--source", "Вісник"]), ["друга", "перша"]);
    assert_eq!(
        listed(&["--from", "2025-12", "--to", "2025-12-31"]),
        ["друга"]
    );
    assert_eq!(listed(&["--undated"]), ["без дати"]);
    assert_eq!(listed(&["--date-source", "field"]).len(), 3);
    assert_eq!(listed(&["--date-source", "url"]).len(), 0);
    assert_eq!(listed(&["--collection", "archive"]).len(), 4);
    assert_eq!(listed(&["--language", "uk"]).len(), 4);
    assert_eq!(archive.run(&["list", "--source", "Ніхто"]).code, 1);
}

#[test]
fn a_list_has_the_forms_and_pages_of_a_search() {
    let archive = archive();
    let json = archive.run(&["list", "--json", "-n", "2"]).expect(0).json();
    assert_eq!((&json["total"], &json["query"]), (&4.into(), &"".into()));
    assert_eq!(json["facets"]["source"][0]["count"], 2);
    let cursor = json["next_cursor"].as_str().unwrap();
    let next = archive.run(&["list", "--json", "-n", "2", "--cursor", cursor]);
    let next = next.expect(0).json();
    assert_eq!(next["hits"][0]["id"], "перша");
    assert_eq!(next["next_cursor"], Value::Null);
    let facet = archive.run(&["list", "--json", "--facet", "source"]).json();
    let narrowed = facet["facets"]["fields"][0]["values"][0]["query"]
        .as_str()
        .unwrap();
    let found = archive.run(&["search", narrowed, "-c"]).expect(0);
    assert_eq!(found.stdout, "2\n", "{narrowed}");
    assert_eq!(archive.run(&["list", "-c"]).stdout, "4\n");
    let all = archive.run(&["list", "--all", "--format", "csv", "--fields", "id"]);
    assert_eq!(all.stdout.lines().count(), 5, "{all:?}");
    let text = archive.run(&["list"]).expect(0).stdout;
    assert!(text.starts_with("4 articles"), "{text}");
    assert!(!text.contains("score"), "{text}");
}

#[test]
fn conditions_need_no_word() {
    for query in [
        "date:2025-12",
        "source:Хвиля",
        "-date:*",
        "-source:Хвиля",
        "date:* -date:2025",
        "section:політика OR tag:мир",
        "collection:archive",
        "колекція:archive",
        "lang:ru",
    ] {
        let answer = sample().run(&["search", query, "--json"]).expect(0).json();
        let counted = sample().run(&["count", query]).expect(0).stdout;
        let total = answer["total"].as_u64().unwrap();
        assert!(total > 0, "{query}");
        assert!(
            counted.starts_with(&format!("{total} ")),
            "{query}: {counted}"
        );
    }
    let undated = sample().run(&["search", "-date:*", "-c"]).stdout;
    assert_eq!(sample().run(&["list", "--undated", "-c"]).stdout, undated);
}

#[test]
fn an_empty_index_says_so_and_one_out_of_reach_that_permission_is_missing() {
    let archive = TempArchive::new();
    std::fs::create_dir_all(archive.root()).unwrap();
    assert_eq!(archive.run_index(&["--allow-empty"]).code, 0);
    for command in ["search", "kwic", "count", "timeline"] {
        let ran = archive.run(&[command, "мир"]).expect(1);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        assert!(told.contains("the index is empty"), "{command}: {told}");
        assert!(!told.contains("another spelling"), "{command}: {told}");
    }
    assert!(archive.run(&["list"]).stdout.contains("the index is empty"));
}

#[cfg(unix)]
#[test]
fn an_index_that_may_not_be_read_is_told_as_such() {
    use std::os::unix::fs::PermissionsExt;
    let archive = archive();
    let meta = archive.index_path().join("meta.json");
    std::fs::set_permissions(&meta, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything.
    if std::fs::read(&meta).is_err() {
        let ran = archive.run(&["search", "стаття"]).expect(2);
        assert!(ran.stderr.contains("no permission to read"), "{ran:?}");
    }
}
