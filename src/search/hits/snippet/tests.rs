//! Which passages are shown, and what is marked in them.

use crate::analysis::Language;
use crate::analysis::words::sentence::sentences;
use crate::plan::Plan;
use crate::query::options::MatchMode;
use crate::query::{ParseOptions, parse};
use crate::search::columns::facts::Facts;
use crate::search::hits::matching::Matcher;
use crate::search::hits::matching::part_text::PartText;
use crate::search::hits::snippet::*;
use crate::text::CharRange;
use jiff::civil;
use proptest::prelude::*;

const MAX_CHARS: usize = 240;

fn of(query: &str, text: &str, max_count: usize) -> Vec<Snippet> {
    let limits = SnippetLimits {
        max_count,
        max_chars: MAX_CHARS,
    };
    of_limits(query, text, limits)
}

fn of_limits(query: &str, text: &str, limits: SnippetLimits) -> Vec<Snippet> {
    let options = ParseOptions {
        match_mode: MatchMode::Any,
        ..ParseOptions::new(civil::date(2026, 3, 18))
    };
    let plan = Plan::of(&parse(query, &options).unwrap().query).unwrap();
    let parts = [PartText {
        part: Part::Body,
        text,
        is_searched: true,
    }];
    let words = Matcher::new(&plan)
        .matches(&parts, Language::Ukrainian, &Facts::default())
        .unwrap_or_else(|| vec![Vec::new()]);
    snippets(Part::Body, text, &words[0], limits)
}

fn shown(snippet: &Snippet) -> Vec<&str> {
    snippet
        .highlights
        .iter()
        .map(|range| range.of(&snippet.text))
        .collect()
}

#[test]
fn the_sentence_with_the_most_words_of_the_query_is_shown() {
    let text = "Мер говорив про безпеку. Гарантії безпеки обіцяють союзники. Безпека понад усе.";
    let found = of("гарантії безпеки", text, 1);
    assert_eq!(found[0].text, "Гарантії безпеки обіцяють союзники.");
    assert_eq!(shown(&found[0]), ["Гарантії", "безпеки"]);
    assert_eq!(found[0].offset_bytes, text.find("Гарантії").unwrap());
}

#[test]
fn a_long_sentence_is_cut_between_words_around_the_match() {
    let text = format!(
        "{}гарантії {}безпеки{}",
        "слово ".repeat(100),
        "та ".repeat(3),
        " кінець".repeat(100)
    );
    let found = of("гарантії безпеки", &text, 1);
    let snippet = &found[0];
    assert!(char_count(&snippet.text) <= MAX_CHARS, "{}", snippet.text);
    assert_eq!(shown(snippet), ["гарантії", "безпеки"]);
    assert!(snippet.is_cut_before && snippet.is_cut_after);
    assert!(
        snippet.text.starts_with("слово") && snippet.text.ends_with("кінець"),
        "{}",
        snippet.text
    );
}

#[test]
fn the_closest_words_are_shown_and_then_the_most_mentions() {
    let text = "Гарантії обіцяли давно, а безпеки нема. \n Є гарантії безпеки. \n Безпека!";
    assert_eq!(
        of("гарантії безпеки", text, 1)[0].text,
        "Є гарантії безпеки."
    );
    let text = "Кіт спить. \n Кіт бачить кота.";
    assert_eq!(of("кіт", text, 1)[0].text, "Кіт бачить кота.");
}

#[test]
fn passages_that_touch_are_one_within_a_paragraph() {
    let text = "Кіт спить. Кіт їсть. Пес гавкає. Коти сплять.\nКіт прийшов.";
    let found = of("кіт", text, 5);
    let texts: Vec<&str> = found.iter().map(|snippet| snippet.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Кіт спить. Кіт їсть.", "Коти сплять.", "Кіт прийшов."]
    );
    assert_eq!(shown(&found[0]), ["Кіт", "Кіт"]);
    let numbers: Vec<usize> = found.iter().map(|snippet| snippet.sentence).collect();
    assert_eq!(numbers, [1, 4, 5]);
    let limits = SnippetLimits {
        max_count: 5,
        max_chars: 15,
    };
    assert_eq!(of_limits("кіт", text, limits).len(), 4);
}

#[test]
fn a_sentence_between_two_passages_joins_them_and_makes_room_for_another() {
    let text = "Кіт і пес. Лише кіт. Кіт та пес.\nТут нічого.\nКіт один.";
    let found = of("кіт пес", text, 3);
    let texts: Vec<&str> = found.iter().map(|snippet| snippet.text.as_str()).collect();
    assert_eq!(texts, ["Кіт і пес. Лише кіт. Кіт та пес.", "Кіт один."]);
}

#[test]
fn places_are_told_in_bytes_and_in_characters() {
    let text = "Так! \n Був кіт.";
    let found = of("кіт", text, 1);
    let snippet = &found[0];
    assert_eq!((snippet.offset_bytes, snippet.offset_chars), (10, 7));
    assert_eq!(snippet.sentence, 2);
    assert_eq!(snippet.highlights_chars, [CharRange { start: 4, end: 7 }]);
}

#[test]
fn a_word_longer_than_a_snippet_is_shown_whole() {
    let limits = SnippetLimits {
        max_count: 1,
        max_chars: 5,
    };
    let found = of_limits("безпека", "Наша безпека понад усе на світі", limits);
    assert_eq!(found[0].text, "безпека");
}

proptest! {
    #[test]
    fn highlights_are_words_of_the_query_at_character_boundaries(
        words in proptest::collection::vec("(безпека|безпеки|кіт|коту|а\u{301}бо|слово\\.|Так!|\n|здоров’я)", 0..200),
        max_count in 1..4_usize,
        max_chars in 10..300_usize,
    ) {
        let text = words.join(" ");
        let all = of_limits("безпеку кота здоров'я", &text, SnippetLimits { max_count, max_chars });
        prop_assert!(all.len() <= max_count);
        let mut end = 0;
        for snippet in all {
            prop_assert!(char_count(&snippet.text) <= max_chars);
            prop_assert!(!snippet.highlights.is_empty());
            prop_assert!(snippet.offset_bytes >= end);
            end = snippet.offset_bytes + snippet.text.len();
            prop_assert_eq!(text.get(snippet.offset_bytes..end), Some(snippet.text.as_str()));
            let by_chars: String = text.chars().skip(snippet.offset_chars).take(char_count(&snippet.text)).collect();
            prop_assert_eq!(&by_chars, &snippet.text);
            let from = sentences(&text)[snippet.sentence - 1];
            prop_assert!(from.start <= snippet.offset_bytes && snippet.offset_bytes < from.end);
            for (word, chars) in shown(&snippet).into_iter().zip(&snippet.highlights_chars) {
                prop_assert!(["безпека", "безпеки", "кіт", "коту", "здоров’я"].contains(&word), "{}", word);
                let by_chars: String = snippet.text.chars().skip(chars.start).take(chars.end - chars.start).collect();
                prop_assert_eq!(&by_chars, word);
            }
            prop_assert_eq!(snippet.highlights.len(), snippet.highlights_chars.len());
        }
    }
}
