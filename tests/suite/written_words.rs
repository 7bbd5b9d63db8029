//! Words as people write them: euphony, endings behind numbers and Latin names, designations,
//! units, dates, names in other scripts, halves.

use crate::archive_fixture::{Line, TempArchive, found};
use crate::sample::repository;
use shukach::analysis::words::sentence::sentences;
use shukach::search::SearchRequest;
use std::fs;

#[test]
fn words_are_found_however_they_are_written() {
    let list =
        String::from_utf8(fs::read(repository().join("tests/queries/written-words.tsv")).unwrap())
            .unwrap();
    let cases: Vec<Vec<&str>> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let mut texts: Vec<&str> = cases.iter().map(|case| case[0]).collect();
    texts.sort_unstable();
    texts.dedup();
    let id = |text: &str| format!("t{}", texts.binary_search(&text).unwrap());
    let lines: Vec<Line> = texts
        .iter()
        .map(|text| Line::new(&id(text), text))
        .collect();
    let searcher = TempArchive::of_articles(&lines).indexed();
    let mut wrong = Vec::new();
    for case in &cases {
        let [text, query, expected] = case.as_slice() else {
            panic!("{case:?}");
        };
        if found(&searcher, query).contains(&id(text)) != (*expected == "yes") {
            wrong.push(format!("{query} | {text} | {expected}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn sentences_end_where_people_end_them() {
    let list =
        String::from_utf8(fs::read(repository().join("tests/queries/sentences.txt")).unwrap())
            .unwrap();
    let (mut right, mut found_in_all, mut marked_in_all) = (0, 0, 0);
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let line = line.replace("\\n", "\n");
        let text = line.replace('|', "");
        let mut marked = Vec::new();
        let mut at = 0;
        for sentence in line.split('|') {
            marked.push(at);
            at += sentence.len();
        }
        let found: Vec<usize> = sentences(&text).iter().map(|range| range.start).collect();
        // The first sentence begins anyway.
        let is_right = |start: &&usize| **start > 0 && marked.contains(start);
        right += found.iter().filter(is_right).count();
        found_in_all += found.len() - 1;
        marked_in_all += marked.len() - 1;
    }
    assert!(marked_in_all >= 540, "only {marked_in_all}");
    // F1 is 2 · right / (found + marked); at least .98.
    assert!(
        200 * right >= 98 * (found_in_all + marked_in_all),
        "{right} of {found_in_all}, {marked_in_all}"
    );
}

#[test]
fn articles_with_the_typed_gender_of_a_surname_come_first() {
    let his = "Зеленський прибув до Одеси. Зеленського зустріли, Зеленському вручили квіти. З ним \
               була Олена. Залужний чекав, про Залужного писали.";
    let hers = "Школу відкрила Олена Зеленська, а Білозірна співала.";
    let archive = TempArchive::of_articles(&[
        Line::new("his", his),
        Line::new("hers", hers),
        Line::new(
            "both",
            "На прийомі були Зеленські: промову Зеленської слухали, Зеленського теж.",
        ),
        Line::new(
            "singer",
            "Білозірний заспівав, і Білозірного слухали. Пісню написала Ольга.",
        ),
    ]);
    let searcher = archive.indexed();
    let order = |query: &str| {
        let found = searcher.search(&SearchRequest::new(query)).unwrap();
        found.hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>()
    };
    for query in ["Зеленська", "Зеленської", "зеленською", "Зеленську"]
    {
        let found = order(query);
        assert_eq!(
            found.last().map(String::as_str),
            Some("his"),
            "{query}: {found:?}"
        );
        assert_eq!(found.len(), 3, "{query}: {found:?}");
    }
    for query in ["Олена Зеленська", "Зеленською Оленою", "олени зеленської"]
    {
        assert_eq!(order(query), ["hers", "his"], "{query}");
    }
    for query in ["Зеленський", "зеленського", "Зеленському"] {
        let found = order(query);
        assert_eq!(
            found.last().map(String::as_str),
            Some("hers"),
            "{query}: {found:?}"
        );
        assert_eq!(found.len(), 3, "{query}: {found:?}");
    }
    assert_eq!(order("Білозірний"), ["singer", "hers"]);
    assert_eq!(order("Білозірна"), ["hers", "singer"]);
}
