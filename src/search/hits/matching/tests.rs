use crate::date;
use crate::plan::slot::Slot;
use crate::query::field::Column;
use crate::query::{ParseOptions, parse};
use crate::search::hits::matching::*;
use jiff::civil;
use std::sync::Arc;

const OPTIONS: ParseOptions = ParseOptions::new(civil::date(2026, 3, 18));

fn marked(query: &str, text: &str) -> Option<Vec<String>> {
    let plan = Plan::of(&parse(query, &OPTIONS).unwrap().query).unwrap();
    let parts = [PartText {
        part: Part::Body,
        text,
        is_searched: true,
    }];
    let words = Matcher::new(&plan).matches(&parts, Language::Ukrainian, &Facts::default())?;
    Some(
        words[0]
            .iter()
            .map(|word| word.range.of(text).to_owned())
            .collect(),
    )
}

#[test]
fn inflected_words_are_marked_as_they_stand_in_the_text() {
    let text = "Гарантіями безпеки цікавляться всі, гарантію дадуть.";
    assert_eq!(
        marked("гарантії безпеки", text).unwrap(),
        ["Гарантіями", "безпеки", "гарантію"]
    );
}

#[test]
fn words_of_a_phrase_are_marked_only_inside_the_phrase() {
    let text = "Гарантія є, безпеки нема. Гарантії безпеки потрібні.";
    assert_eq!(
        marked("\"гарантія безпеки\"", text).unwrap(),
        ["Гарантії", "безпеки"]
    );
}

#[test]
fn nothing_of_a_not_is_marked_and_what_it_excludes_does_not_match() {
    assert_eq!(marked("мир -війна", "Мир і спокій").unwrap(), ["Мир"]);
    assert_eq!(marked("мир -війна", "Мир і війна"), None);
    assert_eq!(
        marked("мир OR (слава -війна)", "Мир, слава і війна").unwrap(),
        ["Мир"]
    );
}

#[test]
fn a_number_and_a_word_with_foreign_letters_are_marked_as_they_stand() {
    let text = concat!("На 1\u{a0}000 000 грн, за 1.5 року, Б", "p", "овари");
    for (query, expected) in [
        ("1000000", "1\u{a0}000 000"),
        ("\"1 000 000\"", "1\u{a0}000 000"),
        ("=1,5", "1.5"),
        ("бровари", concat!("Б", "p", "овари")),
    ] {
        assert_eq!(marked(query, text).unwrap(), [expected], "{query}");
    }
}

#[test]
fn other_spellings_are_marked_whole() {
    let text = "Веб-сайт і вебсайти проекту, а веб окремо";
    assert_eq!(
        marked("вебсайт", text).unwrap(),
        ["Веб", "сайт", "вебсайти"]
    );
    assert_eq!(
        marked("веб-сайт", text).unwrap(),
        ["Веб", "сайт", "вебсайти"]
    );
    assert_eq!(marked("проєкти", text).unwrap(), ["проекту"]);
    assert_eq!(marked("=проєкту", text), None);
}

#[test]
fn a_whole_is_marked_with_all_its_parts_once() {
    let text = "Хворіли на Ковід-19 і ковід, ковід, 19.";
    let whole = Plan::Phrase(vec![Slot {
        forms: Arc::new(vec!["ковід-19".to_owned(), "ковід".to_owned()]),
        ..Slot::default()
    }]);
    let parts = [PartText {
        part: Part::Body,
        text,
        is_searched: true,
    }];
    let part = Plan::of(&parse("19", &OPTIONS).unwrap().query).unwrap();
    let plan = Plan::And(vec![whole, part]);
    let words = Matcher::new(&plan).matches(&parts, Language::Ukrainian, &Facts::default());
    let marked: Vec<_> = words.unwrap()[0]
        .iter()
        .map(|word| word.range.of(text))
        .collect();
    assert_eq!(marked, ["Ковід-19", "ковід", "ковід", "19"]);
}

#[test]
fn an_exact_word_marks_only_its_form() {
    assert_eq!(
        marked("=гарантії", "гарантія гарантії").unwrap(),
        ["гарантії"]
    );
    assert_eq!(marked("=гарантія", "гарантіями"), None);
}

