//! Articles and term frequencies of one term, or of several rare terms, block by block.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::postings_union::PostingsUnion;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::BLOCK;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

/// Sorted articles in blocks, one of which can be seen at a time.
pub(crate) enum BlockPostings {
    /// One term, in the blocks of the index. On the heap, as it holds two blocks and lists are
    /// moved while they are opened.
    OfTerm(Box<BlockSegmentPostings>),
    /// Several terms, all in one block.
    Merged {
        /// The articles, each once.
        docs: Vec<DocId>,
        /// How often each has the terms.
        freqs: Vec<u32>,
    },
}

impl BlockPostings {
    /// Merges the lists of several terms in a segment of `max_doc` documents; reads all their
    /// postings. A document has the largest of its counts, as the terms may stand at one position.
    pub(crate) fn merged(
        lists: Vec<BlockSegmentPostings>,
        max_doc: DocId,
        tuning: &Tuning,
    ) -> Self {
        let postings = lists.iter().map(|list| u64::from(list.doc_freq())).sum();
        let mut union = PostingsUnion::new(postings, max_doc, tuning, u32::max);
        for mut list in lists {
            while list.block_len() > 0 {
                union.add(list.docs(), list.freqs(), |freq, _| freq);
                list.advance();
            }
        }
        let (docs, freqs) = union.finish();
        Self::Merged { docs, freqs }
    }

    /// Adds the articles of this block and of all behind it to `bits`.
    pub(crate) fn add_to(&self, bits: &mut BitSet) {
        match self {
            Self::OfTerm(postings) => bits.add(&mut postings.clone()),
            Self::Merged { docs, .. } => docs.iter().for_each(|doc| bits.insert(*doc)),
        }
    }

    /// Returns the articles of the block; none behind the last block.
    pub(crate) fn docs(&self) -> &[DocId] {
        match self {
            Self::OfTerm(postings) => postings.docs(),
            Self::Merged { docs, .. } => docs,
        }
    }

    /// Returns how often each of them has the term; nothing where that is not read.
    pub(crate) fn freqs(&self) -> &[u32] {
        match self {
            Self::OfTerm(postings) => postings.freqs(),
            Self::Merged { freqs, .. } => freqs,
        }
    }

    /// Returns how often the article at a place of the block has the term; 0 behind its end.
    pub(crate) fn freq(&self, place: usize) -> u32 {
        match self {
            Self::OfTerm(postings) => postings.freq(place),
            Self::Merged { freqs, .. } => freqs.get(place).copied().unwrap_or_default(),
        }
    }

    /// Returns the last article of a block behind which another may come; of the last block a
    /// number behind all articles.
    pub(crate) fn last(&self) -> DocId {
        match self {
            Self::OfTerm(postings) => {
                let docs = postings.docs();
                let last = docs.last().copied().filter(|_| docs.len() == BLOCK);
                last.unwrap_or(TERMINATED)
            }
            Self::Merged { .. } => TERMINATED,
        }
    }

    /// Goes on to the next block.
    pub(crate) fn advance(&mut self) {
        match self {
            Self::OfTerm(postings) => postings.advance(),
            Self::Merged { docs, freqs } => {
                docs.clear();
                freqs.clear();
            }
        }
    }

    /// Goes on to the block that holds the first article from `doc` on, which is not in this block,
    /// and returns its place there.
    pub(crate) fn seek(&mut self, doc: DocId) -> usize {
        match self {
            Self::OfTerm(postings) => postings.seek(doc),
            Self::Merged { docs, .. } => docs.len(),
        }
    }

    /// Returns the number of articles.
    pub(crate) fn doc_freq(&self) -> u32 {
        match self {
            Self::OfTerm(postings) => postings.doc_freq(),
            Self::Merged { docs, .. } => u32::try_from(docs.len()).unwrap_or(u32::MAX),
        }
    }
}
