//! Top-k search where few articles match: the matching set is computed first, and only its members
//! are scored.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::words::max_score::{Best, MUCH_MORE, ROUNDING, gain_of};
use crate::engine::words::needed::Needed;
use crate::engine::words::word_scorer::WordScorer;
use tantivy::{DocId, Result};

/// Looking up what an article scores costs as much as going past so many in the lists of all words.
const LOOK_UP: u32 = if cfg!(test) { 8 } else { 32 };

/// Returns the articles of a segment of `max_doc` articles that match, or all that may; `None`
/// where they are many, so that going through the lists takes less than looking them up. `among`
/// are those that match, where having the words does not tell; they are taken where they are few.
pub(crate) fn of(
    slots: &[WordScorer],
    (needed, among): (Needed, &mut Option<BitSet>),
    max_doc: DocId,
) -> Option<BitSet> {
    if among.is_some() {
        let passed = || slots.iter().map(WordScorer::len);
        return among.take_if(|docs| are_few(docs.len(), passed()));
    }
    (needed == Needed::All)
        .then(|| with_all(slots, max_doc))
        .flatten()
}

/// Joins the lists of all words but those that are much more common than the rarest.
fn with_all(slots: &[WordScorer], max_doc: DocId) -> Option<BitSet> {
    let rarest = slots.iter().map(WordScorer::len).min()?;
    let joined = || slots.iter().filter(|slot| slot.len() / MUCH_MORE <= rarest);
    let lens = || joined().map(WordScorer::len);
    if slots.len() < 2 || !are_few(at_random(lens(), max_doc), lens()) {
        return None;
    }
    let mut all: Option<BitSet> = None;
    for slot in joined() {
        let docs = slot.docs(max_doc);
        match &mut all {
            Some(all) => all.keep(&docs),
            none => *none = Some(docs),
        }
    }
    all.filter(|docs| are_few(docs.len(), lens()))
}

/// Returns whether looking up these articles costs less than scanning these lists.
fn are_few(docs: u32, passed: impl Iterator<Item = u32>) -> bool {
    docs.saturating_mul(LOOK_UP) <= passed.fold(0, u32::saturating_add)
}

/// Returns how many of `max_doc` articles had all of some words that so many have each, if one word
/// said nothing of another; mostly there are more.
fn at_random(lens: impl Iterator<Item = u32>, max_doc: DocId) -> u32 {
    let docs = u64::from(max_doc.max(1));
    let expected = lens.fold(docs, |all, len| all * u64::from(len).min(docs) / docs);
    u32::try_from(expected).unwrap_or(u32::MAX)
}

/// The articles of one segment that match a query, and its words.
pub(crate) struct FewMatches<'a> {
    docs: BitSet,
    /// In the order of the query.
    slots: Vec<WordScorer>,
    parts: Vec<FieldNorms>,
    needed: Needed,
    /// Greatest proximity bonus of each pair of neighbours.
    gains: &'a [f32],
}

impl<'a> FewMatches<'a> {
    /// Takes the articles that match, or all that may, and the words.
    pub(crate) fn new(
        docs: BitSet,
        (slots, parts): (Vec<WordScorer>, Vec<FieldNorms>),
        (needed, gains): (Needed, &'a [f32]),
    ) -> Self {
        Self {
            docs,
            slots,
            parts,
            needed,
            gains,
        }
    }

    /// Passes all articles that can exceed the threshold to `best`.
    ///
    /// # Errors
    /// Those of `best`.
    pub(crate) fn run(&mut self, best: &mut impl Best) -> Result<()> {
        let most_of_words = self.slots.iter().map(WordScorer::max_score);
        let most_of_all: f32 = most_of_words.chain(self.gains.iter().copied()).sum();
        // More than the rounding error of adding and subtracting all scores.
        let rounding = most_of_all * ROUNDING;
        let mut scores = vec![0.0; self.slots.len()];
        'docs: for doc in self.docs.iter() {
            let mut most = most_of_all;
            for (slot, score) in self.slots.iter_mut().zip(&mut scores) {
                *score = slot.score_in(doc, &self.parts);
                most += *score - slot.max_score();
                let is_missed = self.needed == Needed::All && *score <= 0.0;
                if is_missed || most + rounding < best.threshold() {
                    continue 'docs;
                }
            }
            let score: f32 = scores.iter().sum();
            if best.wants(doc) {
                best.take(doc, score, gain_of(&scores, self.gains))?;
            }
        }
        best.flush()
    }
}
