//! A cursor over the articles of one term that can pass over those where the term is too rare to matter.

use super::freq_blocks::FreqBlocks;
use tantivy::{DocId, TERMINATED};

/// The articles of a term and how often it stands in each, in blocks. Two things go on side by side:
/// *candidates*, the articles with the term often enough, are visited in order, and every article of the current
/// block can be looked up. So the cursor stops at the end of each block, whether a candidate is there or not.
pub struct FreqList {
    block: FreqBlocks,
    /// The last article of the block.
    last: DocId,
    /// The place in the block of the article last looked up.
    seen: usize,
    /// The article there: the first from that one on.
    ahead: DocId,
    /// The place in the block from which candidates are still to come.
    at: usize,
    /// How often the term must stand in a candidate.
    min_freq: u32,
    /// The next candidate, or the last article of a block that has none left.
    next: DocId,
    is_candidate: bool,
}

impl FreqList {
    /// Starts at the first article, with every article a candidate.
    pub fn new(block: FreqBlocks) -> Self {
        let mut list = Self {
            last: block.last(),
            block,
            seen: 0,
            ahead: 0,
            at: 0,
            min_freq: 1,
            next: 0,
            is_candidate: false,
        };
        list.ahead = list.seen_doc();
        list.scan();
        list
    }

    /// Returns the next candidate, or an article before it at which [`FreqList::pass`] must be called to come to it.
    pub fn next(&self) -> DocId {
        self.next
    }

    /// Tells whether [`FreqList::next`] is a candidate.
    pub fn is_candidate(&self) -> bool {
        self.is_candidate
    }

    /// Asks for `min_freq` mentions in all candidates from `doc` on, which is not behind [`FreqList::next`].
    pub fn ask(&mut self, min_freq: u32, doc: DocId) {
        if min_freq < self.min_freq {
            // What was passed over in this block may be a candidate now; earlier blocks lie before `doc`.
            self.at = self.block.docs().partition_point(|here| *here < doc);
        }
        if min_freq != self.min_freq {
            self.min_freq = min_freq;
            self.scan();
        }
    }

    /// Goes on from [`FreqList::next`].
    pub fn pass(&mut self) {
        if self.is_candidate {
            self.at += 1;
        } else {
            self.block.advance();
            self.last = self.block.last();
            self.seen = 0;
            self.ahead = self.seen_doc();
            self.at = 0;
        }
        self.scan();
    }

    /// Goes on to the first candidate from `target` on.
    pub fn seek(&mut self, target: DocId) {
        if self.next < target {
            self.first_from(target);
            self.at = self.seen;
            self.scan();
        }
    }

    /// Returns how often the term stands in `doc`, 0 if never. Must be asked in the order of articles, and of none
    /// before the current block.
    pub fn freq_in(&mut self, doc: DocId) -> u32 {
        if self.is_candidate && self.next == doc {
            return self.block.freq(self.at);
        }
        if self.first_from(doc) == doc {
            self.block.freq(self.seen)
        } else {
            0
        }
    }

    /// Returns the first article from `doc` on. Must be asked as [`FreqList::freq_in`].
    pub fn first_from(&mut self, doc: DocId) -> DocId {
        if self.ahead < doc {
            self.look_up(doc);
        }
        self.ahead
    }

    /// Returns the number of articles.
    pub fn doc_freq(&self) -> u32 {
        self.block.doc_freq()
    }

    /// Finds the first article from `doc` on, after going on to its block.
    fn look_up(&mut self, doc: DocId) {
        if self.last < doc {
            self.seen = self.block.seek(doc);
            self.last = self.block.last();
        } else {
            // Counting in chunks costs less than a search whose branches cannot be foreseen.
            let rest = self.block.docs().get(self.seen..).unwrap_or_default();
            for some in rest.chunks(16) {
                let before = some.iter().filter(|here| **here < doc).count();
                self.seen += before;
                if before < some.len() {
                    break;
                }
            }
        }
        self.ahead = self.seen_doc();
    }

    fn seen_doc(&self) -> DocId {
        let doc = self.block.docs().get(self.seen).copied();
        doc.unwrap_or(TERMINATED)
    }

    /// Finds the first candidate in the rest of the block.
    fn scan(&mut self) {
        let freqs = self.block.freqs();
        let rest = freqs.get(self.at..).unwrap_or_default();
        let found = if self.min_freq > 1 {
            first_of(rest, self.min_freq)
        } else {
            (!rest.is_empty()).then_some(0)
        };
        let docs = self.block.docs();
        self.is_candidate = found.is_some();
        if let Some(found) = found {
            self.at += found;
            self.next = docs.get(self.at).copied().unwrap_or(TERMINATED);
        } else {
            self.at = docs.len();
            self.next = self.last;
        }
    }
}

/// Returns the place of the first of `freqs` that is at least `min`. Looks at several at once, as mostly none is.
fn first_of(freqs: &[u32], min: u32) -> Option<usize> {
    let mut start = 0;
    for some in freqs.chunks(16) {
        if some.iter().fold(0, |most, freq| most.max(*freq)) >= min {
            let place = some.iter().position(|freq| *freq >= min)?;
            return Some(start + place);
        }
        start += some.len();
    }
    None
}
