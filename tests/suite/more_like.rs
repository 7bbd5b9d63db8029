//! Articles like another one: those that share the words that tell what it is about.

use crate::archive_fixture::{Line, TempArchive};
use crate::index_schema::validator;
use crate::sample::sample;
use serde_json::Value;
use shukach::search::{MoreLikeResponse, SearchError, SearchRequest, Searcher};
use std::path::Path;

/// Three articles on a bridge, two on strawberries, one on neither.
fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&[
        Line::new("міст-1", "Міст через Десну закрили на ремонт. Ремонт мосту триватиме довго, міст підсилять балками.")
            .titled("Міст закрили")
            .dated("2025-01-10")
            .from("Вісник"),
        Line::new("міст-2", "Ремонт мосту через Десну коштує мільйон, балки вже привезли.")
            .dated("2025-02-10")
            .from("Хвиля"),
        Line::new("міст-3", "Старим мостом через Десну їздять вантажівки.").dated("2025-03-10"),
        Line::new("полуниця-1", "Полуниця подешевшала: полуницю продають на кожному ринку."),
        Line::new("полуниця-2", "Варення з полуниці варять усі, бо полуниця цього року солодка."),
        Line::new("кіт", "Кіт спить на вікні."),
    ]);
    archive.index();
    archive
}

fn like(searcher: &Searcher, id: &str, request: &SearchRequest) -> MoreLikeResponse {
    searcher.more_like(id, request).unwrap()
}

fn ids(response: &MoreLikeResponse) -> Vec<&str> {
    response.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn those_that_share_most_of_the_telling_words_come_first_and_never_the_article_itself() {
    let searcher = archive().searcher();
    let response = like(&searcher, "міст-1", &SearchRequest::new(""));
    assert_eq!(ids(&response), ["міст-2", "міст-3"]);
    assert_eq!(response.total, 2);
    let telling: Vec<&str> = response
        .terms
        .iter()
        .map(|word| word.form.as_str())
        .collect();
    assert_eq!(telling[0], "Міст", "{telling:?}");
    for word in ["через", "на", "довго"] {
        assert!(!telling.contains(&word), "{word} in {telling:?}");
    }
    let response = like(&searcher, "полуниця-2", &SearchRequest::new(""));
    assert_eq!(ids(&response), ["полуниця-1"]);
    assert_eq!(like(&searcher, "кіт", &SearchRequest::new("")).total, 0);
}

#[test]
fn the_shared_words_are_marked() {
    let searcher = archive().searcher();
    let response = like(&searcher, "міст-1", &SearchRequest::new(""));
    let snippet = &response.hits[0].snippets[0];
    let marked: Vec<&str> = snippet
        .highlights
        .iter()
        .map(|range| range.of(&snippet.text))
        .collect();
    assert_eq!(marked, ["Ремонт", "мосту", "Десну", "балки"]);
}

#[test]
fn dates_sources_and_pages_bound_as_in_a_search() {
    let searcher = archive().searcher();
    let all = SearchRequest::new("");
    let of_source = all.clone().sources(vec!["Хвиля".to_owned()]);
    assert_eq!(ids(&like(&searcher, "міст-1", &of_source)), ["міст-2"]);
    let page = all.offset(1).limit(1);
    let response = like(&searcher, "міст-1", &page);
    assert_eq!((ids(&response), response.total), (vec!["міст-3"], 2));
    assert_eq!(response.hits[0].rank, 2);
}

#[test]
fn an_id_that_no_article_has_is_told_with_those_like_it() {
    let archive = archive();
    let error = archive
        .searcher()
        .more_like("міст-4", &SearchRequest::new(""))
        .unwrap_err();
    let SearchError::UnknownArticle { near, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(near, ["міст-1", "міст-2", "міст-3"]);
    let ran = archive.run(&["more-like", "пост-1"]).expect(2);
    assert_eq!(
        ran.stderr,
        "error: no article with the id пост-1; did you mean міст-1?\n"
    );
    let ran = archive.run(&["more-like", "зовсім-інше"]).expect(2);
    assert_eq!(ran.stderr, "error: no article with the id зовсім-інше\n");
    archive.run(&["more-like", "кіт"]).expect(1);
}

#[test]
fn an_article_is_also_known_by_the_path_of_its_file_if_that_holds_no_other() {
    let sample = sample();
    let found = sample.run(&["search", "гарантії безпеки", "--json", "--limit", "50"]);
    let found = found.expect(0).json();
    let hits = found["hits"].as_array().unwrap();
    let of_format = |format: &str| {
        let is_of_format = |hit: &&Value| {
            let path = Path::new(hit["path"].as_str().unwrap());
            path.extension()
                .is_some_and(|extension| extension == format)
        };
        hits.iter().find(is_of_format).unwrap()
    };
    let hit = of_format("txt");
    let by = |name: &Value| {
        let ran = sample.run(&["more-like", name.as_str().unwrap(), "--json"]);
        ran.expect(0).json()["hits"].clone()
    };
    assert_eq!(by(&hit["path"]), by(&hit["id"]));
    let many = of_format("jsonl");
    sample
        .run(&["more-like", many["path"].as_str().unwrap()])
        .expect(2);
}

#[test]
fn the_text_shows_the_words_and_the_articles_and_the_json_is_as_described() {
    let sample = sample();
    let id = "archive/halytskyi-shchodennyk/harantii-poiasnennia.md";
    let ran = sample.run(&["more-like", id, "--limit", "3"]).expect(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("Like Що таке гарантії безпеки") && lines[0].contains(" articles"),
        "{ran:?}"
    );
    assert!(lines[1].starts_with("гарантії, безпеки, "), "{ran:?}");
    assert!(ran.stdout.contains("[[безпеки]]"), "{ran:?}");
    let answer = sample.run(&["more-like", id, "--json"]).expect(0).json();
    let validator = validator("more-like-response.v1.schema.json");
    let errors: Vec<String> = validator
        .iter_errors(&answer)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(answer["id"], id);
}
