//! Answers to people who read Ukrainian: what is not from the archive is in their language.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::run_in;
use crate::sample::{archive, sample};
use insta::assert_snapshot;

/// Runs the program on the sample archive in Ukrainian and returns what it prints, without what
/// differs from computer to computer.
fn shown(arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend(["--lang", "uk"]);
    let ran = sample().run(&all);
    assert_eq!(ran.stderr, "", "{arguments:?}");
    let shown = ran.stdout.replace(archive().to_str().unwrap(), "ARCHIVE");
    let index = sample().index_path();
    let shown = shown.replace(index.to_str().unwrap(), "INDEX");
    // How much an article weighs is of no concern here.
    let lines = shown.lines().map(|line| match line.split_once("вага ") {
        Some((before, _)) => format!("{before}вага …\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn an_answer_has_ukrainian_headings_and_counts() {
    let search = [
        "search",
        "«гарантія безпеки» OR date:2018",
        "--no-timing",
        "-n",
        "2",
        "--sort",
        "date",
        "--facet",
        "section",
        "--facet",
        "year",
    ];
    assert_snapshot!("search", shown(&search));
    let long = [
        "search",
        "date:2025..2026",
        "--no-timing",
        "-n",
        "0",
        "--by",
        "day",
    ];
    assert_snapshot!("search_by_day", shown(&long));
}

#[test]
fn an_answer_without_hits_offers_other_queries_in_ukrainian() {
    assert_snapshot!(
        "mistyped",
        shown(&["search", "гаратнії ,tpgtrb", "--no-timing"])
    );
    assert_snapshot!(
        "too_many_words",
        shown(&["search", "міст замок кіт школа", "--no-timing"])
    );
    assert_snapshot!(
        "other_dates",
        shown(&["search", "кіт замок", "--to", "1999", "--no-timing"])
    );
}

#[test]
fn counts_and_timelines_have_ukrainian_headings() {
    assert_snapshot!(
        "count",
        shown(&[
            "count",
            "міст",
            "школа",
            "--by",
            "year",
            "--facet",
            "source"
        ])
    );
    assert_snapshot!("timeline", shown(&["timeline", "гарантії", "--by", "year"]));
}

#[test]
fn concordances_and_articles_have_ukrainian_labels() {
    assert_snapshot!("kwic", shown(&["kwic", "школа", "-n", "3", "--no-timing"]));
    let path = archive().join("khvylia-podillia/mist-vidkryly.md");
    let shown = shown(&["show", path.to_str().unwrap(), "--query", "кіт"]);
    let head: Vec<&str> = shown.lines().take(12).collect();
    assert_snapshot!("article", head.join("\n"));
}

#[test]
fn an_index_is_built_and_summed_up_in_ukrainian() {
    let archive =
        TempArchive::of_articles(&[Line::new("а", "Кіт спить."), Line::new("б", "Пес спить.")])
            .file("c.txt", "\0");
    let ran = archive.run(&["index", "archive", "--lang", "uk"]).expect(3);
    let counts = "2 статті у 2 файлах: додано 2, змінено 0, без змін 0, вилучено 0, не прочитано 1";
    assert_eq!(ran.stdout.lines().next(), Some(counts));
    let failed = "c.txt: це не текст: літер тут замало, див. байт 0";
    assert!(
        ran.stderr.contains("не прочитано: ") && ran.stderr.contains(failed),
        "{ran:?}"
    );
    let shown = archive.run(&["info", "--lang", "uk"]).expect(0).stdout;
    for part in [
        "статті     2\n",
        "дати       немає, 2 без дати\n",
        "\nМови\n",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let alike = archive
        .run(&["more-like", "а", "--lang", "uk"])
        .expect(0)
        .stdout;
    assert!(alike.starts_with("Схожі на "), "{alike}");
    let parsed = archive.run(&["search", "кіт ^2", "--lang", "uk"]);
    assert!(parsed.stdout.contains("примітка[N012]: "), "{parsed:?}");
}

#[test]
fn trees_of_queries_and_analysed_texts_are_labelled_in_ukrainian() {
    let tree = run_in(sample().folder(), &["parse", "кіт -=пес", "--lang", "uk"]);
    for part in [
        "усе з цього\n",
        "└─ без цього\n",
        "слово пес (точна форма)\n",
    ] {
        assert!(tree.stdout.contains(part), "{part} in {tree:?}");
    }
    let words = run_in(
        sample().folder(),
        &["analyze", "Кота бачили в місті", "--lang", "uk"],
    );
    for part in ["мова: uk\n", "ключі\n", "(словник)\n"] {
        assert!(words.stdout.contains(part), "{part} in {words:?}");
    }
}
