use crate::analysis::report::*;
use crate::analysis::token_streams::{KEYS, marked, tokenizers};
use proptest::prelude::*;
use tantivy::tokenizer::TokenStream;

fn reasons(form: &str, side: Side, language: Language) -> Vec<Reason> {
    let report = Report::of(form, side, Some(language));
    let keys = report.words.iter().flat_map(|word| &word.keys);
    keys.map(|key| key.reason).collect()
}

#[test]
fn each_key_has_its_reason() {
    use Reason::{Dictionary, English, Form, Guess, Russian, Supplement, Year};
    for (form, expected) in [
        ("гарантіями", vec![Dictionary]),
        ("чатботами", vec![Supplement]),
        ("мемофермами", vec![Guess]),
        ("ззхх", vec![Form]),
        ("2022", vec![Form]),
        ("24.02.2022", vec![Form, Year]),
        ("крыльцо", vec![Russian]),
        ("drones", vec![English]),
    ] {
        assert_eq!(
            reasons(form, Side::Index, Language::Ukrainian),
            expected,
            "{form}"
        );
    }
    assert_eq!(reasons("мир", Side::Index, Language::Russian), [Russian]);
    assert_eq!(
        reasons("мир", Side::Query, Language::Russian),
        [Dictionary, Russian]
    );
}

#[test]
fn a_guess_has_a_weight_and_no_other_key_has() {
    for (form, is_guess) in [
        ("мемофермами", true),
        ("гарантіями", false),
        ("ззхх", false),
    ] {
        for side in [Side::Index, Side::Query] {
            let report = Report::of(form, side, Some(Language::Ukrainian));
            let of_ukrainian = |key: &&KeyReport| key.reason != Reason::Russian;
            for key in report.words[0].keys.iter().filter(of_ukrainian) {
                assert_eq!(key.weight.is_some(), is_guess, "{key:?}");
                let json = serde_json::to_value(key).unwrap();
                let weight = json.get("weight").map(|weight| weight.as_f64().unwrap());
                assert_eq!(weight.is_some(), is_guess, "{json}");
                assert!(weight.is_none_or(|weight| weight > 0.0 && weight <= 1.0));
            }
        }
    }
}

#[test]
fn every_word_has_its_place_in_bytes_characters_sentences_and_paragraphs() {
    let report = Report::of("Міст на вул. Садовій. Йшов дощ.\nКінець", Side::Index, None);
    let places: Vec<_> = report
        .words
        .iter()
        .map(|word| {
            (
                word.text.as_str(),
                word.start_chars,
                word.end_chars,
                word.sentence,
                word.paragraph,
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("Міст", 0, 4, 1, 1),
            ("на", 5, 7, 1, 1),
            ("вул", 8, 11, 1, 1),
            ("Садовій", 13, 20, 1, 1),
            ("Йшов", 22, 26, 2, 1),
            ("дощ", 27, 30, 2, 1),
            ("Кінець", 32, 38, 3, 2),
        ]
    );
    assert_eq!(report.words[1].bytes, ByteRange::new(9, 13));
}

#[test]
fn the_whole_of_a_word_with_hyphens_stands_before_its_parts() {
    let report = Report::of("У Івано-Франківську дощ", Side::Index, None);
    let rows: Vec<_> = report
        .words
        .iter()
        .map(|word| (word.form.as_str(), word.whole, word.keys.is_empty()))
        .collect();
    assert_eq!(
        rows,
        [
            ("у", false, false),
            ("івано-франківську", true, true),
            ("івано", false, false),
            ("франківську", false, false),
            ("дощ", false, false),
        ]
    );
    let places: Vec<_> = report
        .words
        .iter()
        .map(|word| (word.position, word.start_chars, word.end_chars))
        .collect();
    assert_eq!(
        places,
        [(0, 0, 1), (1, 2, 19), (1, 2, 7), (2, 8, 19), (3, 20, 23)]
    );
    assert_eq!(report.words[1].text, "Івано-Франківську");
    assert_eq!(report.words[1].bytes, ByteRange::new(3, 36));
}

#[test]
fn a_text_of_several_words_has_the_keys_of_a_phrase() {
    let keys = |text| phrase_keys(text, Side::Index, Language::Ukrainian);
    assert_eq!(keys("Івано-Франківськом"), keys("івано-франківськ"));
    assert!(keys("івано-франківськ").iter().all(|key| key.contains(' ')));
    assert!(keys("—").is_empty());
    let long = "замок ".repeat(30);
    assert!(keys(&long).len() <= MAX_PHRASE_KEYS);
}

proptest! {
    #[test]
    fn the_report_says_what_the_index_holds(text in "[а-яіїєґ'A-Za-z0-9., -]{0,60}") {
        let report = Report::of(&text, Side::Index, Some(Language::Ukrainian));
        let told: Vec<_> = report
            .words
            .iter()
            .flat_map(|word| word.keys.iter().map(|key| (word.position as usize, key.key.clone())))
            .collect();
        let mut analyzer = tokenizers().get(KEYS).unwrap();
        let marked = marked(Language::Ukrainian, &text);
        let mut stream = analyzer.token_stream(&marked);
        let mut held = Vec::new();
        while stream.advance() {
            held.push((stream.token().position, stream.token().text.clone()));
        }
        prop_assert_eq!(told, held);
    }

    #[test]
    fn the_index_finds_what_a_query_for_the_same_word_asks(form in "[а-яіїєґ]{1,12}|[a-z]{1,8}|[0-9.,]{1,8}") {
        for language in [Language::Ukrainian, Language::Russian, Language::English] {
            let index = phrase_keys(&form, Side::Index, language);
            let query = phrase_keys(&form, Side::Query, language);
            prop_assert!(index.is_empty() || index.iter().any(|key| query.contains(key)), "{form} {index:?} {query:?}");
        }
    }
}

#[test]
fn a_query_shows_the_other_spellings_that_it_looks_for_and_the_index_does_not() {
    let reasons = |side| {
        let report = Report::of("вебсайт Зеленського", side, None).with_spellings();
        let keys = report.words.into_iter().flat_map(|word| word.keys);
        keys.map(|key| (key.key, key.reason)).collect::<Vec<_>>()
    };
    let query = reasons(Side::Query);
    assert!(
        query.contains(&("веб сайт".to_owned(), Reason::Variant)),
        "{query:?}"
    );
    assert!(
        query.contains(&("en/zelenskyy".to_owned(), Reason::Transliteration)),
        "{query:?}"
    );
    let index = reasons(Side::Index);
    let is_other = |reason| matches!(reason, Reason::Variant | Reason::Transliteration);
    assert!(!index.iter().any(|(_, reason)| is_other(*reason)));
}
