//! Words that mix Latin and Cyrillic letters that look alike: `Бровари` with a Latin `p` in it.
//!
//! They come from keyboards in the wrong layout, from text recognition, and from writers who hide a
//! word from search. Such a word is converted to the script of those of its letters that exist in
//! only one of the two. A word in one script, and one that no exchange makes uniform, stays as it
//! is.

use unicode_normalization::UnicodeNormalization;

/// Letters that look alike: the Latin one, then the Cyrillic one.
///
/// Small `b`, `h`, `k`, `m` and `t` are missing: unlike the capitals, they differ from `в`, `н`,
/// `к`, `м` and `т`.
const PAIRS: [(char, char); 25] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('ï', 'ї'),
    ('ë', 'ё'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('Ï', 'Ї'),
    ('Ë', 'Ё'),
];

/// Latin vowels with an acute, which writers take for stressed Cyrillic ones. No word is brought
/// into the Latin script with them.
const STRESSED: [(char, char); 10] = [
    ('á', 'а'),
    ('é', 'е'),
    ('í', 'і'),
    ('ó', 'о'),
    ('ý', 'у'),
    ('Á', 'А'),
    ('É', 'Е'),
    ('Í', 'І'),
    ('Ó', 'О'),
    ('Ý', 'У'),
];

/// The digits of Roman numbers that have a Cyrillic look-alike.
const ROMAN: &str = "IXCM";

/// A first look at the letters of a word, two comparisons each: nearly all words are of one script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scripts {
    low: bool,
    high: bool,
}

impl Scripts {
    /// Takes notice of the letter or digit `c`.
    pub fn add(&mut self, c: char) {
        // All letters of Latin up to Extended-B, and all that are Cyrillic or behind it.
        self.low |= matches!(c, ':'..'\u{250}');
        self.high |= c >= '\u{400}';
    }

    /// Returns whether there may have been both Latin and Cyrillic letters.
    pub fn may_be_mixed(self) -> bool {
        self.low && self.high
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..'\u{250}' | '\u{1e00}'..'\u{1f00}')
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..'\u{530}').contains(&c)
}

/// Returns the mixed word `word`, in the letters and case of the text, in one script; `None` where
/// it is in one already, or has letters of both that nothing in the other looks like.
///
/// If all letters have look-alikes, capitals that are Roman digits become Latin; any other word
/// becomes what most of its letters are, and Cyrillic where both are as many.
pub fn unmixed(word: &str) -> Option<String> {
    let to_latin = |c| match PAIRS.iter().find(|(_, cyrillic)| *cyrillic == c) {
        Some((latin, _)) => *latin,
        None => c,
    };
    let to_cyrillic = |c| match PAIRS.iter().chain(&STRESSED).find(|(latin, _)| *latin == c) {
        Some((_, cyrillic)) => *cyrillic,
        None => c,
    };
    // A letter and its mark in two characters must count as the one letter that the form will have.
    let word: String = word.nfc().collect();
    if !is_mixed(&word) {
        return None;
    }
    let only_latin = word.chars().any(|c| is_latin(to_cyrillic(c)));
    let only_cyrillic = word.chars().any(|c| is_cyrillic(to_latin(c)));
    let becomes_latin = match (only_latin, only_cyrillic) {
        (true, true) => return None,
        (false, false) => is_latin_by_look(&word, to_latin),
        (only_latin, _) => only_latin,
    };
    Some(if becomes_latin {
        word.chars().map(to_latin).collect()
    } else {
        word.chars().map(to_cyrillic).collect()
    })
}

/// Returns `form`, in small letters, in letters of the other script that look like its capitals;
/// `None` where one of them has none.
pub(crate) fn look_alike(form: &str) -> Option<String> {
    let upper = form.to_uppercase();
    let other = |c: char| {
        PAIRS.iter().find_map(|(latin, cyrillic)| {
            if *latin == c {
                Some(*cyrillic)
            } else {
                (*cyrillic == c).then_some(*latin)
            }
        })
    };
    let other: Option<String> = upper.chars().map(other).collect();
    other.map(|other| other.to_lowercase())
}

fn is_mixed(word: &str) -> bool {
    word.chars().any(is_latin) && word.chars().any(is_cyrillic)
}

/// Chooses the script of a word whose letters could all be either.
fn is_latin_by_look(word: &str, to_latin: impl Fn(char) -> char) -> bool {
    let letters = || word.chars().filter(|c| is_latin(*c) || is_cyrillic(*c));
    let latin = letters().filter(|c| is_latin(*c)).count();
    let all = letters().count();
    letters().all(|c| ROMAN.contains(to_latin(c))) || latin * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::tokenizer::{Words, forms_of};
    use proptest::prelude::*;

    #[test]
    fn only_a_mixed_word_is_exchanged_and_it_keeps_its_case() {
        for (word, expected) in [
            (concat!("Б", "P", "ОВАРИ"), Some("БРОВАРИ")),
            (concat!("С", "ovid"), Some("Covid")),
            (concat!("XX", "І"), Some("XXI")),
            (concat!("twitter", "ів"), None),
            ("Бровари", None),
            ("Covid", None),
            ("2022", None),
            ("", None),
        ] {
            assert_eq!(unmixed(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn a_foreign_letter_becomes_that_of_the_word_around_it() {
        for (mixed, expected) in [
            (concat!("Б", "p", "оварський"), "броварський"),
            (concat!("С", "OVID"), "covid"),
            (concat!("а", "d"), "ad"),
            (concat!("Укра", "ï", "на"), "україна"),
            (concat!("Укра", "i\u{308}", "на"), "україна"),
            (concat!("з", "á", "мок"), "замок"),
            (concat!("H", "АТО"), "нато"),
            (concat!("прем’є", "p"), "прем'єр"),
        ] {
            assert_eq!(forms_of(mixed), [expected], "{mixed}");
        }
    }

    #[test]
    fn where_every_letter_could_be_either_roman_numbers_are_latin_and_words_what_most_letters_are()
    {
        for (mixed, expected) in [
            (concat!("ХХ", "I"), "xxi"),
            (concat!("XX", "І"), "xxi"),
            (concat!("с", "o"), "со"),
            (concat!("с", "op"), "cop"),
            (concat!("p", "ос", "a"), "роса"),
        ] {
            assert_eq!(forms_of(mixed), [expected], "{mixed}");
        }
    }

    #[test]
    fn a_word_of_one_script_and_one_that_cannot_be_brought_into_one_stay_as_they_are() {
        for word in [
            "сорока",
            "cop",
            "xxi",
            concat!("twitter", "ів"),
            concat!("z", "вір"),
            "5g",
        ] {
            assert_eq!(forms_of(word), [word]);
        }
    }

    #[test]
    fn offsets_are_those_of_the_letters_that_were_typed() {
        let text = concat!("м. Б", "p", "овари — С", "OVID");
        let (mut words, mut form) = (Words::new(text), String::new());
        let mut typed = Vec::new();
        while let Some(word) = words.next_into(&mut form) {
            typed.push(word.range.of(text));
        }
        assert_eq!(
            typed,
            ["м", concat!("Б", "p", "овари"), concat!("С", "OVID")]
        );
    }

    proptest! {
        #[test]
        fn an_unmixed_word_is_of_one_script(word in "([abehiopxtkÁé]|[мтавирсіїз]){1,12}") {
            if let Some(unmixed) = unmixed(&word) {
                prop_assert!(!is_mixed(&unmixed));
            }
        }
    }
}
