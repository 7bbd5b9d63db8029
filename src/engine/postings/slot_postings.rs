//! Cursors over postings: the union of a word's alternatives, and adjacent words.

use crate::engine::postings::merged_postings::MergedPostings;
use crate::engine::postings::term_postings::TermPostings;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::SegmentTerm;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Returns what is read of postings.
pub(crate) fn option(with_positions: bool) -> IndexRecordOption {
    if with_positions {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    }
}

/// The articles with any of a slot's terms in one part: one cursor over the union of their
/// postings.
pub(crate) struct SlotPostings {
    /// The word's own terms, then its spellings.
    alternatives: Vec<TermPostings>,
    own_terms: usize,
    /// Where one of these stands, the slot does not; only [`SlotPostings::positions`] looks at
    /// them.
    except: Vec<TermPostings>,
    /// The alternatives as one list, where there are many of them.
    merged: Option<MergedPostings>,
    doc: DocId,
}

impl SlotPostings {
    /// Opens the postings of `terms` that a segment has in one part, the word's own before its
    /// spellings, and of forms that are an exception; `None` if there are no terms.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        terms: &[&SegmentTerm],
        except: Vec<TermPostings>,
        with_positions: bool,
        tuning: &Tuning,
    ) -> Result<Option<Self>> {
        let mut alternatives = Vec::with_capacity(terms.len());
        for term in terms {
            // They hold three blocks, and each step between would move those.
            match TermPostings::open(reader, term, option(with_positions)) {
                Ok(postings) => alternatives.push(postings),
                Err(error) => return Err(error),
            }
        }
        if alternatives.is_empty() {
            return Ok(None);
        }
        let own_terms = terms.iter().filter(|term| term.is_own).count();
        let is_merged = terms.len() > tuning.many_terms
            && own_terms == terms.len()
            && !terms.iter().any(|term| term.is_lead_of_body);
        let merged = is_merged.then(|| MergedPostings::of(reader, terms, tuning));
        let mut slot = Self {
            alternatives,
            own_terms,
            except,
            merged: merged.transpose()?,
            doc: 0,
        };
        slot.settle();
        Ok(Some(slot))
    }

    fn settle(&mut self) -> DocId {
        if let Some(merged) = &self.merged {
            self.doc = merged.doc();
            return self.doc;
        }
        let docs = self.alternatives.iter().map(TermPostings::doc);
        self.doc = docs.min().unwrap_or(TERMINATED);
        self.doc
    }

    /// Returns how many articles there are at most.
    pub(crate) fn size_hint(&self) -> u32 {
        if let Some(merged) = &self.merged {
            return merged.len();
        }
        let hints = self.alternatives.iter().map(TermPostings::size_hint);
        hints.fold(0, u32::saturating_add)
    }

    /// Returns the current article.
    pub(crate) fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the next article.
    pub(crate) fn advance(&mut self) -> DocId {
        if let Some(merged) = &mut self.merged {
            self.doc = merged.advance();
            return self.doc;
        }
        for postings in &mut self.alternatives {
            if postings.doc() == self.doc {
                postings.advance();
            }
        }
        self.settle()
    }

    /// Goes to the first article from `target` on.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if let Some(merged) = &mut self.merged {
            self.doc = merged.seek(target);
            return self.doc;
        }
        for postings in &mut self.alternatives {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.settle()
    }

    /// Returns whether the current article has none of the word's own terms, only a spelling of it.
    pub(crate) fn is_by_spelling(&self) -> bool {
        if self.merged.is_some() {
            return false;
        }
        let own = self.alternatives.iter().take(self.own_terms);
        own.into_iter().all(|postings| postings.doc() != self.doc)
    }

    /// Returns how often the slot's commonest term stands in the current article. Terms of one word
    /// often stand at one position, so their counts are not added; those of the forms of a pattern
    /// are.
    pub(crate) fn term_freq(&self) -> u32 {
        if let Some(merged) = &self.merged {
            return merged.freq();
        }
        self.freqs().max().unwrap_or(0)
    }

    /// Returns how many positions the slot's terms have in the current article at most.
    pub(crate) fn most_positions(&self) -> u32 {
        if let Some(merged) = &self.merged {
            return merged.freq();
        }
        self.freqs().fold(0, u32::saturating_add)
    }

    /// Returns how often each alternative stands in the current article.
    fn freqs(&self) -> impl Iterator<Item = u32> {
        let alternatives = self.alternatives.iter();
        let here = alternatives.filter(|postings| postings.doc() == self.doc);
        here.map(TermPostings::term_freq)
    }

    /// Puts the positions of the slot's terms in the current article into `positions`, each once,
    /// in order.
    pub(crate) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let doc = self.doc;
        let mut sources = 0;
        if let Some(merged) = &self.merged {
            for number in merged.sources() {
                if let Some(postings) = self.alternatives.get_mut(*number as usize) {
                    if postings.doc() < doc {
                        postings.seek(doc);
                    }
                    postings.append_positions(positions);
                    sources += 1;
                }
            }
        } else {
            let alternatives = self.alternatives.iter_mut();
            for postings in alternatives.filter(|postings| postings.doc() == doc) {
                postings.append_positions(positions);
                sources += 1;
            }
        }
        if sources > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
        if !self.except.is_empty() {
            self.remove_exceptions(positions);
        }
    }

    fn remove_exceptions(&mut self, positions: &mut Vec<u32>) {
        let mut others = Vec::new();
        for postings in &mut self.except {
            if postings.doc() < self.doc {
                postings.seek(self.doc);
            }
            if postings.doc() == self.doc {
                postings.append_positions(&mut others);
            }
        }
        others.sort_unstable();
        positions.retain(|position| others.binary_search(position).is_err());
    }
}
