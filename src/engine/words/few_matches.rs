//! Top-k search where few articles match: the matching set is computed first, and only its members
//! are scored.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::tuning::Tuning;
use crate::engine::words::max_score::{Best, ROUNDING, bonus_bound};
use crate::engine::words::needed::Needed;
use crate::engine::words::word_scorer::WordScorer;
use tantivy::{DocId, Result};

/// Returns the articles of a segment of `max_doc` articles that match, or all that may; `None`
/// where they are many, so that going through the lists takes less than looking them up. `among`
/// are those that match, where having the words does not tell; they are taken where they are few.
pub(crate) fn find(
    slots: &[WordScorer],
    needed: Needed,
    among: &mut Option<BitSet>,
    max_doc: DocId,
    tuning: &Tuning,
) -> Option<BitSet> {
    if among.is_some() {
        let passed = || slots.iter().map(WordScorer::len);
        return among.take_if(|docs| are_few(docs.len(), passed(), tuning));
    }
    (needed == Needed::All)
        .then(|| with_all(slots, max_doc, tuning))
        .flatten()
}

/// Joins the lists of all words but those that are much more common than the rarest.
fn with_all(slots: &[WordScorer], max_doc: DocId, tuning: &Tuning) -> Option<BitSet> {
    let rarest = slots.iter().map(WordScorer::len).min()?;
    let joined = || {
        slots
            .iter()
            .filter(|slot| slot.len() / tuning.join_ratio <= rarest)
    };
    let lens = || joined().map(WordScorer::len);
    if slots.len() < 2 || !are_few(at_random(lens(), max_doc), lens(), tuning) {
        return None;
    }
    let mut all: Option<BitSet> = None;
    for slot in joined() {
        let docs = slot.docs(max_doc);
        match &mut all {
            Some(all) => all.intersect(&docs),
            none => *none = Some(docs),
        }
    }
    all.filter(|docs| are_few(docs.len(), lens(), tuning))
}

/// Returns whether looking up these articles costs less than scanning these lists.
fn are_few(docs: u32, passed: impl Iterator<Item = u32>, tuning: &Tuning) -> bool {
    docs.saturating_mul(tuning.match_cost) <= passed.fold(0, u32::saturating_add)
}

/// Returns how many of `max_doc` articles had all of some words that so many have each, if one word
/// said nothing of another; mostly there are more.
fn at_random(lens: impl Iterator<Item = u32>, max_doc: DocId) -> u32 {
    let docs = u64::from(max_doc.max(1));
    let expected = lens.fold(docs, |all, len| all * u64::from(len).min(docs) / docs);
    u32::try_from(expected).unwrap_or(u32::MAX)
}

/// Passes those of `docs`, which match or may match, that can exceed the threshold to `best`.
/// `slots` and `max_bonuses`, the greatest bonus of each pair of neighbours, are in the order of
/// the query.
///
/// # Errors
/// Those of `best`.
pub(crate) fn score(
    docs: &BitSet,
    slots: &mut [WordScorer],
    parts: &[FieldNorms],
    needed: Needed,
    max_bonuses: &[f32],
    best: &mut impl Best,
) -> Result<()> {
    let most_of_words = slots.iter().map(WordScorer::max_score);
    let most_of_all: f32 = most_of_words.chain(max_bonuses.iter().copied()).sum();
    // More than the rounding error of adding and subtracting all scores.
    let rounding = most_of_all * ROUNDING;
    let mut scores = vec![0.0; slots.len()];
    'docs: for doc in docs.iter() {
        let mut most = most_of_all;
        for (slot, score) in slots.iter_mut().zip(&mut scores) {
            *score = slot.score_in(doc, parts);
            most += *score - slot.max_score();
            let is_missed = needed == Needed::All && *score <= 0.0;
            if is_missed || most + rounding < best.threshold() {
                continue 'docs;
            }
        }
        let score: f32 = scores.iter().sum();
        if best.wants(doc) {
            best.take(doc, score, bonus_bound(&scores, max_bonuses))?;
        }
    }
    best.flush()
}