#[test]
fn an_exact_word_with_a_hyphen_is_one_word() {
    let text = "Івано-Франківськ, Івано Франківськ";
    assert_eq!(
        marked("=Івано-Франківськ", text).unwrap(),
        ["Івано-Франківськ"]
    );
    assert_eq!(
        marked("=\"івано-франківськ івано\"", text).unwrap(),
        ["Івано-Франківськ", "Івано"]
    );
}

#[test]
fn capitals_count_where_they_are_asked_for() {
    let text = "Мир і мир, МИР";
    assert_eq!(marked("==Мир", text).unwrap(), ["Мир"]);
    assert_eq!(marked("==МИР", text).unwrap(), ["МИР"]);
    assert_eq!(marked("=мир", text).unwrap(), ["Мир", "мир", "МИР"]);
}

#[test]
fn near_marks_only_the_words_that_are_near() {
    let text = "Мир був далекий. Безпека і мир поруч, а там іще багато слів, потім знову мир.";
    assert_eq!(
        marked("мир NEAR/2 безпека", text).unwrap(),
        ["Безпека", "мир"]
    );
    assert_eq!(
        marked("безпека PRE/2 мир", text).unwrap(),
        ["Безпека", "мир"]
    );
    assert_eq!(marked("мир PRE/1 безпека", text), None);
    assert_eq!(
        marked("мир NOTNEAR/2 безпека", text).unwrap(),
        ["Мир", "мир"]
    );
    assert_eq!(
        marked("\"мир безпека\"~1", text).unwrap(),
        ["Безпека", "мир"]
    );
    assert_eq!(
        marked("(мир слово) NEAR/8 безпека", text).unwrap(),
        ["Мир", "Безпека", "мир", "слів"]
    );
}

#[test]
fn sentences_and_paragraphs_end_at_their_marks() {
    let text = "Перше речення про мир. Друге про безпеку.\nТретє про мир, в. о. голови і волю.";
    assert_eq!(marked("мир /s безпека", text), None);
    assert_eq!(marked("мир /p безпека", text).unwrap(), ["мир", "безпеку"]);
    assert_eq!(marked("мир /s воля", text).unwrap(), ["мир", "волю"]);
    assert_eq!(marked("безпека /абзац воля", text), None);
}

#[test]
fn mentions_are_counted() {
    let text = "Мир, миру, миром. Воля.";
    assert_eq!(
        marked("ATLEAST/3 мир", text).unwrap(),
        ["Мир", "миру", "миром"]
    );
    assert_eq!(marked("ATLEAST/4 мир", text), None);
    assert_eq!(marked("ATLEAST/4 (мир OR воля)", text).unwrap().len(), 4);
}

#[test]
fn a_field_keeps_words_in_its_part() {
    assert_eq!(marked("text:мир", "мир").unwrap(), ["мир"]);
    assert_eq!(marked("title:мир", "мир"), None);
    assert_eq!(
        marked("title:мир OR text:воля", "мир і воля").unwrap(),
        ["воля"]
    );
}

#[test]
fn a_phrase_may_have_gaps_and_alternatives() {
    let text = "гарантії нової безпеки і гарантії старого миру";
    assert_eq!(
        marked("\"гарантія * безпека\"", text).unwrap(),
        ["гарантії", "безпеки"]
    );
    assert_eq!(
        marked("\"гарантія * (безпека|мир)\"", text).unwrap().len(),
        4
    );
    assert_eq!(marked("\"гарантія * =безпека\"", text), None);
}

#[test]
fn conditions_are_met_by_what_is_known_of_the_article() {
    let plan = Plan::of(
        &parse("date:2024 source:хвиля OR мир", &OPTIONS)
            .unwrap()
            .query,
    )
    .unwrap();
    let day = date::day_number(civil::date(2024, 5, 1));
    let facts = Facts {
        first_day: Some(day),
        last_day: Some(day),
        values: vec![(Column::Source, "Хвиля Поділля".to_owned())],
        place: None,
    };
    let matches = |facts| Matcher::new(&plan).matches(&[], Language::Ukrainian, facts);
    assert_eq!(matches(&facts), Some(Vec::new()));
    assert_eq!(matches(&Facts::default()), None);
}
