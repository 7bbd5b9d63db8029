//! Tests of the keys of words.

use super::*;
use crate::analysis::words::tokenizer::Words;

fn index(form: &str, language: Language) -> Vec<String> {
    let mut keys = Keys::default();
    KeyAnalyzer::default().index_keys(form, language, &mut keys);
    keys.iter().map(str::to_owned).collect()
}

fn query(form: &str) -> Vec<String> {
    let mut keys = Keys::default();
    KeyAnalyzer::default().query_keys(form, &mut keys);
    keys.iter().map(str::to_owned).collect()
}

/// Returns the Russian keys of the first word of `text`: of an article, of a query.
fn russian_keys(text: &str) -> [Vec<String>; 2] {
    let (mut form, mut keys) = (String::new(), Keys::default());
    let word = Words::new(text).next_into(&mut form).unwrap();
    let mut analyzer = KeyAnalyzer::default();
    let russian = |keys: &Keys| {
        let keys = keys.iter().filter(|key| key.starts_with(RUSSIAN_PREFIX));
        keys.map(str::to_owned).collect()
    };
    let context = Context::of(word, &form, Language::Russian);
    analyzer.index_keys(&form, context, &mut keys);
    let of_article = russian(&keys);
    analyzer.query_word_keys(word, &form, &mut keys);
    [of_article, russian(&keys)]
}

#[test]
fn a_russian_surname_meets_its_cases_and_not_the_first_name_in_it() {
    let [article, query] = russian_keys("Иванов");
    assert_eq!(article, ["ru/иван", "ru/иванов"]);
    assert_eq!(query, ["ru/иванов"]);
    for case in ["Иванова", "Иванову", "Ивановым", "Иванове"] {
        assert_eq!(russian_keys(case), [query.clone(), query.clone()], "{case}");
    }
    // Without a capital, or in nothing but capitals, it may be a plural.
    assert_eq!(russian_keys("городов")[0], ["ru/город"]);
    assert_eq!(russian_keys("городов")[1], ["ru/город", "ru/городов"]);
    assert_eq!(russian_keys("ГОРОДОВ")[1], ["ru/город", "ru/городов"]);
}

fn meet(text_form: &str, language: Language, query_form: &str) -> bool {
    let wanted = query(query_form);
    index(text_form, language)
        .iter()
        .any(|key| wanted.contains(key))
}

#[test]
fn inflected_ukrainian_forms_meet() {
    for (text, asked) in [
        ("гарантіями", "гарантія"),
        ("гарантій", "гарантії"),
        ("безпеки", "безпека"),
        ("коти", "кіт"),
        ("києві", "київ"),
        ("зовнішньоекономічного", "зовнішньоекономічний"),
        ("здоров'ям", "здоров'я"),
    ] {
        assert!(
            meet(text, Language::Ukrainian, asked),
            "{asked} must find {text}"
        );
    }
}

#[test]
fn an_acronym_in_small_letters_meets_its_capitals_under_an_ending() {
    assert!(index("тцків", Language::Ukrainian).contains(&"тцк".to_owned()));
    assert!(index("дснсом", Language::Ukrainian).contains(&"дснс".to_owned()));
    for word in ["страх", "спротив", "встав", "здригався"] {
        assert_eq!(small_acronym_of(word), None, "{word}");
    }
}

#[test]
fn different_words_do_not_meet() {
    assert!(!meet("гарант", Language::Ukrainian, "гарантія"));
    assert!(!meet("коти", Language::Ukrainian, "кит"));
}

#[test]
fn an_ambiguous_form_has_all_its_lemmas() {
    let keys = index("замок", Language::Ukrainian);
    assert!(keys.contains(&"замок".to_owned()));
    assert!(
        index("мати", Language::Ukrainian).len() >= 2
            || meet("матері", Language::Ukrainian, "мати")
    );
}

#[test]
fn russian_articles_are_stemmed_as_russian_and_found_by_russian_queries() {
    assert!(meet("гарантиями", Language::Russian, "гарантии"));
    assert!(meet("крыльцо", Language::Ukrainian, "крыльца"));
    assert_eq!(index("гарантиями", Language::Russian).len(), 1);
}

#[test]
fn english_words_are_stemmed_in_any_article() {
    assert!(meet("guarantees", Language::English, "guarantee"));
    assert!(meet("drones", Language::Ukrainian, "drone"));
}

#[test]
fn a_date_is_found_by_itself_and_by_its_year_but_finds_only_itself() {
    assert!(meet("24.02.2022", Language::Ukrainian, "2022"));
    assert!(meet("24.02.2022", Language::Ukrainian, "24.02.2022"));
    assert!(!meet("2022", Language::Ukrainian, "24.02.2022"));
}

#[test]
fn an_unknown_word_is_its_own_key_and_no_key_stands_twice() {
    assert_eq!(index("ґззхх", Language::Ukrainian), ["гззхх"]);
    for form in ["замок", "коли", "мати", "2025", "ковід19"] {
        let keys = query(form);
        let mut unique = keys.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(keys.len(), unique.len(), "{form}");
        assert!(!keys.is_empty(), "{form}");
    }
}
