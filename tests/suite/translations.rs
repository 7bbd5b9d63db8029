//! Queries of other systems in our language, as a golden file and through the program.

use crate::cli_fixture::{Ran, program, run, run_in};
use crate::index_schema::{assert_valid, validator};
use crate::sample::{repository, sample};
use proptest::prelude::*;
use shukach::locale::Locale;
use shukach::query::translation::{Dialect, translate};
use shukach::query::{ParseOptions, QueryErrorReport, parse};
use std::fmt::Write as _;
use std::fs;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 3, 18);
const DIALECTS: [Dialect; 4] = [
    Dialect::Lucene,
    Dialect::Manticore,
    Dialect::Lexis,
    Dialect::Factiva,
];

fn options() -> ParseOptions {
    ParseOptions::new(TODAY)
        .allows_leading(true)
        .allows_negation(true)
}

fn queries() -> Vec<(Dialect, String)> {
    let bytes = fs::read(repository().join("tests/queries/translations.txt")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    let named = lines.map(|(name, query)| {
        let dialect = DIALECTS.into_iter().find(|dialect| dialect.name() == name);
        (dialect.unwrap(), query.to_owned())
    });
    named.collect()
}

#[test]
fn queries_are_translated_and_what_differs_is_told_in_both_languages() {
    let mut told = String::new();
    for (dialect, query) in queries() {
        let _ = writeln!(told, "{} > {query}", dialect.name());
        match translate(&query, dialect, TODAY) {
            Ok(translation) => {
                let _ = writeln!(told, "  {}", translation.text);
                for warning in &translation.warnings {
                    for locale in [Locale::English, Locale::Ukrainian] {
                        let notice = warning.notice(locale);
                        let _ = writeln!(told, "  {}: {}", notice.code, notice.message);
                    }
                }
            }
            Err(error) => {
                let marked = error.range.of(&query);
                for locale in [Locale::English, Locale::Ukrainian] {
                    let report = QueryErrorReport::of(&query, &error, locale);
                    let _ = writeln!(
                        told,
                        "  {} at \"{marked}\": {}",
                        report.code, report.message
                    );
                }
            }
        }
    }
    insta::assert_snapshot!("translations", told);
}

#[test]
fn a_translation_is_understood_as_what_it_was_made_of() {
    for (dialect, query) in queries() {
        if let Ok(translation) = translate(&query, dialect, TODAY) {
            let parsed = parse(&translation.text, &options()).unwrap();
            assert_eq!(parsed.query, translation.query, "{query}");
            let printed = parsed.query.to_string();
            let again = parse(&printed, &options()).unwrap();
            assert_eq!(again.query, translation.query, "{query}: {printed}");
        }
    }
}

/// Queries like those that people write, and any text.
fn any_query() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "мир",
        "воля",
        "AND",
        "OR",
        "NOT",
        "and",
        "or",
        "not",
        "near5",
        "NEAR/3",
        "w/5",
        "w/s",
        "adj",
        "same",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "\"мир воля\"",
        "~2",
        "^2",
        "-",
        "!",
        "+",
        "|",
        "@title",
        "@(title,body)",
        "title:",
        "hd=",
        "hlead(",
        "atleast5",
        "date",
        "from",
        "20220101",
        "[2022 TO *]",
        "*",
        "?",
        "%",
        "$3",
        "/N3/",
        "<<",
        "MAYBE",
        "REGEX(",
        "=",
        "==",
        "\\",
        "«",
        ":",
        "/",
        "АБО",
        "ʼ",
        "👍",
    ]);
    let pieces = prop::collection::vec((piece, any::<bool>()), 0..12);
    let written = pieces.prop_map(|pieces| {
        let mut text = String::new();
        for (piece, is_apart) in pieces {
            text.push_str(piece);
            text.push_str(if is_apart { " " } else { "" });
        }
        text
    });
    prop_oneof![3 => written, 1 => ".{0,40}"]
}

proptest! {
    #[test]
    fn any_text_is_translated_into_a_query_or_has_a_fault_at_a_place_in_it(text in any_query()) {
        for dialect in DIALECTS {
            match translate(&text, dialect, TODAY) {
                Ok(translation) => {
                    let parsed = parse(&translation.text, &options());
                    prop_assert_eq!(parsed.unwrap().query, translation.query);
                }
                Err(error) => {
                    prop_assert!(text.get(error.range.start..error.range.end).is_some());
                    prop_assert!(!error.problem.message(Locale::Ukrainian).is_empty());
                }
            }
        }
    }
}

