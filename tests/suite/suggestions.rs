//! A word that no article has is named, and what may have been meant is offered and never taken
//! unasked.

use crate::archive_fixture::{Line, TempArchive, json_lines, request};
use crate::cli_fixture::run_in;
use crate::readme::split;
use crate::sample::sample;
use proptest::prelude::*;
use shukach::date::Date;
use shukach::query::options::MatchMode;
use shukach::schema::Part;
use shukach::search::{SearchRequest, SearchResponse, Searcher, SuggestionKind};
use std::sync::OnceLock;

struct Articles {
    archive: TempArchive,
    searcher: Searcher,
}

/// A dozen short articles.
fn articles() -> &'static Articles {
    static ARTICLES: OnceLock<Articles> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let archive = TempArchive::shared(&[
            Line::new("1", "Гарантії безпеки обговорили союзники.").dated("2025-01-05"),
            Line::new("2", "Гарантій безпеки чекають усі.").dated("2025-02-05"),
            Line::new("3", "Об'єкт здали в експлуатацію, об'єкт охороняють."),
            Line::new("4", "Безпека польотів і міст через річку.").titled("Злітна смуга"),
            Line::new("5", "Володимир Зеленський відвідав Бровари."),
            Line::new("6", "Експериментальний реактор запустили вчора."),
            Line::new("7", "Українські висновки: мир і п'ять умов."),
            Line::new("8", "The Zelensky interview about drones."),
            Line::new("9", "Не все так просто, каже мер."),
            Line::new("10", "Полуницю продають на ринку."),
            Line::new("11", "Бюджет ухвалили, ґанок пофарбували."),
        ]);
        archive.index();
        let searcher = archive.searcher();
        Articles { archive, searcher }
    })
}

fn ask(request: &SearchRequest) -> SearchResponse {
    articles().searcher.search(request).unwrap()
}

/// Returns what is suggested first: its kind, the whole query, its hits.
fn first(query: &str) -> Option<(SuggestionKind, String, u64)> {
    let suggestion = ask(&request(query)).suggestions.into_iter().next()?;
    Some((suggestion.kind, suggestion.query, suggestion.hits))
}

