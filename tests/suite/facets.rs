//! Facets, counts and timelines: what they count, what they look like, messages for faulty queries.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{program, run};
use crate::sample::sample;
use shukach::query::field::Column;
use shukach::render::counts;
use shukach::render::layout::Layout;
use shukach::render::spreadsheet::SheetOptions;
use shukach::render::style::Style;
use shukach::search::{CountsRequest, CountsResponse, NamedQuery};
use shukach::search::{Facet, FacetField, FacetRequest, Period, SearchRequest, Searcher};
use std::fs;

/// Asks the sample archive for the counts of three queries.
fn counted(period: Option<Period>, column: Option<Column>) -> CountsResponse {
    let named = |(name, query): (&str, &str)| NamedQuery {
        name: name.to_owned(),
        query: query.to_owned(),
    };
    let queries = [
        ("гарантії", "гарантії безпеки"),
        ("мости", "міст -футбол"),
        ("=школа або вчитель", "=школа OR вчитель"),
    ];
    let asked = CountsRequest::new(
        queries.map(named).into(),
        SearchRequest::new("").timeline(period),
    )
    .column(column);
    let mut response = sample().searcher.counts(&asked).unwrap();
    response.took_ms = 1.5;
    response
}

fn layout(width_columns: usize) -> Layout {
    Layout {
        links: None,
        locale: shukach::locale::Locale::English,
        style: Style::Plain,
        width_columns,
    }
}