#[test]
fn deeply_nested_queries_are_refused_and_long_ones_too() {
    for dialect in DIALECTS {
        for text in [
            format!("{}мир{}", "(".repeat(5_000), ")".repeat(5_000)),
            format!("{}мир", "-".repeat(10_000)),
            format!("мир{}", " near5 мир".repeat(1_500)),
            format!("мир{}", " NEAR/5 мир".repeat(1_400)),
            format!("{}мир", "not ".repeat(4_000)),
            format!("{}мир", "hd=".repeat(5_000)),
            "мир ".repeat(10_000),
        ] {
            let _ = translate(&text, dialect, TODAY);
        }
        let long = "мир ".repeat(10_000);
        assert_eq!(
            translate(&long, dialect, TODAY).unwrap_err().problem.code(),
            "Q901"
        );
        let deep = format!("{}мир{}", "(".repeat(70), ")".repeat(70));
        assert_eq!(
            translate(&deep, dialect, TODAY).unwrap_err().problem.code(),
            "Q902"
        );
    }
}

fn run_translate(words: &[&str]) -> Ran {
    let mut all = vec!["translate", "--now", "2026-03-18"];
    all.extend_from_slice(words);
    run_in(sample().folder(), &all)
}

#[test]
fn a_translated_query_is_printed_alone_and_what_differs_on_standard_error() {
    let ran = run_translate(&["--from", "lucene", "мир AND воля OR лад"]).expect(0);
    assert_eq!(ran.stdout, "мир AND воля\n");
    assert_eq!(
        ran.stderr,
        "note[N040]: лад need not be there, it only lifts hits; here it was left out\n"
    );
    let ran = run_translate(&["--from", "lexis", "мир w/5", "--lang", "uk"]).expect(2);
    assert_eq!(ran.stdout, "");
    assert_eq!(
        ran.stderr,
        "помилка[Q402]: після w/5 бракує слова; додайте його або візьміть w/5 в лапки, щоб шукати як слово\n  мир w/5\n      ^^^\n"
    );
    let ran = run_translate(&["--from", "lucene", "--", "-війна +мир"]).expect(0);
    assert_eq!(ran.stdout, "мир AND NOT війна\n");
}

#[test]
fn a_translated_query_finds_what_was_asked_for() {
    let ran = run_translate(&["--from", "lexis", "гаранті! w/2 безпек!"]).expect(0);
    let query = ran.stdout.trim();
    assert_eq!(query, "гаранті* NEAR/2 безпек*");
    let found = sample().run(&["search", query, "-c"]).expect(0);
    let ours = sample()
        .run(&["search", "гарантії NEAR/2 безпека", "-c"])
        .expect(0);
    assert_eq!(found.stdout, ours.stdout);
}

#[test]
fn a_translation_as_json_is_as_the_schema_says() {
    let ran = run_translate(&["--from", "factiva", "hd=мир and перемир$3", "--json"]).expect(0);
    let report = ran.json();
    assert_valid(&validator("translation.v1.schema.json"), &report);
    assert_eq!(report["translation"], "title:мир AND перемир*");
    assert_eq!(report["from"], "factiva");
    assert_eq!(report["notices"][0]["code"], "N042");
    let ran = run_translate(&["--from", "factiva", "ns=c11", "--json"]).expect(2);
    let error = serde_json::from_str(&ran.stderr).unwrap();
    assert_valid(&validator("error.v1.schema.json"), &error);
    assert_eq!(error["error"]["code"], "Q401");
}

#[test]
fn each_line_of_standard_input_becomes_a_line_and_faulty_ones_stay_empty() {
    let input = "\u{feff}title:мир\r\n\n(воля\nмир -війна\n";
    let mut command = program(sample().folder());
    command.args(["translate", "--from", "lucene", "-"]);
    let ran = run(command.write_stdin(input)).expect(2);
    assert_eq!(ran.stdout, "title:мир\n\n\nмир AND NOT війна\n");
    assert!(
        ran.stderr.starts_with("-:3:\nerror[Q103]"),
        "{}",
        ran.stderr
    );
    let mut command = program(sample().folder());
    command.args(["translate", "--from", "lucene", "--json", "-"]);
    let ran = run(command.write_stdin("title:мир\n(воля\n")).expect(2);
    let lines: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_valid(&validator("translation.v1.schema.json"), &lines[0]);
    assert_valid(&validator("error.v1.schema.json"), &lines[1]);
    assert_eq!((lines.len(), ran.stderr.as_str()), (2, ""));
    let mut command = program(sample().folder());
    command.args(["translate", "--from", "lucene", "-"]);
    let ran = run(command.write_stdin("мир\n+мир воля\n")).expect(0);
    assert!(ran.stderr.starts_with("-:2:\nnote[N040]"), "{ran:?}");
}
