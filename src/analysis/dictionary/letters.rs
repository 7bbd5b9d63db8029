//! Ukrainian words in one byte a letter, as the dictionary holds them.
//!
//! The alphabet is that of the dictionary: the letters in lower case with ґ folded into г, the
//! apostrophe U+0027 and the hyphen. A word with any other character cannot stand in the
//! dictionary.

/// The most letters a word may have here; a longer one is unknown.
pub const MAX_LETTERS: usize = 64;

/// The letters in the order of their codes.
const ALPHABET: [char; 34] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'є', 'ж', 'з', 'и', 'і', 'ї', 'й', 'к', 'л', 'м', 'н', 'о', 'п',
    'р', 'с', 'т', 'у', 'ф', 'х', 'ц', 'ч', 'ш', 'щ', 'ь', 'ю', 'я', '\'', '-',
];

/// The code of each letter of [`ALPHABET`]. These bytes, and no others, because a transducer of the
/// crate `fst` stores the ASCII letters and digits in fewer bits than the rest.
const CODES: &[u8; ALPHABET.len()] = b"abcdefghijklmnopqrstuvwxyz01234567";

/// The first character of the block that holds the whole alphabet but ґ, ' and -.
const FIRST: usize = 0x400;

/// Stands for "no letter" in both tables.
const NONE: u8 = 0;

const ENCODE: [u8; 0x60] = {
    let mut table = [NONE; 0x60];
    let mut i = 0;
    while i < ALPHABET.len() {
        let c = ALPHABET[i] as usize;
        if c >= FIRST {
            table[c - FIRST] = CODES[i];
        }
        i += 1;
    }
    table
};

const DECODE: [char; 0x80] = {
    let mut table = ['\0'; 0x80];
    let mut i = 0;
    while i < ALPHABET.len() {
        table[CODES[i] as usize] = ALPHABET[i];
        i += 1;
    }
    table
};

/// Returns the code of a letter in lower case, of the apostrophe U+0027 or of the hyphen.
pub fn code(letter: char) -> Option<u8> {
    match letter {
        'ґ' => code('г'),
        '\'' => Some(CODES[32]),
        '-' => Some(CODES[33]),
        _ => {
            let place = (letter as usize).checked_sub(FIRST)?;
            ENCODE.get(place).copied().filter(|&code| code != NONE)
        }
    }
}

/// Returns the letter of a code.
pub fn letter(code: u8) -> Option<char> {
    DECODE
        .get(usize::from(code))
        .copied()
        .filter(|&c| c != '\0')
}

/// A word of at most [`MAX_LETTERS`] letters, without allocation.
#[derive(Clone, Copy)]
pub struct Letters {
    codes: [u8; MAX_LETTERS],
    count: usize,
}

impl Letters {
    /// The word without letters.
    pub const EMPTY: Self = Self {
        codes: [NONE; MAX_LETTERS],
        count: 0,
    };

    /// Encodes `word`; `None` if it is too long or has a character outside of the alphabet.
    ///
    /// ґ becomes г. Capitals and other apostrophes are outside of the alphabet: fold them before.
    pub fn of(word: &str) -> Option<Self> {
        let mut letters = Self::EMPTY;
        for c in word.chars() {
            letters.push(code(c)?)?;
        }
        Some(letters)
    }

    /// Takes codes as they are, without a check that they stand for letters; `None` if they are too
    /// many.
    pub fn from_codes(codes: &[u8]) -> Option<Self> {
        let mut letters = Self::EMPTY;
        letters.append(codes)?;
        Some(letters)
    }

    /// Returns the codes, one byte a letter.
    pub fn codes(&self) -> &[u8] {
        self.codes.get(..self.count).unwrap_or_default()
    }

    /// Writes the word behind `text`.
    pub fn write_to(&self, text: &mut String) {
        text.extend(self.codes().iter().filter_map(|&code| letter(code)));
    }

