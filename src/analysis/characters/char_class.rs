//! What a character is to the tokenizer, and its small letter, by one look into a table.
//!
//! Unicode's own functions take a search each for a Cyrillic letter; the table takes the characters
//! below U+0600, which is all that Ukrainian, Russian and European archives are written in.

use crate::analysis::characters::apostrophe::is_apostrophe;
use crate::analysis::characters::invisible::{is_combining, is_invisible};
use std::sync::LazyLock;

/// What a character is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharClass {
    /// A letter or digit.
    Word,
    /// A mark over the letter before it.
    Combining,
    /// One of the characters that stand for an apostrophe between letters.
    Apostrophe,
    /// Nothing that shows.
    Invisible,
    /// What separates words.
    Separator,
}

/// The characters of the table.
const TABLE_CHARS: usize = 0x600;

/// The classes and small letters of all characters. Get one with [`CharTable::get`] and keep it for
/// a text.
#[derive(Debug)]
pub struct CharTable {
    /// For a letter whose small form is several characters, `None`.
    entries: [(CharClass, Option<char>); TABLE_CHARS],
}

impl CharTable {
    /// Returns the table; the first call fills it, in some microseconds.
    pub fn get() -> &'static Self {
        static TABLE: LazyLock<CharTable> = LazyLock::new(CharTable::fill);
        &TABLE
    }

    fn fill() -> Self {
        let mut entries = [(CharClass::Separator, None); TABLE_CHARS];
        for (code, entry) in (0_u32..).zip(entries.iter_mut()) {
            if let Some(c) = char::from_u32(code) {
                let mut lower = c.to_lowercase();
                let single = lower.next().filter(|_| lower.next().is_none());
                *entry = (classify(c), single);
            }
        }
        Self { entries }
    }

    /// Returns the class of `c`.
    pub fn class(&self, c: char) -> CharClass {
        match self.entries.get(c as usize) {
            Some((class, _)) => *class,
            None => classify(c),
        }
    }

    /// Returns whether `c` is a capital: whether it has a small form other than itself.
    pub fn is_capital(&self, c: char) -> bool {
        match self.entries.get(c as usize) {
            Some((_, Some(lower))) => *lower != c,
            _ => c.is_uppercase(),
        }
    }

    /// Appends the small form of `c` to `form` and returns of how many characters it is.
    pub fn push_lower(&self, c: char, form: &mut String) -> usize {
        if let Some((_, Some(lower))) = self.entries.get(c as usize) {
            form.push(*lower);
            1
        } else {
            let lower = c.to_lowercase();
            let chars = lower.len();
            form.extend(lower);
            chars
        }
    }
}

/// Same as [`char::is_alphanumeric`], but Cyrillic letters need no search in Unicode's tables.
pub fn is_letter_or_digit(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}') || c.is_alphanumeric()
}

/// Unicode counts some apostrophes as letters; to us they are none.
fn classify(c: char) -> CharClass {
    match c {
        c if is_apostrophe(c) => CharClass::Apostrophe,
        c if c.is_alphanumeric() => CharClass::Word,
        c if is_combining(c) => CharClass::Combining,
        c if is_invisible(c) => CharClass::Invisible,
        _ => CharClass::Separator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let expected = c.is_alphanumeric();
            assert_eq!(is_letter_or_digit(c), expected, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_table_says_what_unicode_says() {
        let table = CharTable::get();
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(table.class(c), classify(c), "U+{:04X}", u32::from(c));
            let mut lower = String::new();
            table.push_lower(c, &mut lower);
            let has_small = lower != c.to_string();
            assert_eq!(
                table.is_capital(c) && has_small,
                c.is_uppercase() && has_small || is_titlecase(c)
            );
            assert_eq!(
                lower,
                c.to_lowercase().collect::<String>(),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }
    /// Returns whether `c` is a pair of letters of which the first is a capital, as in `ǅ`.
    fn is_titlecase(c: char) -> bool {
        matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}')
    }
}
