//! The key of a lemma: what all its forms have in common.

use crate::analysis::dictionary::letters;
use crate::analysis::dictionary::letters::Letters;

/// Returns the key of a lemma.
pub fn key_of_lemma(lemma: &Letters) -> Letters {
    let mut key = *lemma;
    let is_last = |&code: &u8| letters::letter(code).is_some_and(|letter| LAST.contains(letter));
    let is_cut = lemma.codes().len() > MIN_LETTERS
        && lemma.codes().last().is_some_and(is_last)
        && !WHOLE.iter().any(|end| lemma.ends_with(end));
    if is_cut {
        key.cut(1);
    }
    key
}

/// Lemmas that are their own keys end so.
pub(crate) const WHOLE: [&str; 5] = ["ти", "тися", "ий", "ій", "їй"];

/// The letters that are cut off.
pub(crate) const LAST: &str = "аеєиіїоуюяьй";

/// Least length of a key, in letters.
pub(crate) const MIN_LETTERS: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn key(lemma: &str) -> String {
        let mut text = String::new();
        key_of_lemma(&Letters::of(lemma).unwrap()).write_to(&mut text);
        text
    }

    #[test]
    fn a_key_is_the_lemma_without_its_last_vowel() {
        for (lemma, expected) in [
            ("рука", "рук"),
            ("гарантія", "гаранті"),
            ("київ", "київ"),
            ("день", "ден"),
            ("соловей", "солове"),
            ("макрон", "макрон"),
            ("мелоні", "мелон"),
        ] {
            assert_eq!(key(lemma), expected);
        }
    }

    #[test]
    fn an_infinitive_and_an_adjective_are_their_own_keys() {
        for lemma in [
            "читати",
            "сміятися",
            "зелений",
            "зеленський",
            "синій",
            "довгошиїй",
        ] {
            assert_eq!(key(lemma), lemma);
        }
    }

    #[test]
    fn a_word_of_two_letters_is_its_own_key() {
        for lemma in ["я", "ти", "це", ""] {
            assert_eq!(key(lemma), lemma);
        }
    }
}
