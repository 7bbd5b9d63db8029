//! Each step of the analysis by itself and in the whole, and what holds for any text.

use crate::architecture::rust_files;
use crate::cli_fixture::run_in;
use proptest::prelude::*;
use serde_json::Value;
use shukach::analysis::report::WordReport;
use shukach::analysis::{Language, Report, Side};

/// A step of the analysis, a text with its forms, and keys that some of its words must have on the
/// side.
struct Step {
    name: &'static str,
    side: &'static str,
    text: &'static str,
    forms: &'static str,
    keys: &'static str,
}

const fn step(name: &'static str, text: &'static str, forms: &'static str) -> Step {
    Step {
        name,
        side: "index",
        text,
        forms,
        keys: "",
    }
}

const STEPS: [Step; 18] = [
    step("apostrophe", "П’ять здоров`я", "п'ять здоров'я"),
    step("invisible", "за\u{301}мок без\u{ad}пека", "замок безпека"),
    step(
        "homoglyph",
        concat!("Б", "p", "овари С", "OVID"),
        "бровари covid",
    ),
    step("char_class", "Їжак, ҐАНОК!", "їжак ґанок"),
    step("words", "rada@rada.gov.ua", "rada rada gov ua"),
    step("number", "1 000,5 грн 5.3.2022", "1000.5 грн 05.03.2022"),
    step("roman", "ХХІ століття", "xxi століття"),
    step("forms", "Онлайн-зустріч", "онлайн-зустріч онлайн зустріч"),
    Step {
        keys: "гаранті безпек",
        ..step("dictionary", "гарантіями безпеки", "гарантіями безпеки")
    },
    Step {
        keys: "шольц",
        ..step("lexicon", "Шольцом", "шольцом")
    },
    Step {
        keys: "мемоферм",
        ..step("guesser", "мемофермами", "мемофермами")
    },
    Step {
        keys: "en/drone",
        ..step("stem", "drones", "drones")
    },
    Step {
        keys: "ru/гарант",
        ..step(
            "language",
            "Это гарантиям не поможет, говорят жители города",
            "это гарантиям не поможет говорят жители города",
        )
    },
    Step {
        keys: "громад ru/город",
        ..step(
            "paragraphs",
            "Мешканці цієї громади вже третій тиждень чекають на воду, її підвозять із сусідніх сіл\nЖители города ждут воду уже третью неделю, но её нет",
            "мешканці цієї громади вже третій тиждень чекають на воду її підвозять із сусідніх сіл \
             жители города ждут воду уже третью неделю но её нет",
        )
    },
    Step {
        keys: "2022",
        ..step("year of a date", "24.02.2022", "24.02.2022")
    },
    Step {
        side: "query",
        keys: "мир ru/мир",
        ..step("query", "миру", "миру")
    },
    step("sentence", "Іде дощ. Тепло.", "іде дощ тепло"),
    step("abbreviation", "На вул. Шевченка", "на вул шевченка"),
];

fn analysed(side: &str, text: &str) -> Vec<Value> {
    let folder = std::env::temp_dir();
    let ran = run_in(&folder, &["analyze", "--json", "--side", side, "--", text]).expect(0);
    ran.json()["words"].as_array().unwrap().clone()
}

#[test]
fn every_step_shows_in_the_whole() {
    for step in &STEPS {
        let words = analysed(step.side, step.text);
        let forms: Vec<&str> = words
            .iter()
            .map(|word| word["form"].as_str().unwrap())
            .collect();
        assert_eq!(forms.join(" "), step.forms, "{}", step.name);
        let keys = words
            .iter()
            .flat_map(|word| word["keys"].as_array().unwrap());
        let keys: Vec<&str> = keys.map(|key| key["key"].as_str().unwrap()).collect();
        for key in step.keys.split_whitespace() {
            assert!(keys.contains(&key), "{}: {key} in {keys:?}", step.name);
        }
    }
}

