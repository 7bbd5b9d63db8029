//! One word of a query in one segment: its terms in all parts, scored by BM25F, and the articles that can reach a
//! score.

use super::found_slot::FoundTerm;
use super::freq_list::FreqList;
use super::part_scale::BoundScale;
use super::plan::Slot;
use super::postings::field_of;
use super::ranking::{self, SPELLING_SHARE};
use crate::schema::Part;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// The lists of a slot's terms.
pub struct SlotLists {
    /// In the order of parts.
    lists: Vec<TermList>,
    /// Idf and boost.
    weight: f32,
    /// Whether candidates are looked for among its articles; else they are only looked up.
    is_scanned: bool,
}

struct TermList {
    freqs: FreqList,
    part: usize,
    is_own: bool,
}

impl SlotLists {
    /// Opens the postings of what was `found` of `slot` in a segment.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn open(
        reader: &SegmentReader,
        (slot, parts): (&Slot, &[BoundScale]),
        found: &[FoundTerm],
        weight: f32,
    ) -> Result<Self> {
        let mut lists = Vec::with_capacity(found.len());
        for term in found {
            let Some(scale) = parts.get(term.part) else {
                continue;
            };
            let inverted = reader.inverted_index(field_of(slot, scale.part().fields()))?;
            let block = inverted
                .read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
            lists.push(TermList {
                freqs: FreqList::new(block),
                part: term.part,
                is_own: term.is_own,
            });
        }
        Ok(Self {
            lists,
            weight,
            is_scanned: true,
        })
    }

    /// Tells whether no article of the segment has the word.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Returns how many articles have the word at most.
    pub fn len(&self) -> u32 {
        let lists = self.lists.iter().map(|list| list.freqs.doc_freq());
        lists.fold(0, u32::saturating_add)
    }

    /// Returns a score that the word cannot exceed.
    pub fn most(&self) -> f32 {
        if self.is_empty() {
            0.0
        } else {
            self.weight * ranking::MOST
        }
    }

    /// Says whether candidates are to be looked for among its articles.
    pub fn set_scanned(&mut self, is_scanned: bool) {
        self.is_scanned = is_scanned;
    }

    /// Passes over articles in which the word cannot score more than `score`. It can only be raised.
    pub fn raise(&mut self, score: f32, parts: &[BoundScale]) {
        let Some(mentions) = ranking::mentions_below(score, self.weight) else {
            self.is_scanned = false;
            return;
        };
        // An article within the allowance of every part stays within the mentions. The shares are fixed, so that no
        // allowance shrinks as the score grows: a list does not go back.
        let shares: f32 = parts.iter().map(|scale| share_of(scale.part())).sum();
        for list in &mut self.lists {
            let Some(scale) = parts.get(list.part) else {
                continue;
            };
            let share = share_of(scale.part()) / shares;
            let allowance = whole(mentions * share / scale.most());
            list.freqs.raise(allowance.saturating_add(1));
        }
    }

    /// Tells whether candidates are looked for among its articles.
    pub fn is_scanned(&self) -> bool {
        self.is_scanned
    }

    /// Returns the next candidate, or an article before it, and whether it is one.
    pub fn next(&self) -> (DocId, bool) {
        let mut next = (TERMINATED, false);
        if self.is_scanned {
            for list in &self.lists {
                let here = (list.freqs.next(), list.freqs.is_candidate());
                if here.0 < next.0 || (here.0 == next.0 && here.1) {
                    next = here;
                }
            }
        }
        next
    }

    /// Goes on from `doc`, which [`SlotLists::next`] gave.
    pub fn pass(&mut self, doc: DocId) {
        if self.is_scanned {
            for list in &mut self.lists {
                if list.freqs.next() == doc {
                    list.freqs.pass();
                }
            }
        }
    }

    /// Goes on to the first candidate from `target` on.
    pub fn seek(&mut self, target: DocId) {
        if self.is_scanned {
            for list in &mut self.lists {
                list.freqs.seek(target);
            }
        }
    }

    /// Returns the first article from `doc` on that has the word.
    pub fn first_from(&mut self, doc: DocId) -> DocId {
        let lists = self.lists.iter_mut();
        let firsts = lists.map(|list| list.freqs.first_from(doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// Returns the score of the word in `doc`; `None` where it does not stand.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of mentions needs no more precision"
    )]
    pub fn score_in(&mut self, doc: DocId, parts: &[BoundScale]) -> Option<f32> {
        let mut mentions = 0.0;
        let mut is_own = false;
        let mut is_there = false;
        let mut lists = self.lists.iter_mut().peekable();
        for (ordinal, scale) in parts.iter().enumerate() {
            // Terms of one word often stand at one position, so their counts are not added.
            let mut freq = 0;
            while let Some(list) = lists.next_if(|list| list.part == ordinal) {
                let here = list.freqs.freq_in(doc);
                is_own |= here > 0 && list.is_own;
                freq = freq.max(here);
            }
            if freq > 0 {
                is_there = true;
                mentions += freq as f32 * scale.factor(doc);
            }
        }
        let share = if is_own { 1.0 } else { SPELLING_SHARE };
        is_there.then(|| self.weight * share * ranking::saturated(mentions))
    }
}

/// Returns the share of the mentions too few to count that an article may have in `part`. The body has the most
/// articles to pass over, the title the fewest: all of those remain candidates at little cost, and one mention in it
/// counts as much as several elsewhere.
fn share_of(part: Part) -> f32 {
    match part {
        Part::Title => 0.01,
        Part::Lead => 0.25,
        Part::Body => 0.74,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion that saturates is right for a bound"
)]
fn whole(number: f32) -> u32 {
    number as u32
}
