//! A whole article, with the words of a query marked.

use crate::archive_fixture::{Line, TempArchive};
use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use serde_json::Value;

const LONG: &str = "Міст через Десну закрили на ремонт, і тепер усі їздять в об’їзд через два села, де дорога ще гірша.\n\n\
    Ремонт мосту триватиме до осені. Мешканці кажуть, що міст чекав на нього тридцять років.";

fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&[
        Line::new("міст-1", LONG)
            .titled("Міст закрили на ремонт")
            .dated("2025-01-10")
            .from("Вісник"),
        Line::new("брудна", "\u{1b}[31mЧервоне\u{1b}[0m\nі \u{202e}задом")
            .titled("\u{9b}2JЗаголовок"),
    ]);
    archive.index();
    archive
}

#[test]
fn an_article_is_shown_with_what_is_known_of_it_and_the_words_of_the_query_marked() {
    let archive = archive();
    let shown = archive
        .run(&["show", "міст-1", "--query", "«ремонт мосту»"])
        .expect(0)
        .stdout;
    let shown: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with("file"))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn an_article_is_found_by_its_file_too_and_an_unknown_one_is_told_with_those_spelt_nearly_so() {
    let ran = archive().run(&["show", "міст-2"]).expect(2);
    assert!(ran.stderr.contains("did you mean міст-1?"), "{ran:?}");
    let path = sample()
        .searcher
        .search(&shukach::search::SearchRequest::new("строки"))
        .unwrap();
    let hit = path
        .hits
        .iter()
        .find(|hit| hit.path.ends_with("stroky.txt"))
        .unwrap();
    let ran = sample().run(&["show", &hit.path]).expect(0);
    assert!(ran.stdout.contains(&hit.id), "{ran:?}");
}

#[test]
fn a_raw_article_is_its_text() {
    let shown = archive().run(&["show", "міст-1", "--raw"]).expect(0).stdout;
    assert_eq!(shown, format!("Міст закрили на ремонт\n\n{LONG}\n"));
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    for form in [
        &["show", "брудна"][..],
        &["show", "брудна", "--raw"],
        &["show", "брудна", "--json"],
    ] {
        let shown = archive().run(form).expect(0).stdout;
        let is_active =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(
            !shown.contains(is_active) && shown.contains("Червоне"),
            "{shown:?}"
        );
    }
}

#[test]
fn the_json_is_as_described() {
    let archive = archive();
    let validator = validator("article-response.v1.schema.json");
    let bare = archive.run(&["show", "міст-1", "--json"]).expect(0).json();
    assert_valid(&validator, &bare);
    assert_eq!(bare["matches"], Value::Null);
    assert_eq!(bare["body"]["text"], LONG);
    let marked = archive
        .run(&["show", "міст-1", "--json", "--query", "ремонт"])
        .expect(0)
        .json();
    assert_valid(&validator, &marked);
    assert_eq!(marked["matches"], true);
    assert_eq!(marked["body"]["highlights"].as_array().unwrap().len(), 2);
    assert_eq!(marked["title"]["highlights_chars"][0]["start"], 16);
    let other = archive
        .run(&["show", "міст-1", "--json", "--query", "кіт"])
        .expect(0)
        .json();
    assert_eq!(other["matches"], false);
    let ran = archive.run(&["show", "міст-1", "--query", "("]).expect(2);
    assert!(ran.stderr.contains("error[Q"), "{ran:?}");
}
