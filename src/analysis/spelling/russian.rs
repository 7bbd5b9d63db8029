//! How a Ukrainian word, a name above all, is spelt in Russian.

use crate::analysis::spelling::by_first::ByFirst;
use crate::analysis::spelling::exceptions;
use crate::analysis::spelling::exceptions::KnownSpelling;
use std::sync::LazyLock;

/// The most spellings that are followed at a time.
const MOST: usize = 24;
/// A word of fewer letters has no changes of vowels tried on it: they would make other words of it.
const LONG: usize = 5;

/// Letters that are spelt together, anywhere in a word; the longest that fits counts.
const SEQUENCES: &[(&str, &[&str])] = &[
    ("ськ", &["ск"]),
    ("цьк", &["цк"]),
    ("зьк", &["зк"]),
    ("івськ", &["овск", "евск", "ивск"]),
    ("ївськ", &["евск"]),
    ("івк", &["овк", "евк", "ивк"]),
    ("ївк", &["евк"]),
    ("ійн", &["ийн", "ионн"]),
    ("ічн", &["ичн", "ическ"]),
    ("ичн", &["ичн", "ическ"]),
    ("іння", &["ение"]),
    ("ння", &["ние"]),
    ("ття", &["тие", "тье"]),
    ("лля", &["лье"]),
    ("ддя", &["дья"]),
    ("ьйо", &["ьо", "ио"]),
    ("йо", &["йо", "ио", "е"]),
    ("ьо", &["е"]),
    ("ць", &["ц"]),
    ("ця", &["ца"]),
    ("цю", &["цу"]),
    ("'я", &["ья", "ъя", "я"]),
    ("'ю", &["ью", "ъю", "ю"]),
    ("'є", &["ье", "ъе"]),
    ("'ї", &["ьи", "ъе"]),
];

/// Ends of words that are spelt in a way of their own.
const ENDS: &[(&str, &[&str])] = &[
    ("ів", &["ов", "ев", "ив"]),
    // The vowel of a name stays (`Воронін`); it changes in common words alone (`дзвін`).
    ("ін", &["ин"]),
    ("їв", &["ев"]),
    ("ій", &["ий", "ей"]),
    ("ої", &["ой"]),
    ("єю", &["ей"]),
];

/// What a sequence of letters may be in Russian.
type Ways = &'static [&'static str];

/// [`SEQUENCES`] and loans; every letter of a word is looked for.
static ANYWHERE: LazyLock<ByFirst<(&str, Ways)>> = LazyLock::new(|| {
    let all = SEQUENCES.iter().chain(exceptions::LOANS);
    ByFirst::new(all.copied(), |(sequence, _)| sequence)
});

/// Returns the Russian spellings of `form`, which is a lower-case Ukrainian word; the likeliest
/// come first.
///
/// What Russian spells in several ways (и: и or ы) gives all of them: those that are no words find
/// nothing.
pub(crate) fn russian_spellings(form: &str) -> Vec<String> {
    let letters: Vec<char> = form.chars().collect();
    let mut spellings = vec![String::new()];
    let mut rest = form;
    if let Some(known) = KnownSpelling::of(form)
        && !known.russian.is_empty()
    {
        spellings = known.russian.split(' ').map(str::to_owned).collect();
        rest = known.rest;
    }
    while let Some(letter) = rest.chars().next() {
        let at = letters.len() - rest.chars().count();
        if let Some((sequence, ways)) = sequence_at(rest) {
            extend(&mut spellings, ways);
            rest = rest.strip_prefix(sequence).unwrap_or_default();
            continue;
        }
        match ways_of_letter(&letters, at) {
            [] => spellings
                .iter_mut()
                .for_each(|spelling| spelling.push(letter)),
            ways => extend(&mut spellings, ways),
        }
        rest = rest.strip_prefix(letter).unwrap_or_default();
    }
    spellings
}

/// Returns the longest sequence that `rest` begins with.
fn sequence_at(rest: &str) -> Option<(&'static str, Ways)> {
    let ends = ENDS.iter().filter(|(end, _)| rest == *end);
    let begins = ANYWHERE
        .of(rest)
        .iter()
        .filter(|(sequence, _)| rest.starts_with(sequence));
    ends.chain(begins)
        .max_by_key(|(sequence, _)| sequence.len())
        .copied()
}

/// Returns what the letter at `at` may be in Russian; nothing if it stays.
fn ways_of_letter(letters: &[char], at: usize) -> Ways {
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    let after = letters.get(at + 1..).unwrap_or_default();
    let is_long = letters.len() >= LONG;
    match letters.get(at) {
        Some('и') if before.is_some_and(|c| "гґкхжчшщ".contains(*c)) => &[],
        Some('и') => &["и", "ы"],
        Some('і') if after.first().is_some_and(|c| is_vowel(*c) && *c != 'ї') => &["и"],
        Some('і') if !is_long || before.is_none() => &["и"],
        Some('і') if !after.is_empty() && !after.iter().any(|c| is_vowel(*c)) => &["и", "о", "е"],
        Some('і') => &["и", "е"],
        Some('ї') if before.is_none() => &["е", "и"],
        Some('ї') => &["и"],
        Some('е') if before.is_none_or(|c| is_vowel(*c)) => &["э", "е"],
        // Names and loans of one syllable: мер, Мей.
        Some('е') if !is_long => &["е", "э"],
        Some('є') => &["е"],
        Some('ґ') => &["г"],
        _ => &[],
    }
}

fn is_vowel(c: char) -> bool {
    "аеєиіїоуюя".contains(c)
}

/// Continues each of the spellings in each of the ways; only in the first where they would become
/// too many.
fn extend(spellings: &mut Vec<String>, ways: &[&str]) {
    let ways = if spellings.len() * ways.len() > MOST {
        ways.get(..1).unwrap_or_default()
    } else {
        ways
    };
    // All with the first way, then all with the second.
    let count = spellings.len();
    for _ in 1..ways.len() {
        spellings.extend_from_within(..count);
    }
    for (spellings, way) in spellings.chunks_mut(count.max(1)).zip(ways) {
        for spelling in spellings {
            spelling.push_str(way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_have_their_russian_spelling_among_others() {
        for (form, expected) in [
            ("зеленський", "зеленский"),
            ("залужний", "залужный"),
            ("україна", "украина"),
            ("естонія", "эстония"),
            ("крижанівський", "крыжановский"),
            ("григорій", "григорий"),
            ("андрій", "андрей"),
            ("макіївка", "макеевка"),
            ("київ", "киев"),
            ("київський", "киевский"),
            ("львів", "львов"),
            ("бердичів", "бердичев"),
            ("донецьк", "донецк"),
            ("в'ячеслав", "вячеслав"),
            ("комісія", "комиссия"),
            ("аерофлот", "аэрофлот"),
        ] {
            let spellings = russian_spellings(form);
            assert!(
                spellings.iter().any(|spelling| spelling == expected),
                "{form}: {spellings:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_word_has_more_than_so_many_spellings(form in "[а-яіїєґ']{0,60}|.*") {
            prop_assert!(russian_spellings(&form).len() <= MOST);
        }
    }
}