#[test]
fn slips_of_the_finger_are_seen_through() {
    for (typed, meant) in [
        ("гаратнії", "гарантії"),
        ("гарантіії", "гарантії"),
        ("зеленськйи", "зеленський"),
        ("експерементальнй", "експериментальний"),
        ("юезпека", "безпека"),
        ("гарантії безпкеи", "гарантії безпеки"),
        ("«гарантії безпкеи»", "«гарантії безпеки»"),
        ("гаратнії безпкеи", "гарантії безпеки"),
        ("Зеленськйи ЗЕЛЕНСЬКЙИ", "Зеленський ЗЕЛЕНСЬКИЙ"),
    ] {
        let (kind, query, hits) = first(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((kind, query.as_str()), (SuggestionKind::Spelling, meant));
        assert!(hits > 0, "{typed}");
    }
}

#[test]
fn words_typed_in_another_layout_are_read_in_the_right_one() {
    for (typed, meant) in [
        ("ufhfynsq", "гарантій"),
        ("ufhfyns] ,tpgtrb", "гарантії безпеки"),
        ("<hjdfhb", "Бровари"),
        ("g`znm", "п'ять"),
        ("\\fyjr", "ґанок"),
        ("гарантыъ", "гарантії"),
        ("вкщтуі", "drones"),
        ("YT DCT GHJCNJ", "Не Все ПРОСТО"),
    ] {
        let (kind, query, hits) = first(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((kind, query.as_str()), (SuggestionKind::Layout, meant));
        assert!(hits > 0, "{typed}");
    }
}

#[test]
fn letters_of_the_neighbouring_language_are_put_right() {
    for (typed, meant) in [
        ("мыр", "мир"),
        ("обьєкт", "об'єкт"),
        ("украінські", "українські"),
    ] {
        let (kind, query, _) = first(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((kind, query.as_str()), (SuggestionKind::Letters, meant));
    }
}

#[test]
fn spaces_left_out_or_added_are_put_right() {
    let (_, query, hits) = first("гарантіїбезпеки").unwrap();
    assert_eq!((query.as_str(), hits), ("гарантії безпеки", 2));
    let (_, query, _) = first("поль отів").unwrap();
    assert_eq!(query, "польотів");
    // Both halves are words of the archive, but they never stand side by side.
    assert_eq!(first("мербюджет"), None);
}

#[test]
fn the_words_without_hits_are_named_with_their_place() {
    let query = "безпека абракадабра «мир ґедзнутий» -хтозна";
    let response = ask(&request(query));
    let words: Vec<&str> = response
        .words_without_hits
        .iter()
        .map(|word| word.range.of(query))
        .collect();
    assert_eq!(words, ["абракадабра", "ґедзнутий"]);
    assert_eq!(response.words_without_hits[0].word, "абракадабра");
    assert!(response.words_alone.is_empty() && response.match_any_hits.is_some());
}

#[test]
fn a_word_that_is_there_in_another_form_or_spelling_is_not_missing() {
    for query in ["гарантіями", "проект", "Зеленский", "=гарантіями"]
    {
        assert!(ask(&request(query)).suggestions.is_empty(), "{query}");
    }
    assert!(ask(&request("Зеленский")).words_without_hits.is_empty());
}

#[test]
fn where_each_word_is_found_but_not_together_the_counts_tell() {
    let response = ask(&request("безпека полуниця"));
    assert_eq!(response.total, Some(0));
    assert!(response.words_without_hits.is_empty() && response.suggestions.is_empty());
    let counts: Vec<(&str, u64)> = response
        .words_alone
        .iter()
        .map(|word| (word.word.as_str(), word.articles))
        .collect();
    assert_eq!(counts, [("безпека", 3), ("полуниця", 1)]);
    assert_eq!(response.match_any_hits, Some(4));
    assert!(ask(&request("безпека міст")).words_alone.is_empty());
}

#[test]
fn a_word_counts_as_missing_where_it_is_not_searched() {
    let in_titles = request("смга").parts(vec![Part::Title]);
    assert_eq!(ask(&in_titles).suggestions[0].replacement, "смуга");
    let elsewhere = in_titles.query("полуниця".to_owned());
    assert_eq!(ask(&elsewhere).words_without_hits.len(), 1);
}

#[test]
fn hits_of_a_suggestion_are_those_of_its_query_within_the_same_dates() {
    let bounded = request("гаратнії безпеки").from(Some(Date::parse("2025-02").unwrap()));
    let suggestion = ask(&bounded).suggestions.remove(0);
    assert_eq!(suggestion.hits, 1);
    let mended = bounded.query(suggestion.query);
    assert_eq!(ask(&mended).total, Some(suggestion.hits));
}

#[test]
fn nothing_is_replaced_unasked_and_what_is_replaced_is_told() {
    let mut any = request("гаратнії бюджет");
    any.options.match_mode = MatchMode::Any;
    let response = ask(&any);
    assert_eq!((response.total, response.hits.len()), (Some(1), 1));
    assert_eq!(response.words_without_hits[0].word, "гаратнії");
    assert!(response.notices.is_empty());
    let accepting = any.accept_suggestions(true);
    let response = ask(&accepting);
    assert_eq!(response.total, Some(3));
    assert_eq!(response.query, "гаратнії бюджет");
    assert_eq!(response.understood, "гарантії OR бюджет");
    let notice = &response.notices[0];
    assert_eq!(notice.code, "N030");
    assert!(notice.message.contains("\"гаратнії\"") && notice.message.contains("\"гарантії\""));
}

#[test]
fn a_run_tells_its_replacements_on_standard_error() {
    let archive = &articles().archive;
    let ran = archive
        .run(&[
            "search",
            "гаратнії",
            "--accept-suggestions",
            "--format",
            "trec",
        ])
        .expect(0);
    assert_eq!(ran.stdout.lines().count(), 2, "{ran:?}");
    assert!(ran.stderr.starts_with("note[N030]: "), "{ran:?}");
    let ran = archive
        .run(&["search", "гаратнії", "--format", "trec"])
        .expect(1);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn the_command_that_is_shown_gives_what_it_promises() {
    let archive = &articles().archive;
    for arguments in [
        &["search", "гаратнії", "--from", "2025"][..],
        &["search", "обєкт", "--in", "body", "--no-translit"],
        &["search", "обєкт -мер", "--match", "any", "--limit", "3"],
        &["search", "безпека полуниця", "--sort", "-date"],
    ] {
        let ran = archive.run(arguments);
        let command = ran
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix("    shukach "))
            .unwrap_or_else(|| panic!("{arguments:?}: {ran:?}"));
        let (command, promise) = command.rsplit_once("  (").unwrap();
        let again = run_in(
            archive.folder(),
            &split(command)
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        )
        .expect(0);
        let count = promise.split([')', ',']).next().unwrap();
        assert!(
            again
                .stdout
                .lines()
                .next()
                .unwrap()
                .contains(&format!(" · {count} · ")),
            "{command}: {again:?}"
        );
    }
}

#[test]
fn a_query_without_hits_in_the_sample_is_answered_with_the_right_one() {
    let ran = sample()
        .run(&["search", "ufhfyns] ,tpgtrb", "--color", "never"])
        .expect(1);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[1], "No article has \"ufhfyns\" or \"tpgtrb\".");
    assert_eq!(lines[2], "Did you mean:");
    assert!(
        lines[3].starts_with("    shukach search 'гарантії безпеки' --index ")
            && lines[3].ends_with(" articles, in another keyboard layout)"),
        "{ran:?}"
    );
}

#[test]
fn a_mistyped_name_of_a_source_is_answered_with_the_right_one() {
    let ran = sample()
        .run(&["search", "міст source:Хвелля", "--color", "never"])
        .expect(1);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[1], "No article has \"source:Хвелля\".");
    assert_eq!(lines[2], "Did you mean:");
    assert!(
        lines[3].starts_with("    shukach search 'міст source:\"Хвиля Поділля\"' --index "),
        "{ran:?}"
    );
    for (query, word, replacement) in [
        (
            "міст source:=\"Хвиля Поділя\" OR зззз",
            "source:=\"Хвиля Поділя\"",
            "source:=\"Хвиля Поділля\"",
        ),
        ("джерело:(Поділя OR Волинь)", "Поділя", "\"Хвиля Поділля\""),
    ] {
        let json = sample().run(&["search", query, "--json"]).expect(1).json();
        let suggestion = &json["suggestions"][0];
        assert_eq!(suggestion["word"], word, "{json:#}");
        assert_eq!(suggestion["replacement"], replacement);
        let asked = suggestion["query"].as_str().unwrap();
        let found = sample().run(&["search", asked, "--json"]).json();
        assert_eq!(found["total"], suggestion["hits"], "{asked}");
        assert_ne!(found["total"], 0, "{asked}");
    }
    let ran = sample()
        .run(&["search", "міст source:Щоденник2", "--json"])
        .expect(1);
    assert_eq!(
        ran.json()["words_without_hits"][0]["word"],
        "source:Щоденник2"
    );
}

#[test]
fn mistyped_words_and_values_are_mended_together() {
    let asked = "мст source:\"Хвиля Поділя\"";
    let json = sample().run(&["search", asked, "--json"]).expect(1).json();
    for suggestion in json["suggestions"].as_array().unwrap() {
        assert_eq!(
            suggestion["query"], "міст source:\"Хвиля Поділля\"",
            "{json:#}"
        );
        assert_ne!(suggestion["hits"], 0, "{json:#}");
    }
    assert!(
        json["suggestions"].as_array().unwrap().len() >= 2,
        "{json:#}"
    );
    let accepted = ["search", asked, "--json", "--accept-suggestions"];
    let json = sample().run(&accepted).expect(0).json();
    assert_eq!(json["notices"][0]["code"], "N030");
    assert_eq!(json["notices"][1]["code"], "N030");
}

#[test]
fn a_source_of_no_article_is_told_wherever_sources_can_be_chosen() {
    for command in ["search", "count", "timeline", "kwic"] {
        let ran = sample().run(&[command, "міст", "--source", "Хвиля Поділя", "--json"]);
        let json = ran.json();
        let notices = match command {
            "count" | "timeline" => &json["queries"][0]["notices"],
            _ => &json["notices"],
        };
        assert_eq!(notices[0]["code"], "N050", "{json:#}");
        assert_eq!(
            notices[0]["message"],
            "no article is of the source \"Хвиля Поділя\"; did you mean \"Хвиля Поділля\"?"
        );
        let ran = sample().run(&[command, "міст", "--source", "Хвиля Поділля", "--json"]);
        assert!(!ran.stdout.contains("N050"), "{ran:?}");
    }
    let ran = sample().run(&["search", "міст", "--source", "Zzz", "-c", "--lang", "uk"]);
    assert_eq!(
        ran.stderr,
        "примітка[N050]: джерела \"Zzz\" не має жодна стаття; перелік джерел показує shukach info\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_suggestion_finds_what_it_promises_and_its_places_fit(
        words in proptest::collection::vec("(гарантії|гаратнії|безпек|мыр|ufhfynsq|обєкт|[а-яіїєґ']{2,7}|[a-z;,]{2,6})", 1..4),
    ) {
        let query = words.join(" ");
        let asked = request(&query);
        let Ok(response) = articles().searcher.search(&asked) else { return Ok(()) };
        for word in &response.words_without_hits {
            prop_assert_eq!(word.range.of(&query), &word.word);
        }
        for suggestion in response.suggestions {
            prop_assert_eq!(suggestion.range.of(&query), &suggestion.word);
            let mended = asked.clone().query(suggestion.query);
            prop_assert_eq!(ask(&mended).total, Some(suggestion.hits));
        }
    }
}

#[test]
fn what_was_removed_is_neither_found_nor_suggested() {
    // So many that the segment is not written anew for one.
    let others = |n| Line::new(&format!("мир-{n}"), "Мир тримається на довірі.");
    let others: Vec<Line> = (0..9).map(others).collect();
    let archive = TempArchive::of_articles(&others).file(
        "gone.jsonl",
        json_lines(&[Line::new("gone", "Унікалізація гарантій.")]),
    );
    archive.index();
    archive.remove("gone.jsonl");
    archive.index();
    let ran = archive.run(&["search", "--json", "унікалізація"]).expect(1);
    assert_eq!(ran.json()["words_without_hits"][0]["word"], "унікалізація");
    let ran = archive.run(&["search", "--json", "унікалізацыя"]).expect(1);
    assert_eq!(ran.json()["suggestions"].as_array().unwrap().len(), 0);
    let ran = archive.run(&["more-like", "gonn"]).expect(2);
    assert!(!ran.stderr.contains("did you mean"), "{ran:?}");
}
