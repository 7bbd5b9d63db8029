//! Designations and acronyms in letters of the other script: `X-101` for `Х-101`, `CBO` for `СВО`.

use crate::analysis::characters::homoglyph::look_alike;
use crate::analysis::keys::{KeyAnalyzer, Keys};
use crate::analysis::spelling::keyed_word::KeyedWord;

/// The beginnings of designations, in both scripts.
const SERIES: [(&str, &str); 12] = [
    ("су", "su"),
    ("міг", "mig"),
    ("ту", "tu"),
    ("ан", "an"),
    ("іл", "il"),
    ("ка", "ka"),
    ("с", "s"),
    ("х", "kh"),
    ("ф", "f"),
    ("г", "g"),
    ("д", "d"),
    ("л", "l"),
];

/// Acronyms that another acronym looks like.
const APART: [&str; 2] = ["bbc", "ввс"];

/// The most letters of an acronym that is read in the other script.
const LONGEST: usize = 6;

/// Returns the keys of the first of `words` in letters of the other script, if it is a letter
/// before digits, the name of a series before digits, or an acronym all of whose letters look like
/// others.
pub(crate) fn keys(words: &[KeyedWord]) -> Vec<String> {
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let form = first.form.as_str();
    let is_numbered = words
        .get(1)
        .is_some_and(|next| next.form.starts_with(|c: char| c.is_ascii_digit()));
    let letters = form.chars().count();
    let is_acronym = first.is_in_capitals && (2..=LONGEST).contains(&letters);
    let mut others = Vec::new();
    if (is_numbered && letters == 1) || (is_acronym && !APART.contains(&form)) {
        others.extend(look_alike(form));
    }
    if is_numbered {
        for (cyrillic, latin) in SERIES {
            if form == cyrillic {
                others.push(latin.to_owned());
            } else if form == latin {
                others.push(cyrillic.to_owned());
            }
        }
    }
    let (mut analyzer, mut keys) = (KeyAnalyzer::default(), Keys::default());
    let mut all = Vec::new();
    for other in others {
        analyzer.query_keys(&other, &mut keys);
        all.extend(keys.iter().map(str::to_owned));
    }
    all
}

/// Calls `each` with the other spellings of a number with one letter behind it: `90M` for `90М`,
/// where the second is two words, as its letter may be a unit.
pub(crate) fn with_letter(words: &[KeyedWord], each: &mut dyn FnMut(usize, Vec<Vec<String>>)) {
    let Some(first) = words.first() else { return };
    let letter = first.form.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = first.form.strip_suffix(letter).unwrap_or_default();
    let behind = words.get(1).map_or("", |next| next.form.as_str());
    let (count, letter) = if letter.is_empty() {
        (2, behind)
    } else {
        (1, letter)
    };
    if digits.is_empty() || letter.chars().count() != 1 {
        return;
    }
    let Some(other) = look_alike(letter) else {
        return;
    };
    let joined = |letter: &str| vec![vec![format!("{digits}{letter}")]];
    each(count, joined(&other));
    if count == 1 {
        let mut keys = Keys::default();
        KeyAnalyzer::default().query_keys(&other, &mut keys);
        let letters = keys.iter().map(str::to_owned).collect();
        each(1, vec![vec![digits.to_owned()], letters]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> KeyedWord {
        KeyedWord {
            form: text.to_lowercase(),
            is_in_capitals: !text.contains(char::is_lowercase) && text.contains(char::is_uppercase),
            ..KeyedWord::default()
        }
    }

    #[test]
    fn letters_before_digits_and_acronyms_are_read_in_both_scripts() {
        for (texts, expected) in [
            (&["Х", "101"][..], true),
            (&["x", "101"], true),
            (&["Су", "34"], true),
            (&["CBO"], true),
            (&["СВО"], true),
            (&["x"], false),
            (&["Х", "ракета"], false),
            (&["BBC"], false),
            (&["сво"], false),
            (&["НАТО", "2"], true),
            (&["Ж", "9"], false),
        ] {
            let words: Vec<KeyedWord> = texts.iter().map(|text| word(text)).collect();
            assert_eq!(!keys(&words).is_empty(), expected, "{texts:?}");
        }
    }
}
