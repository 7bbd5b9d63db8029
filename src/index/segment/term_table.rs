//! The distinct terms of a segment that is being built, each with a number.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Numbers terms in the order in which they come, from 0. Takes the bytes of each term and some 20
/// more.
#[derive(Debug, Default)]
pub(super) struct TermTable {
    numbers: HashTable<u32>,
    /// All terms, one behind the other.
    bytes: Vec<u8>,
    /// Where each term ends, in `bytes`.
    ends: Vec<u32>,
}

impl TermTable {
    /// Returns the number of `term`; a new one if it is new.
    pub(super) fn number_of(&mut self, term: &[u8]) -> u32 {
        self.number_of_hashed(hash(term), term)
    }

    /// The same for a term whose [`hash`] is known.
    pub(super) fn number_of_hashed(&mut self, hash: u64, term: &[u8]) -> u32 {
        let Self {
            numbers,
            bytes,
            ends,
        } = self;
        if let Some(number) = numbers.find(hash, |number| text(bytes, ends, *number) == term) {
            return *number;
        }
        let number = as_u32(ends.len());
        bytes.extend_from_slice(term);
        ends.push(as_u32(bytes.len()));
        numbers.insert_unique(hash, number, |number| {
            self::hash(text(bytes, ends, *number))
        });
        number
    }

    /// Returns term `number`.
    pub(super) fn term(&self, number: u32) -> &[u8] {
        text(&self.bytes, &self.ends, number)
    }

    /// Returns how many terms there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the numbers of all terms, in the order of their bytes.
    pub(super) fn sorted(&self) -> Vec<u32> {
        // Nearly all comparisons end in the first eight bytes, which lie side by side.
        let mut keyed: Vec<(u64, u32)> = (0..as_u32(self.len()))
            .map(|number| (prefix(self.term(number)), number))
            .collect();
        keyed.sort_unstable_by(|left, right| {
            let texts = || self.term(left.1).cmp(self.term(right.1));
            left.0.cmp(&right.0).then_with(texts)
        });
        keyed.into_iter().map(|(_, number)| number).collect()
    }

    /// Returns the memory that it takes, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        // A slot of the table has a number and a byte of its hash.
        self.bytes.capacity() + self.ends.capacity() * 4 + self.numbers.capacity() * 6
    }
}

fn text<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(number).copied().unwrap_or_default();
    let range = start.copied().unwrap_or_default() as usize..end as usize;
    bytes.get(range).unwrap_or_default()
}

/// Returns the hash by which terms are found.
pub(super) fn hash(term: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(term);
    hasher.finish()
}

fn prefix(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    for (place, byte) in first.iter_mut().zip(term) {
        *place = *byte;
    }
    u64::from_be_bytes(first)
}

/// The memory of a builder is bounded far below what 32 bits can count.
fn as_u32(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_term_keeps_its_number() {
        let mut table = TermTable::default();
        let numbers = ["міст", "", "мо", "міст"].map(|term| table.number_of(term.as_bytes()));
        assert_eq!(numbers, [0, 1, 2, 0]);
        assert_eq!((table.term(1), table.term(2)), (&b""[..], "мо".as_bytes()));
    }

    proptest! {
        #[test]
        fn terms_are_sorted_by_their_bytes(terms in proptest::collection::vec("[а-в]{0,6}|[a-c\\u{0}]{0,12}", 0..60)) {
            let mut table = TermTable::default();
            for term in &terms {
                table.number_of(term.as_bytes());
            }
            let sorted: Vec<&[u8]> = table.sorted().into_iter().map(|number| table.term(number)).collect();
            let expected: BTreeSet<&[u8]> = terms.iter().map(String::as_bytes).collect();
            prop_assert_eq!(sorted, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
