//! Answers as text, JSON and TREC runs, as golden files.

use crate::locale::Locale;
use crate::query::Notice;
use crate::render::layout::Layout;
use crate::render::shell::SearchCommand;
use crate::render::style::Style;
use crate::render::{json, text, trec};
use crate::search::Timeline;
use crate::search::{
    CollectionSummary, FacetCount, Facets, Hit, IndexSummary, MatchedBy, QueryWord, SearchResponse,
    Snippet, Suggestion, SuggestionKind, TimelineBucket, WordCount,
};
use crate::text::{ByteRange, char_ranges};
use serde_json::Value;

/// Returns the range of the first `word` in `text`.
fn range(text: &str, word: &str) -> ByteRange {
    let start = text.find(word).unwrap();
    ByteRange::new(start, start + word.len())
}

fn hit(rank: u64, title: &str, marked: &[&str]) -> Hit {
    Hit {
        rank,
        id: format!("стаття-{rank}"),
        score: 12.5 / f32::from(u8::try_from(rank).unwrap()),
        title: title.to_owned(),
        title_highlights_chars: char_ranges(
            title,
            &marked
                .iter()
                .map(|word| range(title, word))
                .collect::<Vec<_>>(),
        ),
        matched_by: MatchedBy::Words,
        copies: None,
        title_highlights: marked.iter().map(|word| range(title, word)).collect(),
        published: None,
        date_source: None,
        source: None,
        section: None,
        author: None,
        url: None,
        path: format!("/архів/{rank}.txt"),
        lang: "uk".to_owned(),
        snippets: Vec::new(),
        explanation: None,
        first_words: None,
        collection: "архів".to_owned(),
        line: None,
        places: Vec::new(),
        lead: String::new(),
        body: String::new(),
        tags: Vec::new(),
    }
}

fn snippet(text: &str, marked: &[&str]) -> Snippet {
    Snippet {
        part: "body",
        text: text.to_owned(),
        highlights_chars: char_ranges(
            text,
            &marked
                .iter()
                .map(|word| range(text, word))
                .collect::<Vec<_>>(),
        ),
        highlights: marked.iter().map(|word| range(text, word)).collect(),
        offset_bytes: 40,
        offset_chars: 22,
        sentence: 2,
        is_cut_before: false,
        is_cut_after: false,
    }
}

/// An answer with everything that an answer can have.
fn answer() -> SearchResponse {
    let full = Hit {
        published: Some("2025-12-28T18:15:14+02:00".to_owned()),
        date_source: Some("json-ld".to_owned()),
        source: Some("Галицький щоденник".to_owned()),
        section: Some("Політика".to_owned()),
        author: Some("Марта Гецко, Іван Рись".to_owned()),
        url: Some("https://example.org/zustrich".to_owned()),
        snippets: vec![
            Snippet {
                is_cut_before: true,
                is_cut_after: true,
                ..snippet(
                    "про це говорили всю ніч, і щойно під ранок делегації погодилися, що гарантій безпеки в розумінні \
                     бухгалтера не існує взагалі: є ціна ризику, і її можна знижувати власними силами — укриттям",
                    &["гарантій", "безпеки"],
                )
            },
            snippet("Задоволений гарантіями лише бухгалтер.", &["гарантіями"]),
        ],
        ..hit(
            1,
            "Гарантії безпеки: що про них кажуть ті, хто їх дає, і ті, хто на них чекає вже четверту зиму",
            &["Гарантії", "безпеки"],
        )
    };
    let dirty = Hit {
        published: Some("2025".to_owned()),
        snippets: vec![snippet(
            concat!(
                "\u{1b}[31m",
                "ТЕРМІНОВО\u{1b}[0m: набрано\nзадом\tнаперед \u{202e}гарантії\u{202c} і \u{9b}31m\u{7}кінець"
            ),
            &["гарантії"],
        )],
        path: "/архів/\u{1b}]0;назва\u{7}.txt".to_owned(),
        ..hit(2, concat!("\u{1b}[2J", "Брудний \u{202e}заголовок"), &[])
    };
    let bare = Hit {
        matched_by: MatchedBy::Conditions,
        ..hit(10, "", &[])
    };
    let month = |period: &str, count| TimelineBucket {
        period: period.to_owned(),
        count,
        share: None,
    };
    let mut source: Vec<FacetCount> = (0..12)
        .map(|n| FacetCount {
            value: format!("Районна газета № {n}"),
            count: 12 - n,
        })
        .collect();
    source.insert(
        0,
        FacetCount {
            value: "Дуже довга назва видання, яке виходить у трьох областях щотижня".to_owned(),
            count: 120,
        },
    );
    SearchResponse {
        query_id: None,
        schema_version: 1,
        query: "гарантії \u{202e}безпеки".to_owned(),
        understood: "гарантії AND безпеки".to_owned(),
        total: Some(205),
        copies: None,
        is_unique: false,
        partial: false,
        took_ms: 3.2,
        hits: vec![full, dirty, bare],
        facets: Some(Facets {
            timeline: Some(Timeline {
                by: "month",
                buckets: vec![
                    month("2025-11", 3),
                    month("2025-12", 160),
                    month("2026-01", 0),
                    month("2026-02", 41),
                ],
                undated: 1,
            }),
            source,
            without_source: 7,
            fields: Vec::new(),
        }),
        notices: vec![Notice {
            code: "N011",
            message: "усі слова — великими літерами".to_owned(),
        }],
        words_without_hits: Vec::new(),
        suggestions: Vec::new(),
        words_alone: Vec::new(),
        match_any_hits: None,
        next_cursor: None,
    }
}

