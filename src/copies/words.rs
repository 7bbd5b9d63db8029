//! The words of a text for comparing texts: lower-cased runs of letters and digits.
//!
//! No analysis: two prints of one text have the same forms, so a form serves as well as its key and
//! costs a hundredth of it.

/// Calls `each` with a hash of every word of `text`, in order. Case does not count, nor do
/// apostrophes, stress marks and soft hyphens inside a word.
#[inline]
pub(crate) fn for_each_word(text: &str, mut each: impl FnMut(u64)) {
    let mut hash = SEED;
    for c in text.chars() {
        match fold(c) {
            Folded::Counts(code) => hash = (hash.rotate_left(5) ^ code).wrapping_mul(FACTOR),
            Folded::Inside => {}
            Folded::Ends if hash == SEED => {}
            Folded::Ends => {
                each(hash);
                hash = SEED;
            }
        }
    }
    if hash != SEED {
        each(hash);
    }
}

/// Start and factor of the hash of a word: the fractions of the square roots of 2 and 3.
const SEED: u64 = 0x6a09_e667_f3bc_c908;
const FACTOR: u64 = 0xbb67_ae85_84ca_a73b;

/// What a character is to a word.
enum Folded {
    /// A part of it, by this code.
    Counts(u64),
    /// Inside it, but not counted.
    Inside,
    /// Its end.
    Ends,
}

#[inline]
fn fold(c: char) -> Folded {
    let code = u64::from(u32::from(c));
    match c {
        'а'..='џ' | 'a'..='z' | '0'..='9' => Folded::Counts(code),
        ' ' | '\n' => Folded::Ends,
        'А'..='Я' | 'A'..='Z' => Folded::Counts(code + 0x20),
        'Ѐ'..='Џ' => Folded::Counts(code + 0x50),
        '\'' | '’' | 'ʼ' | '`' | '\u{ad}' | '\u{300}' | '\u{301}' => Folded::Inside,
        _ if c.is_alphanumeric() => {
            Folded::Counts(u64::from(u32::from(c.to_lowercase().next().unwrap_or(c))))
        }
        _ => Folded::Ends,
    }
}
