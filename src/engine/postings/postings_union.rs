//! Merges the postings of several terms into one list with each document once.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::tuning::Tuning;
use tantivy::DocId;

/// Collects postings, each with a value, and joins the values of postings of one document.
pub(crate) struct PostingsUnion<V, Join> {
    postings: Collected<V>,
    join: Join,
}

/// The postings so far.
enum Collected<V> {
    /// Few: a list, term after term.
    Listed(Vec<(DocId, V)>),
    /// Many: the joined value of every document of the segment, and which documents have one.
    Placed { values: Vec<V>, is_there: BitSet },
}

impl<V: Copy + Default, Join: Fn(V, V) -> V> PostingsUnion<V, Join> {
    /// Prepares for about `postings` postings in a segment of `max_doc` documents. `join` gets the
    /// values of a document in the order of terms; joined with the default value, a value must stay
    /// the same.
    pub(crate) fn new(postings: u64, max_doc: DocId, tuning: &Tuning, join: Join) -> Self {
        let postings = if postings * tuning.sparse_union < u64::from(max_doc) {
            Collected::Listed(Vec::new())
        } else {
            Collected::Placed {
                values: vec![V::default(); max_doc as usize],
                is_there: BitSet::none(max_doc),
            }
        };
        Self { postings, join }
    }

    /// Adds a block of postings of one term, whose values are those of `value` for frequency and
    /// document.
    pub(crate) fn add(&mut self, docs: &[DocId], freqs: &[u32], value: impl Fn(u32, DocId) -> V) {
        match &mut self.postings {
            Collected::Listed(all) => {
                let postings = docs.iter().zip(freqs);
                all.extend(postings.map(|(doc, freq)| (*doc, value(*freq, *doc))));
            }
            Collected::Placed { values, is_there } => {
                place(docs, freqs, value, &self.join, values);
                for doc in docs {
                    is_there.insert(*doc);
                }
            }
        }
    }

    /// Returns the documents in order, and the joined value of each.
    pub(crate) fn finish(self) -> (Vec<DocId>, Vec<V>) {
        match self.postings {
            Collected::Listed(mut all) => {
                // A stable sort finds the lists, which are sorted, and merges them.
                all.sort_by_key(|(doc, _)| *doc);
                all.dedup_by(|next, kept| {
                    let is_same = next.0 == kept.0;
                    if is_same {
                        kept.1 = (self.join)(kept.1, next.1);
                    }
                    is_same
                });
                all.into_iter().unzip()
            }
            Collected::Placed { values, is_there } => {
                let count = is_there.len() as usize;
                let mut in_order = (Vec::with_capacity(count), Vec::with_capacity(count));
                is_there.for_each(&mut |some| {
                    in_order.0.extend_from_slice(some);
                    in_order
                        .1
                        .extend(some.iter().map(|doc| values[*doc as usize]));
                });
                in_order
            }
        }
    }
}

/// Joins a block of postings to the values of all documents. A call of its own, so that all it
/// needs stays in registers.
#[inline(never)]
fn place<V: Copy>(
    docs: &[DocId],
    freqs: &[u32],
    value: impl Fn(u32, DocId) -> V,
    join: &impl Fn(V, V) -> V,
    values: &mut [V],
) {
    for (doc, freq) in docs.iter().zip(freqs) {
        if let Some(known) = values.get_mut(*doc as usize) {
            *known = join(*known, value(*freq, *doc));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    const MAX_DOC: DocId = 300;

    fn lists() -> impl Strategy<Value = Vec<BTreeMap<DocId, u32>>> {
        let list = prop::collection::btree_map(0..MAX_DOC, 1_u32..9, 0..200);
        prop::collection::vec(list, 0..5)
    }

    /// Returns the union by either way.
    fn union<V: Copy + Default>(
        lists: &[BTreeMap<DocId, u32>],
        is_sparse: bool,
        value: impl Fn(u32, DocId) -> V,
        join: impl Fn(V, V) -> V,
    ) -> (Vec<DocId>, Vec<V>) {
        let mut union = PostingsUnion::new(
            if is_sparse { 0 } else { 1_000 },
            MAX_DOC,
            &Tuning::SMALL,
            join,
        );
        for list in lists {
            let (docs, freqs): (Vec<DocId>, Vec<u32>) = list.iter().unzip();
            for (docs, freqs) in docs.chunks(7).zip(freqs.chunks(7)) {
                union.add(docs, freqs, &value);
            }
        }
        union.finish()
    }

    proptest! {
        #[test]
        fn each_document_comes_once_with_the_values_joined_in_the_order_of_terms(lists in lists()) {
            let all: BTreeSet<DocId> = lists.iter().flat_map(BTreeMap::keys).copied().collect();
            let freqs = |doc: DocId| lists.iter().filter_map(move |list| list.get(&doc)).copied();
            let largest: Vec<u32> = all.iter().filter_map(|doc| freqs(*doc).max()).collect();
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let part = |freq: u32, doc: DocId| freq as f32 / (doc + 3) as f32;
            // Bit for bit, as the order of additions counts.
            let sum = |doc| freqs(doc).fold(0.0, |sum, freq| sum + part(freq, doc));
            let sums: Vec<u32> = all.iter().map(|doc| f32::to_bits(sum(*doc))).collect();
            let docs: Vec<DocId> = all.into_iter().collect();
            for is_sparse in [false, true] {
                let found = union(&lists, is_sparse, |freq, _| freq, u32::max);
                prop_assert_eq!((&found.0, &found.1), (&docs, &largest));
                let found = union(&lists, is_sparse, part, |a, b| a + b);
                let bits: Vec<u32> = found.1.into_iter().map(f32::to_bits).collect();
                prop_assert_eq!((&found.0, &bits), (&docs, &sums));
            }
        }
    }
}
