//! A cursor over the articles of one term and their term frequencies.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::block_postings::BlockPostings;
use tantivy::{DocId, TERMINATED};

/// Articles compared together.
const CHUNK: usize = 16;

/// The articles of a term and how often it stands in each, in blocks. They can be looked up one by
/// one or gone through many at a time, in turns, but always forward.
pub(crate) struct BlockCursor {
    block: BlockPostings,
    /// The last article of the block.
    last: DocId,
    /// The place in the block of the next article.
    at: usize,
    /// The article there.
    next: DocId,
}

impl BlockCursor {
    /// Starts at the first article.
    pub(crate) fn new(block: BlockPostings) -> Self {
        let mut list = Self {
            last: block.last(),
            block,
            at: 0,
            next: 0,
        };
        list.next = list.doc_here();
        list
    }

    /// Returns the first article that was not passed yet.
    pub(crate) fn next(&self) -> DocId {
        self.next
    }

    /// Goes past the next article, and returns how often the term stands in it.
    pub(crate) fn take(&mut self) -> u32 {
        let freq = self.block.freq(self.at);
        self.pass(1);
        freq
    }

    /// Returns how often the term stands in `doc`, 0 if never. Must be called in ascending order of
    /// articles.
    pub(crate) fn freq_in(&mut self, doc: DocId) -> u32 {
        if self.seek(doc) == doc {
            self.block.freq(self.at)
        } else {
            0
        }
    }

    /// Returns the first article from `doc` on. Must be called in ascending order of articles.
    pub(crate) fn seek(&mut self, doc: DocId) -> DocId {
        if self.next < doc {
            self.look_up(doc);
        }
        self.next
    }

    /// Calls `each` with all articles before `end` that were not passed yet, and how often the term
    /// stands in them.
    pub(crate) fn for_each_before(&mut self, end: DocId, mut each: impl FnMut(DocId, u32)) {
        self.for_each_rest(end, |docs, block, at| {
            let freqs = &block.freqs()[at..];
            let both = docs.iter().zip(freqs);
            let before = both.take_while(|(doc, _)| **doc < end);
            before.map(|(doc, freq)| each(*doc, *freq)).count()
        });
    }

    /// Calls `each` with all articles before `end` that were not passed yet. It need not be known
    /// how often the term stands in them.
    pub(crate) fn for_each_doc_before(&mut self, end: DocId, mut each: impl FnMut(DocId)) {
        self.for_each_rest(end, |docs, _, _| {
            let before = docs.iter().take_while(|doc| **doc < end);
            before.map(|doc| each(*doc)).count()
        });
    }

    /// Does as [`BlockCursor::for_each_before`] with the articles in which the term stands at least
    /// `min_freq` times. Looks at many at once, as mostly none is among them.
    pub(crate) fn for_each_frequent(
        &mut self,
        min_freq: u32,
        end: DocId,
        mut each: impl FnMut(DocId, u32),
    ) {
        self.for_each_rest(end, |docs, block, at| {
            let count = if docs.last().is_some_and(|last| *last < end) {
                docs.len()
            } else {
                docs.partition_point(|doc| *doc < end)
            };
            let freqs = block.freqs()[at..at + count].chunks(CHUNK);
            for (docs, freqs) in docs[..count].chunks(CHUNK).zip(freqs) {
                if freqs.iter().fold(0, |most, freq| most.max(*freq)) >= min_freq {
                    let both = docs.iter().zip(freqs);
                    for (doc, freq) in both.filter(|(_, freq)| **freq >= min_freq) {
                        each(*doc, *freq);
                    }
                }
            }
            count
        });
    }

    /// Goes past the articles before `end`: calls `each` with those of each block that were not
    /// passed yet, with the block and with their place there; it returns how many of them are
    /// before `end`.
    fn for_each_rest(
        &mut self,
        end: DocId,
        mut each: impl FnMut(&[DocId], &BlockPostings, usize) -> usize,
    ) {
        while self.next < end {
            let docs = self.block.docs().get(self.at..).unwrap_or_default();
            let count = each(docs, &self.block, self.at);
            self.pass(count);
        }
    }

    /// Adds all articles to `bits`. Only before any was passed.
    pub(crate) fn add_to(&self, bits: &mut BitSet) {
        self.block.add_to(bits);
    }

    /// Returns the number of articles.
    pub(crate) fn doc_freq(&self) -> u32 {
        self.block.doc_freq()
    }

    /// Skips a number of articles of the block, and moves to the next block after its last.
    fn pass(&mut self, count: usize) {
        self.at += count;
        if self.at == self.block.docs().len() && self.last != TERMINATED {
            self.block.advance();
            self.last = self.block.last();
            self.at = 0;
        }
        self.next = self.doc_here();
    }

    /// Finds the first article from `doc` on, after going on to its block.
    fn look_up(&mut self, doc: DocId) {
        if self.last < doc {
            self.at = self.block.seek(doc);
            self.last = self.block.last();
        } else {
            // Counting in chunks costs less than a search whose branches cannot be foreseen.
            let rest = self.block.docs().get(self.at..).unwrap_or_default();
            for some in rest.chunks(CHUNK) {
                let before = some.iter().filter(|here| **here < doc).count();
                self.at += before;
                if before < some.len() {
                    break;
                }
            }
        }
        self.next = self.doc_here();
    }

    fn doc_here(&self) -> DocId {
        let doc = self.block.docs().get(self.at).copied();
        doc.unwrap_or(TERMINATED)
    }
}
