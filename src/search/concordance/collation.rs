//! Ukrainian dictionary order.

use std::sync::LazyLock;

/// The letters in their order; those of Russian only stand behind.
const ALPHABET: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ";
/// The first place of a letter of the alphabet: behind digits and Latin letters, before all others.
const FIRST: u32 = 0x370;

/// The characters of the table: all that Ukrainian and Russian words are written in.
const TABLE_CHARS: u32 = 0x500;

/// The places of characters in the order of their codes; none of what is ignored.
static TABLE: LazyLock<Vec<Option<u32>>> = LazyLock::new(|| {
    let chars = (0..TABLE_CHARS).filter_map(char::from_u32);
    chars.map(|c| places(c).next()).collect()
});

/// Returns the places of the letters that `c` in small letters is.
fn places(c: char) -> impl Iterator<Item = u32> {
    let place = |c: char| {
        let of_alphabet = (FIRST..)
            .zip(ALPHABET.chars())
            .find(|(_, known)| *known == c);
        of_alphabet.map_or(u32::from(c), |(place, _)| place)
    };
    let letters = c.to_lowercase().filter(|c| c.is_alphanumeric());
    letters.map(place)
}

/// Returns what orders words as a Ukrainian dictionary does, whatever their capitals: `ґ` behind
/// `г`, `і` behind `и`, apostrophes and other marks ignored.
pub(crate) fn sort_key(text: &str) -> Vec<u32> {
    let mut key = Vec::with_capacity(text.len() / 2);
    push_sort_key(text, &mut key);
    key
}

/// Appends the key of `text` to `key`.
pub(crate) fn push_sort_key(text: &str, key: &mut Vec<u32>) {
    let table = &*TABLE;
    for c in text.chars() {
        match table.get(c as usize) {
            Some(place) => key.extend(place),
            None => key.extend(places(c)),
        }
    }
}

/// Appends the keys of `words` to `key`, such that the order is that of the first words, then of
/// the second ones. Words without letters and digits are ignored.
pub(crate) fn push_sort_keys<'a>(words: impl Iterator<Item = &'a str>, key: &mut Vec<u32>) {
    for word in words {
        let start = key.len();
        push_sort_key(word, key);
        if key.len() > start {
            // Less than any place, so that a word stands before those that it begins.
            key.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_the_table_are_one_letter_each_in_small_letters() {
        // One capital is two characters in small letters, of which the second is a mark.
        for c in (0..TABLE_CHARS).filter_map(char::from_u32) {
            let all: Vec<u32> = places(c).collect();
            assert_eq!(sort_key(&c.to_string()), all, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn rows_of_words_are_ordered_by_the_first_words_then_by_the_second() {
        let ordered = ["", "кіт", "кіт — пес", "кіт риба", "кітва", "пес"];
        let key = |row: &&str| {
            let mut key = Vec::new();
            push_sort_keys(row.split_whitespace(), &mut key);
            key
        };
        assert!(ordered.map(|row| key(&row)).is_sorted());
        assert_eq!(key(&"кіт — пес"), key(&"Кіт пес!"));
    }

    #[test]
    fn words_are_ordered_as_in_a_ukrainian_dictionary() {
        let ordered = [
            "2025",
            "Kyiv",
            "абрикос",
            "гора",
            "Ґанок",
            "єдність",
            "жито",
            "ирій",
            "Ірпінь",
            "їжак",
            "йод",
            "пам'ятник",
            "пам’ять",
            "юність",
            "яма",
            "эхо",
        ];
        let mut sorted = ordered.to_vec();
        sorted.reverse();
        sorted.sort_by_key(|word| sort_key(word));
        assert_eq!(sorted, ordered);
    }
}
