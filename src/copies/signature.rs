//! The signature of a text: a one-permutation `MinHash` of its shingles.
//!
//! Every run of `SHINGLE_WORDS` words falls into one of `BINS` bins by its hash, and a bin
//! keeps a byte of its least hash (Li, Owen and Zhang, "One permutation hashing", 2012). Two texts
//! agree in as many of the bins that either fills as they share of their shingles. A bin that no
//! shingle falls into stays empty, so short texts are compared almost exactly.

use crate::copies::words::for_each_word;

/// Words in a shingle: one changed word changes three of them.
const SHINGLE_WORDS: usize = 3;
/// 64-bit numbers that hold bins.
const BIN_NUMBERS: usize = 11;
/// Bins of a signature, a byte each.
pub const BINS: usize = 8 * BIN_NUMBERS;
/// 64-bit numbers of a signature: how many shingles, then the bins. 96 bytes.
pub const NUMBERS: usize = 1 + BIN_NUMBERS;
/// A bin that no shingle fell into.
pub(crate) const EMPTY: u8 = 0;
/// With fewer words a text is recognised by its headline too.
const WORDS_WITHOUT_HEADLINE: usize = 12;

/// What is kept of a text to find its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// How many shingles the text has.
    pub(crate) shingles: u32,
    pub(crate) bins: [u8; BINS],
}

impl Signature {
    /// Returns the signature of an article; none without words. A long text has that of its body
    /// alone, as copies often come under a headline of their own.
    pub fn of(title: &str, body: &str) -> Option<Self> {
        let mut shingles = Shingles::default();
        let words = shingles.add(body);
        if words < WORDS_WITHOUT_HEADLINE {
            shingles.add(title);
        }
        (shingles.count > 0).then(|| Self {
            shingles: shingles.count,
            bins: shingles.least.map(|least| least.map_or(EMPTY, byte_of)),
        })
    }

    /// Returns it as numbers.
    pub fn to_numbers(&self) -> [u64; NUMBERS] {
        let mut numbers = [u64::from(self.shingles); NUMBERS];
        let (bins, _) = self.bins.as_chunks();
        for (number, bins) in numbers.iter_mut().skip(1).zip(bins) {
            *number = u64::from_le_bytes(*bins);
        }
        numbers
    }

    /// Returns a hash of it.
    pub(crate) fn hash(&self) -> u64 {
        let join = |hash: u64, number: &u64| mixed(hash ^ number);
        self.to_numbers().iter().fold(GOLDEN, join)
    }

    /// Reads it from numbers; none where there are none.
    pub fn from_numbers(mut numbers: impl Iterator<Item = u64>) -> Option<Self> {
        let shingles = u32::try_from(numbers.next()?).unwrap_or(u32::MAX);
        let mut bins = [EMPTY; BINS];
        for (bins, number) in bins.chunks_exact_mut(8).zip(numbers) {
            bins.copy_from_slice(&number.to_le_bytes());
        }
        Some(Self { shingles, bins })
    }
}

/// The shingles of an article so far.
struct Shingles {
    count: u32,
    /// The least hash in each bin.
    least: [Option<u64>; BINS],
}

impl Default for Shingles {
    fn default() -> Self {
        Self {
            count: 0,
            least: [None; BINS],
        }
    }
}

impl Shingles {
    /// Adds those of a text; returns how many words it has. One of fewer words than a shingle is a
    /// shingle of its own.
    fn add(&mut self, text: &str) -> usize {
        let mut words = 0;
        let mut last = [0_u64; SHINGLE_WORDS];
        for_each_word(text, |word| {
            last.rotate_left(1);
            last[SHINGLE_WORDS - 1] = word;
            words += 1;
            if words >= SHINGLE_WORDS {
                self.add_one(&last);
            }
        });
        if (1..SHINGLE_WORDS).contains(&words) {
            self.add_one(&last);
        }
        words
    }

    fn add_one(&mut self, words: &[u64]) {
        let join = |hash: u64, word: &u64| (hash ^ word).wrapping_mul(GOLDEN).rotate_left(29);
        let hash = mixed(words.iter().fold(0, join));
        let least = &mut self.least[bin_of(hash)];
        *least = Some(least.map_or(hash, |least| least.min(hash)));
        self.count = self.count.saturating_add(1);
    }
}

/// 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns the bin of a hash, by its low half.
fn bin_of(hash: u64) -> usize {
    let low = usize::try_from(hash & 0xffff_ffff).unwrap_or(0);
    (low * BINS) >> 32
}

/// Returns a byte of a hash that is not `EMPTY`. High bytes of the least hashes are near 0, so it
/// is mixed once more.
fn byte_of(hash: u64) -> u8 {
    let [first, ..] = mixed(hash ^ GOLDEN).to_le_bytes();
    first.max(1)
}

/// Mixes all bits (the finalizer of `SplitMix64`).
pub(crate) fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_marks_and_apostrophes_do_not_count() {
        let plain = Signature::of("", "П'ять сіл під Києвом лишилися без світла через негоду");
        for other in [
            "П’ЯТЬ СІЛ ПІД КИЄВОМ ЛИШИЛИСЯ БЕЗ СВІТЛА ЧЕРЕЗ НЕГОДУ!",
            "— Пʼять сіл: під «Києвом»\nлишилися – без сві\u{ad}тла через него\u{301}ду.",
        ] {
            assert_eq!(Signature::of("", other), plain, "{other}");
        }
        assert_ne!(Signature::of("", "П'ять сіл під Києвом"), plain);
    }

    #[test]
    fn a_short_text_is_told_by_its_headline_too_and_a_long_one_is_not() {
        let short = "Подробиці за посиланням.";
        assert_ne!(
            Signature::of("Міст відкрили", short),
            Signature::of("Міст закрили", short)
        );
        let long = "Міська рада погодила ремонт мосту через річку, роботи почнуться в травні й \
                    триватимуть пів року.";
        assert_eq!(
            Signature::of("Міст відкрили", long),
            Signature::of("Ремонт мосту почнуть у травні", long)
        );
    }

    #[test]
    fn a_text_without_words_has_none() {
        assert_eq!(Signature::of("", ""), None);
        assert_eq!(Signature::of("—", " … \n"), None);
        assert!(Signature::of("Так", "").is_some());
    }

    proptest! {
        #[test]
        fn a_signature_comes_back_from_its_numbers(title in ".{0,40}", body in ".{0,400}") {
            let signature = Signature::of(&title, &body);
            let numbers = signature.iter().flat_map(Signature::to_numbers);
            prop_assert_eq!(Signature::from_numbers(numbers), signature);
        }
    }
}
