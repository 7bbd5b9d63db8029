//! Words lead to their lemmas, whatever they look like.

use shukach::analysis::dictionary::MAX_LEMMAS;
use shukach::analysis::{Dictionary, KeyAnalyzer, Keys, Language, Words};

fn lemmas(form: &str) -> Vec<String> {
    let mut lemmas = Vec::new();
    let mut each = |lemma: &str| lemmas.push(lemma.to_owned());
    Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut each);
    lemmas
}

/// Returns whether a query for one word finds the other in a Ukrainian article.
fn finds(query: &str, text: &str) -> bool {
    let (mut form, mut keys) = (String::new(), Keys::default());
    let mut analyzer = KeyAnalyzer::default();
    let mut forms = |word: &str| {
        assert!(Words::new(word).next_into(&mut form).is_some(), "{word}");
        form.clone()
    };
    let (query, text) = (forms(query), forms(text));
    analyzer.query_keys(&query, &mut keys);
    let asked: Vec<String> = keys.iter().map(str::to_owned).collect();
    analyzer.index_keys(&text, Language::Ukrainian, &mut keys);
    keys.iter()
        .any(|key| asked.iter().any(|asked| asked == key))
}

#[test]
fn forms_of_one_word_find_each_other() {
    let groups: &[&[&str]] = &[
        &[
            "гарантія",
            "гарантії",
            "гарантій",
            "гарантією",
            "гарантіями",
        ],
        &["безпека", "безпеці", "безпекою"],
        &["кіт", "кота", "коти", "котів"],
        &["рік", "року", "роки", "роках"],
        &["людина", "людиною", "людини"],
        &["місто", "містом", "містах"],
        &["день", "дня", "днів", "днями"],
        &["йти", "йде", "йшла", "йшов"],
        &["обстріл", "обстрілу", "обстрілами"],
        &["український", "українська", "українських"],
        &["п'ять", "п’яти", "пʼятьма"],
    ];
    for group in groups {
        for query in *group {
            for text in *group {
                assert!(finds(query, text), "{query} does not find {text}");
            }
        }
    }
}

#[test]
fn words_that_only_look_alike_do_not_find_each_other() {
    for (a, b) in [
        ("гарант", "гарантія"),
        ("порт", "портрет"),
        ("мир", "мирний"),
        ("кіт", "китиця"),
    ] {
        assert!(!finds(a, b) && !finds(b, a), "{a} finds {b}");
    }
}

#[test]
fn a_form_of_two_words_leads_to_both() {
    let lemmas = lemmas("мати");
    assert!(
        lemmas.contains(&"мати".to_owned()) && lemmas.len() <= MAX_LEMMAS,
        "{lemmas:?}"
    );
    let lemmas = self::lemmas("міст");
    assert!(
        lemmas.contains(&"місто".to_owned()) && lemmas.contains(&"міст".to_owned()),
        "{lemmas:?}"
    );
}

#[test]
fn the_dictionary_names_its_source_and_its_data() {
    let dictionary = Dictionary::ukrainian();
    assert!(dictionary.contains("гарантіями") && !dictionary.contains("гарантіямии"));
    assert!(!dictionary.version().is_empty());
    assert_eq!(dictionary.fingerprint().len(), 16);
}
