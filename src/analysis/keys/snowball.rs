//! Stems of Russian and Latin-script words, for the articles that Ukrainian archives mix in.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::fmt;

/// What stands before a Russian stem, so that it is never taken for a Ukrainian lemma.
pub const RUSSIAN_PREFIX: &str = "ru/";
/// What stands before the stem of a Latin-script word.
pub const ENGLISH_PREFIX: &str = "en/";

/// A surname in -ов or -ев has this many letters at least: `Заев`.
const SHORTEST_SURNAME: usize = 4;

/// The Snowball stemmers of the languages other than Ukrainian.
pub struct Stemmers {
    russian: Stemmer,
    english: Stemmer,
}

impl fmt::Debug for Stemmers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stemmers").finish_non_exhaustive()
    }
}

impl Default for Stemmers {
    fn default() -> Self {
        Self {
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
        }
    }
}

impl Stemmers {
    /// Appends the Russian stem of `form` to `key`, behind its prefix; `ё` counts as `е`.
    pub fn push_russian(&self, form: &str, key: &mut String) {
        let plain = if form.contains('ё') {
            Cow::from(form.replace('ё', "е"))
        } else {
            Cow::from(form)
        };
        key.push_str(RUSSIAN_PREFIX);
        key.push_str(&self.russian.stem(&plain));
    }

    /// Appends the stem that a name has in Russian, behind its prefix. Snowball takes the end of
    /// `Иванов` for a plural and stems it as `Иван`; the name has the stem of its other cases.
    pub fn push_russian_name(&self, form: &str, key: &mut String) {
        if is_russian_surname(form) {
            self.push_russian(&format!("{form}а"), key);
        } else {
            self.push_russian(form, key);
        }
    }

    /// Appends the English stem of `form` to `key`, behind its prefix; a closing `'s` is cut.
    pub fn push_english(&self, form: &str, key: &mut String) {
        let word = form.strip_suffix("'s").unwrap_or(form);
        key.push_str(ENGLISH_PREFIX);
        key.push_str(&self.english.stem(word));
    }
}

/// Returns whether a Russian word ends as the nominative of many a surname and city does.
pub fn is_russian_surname(form: &str) -> bool {
    let ends = ["ов", "ев", "ёв"];
    form.chars().count() >= SHORTEST_SURNAME && ends.iter().any(|end| form.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn russian(form: &str) -> String {
        let mut key = String::new();
        Stemmers::default().push_russian(form, &mut key);
        key
    }

    #[test]
    fn russian_cases_share_a_stem_and_yo_is_ye() {
        assert_eq!(russian("гарантиями"), russian("гарантия"));
        assert_eq!(russian("самолёт"), russian("самолета"));
        assert!(russian("гарантия").starts_with(RUSSIAN_PREFIX));
    }

    #[test]
    fn the_cases_of_a_surname_share_the_stem_of_the_name() {
        let name = |form: &str| {
            let mut key = String::new();
            Stemmers::default().push_russian_name(form, &mut key);
            key
        };
        assert_ne!(russian("Иванов"), russian("иванова"));
        for (nominative, other) in [
            ("иванов", "ивановым"),
            ("дмитриев", "дмитриева"),
            ("горбачёв", "горбачеву"),
            ("киев", "киеве"),
            ("воронин", "воронину"),
        ] {
            assert_eq!(name(nominative), russian(other));
        }
    }

    #[test]
    fn english_forms_share_a_stem() {
        let english = |form: &str| {
            let mut key = String::new();
            Stemmers::default().push_english(form, &mut key);
            key
        };
        assert_eq!(english("guarantees"), english("guarantee"));
        assert_eq!(english("ukraine's"), english("ukraine"));
    }
}
