use crate::analysis::words::tokenizer::*;
use proptest::prelude::*;

#[test]
fn words_are_lower_case_and_hyphens_cut_them() {
    assert_eq!(
        forms_of("Онлайн-зустріч у Івано-Франківську, 20-пунктний план!"),
        [
            "онлайн",
            "зустріч",
            "у",
            "івано",
            "франківську",
            "20",
            "пунктний",
            "план"
        ]
    );
}

#[test]
fn offsets_are_bytes_of_the_original_text_with_all_its_marks() {
    let text = "«За́\u{ad}мок» п’ять";
    let mut words = Words::new(text);
    let mut form = String::new();
    let first = words.next_into(&mut form).unwrap();
    assert_eq!(
        (first.range.of(text), form.as_str(), first.position),
        ("За́\u{ad}мок", "замок", 0)
    );
    let second = words.next_into(&mut form).unwrap();
    assert_eq!(
        (second.range.of(text), form.as_str(), second.position),
        ("п’ять", "п'ять", 1)
    );
    assert!(words.next_into(&mut form).is_none());
}

#[test]
fn a_word_of_more_than_forty_bytes_is_kept_whole() {
    assert_eq!(forms_of("зовнішньоекономічного"), ["зовнішньоекономічного"]);
    let long = "ґ".repeat(20_000);
    assert_eq!(forms_of(&long), [long]);
}

#[test]
fn addresses_and_tags_are_cut_at_their_marks() {
    assert_eq!(
        forms_of("#Київ @rada_ua, censor.net; pres@rada.gov.ua https://t.me/news?id=5"),
        [
            "київ", "rada", "ua", "censor", "net", "pres", "rada", "gov", "ua", "https", "t", "me",
            "news", "id", "5"
        ]
    );
}

#[test]
fn cyrillic_letters_are_never_folded_to_latin_or_to_each_other() {
    assert_eq!(
        forms_of("Їжак ґанок Йосип і"),
        ["їжак", "ґанок", "йосип", "і"]
    );
}

proptest! {
    #[test]
    fn offsets_cut_the_text_at_character_boundaries_and_never_go_back(text in "\\PC{0,60}|[а-яіїєґА-Я'a-x’\u{301}\u{ad}\u{306} -]{0,60}|[0-9., \u{a0}-]{0,60}") {
        let mut words = Words::new(&text);
        let mut form = String::new();
        let (mut end, mut position) = (0, 0);
        while let Some(word) = words.next_into(&mut form) {
            prop_assert!(word.range.start >= end && word.range.end > word.range.start);
            prop_assert!(text.get(word.range.start..word.range.end).is_some());
            prop_assert_eq!(word.position, position);
            prop_assert!(!form.is_empty());
            end = word.range.end;
            position += 1;
        }
    }

    #[test]
    fn the_form_of_a_form_is_itself(text in "[а-яіїєґА-Я'A-Za-z’\u{301}\u{ad}\u{306}0-9 -]{0,60}|[0-9. \u{a0}х,i-]{0,40}") {
        for form in forms_of(&text) {
            prop_assert_eq!(forms_of(&form), vec![form]);
        }
    }
}
