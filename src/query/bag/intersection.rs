//! The best articles where few have all the words: the lists are joined as bits before anything is scored.

use super::super::doc_bits::DocBits;
use super::super::part_scale::PartScale;
use super::super::slot_lists::SlotLists;
use super::windows::{Best, MUCH_MORE, needed_for};
use tantivy::{DocId, Result};

/// Looking up what an article scores costs as much as going past so many in the lists of all words.
const LOOK_UP: u32 = if cfg!(test) { 2 } else { 32 };

/// Returns the articles of a segment of `max_doc` articles that have all words but those that are much more common than
/// the rarest; `None` where they are many, so that going through the lists takes less than looking them up.
pub(super) fn few(slots: &[SlotLists], max_doc: DocId) -> Option<DocBits> {
    let rarest = slots.iter().map(SlotLists::len).min()?;
    let joined = || slots.iter().filter(|slot| slot.len() / MUCH_MORE <= rarest);
    let passed = joined().map(SlotLists::len).fold(0, u32::saturating_add);
    let are_few = |docs: u32| docs.saturating_mul(LOOK_UP) <= passed;
    if slots.len() < 2 || !are_few(at_random(joined().map(SlotLists::len), max_doc)) {
        return None;
    }
    let mut all: Option<DocBits> = None;
    for slot in joined() {
        let docs = slot.docs(max_doc);
        match &mut all {
            Some(all) => all.keep(&docs),
            none => *none = Some(docs),
        }
    }
    all.filter(|docs| are_few(docs.len()))
}

/// Returns how many of `max_doc` articles had all of some words that so many have each, if one word said nothing of
/// another; mostly there are more.
fn at_random(lens: impl Iterator<Item = u32>, max_doc: DocId) -> u32 {
    let docs = u64::from(max_doc.max(1));
    let expected = lens.fold(docs, |all, len| all * u64::from(len).min(docs) / docs);
    u32::try_from(expected).unwrap_or(u32::MAX)
}

/// The articles of one segment with all words of a query, and the words.
pub(super) struct Intersection {
    docs: DocBits,
    /// In the order of the query.
    slots: Vec<SlotLists>,
    parts: Vec<PartScale>,
    /// What all pairs of neighbours add at most.
    most_gain: f32,
}

impl Intersection {
    /// Takes the articles that may have all the words, and the words.
    pub(super) fn new(
        docs: DocBits,
        (slots, parts, _): (Vec<SlotLists>, Vec<PartScale>, DocId),
        gains: &[f32],
    ) -> Self {
        Self {
            docs,
            slots,
            parts,
            most_gain: gains.iter().sum(),
        }
    }

    /// Gives `best` all articles that can pass the score to beat.
    ///
    /// # Errors
    /// Those of `best`.
    pub(super) fn run(&mut self, best: &mut impl Best) -> Result<()> {
        let most_of_words: f32 = self.slots.iter().map(SlotLists::most).sum();
        let mut scores = vec![0.0; self.slots.len()];
        'docs: for doc in self.docs.iter() {
            let mut most = most_of_words + self.most_gain;
            for (slot, score) in self.slots.iter_mut().zip(&mut scores) {
                *score = slot.score_in(doc, &self.parts);
                most += *score - slot.most();
                if *score <= 0.0 || most < needed_for(best.threshold()) {
                    continue 'docs;
                }
            }
            let score: f32 = scores.iter().sum();
            if best.wants(doc) {
                best.take(doc, score, self.most_gain)?;
            }
        }
        best.settle()
    }
}