#[test]
fn sentences_and_paragraphs_are_counted_and_abbreviations_end_none() {
    let words = analysed("index", "На вул. Шевченка дощ. Тепло.\nВечір");
    let places: Vec<_> = words
        .iter()
        .map(|word| (word["sentence"].clone(), word["paragraph"].clone()))
        .collect();
    let expected = [(1, 1), (1, 1), (1, 1), (1, 1), (2, 1), (3, 2)];
    assert_eq!(
        places,
        expected.map(|(s, p)| (Value::from(s), Value::from(p)))
    );
}

/// What [`shukach::analysis::language`] and [`shukach::analysis::spelling::transliteration`] are
/// made of, and is tested with them.
const PARTS: [&str; 3] = ["language/evidence", "language/signs", "spelling/exceptions"];

#[test]
fn every_step_has_tests_of_its_own() {
    let mut count = 0;
    for (name, text) in rust_files() {
        let step = name
            .strip_prefix("analysis/")
            .and_then(|name| name.strip_suffix(".rs"))
            .filter(|step| !step.ends_with("/tests") && !PARTS.contains(step))
            // A table of contents has nothing to test.
            .filter(|_| text.contains("fn "));
        if let Some(step) = step {
            assert!(text.contains("#[cfg(test)]\nmod tests"), "{step}");
            count += 1;
        }
    }
    assert!(count > 20, "src/analysis was not found");
}

/// Texts of every kind: any characters, Ukrainian prose with its marks, numbers, mixed scripts.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        any::<String>().prop_map(|text| text.chars().take(60).collect()),
        "[А-ЯҐЄІЇа-яґєії’'ʼ\u{301}\u{ad}\u{200b} .,!?«»\n-]{0,80}",
        "[0-9., \u{a0}\u{202f}/:-]{0,40}",
        "([a-zA-Z]|[а-яіїґ]|[0-9\u{308}\u{306}’ -]){0,40}",
    ]
}

fn keys(word: &WordReport) -> Vec<&str> {
    word.keys.iter().map(|key| key.key.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn places_cut_the_original_text(text in texts()) {
        for side in [Side::Index, Side::Query] {
            let report = Report::of(&text, side, None);
            let mut last_position = None;
            for word in &report.words {
                let cut = text.get(word.bytes.start..word.bytes.end);
                prop_assert_eq!(cut, Some(word.text.as_str()));
                let by_chars: String = text
                    .chars()
                    .skip(word.start_chars)
                    .take(word.end_chars - word.start_chars)
                    .collect();
                prop_assert_eq!(&by_chars, &word.text);
                prop_assert!(last_position.is_none_or(|last| word.position >= last));
                prop_assert_eq!(word.keys.is_empty(), word.whole);
                last_position = Some(word.position);
            }
        }
    }

    #[test]
    fn a_word_by_itself_has_the_same_form_and_keys(text in texts()) {
        for (side, language) in [
            (Side::Query, Language::Ukrainian),
            (Side::Index, Language::Ukrainian),
            (Side::Index, Language::Russian),
        ] {
            // A longer paragraph may be in a language of its own.
            let words: Vec<&str> = text.split_inclusive(' ').take(3).collect();
            let report = Report::of(&words.concat(), side, Some(language));
            if report.words.iter().filter(|word| !word.whole).count() > 5 {
                continue;
            }
            for word in report.words.iter().filter(|word| !word.whole) {
                let alone = Report::of(&word.text, side, Some(language));
                prop_assert_eq!(alone.words.len(), 1, "{:?}", word);
                prop_assert_eq!(&alone.words[0].form, &word.form);
                prop_assert_eq!(keys(&alone.words[0]), keys(word));
            }
        }
    }

    #[test]
    fn a_query_for_any_word_of_a_text_finds_it(text in texts()) {
        for language in [None, Some(Language::Ukrainian), Some(Language::Russian), Some(Language::English)] {
            let index = Report::of(&text, Side::Index, language);
            let query = Report::of(&text, Side::Query, language);
            prop_assert_eq!(index.words.len(), query.words.len());
            for (held, asked) in index.words.iter().zip(&query.words) {
                let asked = keys(asked);
                prop_assert!(held.whole || keys(held).iter().any(|key| asked.contains(key)), "{:?} {:?}", held, asked);
            }
        }
    }
}