fn table(response: &CountsResponse, width_columns: usize) -> String {
    let mut out = Vec::new();
    counts::write(response, layout(width_columns), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn timelines(response: &CountsResponse, width_columns: usize) -> String {
    let mut out = Vec::new();
    counts::write_timelines(response, layout(width_columns), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn sheet(response: &CountsResponse) -> String {
    let mut out = Vec::new();
    counts::write_sheet(response, SheetOptions::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn counts_of_queries_are_lines_of_numbers() {
    insta::assert_snapshot!(table(&counted(None, None), 60));
}

#[test]
fn counts_by_month_fit_into_60_columns() {
    insta::assert_snapshot!(table(&counted(Some(Period::Month), None), 60));
}

#[test]
fn counts_by_month_fit_into_40_columns_below_each_other() {
    insta::assert_snapshot!(table(&counted(Some(Period::Month), None), 40));
}

#[test]
fn counts_by_source_fit_into_100_columns() {
    insta::assert_snapshot!(table(&counted(None, Some(Column::Source)), 100));
}

#[test]
fn counts_by_year_and_source_fit_into_160_columns() {
    insta::assert_snapshot!(table(
        &counted(Some(Period::Year), Some(Column::Source)),
        160
    ));
}

#[test]
fn timelines_fit_into_60_columns() {
    insta::assert_snapshot!(timelines(&counted(Some(Period::Month), None), 60));
}

#[test]
fn timelines_of_many_days_are_small_columns_in_100_columns() {
    insta::assert_snapshot!(timelines(&counted(Some(Period::Day), None), 100));
}

#[test]
fn timelines_of_many_days_are_small_columns_in_160_columns() {
    insta::assert_snapshot!(timelines(&counted(Some(Period::Day), None), 160));
}

#[test]
fn counts_as_csv_have_every_period_and_no_formulas() {
    let sheet = sheet(&counted(Some(Period::Year), Some(Column::Source)));
    insta::assert_snapshot!(sheet.replace("\r\n", "\n").replace('\u{feff}', "BOM"));
}

#[test]
fn counts_as_json_have_a_series_for_each_source() {
    let counts = counted(Some(Period::Year), Some(Column::Source));
    insta::assert_snapshot!(serde_json::to_string_pretty(&counts).unwrap());
}

fn tagged(id: &str, tags: &[&str]) -> Line {
    Line {
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        ..Line::new(id, "Кіт спить на сонці.")
    }
}

fn facet_of(searcher: &Searcher, facets: FacetRequest) -> Facet {
    let request = SearchRequest::new("кіт").facets(facets);
    let mut facets = searcher.search(&request).unwrap().facets.unwrap();
    facets.fields.remove(0)
}

#[test]
fn what_is_not_listed_of_a_facet_is_summed_up_and_values_can_be_searched() {
    let archive = TempArchive::of_articles(&[
        tagged("а", &["Україна", "Українська мова", "спорт"]),
        tagged("б", &["Україна", "театр"]),
        tagged("в", &["театр"]),
        tagged("г", &[]),
    ]);
    let searcher = archive.indexed();
    let tags = FacetRequest::default()
        .fields(vec![FacetField::Column(Column::Tag)])
        .limit(1);
    let shown = |facet: &Facet| -> Vec<(String, u64)> {
        let values = facet.values.iter();
        values
            .map(|value| (value.value.clone(), value.count))
            .collect()
    };
    let facet = facet_of(&searcher, tags.clone());
    assert_eq!(shown(&facet), [("Україна".to_owned(), 2)]);
    assert_eq!((facet.other, facet.other_values, facet.without), (4, 3, 1));
    let found = |text: &str| {
        let containing = Some(text.to_owned());
        let facet = facet_of(&searcher, tags.clone().containing(containing).limit(10));
        shown(&facet)
            .into_iter()
            .map(|(value, _)| value)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("мова"), ["Українська мова"]);
    assert_eq!(found("укр*"), ["Україна", "Українська мова"]);
    assert!(found("кіно").is_empty());
}

#[test]
fn a_moment_counts_in_the_month_that_it_is_in_the_zone_asked_for() {
    let archive = TempArchive::of_articles(&[
        Line::new("північ", "Кіт спить.").dated("2026-01-01T00:40:00+02:00"),
        Line::new("день", "Кіт спить.").dated("2026-01-01"),
    ]);
    archive.index();
    let months = |zone: &str| {
        let arguments = ["count", "кіт", "--by", "month", "--tz", zone, "--json"];
        let answer = archive.run(&arguments).expect(0).json();
        (
            answer["periods"].clone(),
            answer["queries"][0]["series"][0]["counts"].clone(),
        )
    };
    let kyiv = (serde_json::json!(["2026-01"]), serde_json::json!([2]));
    let warsaw = (
        serde_json::json!(["2025-12", "2026-01"]),
        serde_json::json!([1, 1]),
    );
    assert_eq!(months("Europe/Kyiv"), kyiv);
    assert_eq!(months("Europe/Warsaw"), warsaw);
    let search = ["search", "кіт date:2025", "--tz", "UTC", "--facet", "day"];
    let shown = archive.run(&search).expect(0).stdout;
    let command =
        "shukach search 'кіт AND date:2025-01-01..2025-12-31 AND date:2025-12-31' --index";
    assert!(
        shown.contains(command) && shown.contains("--tz UTC"),
        "{shown}"
    );
    let wrong = archive.run(&["search", "кіт", "--tz", "Kyiv"]).expect(2);
    assert!(
        wrong.stderr.contains("unknown time zone \"Kyiv\"")
            && wrong.stderr.contains("or written for the days"),
        "{wrong:?}"
    );
    let wrong = ["search", "кіт", "--tz", "Kyiv", "--lang", "uk"];
    let wrong = archive.run(&wrong).expect(2).stderr;
    assert!(
        wrong.contains("такого часового поясу немає") && wrong.contains("або written"),
        "{wrong}"
    );
}

#[test]
fn the_printed_command_of_each_value_finds_its_articles() {
    let arguments = [
        "search",
        "міст OR школа",
        "--facet",
        "source",
        "--facet",
        "month",
        "--commands",
        "--limit",
        "0",
        "--by",
        "none",
    ];
    let shown = sample().run(&arguments).expect(0).stdout;
    let commands: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.trim().strip_prefix("shukach search '"))
        .collect();
    assert!(commands.len() > 8, "{shown}");
    for command in commands {
        let (query, _) = command.split_once('\'').unwrap();
        sample().run(&["search", query, "--limit", "1"]).expect(0);
    }
}

#[test]
fn shares_are_per_cent_of_all_articles_of_that_time() {
    let archive = TempArchive::of_articles(&[
        Line::new("а", "Кіт спить.").dated("2025-12-01"),
        Line::new("б", "Пес спить.").dated("2025-12-02"),
        Line::new("в", "Пес гуляє.").dated("2025-12-03"),
        Line::new("г", "Кіт гуляє.").dated("2026-01-03"),
    ]);
    archive.index();
    let shown = archive
        .run(&["timeline", "кіт", "--share", "--by", "month"])
        .expect(0)
        .stdout;
    assert!(shown.contains("2025-12 1  33.3% █"), "{shown}");
    assert!(shown.contains("2026-01 1 100.0% █"), "{shown}");
}

#[test]
fn all_faulty_lines_of_a_batch_are_told_and_nothing_else_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(folder.path().join("q.tsv"), text).unwrap();
    let batch = |flags: &[&str]| {
        let mut command = program(folder.path());
        command.env("SHUKACH_INDEX", sample().index_path());
        run(command.args(["count", "--batch", "q.tsv"]).args(flags))
    };
    write("добрий\tміст\n\nпоганий\tміст OR\n(кіт\n");
    let ran = batch(&[]).expect(2);
    assert_eq!(ran.stdout, "");
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(
        lines[0].starts_with("q.tsv:3: error[Q120]: OR"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("q.tsv:4: error[Q103]: "), "{lines:?}");
    assert_eq!(lines.len(), 2);
    let ran = batch(&["--lang", "uk"]).expect(2);
    assert!(
        ran.stderr.starts_with("q.tsv:3: помилка[Q120]: "),
        "{ran:?}"
    );
    write("\u{feff}перший\tміст\r\nгороскоп\r\n");
    assert_eq!(
        batch(&[]).expect(0).stdout,
        "5  перший: міст\n0  гороскоп\n"
    );
    assert_eq!(
        batch(&["--csv", "--no-bom", "--separator", "semicolon"])
            .expect(0)
            .stdout,
        "name;query;articles\r\nперший;міст;5\r\nгороскоп;гороскоп;0\r\n"
    );
    write("гороскоп\n");
    batch(&[]).expect(1);
    write("\n");
    assert!(batch(&[]).expect(2).stderr.contains("q.tsv has no queries"));
}

#[test]
fn a_faulty_query_among_arguments_is_told_with_its_number() {
    let ran = sample().run(&["count", "міст", "(кіт"]).expect(2);
    assert!(ran.stderr.starts_with("query 2: error[Q103]"), "{ran:?}");
    let alone = sample().run(&["timeline", "(кіт"]).expect(2);
    assert!(alone.stderr.contains("\n  ^"), "{alone:?}");
    let json = sample().run(&["count", "(кіт", "--json"]).expect(2);
    assert!(
        json.stdout.is_empty() && json.stderr.contains("\"Q103\""),
        "{json:?}"
    );
    sample().run(&["timeline", "кіт", "--by", "none"]).expect(2);
    sample().run(&["count", "кіт", "--share"]).expect(2);
}
