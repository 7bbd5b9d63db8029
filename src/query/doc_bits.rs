//! The articles of one segment as a bit each: the soonest way to join long lists where nothing but the articles counts.

use super::found_slot::FoundTerm;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader};

/// So many articles are given at a time at most, and all at once those of a word of bits: 64.
const BATCH: usize = 1024;
/// Articles in a full block of a list; only the last block is not full.
const BLOCK: usize = 128;

/// Articles of one segment. Takes an eighth of a byte for each article that the segment has.
#[derive(Debug, Clone)]
pub struct DocBits {
    words: Vec<u64>,
}

impl DocBits {
    /// No article of a segment with `max_doc` articles.
    pub fn none(max_doc: DocId) -> Self {
        Self {
            words: vec![0; (max_doc as usize).div_ceil(64)],
        }
    }

    /// Adds an article.
    pub fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Adds the articles of a list from its current block on.
    pub fn add(&mut self, list: &mut BlockSegmentPostings) {
        loop {
            let docs = list.docs();
            for doc in docs {
                self.insert(*doc);
            }
            if docs.len() < BLOCK {
                return;
            }
            list.advance();
        }
    }

    /// Adds the articles that a segment has of each of some terms.
    ///
    /// # Errors
    /// Where postings cannot be read.
    pub fn add_terms(
        &mut self,
        reader: &SegmentReader,
        terms: &[FoundTerm],
    ) -> tantivy::Result<()> {
        for term in terms {
            self.add(&mut term.blocks(reader, IndexRecordOption::Basic)?);
        }
        Ok(())
    }

    /// Returns the number of articles.
    pub fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Returns the articles in their order.
    pub fn iter(&self) -> impl Iterator<Item = DocId> {
        let words = (0..).step_by(64).zip(&self.words);
        words.flat_map(|(first, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let doc = (rest != 0).then(|| first + rest.trailing_zeros());
                rest &= rest.wrapping_sub(1);
                doc
            })
        })
    }

    /// Leaves those that are also in `other`.
    pub fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Leaves those that are not in `other`.
    pub fn leave_out(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Calls `each` with all articles in order, some at a time.
    pub fn for_each(&self, each: &mut dyn FnMut(&[DocId])) {
        let mut docs = Vec::with_capacity(BATCH);
        for (first, word) in (0..).step_by(64).zip(&self.words) {
            let mut rest = *word;
            while rest != 0 {
                docs.push(first + rest.trailing_zeros());
                rest &= rest - 1;
            }
            if docs.len() + 64 > BATCH {
                each(&docs);
                docs.clear();
            }
        }
        if !docs.is_empty() {
            each(&docs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(docs: &[DocId]) -> DocBits {
        let mut bits = DocBits::none(200);
        for doc in docs {
            bits.insert(*doc);
        }
        bits
    }

    #[test]
    fn articles_come_in_order_and_those_of_another_list_are_kept_or_left_out() {
        let mut both = bits(&[199, 0, 63, 64, 128]);
        both.keep(&bits(&[63, 64, 65, 199]));
        let mut docs = Vec::new();
        both.for_each(&mut |some| docs.extend_from_slice(some));
        assert_eq!(docs, [63, 64, 199]);
        both.leave_out(&bits(&[63, 100]));
        docs.clear();
        both.for_each(&mut |some| docs.extend_from_slice(some));
        assert_eq!(docs, [64, 199]);
    }
}
