//! A concordance: every occurrence between the words around it.

use crate::archive_fixture::{Line, TempArchive};
use crate::index_schema::{assert_valid, validator};
use serde_json::Value;
use shukach::render::kwic;
use shukach::render::layout::Layout;
use shukach::render::style::Style;
use shukach::search::{KwicRequest, KwicResponse, KwicSort, SearchRequest, Searcher};
use shukach::text::{ByteRange, char_count};

fn archive() -> TempArchive {
    TempArchive::of_articles(&[
        Line::new("а", "Старий міст закрили. Новий міст відкриють, бо ґанок та село чекають на мости\u{301}.")
            .titled("Міст і село")
            .dated("2025-01-10")
            .from("Ґанок"),
        Line::new("б", "Великий ремонт мосту; ремонт старого мосту 東京 триває довше, ніж обіцяли всі, хто за нього відповідав.")
            .dated("2024-03")
            .from("Вісник"),
        Line::new("в", "Де міст — там і затор: «міст» стоїть."),
    ])
}

fn ask(searcher: &Searcher, query: &str, sort: KwicSort) -> KwicResponse {
    searcher.kwic(&request(query, sort)).unwrap()
}

fn request(query: &str, sort: KwicSort) -> KwicRequest {
    KwicRequest::new(SearchRequest::new(query).limit(100))
        .context_words(5)
        .sort(sort)
}

/// Returns the id and keyword of each line with the next word on either side.
fn lines(response: &KwicResponse) -> Vec<String> {
    let next = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let shown = response.lines.iter().map(|line| {
        format!(
            "{} {}|{}|{}",
            line.id,
            next(line.left.split_whitespace().next_back()),
            line.keyword,
            next(line.right.split_whitespace().next())
        )
    });
    shown.collect()
}

#[test]
fn every_occurrence_has_a_line_and_a_phrase_one() {
    let searcher = archive().indexed();
    let all = ask(&searcher, "міст", KwicSort::Oldest);
    assert_eq!(
        lines(&all),
        [
            "б ремонт|мосту|;",
            "б старого|мосту|東京",
            "а |Міст|і",
            "а Старий|міст|закрили.",
            "а Новий|міст|відкриють,",
            "а на|мости\u{301}|.",
            "в Де|міст|—",
            "в «|міст|»",
        ]
    );
    assert_eq!(all.occurrences, Some(8));
    assert_eq!(all.articles, 3);
    let phrase = ask(&searcher, "«ремонт мосту» OR мосту", KwicSort::Oldest);
    assert_eq!(
        lines(&phrase)[..2],
        ["б Великий|ремонт мосту|;", "б старого|мосту|東京"]
    );
    let near = ask(&searcher, "ремонт PRE/2 мосту", KwicSort::Score);
    assert_eq!(lines(&near)[1], "б мосту;|ремонт старого мосту|東京");
    assert_eq!(ask(&searcher, "date:2024", KwicSort::Score).lines, []);
}

#[test]
fn lines_are_ordered_by_their_contexts_and_by_what_is_known_of_the_article() {
    let searcher = archive().indexed();
    let by = |sort| lines(&ask(&searcher, "міст", sort));
    let right = by(KwicSort::Right);
    let place = |line: &str| right.iter().position(|other| other == line).unwrap();
    assert!(place("а Новий|міст|відкриють,") < place("а Старий|міст|закрили."));
    assert!(place("а Старий|міст|закрили.") < place("а |Міст|і"));
    assert!(place("а |Міст|і") < place("б ремонт|мосту|;"));
    let left = by(KwicSort::Left);
    let place = |line: &str| left.iter().position(|other| other == line).unwrap();
    assert!(place("в Де|міст|—") < place("а на|мости\u{301}|."));
    assert!(place("а на|мости\u{301}|.") < place("а Новий|міст|відкриють,"));
    assert!(place("а Новий|міст|відкриють,") < place("а Старий|міст|закрили."));
    let ids = |sort| -> String {
        by(sort)
            .iter()
            .filter_map(|line| line.chars().next())
            .collect()
    };
    assert_eq!(ids(KwicSort::Newest), "ааааббвв");
    assert_eq!(ids(KwicSort::Source), "ббаааавв");
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let searcher = archive().indexed();
    for sort in [
        KwicSort::Score,
        KwicSort::Oldest,
        KwicSort::Source,
        KwicSort::Left,
    ] {
        let whole = ask(&searcher, "міст", sort);
        let mut paged = Vec::new();
        for offset in (0..9).step_by(3) {
            let mut page = request("міст", sort);
            page.search.offset = offset;
            page.search.limit = 3;
            paged.extend(searcher.kwic(&page).unwrap().lines);
        }
        assert_eq!(paged, whole.lines);
        let numbers: Vec<u64> = paged.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    }
}

