//! The user's own words: `--lexicon`.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{Ran, program, run, run_in};
use serde_json::Value;

/// An archive with a surname that no list knows and that is too short to be guessed, and a lexicon
/// of it.
fn archive() -> TempArchive {
    let articles = [
        Line::new(
            "книжка",
            "Нову книжку видала Юза, відома перекладачка з Полтави.",
        ),
        Line::new(
            "зустріч",
            "У бібліотеці відбулася зустріч із Юзою. Про Юзу писали торік.",
        ),
        Line::new("інше", "Бібліотека працює до шостої вечора, вхід вільний."),
    ];
    let archive =
        TempArchive::of_articles(&articles).file("../names.tsv", "# surnames\nЮза\tnoun-f-a\n");
    archive.run_index(&[]).expect(0);
    archive
}

fn ids(ran: &Ran) -> Vec<String> {
    let hits = ran.json()["hits"].as_array().unwrap().clone();
    let mut ids: Vec<_> = hits
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

fn search(archive: &TempArchive, arguments: &[&str]) -> Ran {
    let fixed = ["search", "--json"];
    archive.run(&[&fixed[..], arguments].concat())
}

#[test]
fn a_word_of_the_lexicon_is_found_in_all_its_forms_without_indexing_again() {
    let archive = archive();
    for query in ["Юза", "Юзи"] {
        let without = search(&archive, &[query]);
        assert!(
            !ids(&without).contains(&"зустріч".to_owned()),
            "{query}: {without:?}"
        );
        let with = search(&archive, &[query, "--lexicon", "names.tsv"]).expect(0);
        assert_eq!(ids(&with), ["зустріч", "книжка"], "{query}");
        let hits = with.json()["hits"].clone();
        let meeting = hits
            .as_array()
            .unwrap()
            .iter()
            .find(|hit| hit["id"] == "зустріч");
        let shown = meeting.unwrap()["snippets"].to_string();
        assert!(
            shown.contains("highlights") && shown.contains("Юзою"),
            "{shown}"
        );
    }
    let phrase = ["«зустріч із Юза»", "--lexicon", "names.tsv"];
    assert_eq!(ids(&search(&archive, &phrase).expect(0)), ["зустріч"]);
    search(&archive, &["=Юзи", "--lexicon", "names.tsv"]).expect(1);
}

#[test]
fn the_lexicon_may_be_named_once_for_all_searches() {
    let archive = archive();
    let with = |path: &str| {
        let mut command = program(archive.folder());
        command.env("SHUKACH_LEXICON", path);
        run(command.args(["search", "--json", "--index", "index", "Юзи"]))
    };
    assert_eq!(ids(&with("names.tsv").expect(0)), ["зустріч", "книжка"]);
    with("nowhere.tsv").expect(2);
}

#[test]
fn an_analysis_for_queries_shows_the_forms_that_the_lexicon_adds() {
    let archive = archive();
    let reasons = |side: &str| {
        let fixed = ["analyze", "--json", "--lexicon", "names.tsv", "Юзою"];
        let ran = run_in(archive.folder(), &[&fixed[..], &["--side", side]].concat()).expect(0);
        let keys = ran.json()["words"][0]["keys"].as_array().unwrap().clone();
        let of_lexicon = keys.into_iter().filter(|key| key["reason"] == "lexicon");
        of_lexicon
            .map(|key| key["key"].clone())
            .collect::<Vec<Value>>()
    };
    let forms = reasons("query");
    assert!(
        forms.contains(&Value::from("юза")) && forms.len() > 5,
        "{forms:?}"
    );
    assert_eq!(reasons("index"), Vec::<Value>::new());
    let table = [
        "analyze",
        "--side",
        "query",
        "--lexicon",
        "names.tsv",
        "Юзою",
    ];
    let table = run_in(archive.folder(), &table).expect(0);
    assert!(table.stdout.contains("юза (lexicon)"), "{table:?}");
}

#[test]
fn all_that_is_wrong_in_a_lexicon_is_told_with_its_line_and_the_way_out() {
    let archive = archive().file(
        "../bad.tsv",
        "Юза\tnoun-f-a\nЮза\n\nЮза\tnoun-f\nDoe\tnoun-m-hard\n",
    );
    for command in [
        &["search", "--index", "index", "Юза", "--lexicon", "bad.tsv"][..],
        &["analyze", "Юза", "--lexicon", "bad.tsv"],
    ] {
        let ran = run_in(archive.folder(), command).expect(2);
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), 3, "{ran:?}");
        for (line, (place, way)) in lines.iter().zip([
            (
                "error: bad.tsv:2: the pattern is missing",
                "write the lemma, a tab and one of",
            ),
            (
                "error: bad.tsv:4: no pattern is called \"noun-f\"",
                "write one of: adj",
            ),
            (
                "error: bad.tsv:5: \"Doe\" is no Ukrainian word",
                "of Ukrainian letters",
            ),
        ]) {
            assert!(line.starts_with(place) && line.contains(way), "{line}");
        }
    }
    let command = ["--lang", "uk", "analyze", "Юза", "--lexicon", "bad.tsv"];
    let ran = run_in(archive.folder(), &command).expect(2);
    for told in [
        "помилка: bad.tsv:2: бракує взірця відмінювання; запишіть початкову форму, табуляцію й один із взірців: adj",
        "помилка: bad.tsv:4: взірця відмінювання \"noun-f\" немає; запишіть один із таких: adj",
        "помилка: bad.tsv:5: \"Doe\" не є українським словом; запишіть одне слово",
    ] {
        assert!(ran.stderr.contains(told), "{ran:?}");
    }
}

#[test]
fn a_lexicon_that_is_missing_or_no_text_is_told() {
    let archive = archive().file("../latin.tsv", b"# \n\xd6ya\tnoun-f-a\n");
    let ran = run_in(
        archive.folder(),
        &["analyze", "Юза", "--lexicon", "nowhere.tsv"],
    );
    assert!(ran.expect(2).stderr.contains("cannot read nowhere.tsv"));
    let ran = run_in(
        archive.folder(),
        &["analyze", "Юза", "--lexicon", "latin.tsv"],
    )
    .expect(2);
    let told = "latin.tsv:2: this is not UTF-8; save the file in UTF-8";
    assert!(ran.stderr.contains(told), "{ran:?}");
}
