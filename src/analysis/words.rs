//! Cuts a text into words and brings each into its form.

use super::apostrophe::APOSTROPHE;
use super::char_class::{CharClass, CharTable};
use super::invisible::{is_combining, is_stress};
use crate::text::ByteRange;
use std::iter::Peekable;
use std::str::CharIndices;
use unicode_normalization::UnicodeNormalization;

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The bytes of the original text that it covers; both ends fall on character boundaries.
    pub range: ByteRange,
    /// Its place in the text, counted in words from 0.
    pub position: u32,
}

/// An iterator-like cursor over the words of a text.
///
/// A word is a run of letters and digits, with apostrophes between letters and with the invisible
/// characters inside it. A hyphen ends a word: `Івано-Франківськ` is two words at neighbouring
/// positions. Nothing is dropped for its length. Costs one pass over the text and no allocation but
/// the growth of the caller's buffer (and one for a word that must be composed).
#[derive(Debug, Clone)]
pub struct Words<'a> {
    table: &'static CharTable,
    chars: Peekable<CharIndices<'a>>,
    position: u32,
}

impl<'a> Words<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            table: CharTable::get(),
            chars: text.char_indices().peekable(),
            position: 0,
        }
    }

    /// Goes to the next word and puts its form into `form`, which is emptied first; `None` at the end.
    pub fn next_into(&mut self, form: &mut String) -> Option<Word> {
        form.clear();
        let table = self.table;
        let (start, first) = self
            .chars
            .find(|(_, c)| table.class(*c) == CharClass::Word)?;
        table.push_lower(first, form);
        let mut end = start + first.len_utf8();
        let mut composed = true;
        while let Some(&(at, c)) = self.chars.peek() {
            match table.class(c) {
                CharClass::Word => table.push_lower(c, form),
                CharClass::Combining => {
                    if !form
                        .chars()
                        .next_back()
                        .is_some_and(|letter| is_stress(c, letter))
                    {
                        form.push(c);
                        composed = false;
                    }
                }
                CharClass::Apostrophe if self.joins_letters(form) => form.push(APOSTROPHE),
                CharClass::Invisible => {
                    self.chars.next();
                    continue;
                }
                CharClass::Apostrophe | CharClass::Separator => break,
            }
            end = at + c.len_utf8();
            self.chars.next();
        }
        if !composed {
            *form = form.nfc().collect();
        }
        let word = Word {
            range: ByteRange::new(start, end),
            position: self.position,
        };
        self.position = self.position.saturating_add(1);
        Some(word)
    }

    /// Tells whether the apostrophe that comes next stands between two letters.
    fn joins_letters(&self, form: &str) -> bool {
        let mut ahead = self.chars.clone();
        ahead.next();
        let is_letter = |c: char| c.is_alphabetic() && self.table.class(c) == CharClass::Word;
        let next = ahead
            .map(|(_, c)| c)
            .find(|c| self.table.class(*c) != CharClass::Invisible);
        form.chars()
            .rev()
            .find(|c| !is_combining(*c))
            .is_some_and(is_letter)
            && next.is_some_and(is_letter)
    }
}

/// Returns the forms of all words of `text`, in order.
pub fn forms_of(text: &str) -> Vec<String> {
    let mut words = Words::new(text);
    let mut form = String::new();
    let mut forms = Vec::new();
    while words.next_into(&mut form).is_some() {
        forms.push(form.clone());
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn cyrillic_letters_are_never_folded_to_latin_or_to_each_other() {
        assert_eq!(
            forms_of("Їжак ґанок Йосип і"),
            ["їжак", "ґанок", "йосип", "і"]
        );
    }

    proptest! {
        #[test]
        fn offsets_cut_the_text_at_character_boundaries_and_never_go_back(text in "\\PC{0,60}|[а-яіїєґА-Я'’\u{301}\u{ad}\u{306} -]{0,60}") {
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
        fn the_form_of_a_form_is_itself(text in "[а-яіїєґА-ЯA-Za-z'’\u{301}\u{ad}\u{306}0-9 -]{0,60}") {
            for form in forms_of(&text) {
                prop_assert_eq!(forms_of(&form), vec![form]);
            }
        }
    }
}
