//! Articles of one segment as a bitset: the fastest way to join long lists if only membership
//! counts.

use crate::plan::cache::segment_term::{BLOCK, SegmentTerm};
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

/// Most articles passed to a callback at once.
const BATCH: usize = 1024;

/// Articles of one segment. Takes an eighth of a byte for each article that the segment has.
#[derive(Debug, Clone)]
pub(crate) struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    /// No article of a segment with `max_doc` articles.
    pub(crate) fn none(max_doc: DocId) -> Self {
        Self {
            words: vec![0; (max_doc as usize).div_ceil(64)],
        }
    }

    /// All articles of a segment with `max_doc` articles.
    pub(crate) fn all(max_doc: DocId) -> Self {
        let mut bits = Self::none(max_doc);
        bits.words.fill(u64::MAX);
        if let Some(last) = bits.words.last_mut()
            && !max_doc.is_multiple_of(64)
        {
            *last = (1 << (max_doc % 64)) - 1;
        }
        bits
    }

    /// Adds an article.
    pub(crate) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Adds the articles of a list from its current block on.
    pub(crate) fn add(&mut self, list: &mut BlockSegmentPostings) {
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
    pub(crate) fn add_terms<'a>(
        &mut self,
        reader: &SegmentReader,
        terms: impl IntoIterator<Item = &'a SegmentTerm>,
    ) -> tantivy::Result<()> {
        for term in terms {
            self.add(&mut term.blocks(reader, IndexRecordOption::Basic)?);
        }
        Ok(())
    }

    /// Returns whether an article is in the set.
    pub(crate) fn contains(&self, doc: DocId) -> bool {
        let word = self.words.get(doc as usize / 64).copied();
        word.unwrap_or_default() >> (doc % 64) & 1 == 1
    }

    /// Returns the first article from `doc` on, [`TERMINATED`] behind the last.
    pub(crate) fn seek(&self, doc: DocId) -> DocId {
        let place = doc as usize / 64;
        let here = self.words.get(place).copied().unwrap_or_default();
        let rest = here >> (doc % 64);
        if rest != 0 {
            return doc + rest.trailing_zeros();
        }
        let later = (0..).step_by(64).zip(&self.words).skip(place + 1);
        let next = later.into_iter().find(|(_, word)| **word != 0);
        next.map_or(TERMINATED, |(first, word)| first + word.trailing_zeros())
    }

    /// Returns the number of articles.
    pub(crate) fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Returns the articles in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> {
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

    /// Adds those of `other`.
    pub(crate) fn unite(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Leaves those that are also in `other`.
    pub(crate) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Leaves those that are not in `other`.
    pub(crate) fn subtract(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Calls `each` with all articles in order, some at a time.
    pub(crate) fn for_each(&self, each: &mut dyn FnMut(&[DocId])) {
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
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const MAX_DOC: DocId = 200;

    fn bits(docs: &BTreeSet<DocId>) -> BitSet {
        let mut bits = BitSet::none(MAX_DOC);
        for doc in docs {
            bits.insert(*doc);
        }
        bits
    }

    fn docs(bits: &BitSet) -> BTreeSet<DocId> {
        bits.iter().collect()
    }

    fn some() -> impl Strategy<Value = BTreeSet<DocId>> {
        prop::collection::btree_set(0..MAX_DOC, 0..60)
    }

    proptest! {
        #[test]
        fn articles_are_joined_and_kept_and_left_out_as_in_sets(one in some(), other in some()) {
            let joined = |join: fn(&mut BitSet, &BitSet)| {
                let mut all = bits(&one);
                join(&mut all, &bits(&other));
                docs(&all)
            };
            prop_assert_eq!(joined(BitSet::intersect), &one & &other);
            prop_assert_eq!(joined(BitSet::unite), &one | &other);
            prop_assert_eq!(joined(BitSet::subtract), &one - &other);
            prop_assert_eq!(docs(&BitSet::all(MAX_DOC)), (0..MAX_DOC).collect());
        }

        #[test]
        fn articles_come_in_order_one_by_one_or_many_at_a_time(all in some()) {
            let bits = bits(&all);
            let ordered: Vec<DocId> = all.iter().copied().collect();
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), ordered.clone());
            let mut batches = Vec::new();
            bits.for_each(&mut |some| batches.extend_from_slice(some));
            prop_assert_eq!(batches, ordered);
            prop_assert_eq!(bits.len() as usize, all.len());
            for doc in 0..MAX_DOC + 70 {
                prop_assert_eq!(bits.contains(doc), all.contains(&doc));
                let next = all.range(doc..).next().copied();
                prop_assert_eq!(bits.seek(doc), next.unwrap_or(TERMINATED));
            }
        }
    }
}
