//! Postings of a phrase: where its slots stand at adjacent positions.

use crate::engine::parts_scorer::PartCursor;
use crate::engine::postings::slot_postings::SlotPostings;
use crate::ranking::SPELLING_SHARE;
use tantivy::{DocId, TERMINATED};

/// The articles that have all slots of a phrase side by side in one part.
pub(crate) struct PhrasePostings {
    slots: Vec<SlotPostings>,
    /// How often the phrase stands in the current article.
    freq: u32,
    starts: Vec<u32>,
    buffer: Vec<u32>,
}

impl PhrasePostings {
    /// Looks for `slots` side by side, starting at the first article that has all of them.
    pub(crate) fn of_slots(slots: Vec<SlotPostings>) -> Self {
        let mut phrase = Self {
            slots,
            freq: 0,
            starts: Vec::new(),
            buffer: Vec::new(),
        };
        phrase.align();
        phrase
    }

    /// Goes on from the first slot's article to one that has the whole phrase.
    pub(crate) fn find(&mut self) -> DocId {
        if self.slots.len() <= 1 {
            return self.doc();
        }
        loop {
            let doc = self.align();
            if doc == TERMINATED {
                return doc;
            }
            if self.read() > 0 {
                return doc;
            }
            if let Some(first) = self.slots.first_mut() {
                first.advance();
            }
        }
    }

    /// Goes to the next article that has all the slots, wherever they stand.
    pub(crate) fn advance_aligned(&mut self) -> DocId {
        if let Some(first) = self.slots.first_mut() {
            first.advance();
        }
        self.align()
    }

    /// Goes to `doc` and tells whether it has all the slots. Where it has not, only going on
    /// further makes sense.
    pub(crate) fn align_at(&mut self, doc: DocId) -> bool {
        self.slots.iter_mut().all(|slot| slot.seek(doc) == doc)
    }

    /// Returns how often the phrase can stand in the current article at most, which has all the
    /// slots.
    pub(crate) fn max_freq(&self) -> u32 {
        let slots = self.slots.iter().map(SlotPostings::most_positions);
        slots.min().unwrap_or(0)
    }

    /// Counts how often the phrase stands in the current article, which has all the slots.
    pub(crate) fn read(&mut self) -> u32 {
        if self.slots.len() > 1 {
            self.freq = self.count();
        }
        self.freq()
    }

    /// Goes on from the first slot's article to one that has all the slots.
    fn align(&mut self) -> DocId {
        let mut target = self.doc();
        'again: loop {
            for slot in &mut self.slots {
                let doc = slot.seek(target);
                if doc > target {
                    target = doc;
                    continue 'again;
                }
            }
            return target;
        }
    }

    fn count(&mut self) -> u32 {
        let Some((first, others)) = self.slots.split_first_mut() else {
            return 0;
        };
        first.positions(&mut self.starts);
        for (offset, slot) in (1..).zip(others) {
            slot.positions(&mut self.buffer);
            let mut here = self.buffer.iter().copied().peekable();
            self.starts.retain(|start| {
                let wanted = start.saturating_add(offset);
                while here.next_if(|position| *position < wanted).is_some() {}
                here.peek() == Some(&wanted)
            });
            if self.starts.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }
}

impl PartCursor for PhrasePostings {
    fn doc(&self) -> DocId {
        self.slots.first().map_or(TERMINATED, SlotPostings::doc)
    }

    fn advance(&mut self) -> DocId {
        if let Some(first) = self.slots.first_mut() {
            first.advance();
        }
        self.find()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        if let Some(first) = self.slots.first_mut() {
            first.seek(target);
        }
        self.find()
    }

    fn freq(&self) -> u32 {
        if self.slots.len() == 1 {
            self.slots.first().map_or(0, SlotPostings::term_freq)
        } else {
            self.freq
        }
    }

    fn size_hint(&self) -> u32 {
        let hints = self.slots.iter().map(SlotPostings::size_hint);
        hints.min().unwrap_or(0)
    }

    fn share(&self) -> f32 {
        // Less where it has a word in another language's spelling only.
        if self.slots.iter().any(SlotPostings::is_by_spelling) {
            SPELLING_SHARE
        } else {
            1.0
        }
    }
}
