//! Index and highlighter agree on texts in several languages.

use crate::analysis::Language;
use crate::analysis::token_streams::{FORMS, KEYS, marked, tokenizers};
use crate::plan::{Plan, Slot, Widening};
use crate::query::{ParseOptions, parse};
use crate::schema::Part;
use crate::search::columns::facts::Facts;
use crate::search::hits::matching::Matcher;
use crate::search::hits::matching::part_text::PartText;
use jiff::civil;
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

/// Returns the positions of every term that the field of `stream` holds for `text`.
fn positions_by_term(
    stream: &str,
    text: &str,
    language: Language,
) -> BTreeMap<String, BTreeSet<u32>> {
    let mut analyzer = tokenizers().get(stream).unwrap();
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

/// Returns where the evaluator finds `term`, a term of the field of `stream`.
fn matched(stream: &str, text: &str, language: Language, term: &str) -> BTreeSet<u32> {
    let slot = if stream == FORMS {
        Slot::of_form(term.to_owned())
    } else {
        Slot::of_keys(vec![term.to_owned()])
    };
    let plan = Plan::Phrase(vec![slot]);
    let parts = [PartText {
        part: Part::Body,
        text,
        is_searched: true,
    }];
    let words = Matcher::new(&plan).matches(&parts, language, &Facts::default());
    let words = words.into_iter().flatten().flatten();
    words.map(|word| word.position).collect()
}

#[test]
fn a_russian_paragraph_of_a_ukrainian_article_has_russian_keys_in_both() {
    let text = format!("{}\n{}", LINES[0], LINES[1]);
    let keys = positions_by_term(KEYS, &text, Language::Ukrainian);
    assert!(keys.contains_key("ru/город"), "{keys:?}");
    assert!(!keys.contains_key("ru/громад"), "{keys:?}");
    assert_eq!(
        matched(KEYS, &text, Language::Ukrainian, "ru/город").len(),
        1
    );
}

proptest! {
    #[test]
    fn every_term_of_the_index_is_matched_where_it_stands_and_nowhere_else(
        lines in proptest::collection::vec(prop_oneof![
            proptest::sample::select(LINES.as_slice()).prop_map(str::to_owned),
            "[а-яіїєыэ'a-z ]{0,50}",
            "[A-Za-z0-9А-Яа-яії’.!?« \u{301}\u{ad}\u{2011}-]{0,50}",
            "\\PC{0,20}",
        ], 1..5),
        article in proptest::sample::select(vec![
            Language::Ukrainian, Language::Russian, Language::English, Language::Other,
        ]),
    ) {
        let text = lines.join("\n");
        for stream in [KEYS, FORMS] {
            for (term, positions) in positions_by_term(stream, &text, article) {
                prop_assert_eq!(matched(stream, &text, article, &term), positions, "{}", term);
            }
        }
    }
}

#[test]
fn spellings_in_other_languages_are_marked_where_they_stand() {
    let options = ParseOptions::new(civil::date(2026, 3, 18));
    let query = parse("Одеса Порошенко", &options).unwrap().query;
    let plan = Plan::widened(&query, Widening::ALL).unwrap();
    let parts = [PartText {
        part: Part::Body,
        text: "В Одессе ждут Порошенко. Odesa awaits Poroshenko.",
        is_searched: true,
    }];
    let words = Matcher::new(&plan).matches(&parts, Language::Russian, &Facts::default());
    let positions: Vec<u32> = words.unwrap()[0].iter().map(|word| word.position).collect();
    assert_eq!(positions, [1, 3, 4, 6]);
    let without = Plan::of(&query).unwrap();
    assert!(
        Matcher::new(&without)
            .matches(&parts, Language::Russian, &Facts::default())
            .is_none()
    );
}
