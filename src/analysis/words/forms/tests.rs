use crate::analysis::words::forms::*;
use crate::analysis::words::sentence::{paragraphs, sentences};
use crate::analysis::words::tokenizer::forms_of;
use proptest::prelude::*;

/// Returns the terms of each word, with `|` between them and a space between words.
fn terms(text: &str) -> String {
    let mut terms = FormTerms::new(text);
    let (mut term, mut all) = (String::new(), Vec::new());
    while terms.next_word().is_some() {
        let mut of_word = Vec::new();
        while terms.next_term(&mut term).is_some() {
            of_word.push(term.clone());
        }
        all.push(of_word.join("|"));
    }
    all.join(" ")
}

fn wholes(text: &str) -> Vec<(String, &str)> {
    let mut terms = FormTerms::new(text);
    let mut all = Vec::new();
    while let Some(word) = terms.next_word() {
        if let Some(whole) = terms.whole() {
            let range = ByteRange::new(word.range.start, whole.end);
            all.push((whole.form.clone(), range.of(text)));
        }
    }
    all
}

#[test]
fn every_word_has_its_terms() {
    for (text, expected) in [
        ("", ""),
        ("— …", ""),
        ("слово", "слово|.|¶"),
        ("Міст. Йде дощ!", "міст|міст^1|.|¶ йде|йде^1|. дощ"),
        ("Вул. Київ.\nДім", "вул|вул^1|.|¶ київ|київ^1 дім|дім^1|.|¶"),
        ("«Так»\n\n — ні", "так|так^1|.|¶ ні|.|¶"),
        ("НАТО-ЄС", "нато|нато^f|нато-єс|нато-єс^6f|.|¶ єс|єс^3"),
    ] {
        assert_eq!(terms(text), expected, "{text:?}");
    }
}

#[test]
fn what_single_hyphens_join_is_a_whole_at_its_first_part() {
    for (text, form, range) in [
        (
            "в Івано-Франківську.",
            "івано-франківську",
            "Івано-Франківську",
        ),
        ("COVID\u{2011}19", "covid-19", "COVID\u{2011}19"),
        ("будь\u{2010}хто", "будь-хто", "будь\u{2010}хто"),
        (
            "24.2.2022-25.2.2022",
            "24.02.2022-25.02.2022",
            "24.2.2022-25.2.2022",
        ),
        ("ну-\u{ad}ну-ну", "ну-ну-ну", "ну-\u{ad}ну-ну"),
        ("п’ять-\u{200b}шість", "п'ять-шість", "п’ять-\u{200b}шість"),
        ("(50-річчя)", "50-річчя", "50-річчя"),
    ] {
        assert_eq!(wholes(text), [(form.to_owned(), range)], "{text}");
    }
}

#[test]
fn dashes_spaces_and_several_hyphens_join_nothing() {
    for text in [
        "так – ні",
        "так–ні",
        "так—ні",
        "так -ні",
        "так- ні",
        "так--ні",
        "-ні-",
        "так-«ні»",
        "так\u{ad}ні",
        "1-",
    ] {
        assert_eq!(wholes(text), [], "{text}");
    }
}

#[test]
fn a_run_of_very_many_parts_is_no_whole() {
    let run = |parts: usize| vec!["а"; parts].join("-");
    assert_eq!(wholes(&run(MAX_PARTS)).len(), 1);
    assert_eq!(wholes(&run(MAX_PARTS + 1)), []);
}

#[test]
fn a_long_run_of_joined_words_is_read_in_no_time() {
    let text = "а-".repeat(200_000);
    let mut terms = FormTerms::new(&text);
    let mut count = 0;
    while terms.next_word().is_some() {
        count += 1;
    }
    assert_eq!(count, 200_000);
}

#[test]
fn an_ending_is_one_whatever_mark_stands_behind_it() {
    for behind in ["", "’", "’-", "»", "’ і"] {
        let text = format!("47-ї{behind}");
        assert_eq!(
            forms_of(&text).first().map(String::as_str),
            Some("47-ї"),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn marks_stand_at_the_first_words_and_wholes_are_their_parts(
        text in "\\PC{0,60}|[A-Za-z0-9А-Яа-яії.!?«»’ \u{301}\u{ad}\u{2010}\u{2011}\n-]{0,80}",
    ) {
        let first_words = |ranges: Vec<ByteRange>| {
            let firsts = ranges.into_iter().filter(|range| !forms_of(range.of(&text)).is_empty());
            firsts.count()
        };
        let forms = forms_of(&text);
        let mut terms = FormTerms::new(&text);
        let (mut term, mut marks, mut seen) = (String::new(), (0, 0), 0);
        while let Some(word) = terms.next_word() {
            prop_assert_eq!(terms.form(), forms[seen].as_str());
            if let Some(whole) = terms.whole() {
                let range = ByteRange::new(word.range.start, whole.end);
                prop_assert!(text.is_char_boundary(range.end));
                let parts = forms_of(range.of(&text));
                prop_assert!(parts.len() > 1);
                prop_assert_eq!(&parts, &forms[seen..seen + parts.len()]);
                let without_hyphens = |text: &str| text.replace(HYPHEN, "");
                prop_assert_eq!(without_hyphens(&whole.form), without_hyphens(&parts.concat()));
            }
            let mut distinct = std::collections::BTreeSet::new();
            while let Some(range) = terms.next_term(&mut term) {
                prop_assert!(range.start == word.range.start && range.end >= word.range.end);
                prop_assert!(distinct.insert(term.clone()), "{} comes twice", term);
                marks.0 += usize::from(term == SENTENCE_MARK);
                marks.1 += usize::from(term == PARAGRAPH_MARK);
            }
            seen += 1;
        }
        prop_assert_eq!(seen, forms.len());
        prop_assert_eq!(marks, (first_words(sentences(&text)), first_words(paragraphs(&text))));
    }
}
