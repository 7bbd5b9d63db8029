//! Natural phrases: words of closed classes lift articles and leave none out.

use crate::archive_fixture::{Line, TempArchive};
use crate::sample::{repository, sample};
use shukach::search::SearchRequest;
use std::collections::BTreeSet;
use std::fs;

fn found(request: &SearchRequest) -> BTreeSet<String> {
    let request = request.clone().limit(100);
    let hits = sample().searcher.search(&request).unwrap().hits;
    hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_natural_phrase_finds_what_its_content_words_find() {
    let list =
        String::from_utf8(fs::read(repository().join("tests/queries/function-words.tsv")).unwrap())
            .unwrap();
    let pairs: Vec<(&str, &str)> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    assert!(pairs.len() >= 100, "only {}", pairs.len());
    let mut with_hits = 0;
    for (phrase, content) in pairs {
        let found_by_phrase = found(&SearchRequest::new(phrase));
        assert_eq!(
            found_by_phrase,
            found(&SearchRequest::new(content)),
            "{phrase}"
        );
        with_hits += usize::from(!found_by_phrase.is_empty());
    }
    assert!(with_hits >= 50, "only {with_hits} phrases find anything");
}

#[test]
fn strict_words_plus_and_equals_require_them() {
    let free = found(&SearchRequest::new("світло для дому"));
    let mut strict = SearchRequest::new("гарантії після дощу");
    strict.options.has_strict_words = true;
    for request in [
        strict,
        SearchRequest::new("гарантії +після дощу"),
        SearchRequest::new("гарантії =після дощу"),
    ] {
        assert!(found(&request).is_subset(&found(&SearchRequest::new("гарантії дощу"))));
    }
    assert!(found(&SearchRequest::new("світло +для дому")).is_subset(&free));
}

#[test]
fn an_article_with_the_word_near_comes_first_and_one_without_it_is_found() {
    let archive = TempArchive::of_articles(&[
        Line::new("far", "Допомога США надійшла. Від учора тихо."),
        Line::new("none", "Допомога США надійшла учора."),
        Line::new("near", "Допомога від США надійшла учора."),
    ]);
    archive.index();
    let ids = |query: &str| {
        let ran = archive.run(&["search", query, "--format", "ids"]);
        ran.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = ids("допомога від США");
    assert_eq!(all.len(), 3);
    assert_eq!((all[0].as_str(), all[2].as_str()), ("near", "none"));
    assert_eq!(ids("допомога +від США").len(), 2);
    assert_eq!(ids("допомога =від США").len(), 2);
    assert_eq!(ids("«допомога від США»"), ["near"]);
    assert_eq!(ids("від").len(), 2);
    let ran = archive.run(&[
        "search",
        "допомога від США",
        "--strict-words",
        "--format",
        "ids",
    ]);
    assert_eq!(ran.stdout.lines().count(), 2);
}

#[test]
fn the_optional_words_are_told() {
    let archive = TempArchive::of_articles(&[Line::new("a", "Допомога від США надійшла учора.")]);
    archive.index();
    let ran = archive.run(&["search", "допомога від США", "--explain", "--lang", "en"]);
    assert!(ran.stdout.contains("від (optional; "), "{}", ran.stdout);
    let told = format!("{}{}", ran.stdout, ran.stderr);
    assert!(told.contains("N016") && told.contains("+від"), "{told}");
}

#[test]
fn where_no_article_has_all_words_those_with_some_are_offered() {
    let archive = TempArchive::of_articles(&[
        Line::new("a", "Міст відкрили."),
        Line::new("b", "Кіт знайшовся."),
    ]);
    archive.index();
    let ran = archive.run(&["search", "міст для кота", "--lang", "en"]);
    assert!(ran.stdout.contains("--match any"), "{}", ran.stdout);
    assert!(ran.stdout.contains("2 articles"), "{}", ran.stdout);
}
