//! Which letters of a word are capitals; its form is lower case.

use std::fmt::Write;

/// Stands in a term between a form and the capitals of it; no form contains it.
pub const CAPITALS_MARK: char = '^';

/// The last bit stands for all characters from this one on.
const LAST: usize = 63;

/// Which characters of a form are capitals in the text: bit 0 for the first, and the last bit for
/// the 64th and all behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capitals(u64);

impl Capitals {
    /// Takes notice that character `place` of the form, counted from 0, is a capital.
    pub fn insert(&mut self, place: usize) {
        self.0 |= 1 << place.min(LAST);
    }

    /// Returns whether there is no capital.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether the first character is a capital.
    pub fn has_first(self) -> bool {
        self.contains(0)
    }

    /// Returns whether the first `chars` characters are capitals, all of them.
    pub fn are_all(self, chars: usize) -> bool {
        (0..chars).all(|place| self.contains(place))
    }

    /// Returns how many characters from the first on are capitals, if no others are.
    pub fn leading_only(self) -> usize {
        let leading = self.0.trailing_ones();
        let behind = self.0.checked_shr(leading).unwrap_or(0);
        if behind == 0 { leading as usize } else { 0 }
    }

    /// Adds the capitals of a form that begins at character `place` of this one.
    pub fn append(&mut self, other: Self, place: usize) {
        for at in (0..=LAST).filter(|at| other.contains(*at)) {
            self.insert(place + at);
        }
    }

    /// Puts the term under which `form` with these capitals is indexed into `term`: the form, `^`
    /// and the bits in hexadecimal digits, `слово^1` for `Слово`. Without capitals there is none,
    /// and `term` is left empty.
    pub fn term(self, form: &str, term: &mut String) {
        term.clear();
        if !self.is_empty() {
            term.push_str(form);
            term.push(CAPITALS_MARK);
            // Writing to a text cannot fail.
            let _ = write!(term, "{:x}", self.0);
        }
    }

    fn contains(self, place: usize) -> bool {
        self.0 & (1 << place.min(LAST)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::tokenizer::Words;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn term(word: &str) -> String {
        let (mut form, mut term) = (String::new(), String::new());
        let word = Words::new(word).next_into(&mut form).unwrap();
        word.capitals.term(&form, &mut term);
        term
    }

    #[test]
    fn the_term_tells_which_characters_of_the_form_are_capitals() {
        for (word, expected) in [
            ("слово", ""),
            ("Слово", "слово^1"),
            ("СЛОВО", "слово^1f"),
            ("УНІАНу", "уніану^1f"),
            ("О\u{ad}дин\u{301}А", "один\u{301}а^21"),
            ("МО\u{301}ВА", "мова^f"),
            ("И\u{306}осиП", "йосип^11"),
            ("КІ\u{308}\u{301}А", "кїа^7"),
            ("П’ЯТЬ", "п'ять^1d"),
            ("G7", "g^1"),
            (concat!("Б", "P", "овари"), "бровари^3"),
            ("İİ", "i\u{307}i\u{307}^5"),
            ("1 000", ""),
        ] {
            assert_eq!(term(word), expected, "{word}");
        }
    }

    #[test]
    fn the_last_bit_stands_for_all_characters_from_the_sixty_fourth_on() {
        let at = |place: usize| term(&format!("{}Ґ", "а".repeat(place)));
        assert!(at(62).ends_with("ґ^4000000000000000"));
        for place in [63, 64, 200] {
            assert!(at(place).ends_with("ґ^8000000000000000"), "{place}");
        }
    }

    #[test]
    fn appended_capitals_move_to_where_their_form_begins() {
        let mut capitals = Capitals::default();
        capitals.insert(0);
        let mut other = Capitals::default();
        other.insert(1);
        other.insert(60);
        capitals.append(other, 6);
        let mut term = String::new();
        capitals.term("а", &mut term);
        assert_eq!(term, "а^8000000000000081");
    }

    proptest! {
        #[test]
        fn small_letters_have_no_capitals_and_both_spellings_of_a_letter_have_the_same(text in "[А-ЯІЇЙа-яіїй]{1,90}|[A-Za-zÉé]{1,90}") {
            prop_assert_eq!(term(&text.to_lowercase()), "");
            let apart: String = text.nfd().collect();
            prop_assert_eq!(term(&apart), term(&text.nfc().collect::<String>()));
        }
    }
}
