//! Index and highlighter agree on texts in several languages.

use super::matching::{Matcher, PartText};
use crate::analysis::Language;
use crate::analysis::stream::{KEYS, marked, tokenizers};
use crate::query::{MatchMode, Plan, Slot, Widening, parse};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const LINES: [&str; 8] = [
    "Мешканці громади чекають на воду вже третій тиждень",
    "Жители города ждут воду уже третью неделю, но когда её дадут, не знает никто",
    "Об этом сообщила мэрия города в своем канале",
    "The mayor has promised water by the end of the week",
    "Мира и воды",
    "Рада мира города",
    "Що це було, не каже ніхто",
    "Kyiv, 12 січня",
];

fn positions_by_key(text: &str, language: Language) -> BTreeMap<String, BTreeSet<u32>> {
    let mut analyzer = tokenizers().get(KEYS).unwrap();
    let text = marked(language, text);
    let mut stream = analyzer.token_stream(&text);
    let mut positions: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    while stream.advance() {
        let token = stream.token();
        let position = u32::try_from(token.position).unwrap();
        positions
            .entry(token.text.clone())
            .or_default()
            .insert(position);
    }
    positions
}

fn matched(text: &str, language: Language, key: &str) -> BTreeSet<u32> {
    let plan = Plan::Phrase(vec![Slot {
        terms: vec![key.to_owned()],
        spellings: Vec::new(),
        is_form: false,
    }]);
    let parts = [PartText {
        text,
        is_searched: true,
    }];
    let words = Matcher::new(&plan).matches(&parts, language);
    let words = words.into_iter().flatten().flatten();
    words.map(|word| word.position).collect()
}

#[test]
fn a_russian_paragraph_of_a_ukrainian_article_has_russian_keys_in_both() {
    let text = format!("{}\n{}", LINES[0], LINES[1]);
    let keys = positions_by_key(&text, Language::Ukrainian);
    assert!(keys.contains_key("ru/город"), "{keys:?}");
    assert!(!keys.contains_key("ru/громад"), "{keys:?}");
    assert_eq!(matched(&text, Language::Ukrainian, "ru/город").len(), 1);
}

proptest! {
    #[test]
    fn every_term_of_the_index_is_matched_where_it_stands_and_nowhere_else(
        lines in proptest::collection::vec(prop_oneof![
            proptest::sample::select(LINES.as_slice()).prop_map(str::to_owned),
            "[а-яіїєыэ'a-z ]{0,50}",
        ], 1..5),
        article in proptest::sample::select(vec![
            Language::Ukrainian, Language::Russian, Language::English, Language::Other,
        ]),
    ) {
        let text = lines.join("\n");
        for (key, positions) in positions_by_key(&text, article) {
            prop_assert_eq!(matched(&text, article, &key), positions, "{}", key);
        }
    }
}

#[test]
fn spellings_in_other_languages_are_marked_where_they_stand() {
    let query = parse("Одеса Порошенко", MatchMode::All).unwrap().query;
    let plan = Plan::widened(&query, Widening::ALL).unwrap();
    let parts = [PartText {
        text: "В Одессе ждут Порошенко. Odesa awaits Poroshenko.",
        is_searched: true,
    }];
    let words = Matcher::new(&plan).matches(&parts, Language::Russian);
    let positions: Vec<u32> = words.unwrap()[0].iter().map(|word| word.position).collect();
    assert_eq!(positions, [1, 3, 4, 6]);
    let without = Plan::of(&query).unwrap();
    assert!(
        Matcher::new(&without)
            .matches(&parts, Language::Russian)
            .is_none()
    );
}
