//! Articles and term frequencies of one term, or of several rare terms, block by block.

use crate::engine::postings::bit_set::BitSet;
use crate::plan::cache::segment_term::BLOCK;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

/// Lists that together have fewer articles than one in so many are sorted; of others each article has a place.
const SPARSE: u64 = 16;

/// Sorted articles in blocks, one of which can be seen at a time.
pub enum BlockPostings {
    /// One term, in the blocks of the index. On the heap, as it holds two blocks and lists are moved while they are
    /// opened.
    OfTerm(Box<BlockSegmentPostings>),
    /// Several terms, all in one block.
    PostingsUnion {
        /// The articles, each once.
        docs: Vec<DocId>,
        /// How often each has the terms.
        freqs: Vec<u32>,
    },
}

impl BlockPostings {
    /// Makes one list of several in a segment of `max_doc` articles. Reads all their postings. An article has the largest of
    /// its counts, as the terms may stand at one position.
    pub fn merged(lists: Vec<BlockSegmentPostings>, max_doc: DocId) -> Self {
        let together: u64 = lists.iter().map(|list| u64::from(list.doc_freq())).sum();
        let (docs, freqs) = if together * SPARSE < u64::from(max_doc) {
            by_sorting(lists)
        } else {
            by_place(lists, max_doc)
        };
        Self::PostingsUnion { docs, freqs }
    }

    /// Adds the articles of this block and of all behind it to `bits`.
    pub fn add_to(&self, bits: &mut BitSet) {
        match self {
            Self::OfTerm(postings) => bits.add(&mut postings.clone()),
            Self::PostingsUnion { docs, .. } => docs.iter().for_each(|doc| bits.insert(*doc)),
        }
    }

    /// Returns the articles of the block; none behind the last block.
    pub fn docs(&self) -> &[DocId] {
        match self {
            Self::OfTerm(postings) => postings.docs(),
            Self::PostingsUnion { docs, .. } => docs,
        }
    }

    /// Returns how often each of them has the term; nothing where that is not read.
    pub fn freqs(&self) -> &[u32] {
        match self {
            Self::OfTerm(postings) => postings.freqs(),
            Self::PostingsUnion { freqs, .. } => freqs,
        }
    }

    /// Returns how often the article at a place of the block has the term; 0 behind its end.
    pub fn freq(&self, place: usize) -> u32 {
        match self {
            Self::OfTerm(postings) => postings.freq(place),
            Self::PostingsUnion { freqs, .. } => freqs.get(place).copied().unwrap_or_default(),
        }
    }

    /// Returns the last article of a block behind which another may come; of the last block a number behind all
    /// articles.
    pub fn last(&self) -> DocId {
        match self {
            Self::OfTerm(postings) => {
                let docs = postings.docs();
                let last = docs.last().copied().filter(|_| docs.len() == BLOCK);
                last.unwrap_or(TERMINATED)
            }
            Self::PostingsUnion { .. } => TERMINATED,
        }
    }

    /// Goes on to the next block.
    pub fn advance(&mut self) {
        match self {
            Self::OfTerm(postings) => postings.advance(),
            Self::PostingsUnion { docs, freqs } => {
                docs.clear();
                freqs.clear();
            }
        }
    }

    /// Goes on to the block that holds the first article from `doc` on, which is not in this block, and returns its
    /// place there.
    pub fn seek(&mut self, doc: DocId) -> usize {
        match self {
            Self::OfTerm(postings) => postings.seek(doc),
            Self::PostingsUnion { docs, .. } => docs.len(),
        }
    }

    /// Returns the number of articles.
    pub fn doc_freq(&self) -> u32 {
        match self {
            Self::OfTerm(postings) => postings.doc_freq(),
            Self::PostingsUnion { docs, .. } => u32::try_from(docs.len()).unwrap_or(u32::MAX),
        }
    }
}

fn for_each(lists: Vec<BlockSegmentPostings>, mut each: impl FnMut(DocId, u32)) {
    for mut list in lists {
        while list.block_len() > 0 {
            for (doc, freq) in list.docs().iter().zip(list.freqs()) {
                each(*doc, *freq);
            }
            list.advance();
        }
    }
}

fn by_sorting(lists: Vec<BlockSegmentPostings>) -> (Vec<DocId>, Vec<u32>) {
    let mut postings: Vec<(DocId, u32)> = Vec::new();
    for_each(lists, |doc, freq| postings.push((doc, freq)));
    // A stable sort finds the lists, which are sorted, and merges them.
    postings.sort_by_key(|(doc, _)| *doc);
    postings.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 = kept.1.max(next.1);
        }
        is_same
    });
    postings.into_iter().unzip()
}

fn by_place(lists: Vec<BlockSegmentPostings>, max_doc: DocId) -> (Vec<DocId>, Vec<u32>) {
    let mut by_doc = vec![0_u32; max_doc as usize];
    let mut is_there = BitSet::none(max_doc);
    for_each(lists, |doc, freq| {
        if let Some(known) = by_doc.get_mut(doc as usize) {
            *known = freq.max(*known);
            is_there.insert(doc);
        }
    });
    let (mut docs, mut freqs) = (Vec::new(), Vec::new());
    is_there.for_each(&mut |some| {
        docs.extend_from_slice(some);
        freqs.extend(some.iter().map(|doc| by_doc[*doc as usize]));
    });
    (docs, freqs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use tantivy::schema::{IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    /// Makes an index of texts; returns the lists of its words and the number of its texts.
    fn lists(texts: &[Vec<usize>]) -> (Vec<BlockSegmentPostings>, DocId) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        schema.add_text_field("id", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for text in texts {
            let words: Vec<String> = text.iter().map(|word| format!("w{word}")).collect();
            let mut document = TantivyDocument::new();
            document.add_text(field, words.join(" "));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let reader = searcher.segment_reader(0);
        let inverted = reader.inverted_index(field).unwrap();
        let lists = (0..4).filter_map(|word| {
            let term = Term::from_field_text(field, &format!("w{word}"));
            inverted
                .read_block_postings(&term, IndexRecordOption::WithFreqs)
                .unwrap()
        });
        (lists.collect(), reader.max_doc())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn merged_lists_have_each_article_once_with_its_largest_count(
            texts in proptest::collection::vec(proptest::collection::vec(0_usize..4, 0..4), 1..400),
        ) {
            let mut expected: BTreeMap<DocId, u32> = BTreeMap::new();
            for (doc, text) in (0..).zip(&texts) {
                for word in 0..4 {
                    let freq = u32::try_from(text.iter().filter(|w| **w == word).count()).unwrap();
                    if freq > 0 {
                        let known = expected.entry(doc).or_default();
                        *known = freq.max(*known);
                    }
                }
            }
            let expected: (Vec<DocId>, Vec<u32>) = expected.into_iter().unzip();
            let (all, max_doc) = lists(&texts);
            prop_assert_eq!(&by_sorting(all), &expected);
            let (all, _) = lists(&texts);
            prop_assert_eq!(&by_place(all, max_doc), &expected);
        }
    }
}
