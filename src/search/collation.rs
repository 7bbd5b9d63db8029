//! The order of words in a Ukrainian dictionary.

/// The letters in their order; those of Russian only stand behind.
const ALPHABET: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ";
/// The first place of a letter of the alphabet: behind digits and Latin letters, before all others.
const FIRST: u32 = 0x370;

/// Returns what orders words as a Ukrainian dictionary does, whatever their capitals: `ґ` behind `г`, `і` behind
/// `и`, apostrophes and other marks ignored.
pub fn sort_key(text: &str) -> Vec<u32> {
    let place = |c: char| {
        let of_alphabet = (FIRST..)
            .zip(ALPHABET.chars())
            .find(|(_, known)| *known == c);
        of_alphabet.map_or(u32::from(c), |(place, _)| place)
    };
    let letters = text.chars().flat_map(char::to_lowercase);
    letters.filter(|c| c.is_alphanumeric()).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