    /// Returns whether the word ends in `end`, whose characters must be of the alphabet.
    pub fn ends_with(&self, end: &str) -> bool {
        let mut codes = self.codes().iter().rev();
        end.chars()
            .rev()
            .all(|c| code(c).is_some_and(|code| codes.next() == Some(&code)))
    }

    /// Splits a compound behind its last hyphen: `івано-франківську` into `івано-` and
    /// `франківську`. `None` if there is no hyphen or nothing on one side of it.
    pub fn split_last_part(&self) -> Option<(Self, Self)> {
        let hyphen = self
            .codes()
            .iter()
            .rposition(|&code| letter(code) == Some('-'))?;
        let (front, last) = self.codes().split_at_checked(hyphen + 1)?;
        (hyphen > 0 && !last.is_empty())
            .then_some((Self::from_codes(front)?, Self::from_codes(last)?))
    }

    /// Drops the last `count` letters, or all if there are fewer.
    pub fn cut(&mut self, count: usize) {
        self.count = self.count.saturating_sub(count);
    }

    /// Adds letters at the end; `None`, and nothing added, if they do not fit.
    pub fn append(&mut self, codes: &[u8]) -> Option<()> {
        let end = self.count.checked_add(codes.len())?;
        self.codes.get_mut(self.count..end)?.copy_from_slice(codes);
        self.count = end;
        Some(())
    }

    fn push(&mut self, code: u8) -> Option<()> {
        *self.codes.get_mut(self.count)? = code;
        self.count += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round_trip(word: &str) -> Option<String> {
        let mut text = String::new();
        Letters::of(word)?.write_to(&mut text);
        Some(text)
    }

    #[test]
    fn every_letter_comes_back_and_has_a_code_of_its_own() {
        let alphabet: String = ALPHABET.iter().collect();
        assert_eq!(round_trip(&alphabet), Some(alphabet));
        let mut codes = CODES.to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALPHABET.len());
    }

    #[test]
    fn a_letter_is_one_byte() {
        assert_eq!(Letters::of("п'ять").unwrap().codes().len(), 5);
    }

    #[test]
    fn ge_with_upturn_is_folded() {
        assert_eq!(round_trip("ґанок"), Some("ганок".to_owned()));
    }

    #[test]
    fn what_is_no_ukrainian_word_in_lower_case_is_refused() {
        for word in [
            "Київ",
            "word",
            "covid-19",
            "п’ять",
            "этот",
            "об.",
            "а б",
            "\u{0}",
        ] {
            assert_eq!(round_trip(word), None, "{word}");
        }
    }

    #[test]
    fn sixty_four_letters_fit_and_one_more_does_not() {
        assert!(Letters::of(&"щ".repeat(64)).is_some());
        assert!(Letters::of(&"щ".repeat(65)).is_none());
        let mut full = Letters::of(&"щ".repeat(64)).unwrap();
        assert!(full.append(b"a").is_none());
        full.cut(100);
        assert!(full.codes().is_empty());
    }

    #[test]
    fn an_end_is_compared_letter_by_letter() {
        let word = Letters::of("сміятися").unwrap();
        assert!(word.ends_with("тися") && word.ends_with("") && word.ends_with("сміятися"));
        assert!(!word.ends_with("ти") && !word.ends_with("насміятися") && !word.ends_with("X"));
    }

    #[test]
    fn a_compound_is_split_behind_its_last_hyphen() {
        let parts = |word: &str| {
            let (front, last) = Letters::of(word)?.split_last_part()?;
            let mut texts = [String::new(), String::new()];
            front.write_to(&mut texts[0]);
            last.write_to(&mut texts[1]);
            Some(texts)
        };
        let expected = Some(["а-ба-".to_owned(), "галамага".to_owned()]);
        assert_eq!(parts("а-ба-галамага"), expected);
        for word in ["київ", "-то", "авто-", "-", ""] {
            assert_eq!(parts(word), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_comes_back(text in ".*") {
            if let Some(back) = round_trip(&text) {
                prop_assert_eq!(back, text.replace('ґ', "г"));
            }
        }
    }
}