#[test]
fn contexts_and_keyword_stand_together_as_in_the_article() {
    let searcher = archive().indexed();
    for line in ask(&searcher, "міст", KwicSort::Score).lines {
        let request = SearchRequest::new("");
        let article = searcher.show(&line.id, &request).unwrap();
        let text = match line.part {
            "title" => article.title.text,
            _ => article.body.text,
        };
        assert!(text.contains(&format!("{}{}{}", line.left, line.keyword, line.right)));
        let end = line.offset_bytes + line.keyword.len();
        assert_eq!(
            ByteRange::new(line.offset_bytes, end).of(&text),
            line.keyword
        );
        let before = ByteRange::new(0, line.offset_bytes).of(&text);
        assert_eq!(char_count(before), line.offset_chars);
    }
}

#[test]
fn keywords_stand_one_below_the_other_at_60_100_and_160_columns() {
    let mut response = ask(
        &archive().indexed(),
        "міст OR \"ремонт старого мосту\"",
        KwicSort::Oldest,
    );
    response.took_ms = 0.0;
    response.lines[0].left = "\u{1b}[31mЧервоне \u{202e}задом ".to_owned();
    let shown = |style, width_columns| {
        let mut out = Vec::new();
        let layout = Layout {
            links: None,
            locale: shukach::locale::Locale::English,
            style,
            width_columns,
        };
        kwic::write(&response, layout, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    for width in [60, 100, 160] {
        insta::assert_snapshot!(format!("kwic_{width}"), shown(Style::Plain, width));
        for line in shown(Style::Plain, width).lines() {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= width,
                "{line}"
            );
            assert!(!line.contains(char::is_control));
        }
    }
    assert!(shown(Style::Colour, 100).contains("\u{1b}[1;33m"));
    shown(Style::Plain, 1);
}

#[test]
fn the_command_prints_text_json_and_tables() {
    let archive = archive();
    archive.index();
    let validator = validator("kwic-response.v1.schema.json");
    for sort in ["score", "-date", "left"] {
        let answer = archive
            .run(&["kwic", "міст", "--sort", sort, "--json"])
            .expect(0)
            .json();
        assert_valid(&validator, &answer);
    }
    let none = archive.run(&["kwic", "ведмідь", "--json"]).expect(1).json();
    assert_valid(&validator, &none);
    assert_eq!(none["occurrences"], Value::from(0));
    let csv = archive
        .run(&["kwic", "«ремонт мосту»", "--format", "csv", "-C", "1"])
        .expect(0);
    assert_eq!(
        csv.stdout,
        "\u{feff}number,id,published,source,title,part,left,keyword,right,offset_bytes,offset_chars\n\
         1,б,2024-03,Вісник,,body,Великий,ремонт мосту,; ремонт,15,8\n"
    );
    let text = archive
        .run(&["kwic", "міст", "-n2", "--no-timing"])
        .expect(0)
        .stdout;
    assert_eq!(text.matches("[[").count(), 2, "{text}");
    archive.run(&["kwic", "("]).expect(2);
}