fn as_text(response: &SearchResponse, style: Style, width_columns: usize) -> String {
    let mut out = Vec::new();
    text::write(
        response,
        &SearchCommand::default(),
        Layout {
            style,
            width_columns,
            locale: Locale::English,
            links: None,
        },
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

fn as_json(response: &SearchResponse) -> String {
    let mut out = Vec::new();
    json::write(response, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_answer_fits_into_60_columns() {
    insta::assert_snapshot!(as_text(&answer(), Style::Plain, 60));
}

#[test]
fn an_answer_fits_into_100_columns() {
    insta::assert_snapshot!(as_text(&answer(), Style::Plain, 100));
}

#[test]
fn an_answer_fits_into_160_columns() {
    insta::assert_snapshot!(as_text(&answer(), Style::Plain, 160));
}

#[test]
fn an_answer_has_colours_where_they_are_wanted() {
    let shown = as_text(&answer(), Style::Colour, 100).replace('\u{1b}', "ESC");
    insta::assert_snapshot!(shown);
}

#[test]
fn an_answer_without_hits_says_so() {
    let none = SearchResponse {
        total: Some(0),
        hits: Vec::new(),
        facets: Some(Facets {
            timeline: Some(Timeline {
                by: "month",
                buckets: Vec::new(),
                undated: 0,
            }),
            source: Vec::new(),
            without_source: 0,
            fields: Vec::new(),
        }),
        notices: Vec::new(),
        ..answer()
    };
    insta::assert_snapshot!(as_text(&none, Style::Plain, 100), @r"
    гарантії �безпеки · no articles · 3 ms
    Try fewer words, another spelling, or --match any for articles with some of the words.
    ");
}

/// An answer without hits.
fn nothing(query: &str) -> SearchResponse {
    SearchResponse {
        query: query.to_owned(),
        total: Some(0),
        hits: Vec::new(),
        facets: Some(Facets {
            timeline: None,
            source: Vec::new(),
            without_source: 0,
            fields: Vec::new(),
        }),
        notices: Vec::new(),
        ..answer()
    }
}

#[test]
fn an_answer_without_hits_offers_other_queries_as_commands() {
    let query = "об\'єктт ,tp \u{1b}слво";
    let suggestion = |kind, word: &str, (mended, hits): (&str, u64)| Suggestion {
        kind,
        word: word.to_owned(),
        range: range(query, word),
        replacement: "слово".to_owned(),
        query: mended.to_owned(),
        hits,
    };
    let all = ("об\'єкт без слово", 12);
    let advised = SearchResponse {
        words_without_hits: ["об\'єктт", "tp", "слво"]
            .map(|word| QueryWord {
                word: word.to_owned(),
                range: range(query, word),
            })
            .into(),
        suggestions: vec![
            suggestion(SuggestionKind::Spelling, "об\'єктт", all),
            suggestion(SuggestionKind::Layout, ",tp", all),
            suggestion(
                SuggestionKind::Layout,
                ",tp",
                ("об\'єкт бе\u{9b}зе слово", 1),
            ),
            suggestion(SuggestionKind::Letters, "слво", ("об\'єкт без слава", 0)),
        ],
        ..nothing(query)
    };
    insta::assert_snapshot!(as_text(&advised, Style::Plain, 100));
    assert_passive(&as_text(&advised, Style::Plain, 100));
}

#[test]
fn an_answer_without_hits_counts_the_words_alone() {
    let query = "кіт пес";
    let count = |word: &str, articles| WordCount {
        word: word.to_owned(),
        range: range(query, word),
        articles,
    };
    let apart = SearchResponse {
        words_alone: vec![count("кіт", 1), count("пес", 30)],
        match_any_hits: Some(31),
        ..nothing(query)
    };
    insta::assert_snapshot!(as_text(&apart, Style::Plain, 100));
}

#[test]
fn an_answer_as_json_is_the_answer() {
    let shown = as_json(&answer());
    insta::assert_snapshot!(shown);
    let value: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(value, serde_json::json!(answer()));
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    for width in [1, 60, 200] {
        assert_passive(&as_text(&answer(), Style::Plain, width));
    }
    assert_passive(&as_json(&answer()));
}

#[track_caller]
fn assert_passive(shown: &str) {
    let active = shown.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || ('\u{202a}'..='\u{202e}').contains(c)
            || ('\u{2066}'..='\u{2069}').contains(c)
    });
    assert_eq!(active, None, "{shown:?}");
}

#[test]
fn an_index_is_summed_up() {
    let count = |value: &str, count| FacetCount {
        value: value.to_owned(),
        count,
    };
    let summary = IndexSummary {
        schema_version: 1,
        path: "/архів/index".to_owned(),
        articles: 69,
        repeats: 2,
        first_day: Some("2025-01-01".to_owned()),
        last_day: Some("2026-06-14".to_owned()),
        undated: 2,
        date_sources: vec![count("field", 60), count("estimate", 7)],
        sources: vec![count("Хвиля Поділля", 21), count("Kyiv Courier", 4)],
        languages: vec![count("uk", 60), count("ru", 5)],
        collections: vec![CollectionSummary {
            name: "архів".to_owned(),
            articles: 69,
            first_day: Some("2025-01-01".to_owned()),
            last_day: Some("2026-06-14".to_owned()),
            roots: vec!["/архів".to_owned(), "/диск/архів".to_owned()],
        }],
        map: Some("title=headline,body=content.text".to_owned()),
        size_bytes: 1_234_567,
        segments: 3,
        format: 1,
        analyzer: 2,
        dictionary: "словник 1.0".to_owned(),
        dictionary_fingerprint: "0123456789abcdef".to_owned(),
        cluster: None,
    };
    let mut out = Vec::new();
    let layout = Layout {
        style: Style::Plain,
        width_columns: 80,
        locale: Locale::English,
        links: None,
    };
    text::write_summary(&summary, layout, &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn a_ranking_is_a_trec_run() {
    let mut out = Vec::new();
    let ranking = [("стаття-1", 12.5), ("archive/2.txt", 0.25)];
    trec::write("q01", (1..).zip(ranking), &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
    q01 Q0 стаття-1 1 12.500000 shukach
    q01 Q0 archive/2.txt 2 0.250000 shukach
    ");
}
