//! Scores one word of a query in one segment: its own terms and its spellings.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::words::impact_tier::{ImpactTier, RareTerms, TierKind};
use crate::engine::words::score_budget::BoundLevel;
use crate::plan::cache::segment_term::{SINGLE_MENTION, Scope, SegmentTerm, WITH_IMPACT};
use crate::ranking::SPELLING_SHARE;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// The postings of a slot, in tiers. An article's score is its best over the tiers.
pub(crate) struct WordScorer {
    /// By their greatest score, descending.
    tiers: Vec<ImpactTier>,
    /// How many of them are scanned; the others are only looked up.
    scanned: usize,
}

impl WordScorer {
    /// Opens the postings of a slot in a segment. `weight` is idf times boost, `parts` are the
    /// searched parts, `rare` says how rare terms are read.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        slot: &SlotTerms,
        parts: &[FieldNorms],
        weight: f32,
        rare: RareTerms,
    ) -> Result<Self> {
        let found = slot.in_segment(reader)?;
        let mut tiers = Vec::new();
        for (is_own, weight) in [(true, weight), (false, weight * SPELLING_SHARE)] {
            let terms: Vec<&SegmentTerm> =
                found.iter().filter(|term| term.is_own == is_own).collect();
            let open = |terms: &[&SegmentTerm], kind| {
                ImpactTier::open(reader, terms, kind, weight, rare, slot.tuning())
            };
            if *slot.scope() == Scope::Article {
                let passing = terms.partition_point(|term| term.part == WITH_IMPACT);
                let (prominent, passing) = terms.split_at(passing);
                debug_assert!(passing.iter().all(|term| term.part == SINGLE_MENTION));
                tiers.extend(open(prominent, TierKind::WithImpact)?);
                tiers.extend(open(passing, TierKind::SingleMention)?);
            } else if are_several_forms(&terms) {
                tiers.push(ImpactTier::of_forms(
                    reader,
                    &terms,
                    parts,
                    weight,
                    slot.tuning(),
                )?);
            } else {
                let mut places: Vec<usize> = terms.iter().map(|term| term.part).collect();
                places.dedup();
                tiers.extend(open(&terms, TierKind::InParts(places))?);
            }
        }
        tiers.sort_by(|a, b| b.max_score().total_cmp(&a.max_score()));
        Ok(Self {
            scanned: tiers.len(),
            tiers,
        })
    }

    /// Returns whether no article of the segment has the word.
    pub(crate) fn is_empty(&self) -> bool {
        self.tiers.is_empty()
    }

    /// Returns an upper bound of the number of articles with the word.
    pub(crate) fn len(&self) -> u32 {
        let tiers = self.tiers.iter().map(ImpactTier::articles);
        tiers.fold(0, u32::saturating_add)
    }

    /// Returns the articles of a segment of `max_doc` articles that have the word. Must be called
    /// before any was consumed.
    pub(crate) fn docs(&self, max_doc: DocId) -> BitSet {
        let mut bits = BitSet::none(max_doc);
        self.tiers.iter().for_each(|tier| tier.add_to(&mut bits));
        bits
    }

    /// Returns the greatest score of the word.
    pub(crate) fn max_score(&self) -> f32 {
        self.tiers.first().map_or(0.0, ImpactTier::max_score)
    }

    /// Returns the levels of the word: a cap of its score in skipped articles, and how many
    /// articles are left then.
    pub(crate) fn levels(&self) -> Vec<BoundLevel> {
        let mut articles = 0;
        let mut levels = Vec::with_capacity(self.tiers.len() + 1);
        for tier in &self.tiers {
            levels.push(BoundLevel {
                score: tier.max_score(),
                articles,
            });
            articles = tier.articles().saturating_add(articles);
        }
        levels.push(BoundLevel {
            score: 0.0,
            articles,
        });
        levels.reverse();
        levels
    }

    /// Stops scanning the tiers that cannot score more than `score`; articles are only looked up in
    /// them.
    pub(crate) fn skip_tiers(&mut self, score: f32) {
        self.scanned = self.tiers.partition_point(|tier| tier.max_score() > score);
    }

    /// Returns whether all tiers are scanned.
    pub(crate) fn is_whole(&self) -> bool {
        self.scanned == self.tiers.len()
    }

    /// Returns the number of postings in the scanned tiers.
    pub(crate) fn scanned_len(&self) -> u32 {
        let tiers = self
            .tiers
            .iter()
            .take(self.scanned)
            .map(ImpactTier::articles);
        tiers.fold(0, u32::saturating_add)
    }

    /// Returns whether only one tier is scanned, which has each article once and scores more than
    /// any other can.
    pub(crate) fn has_one_scanned(&self) -> bool {
        let scanned = self.tiers.get(..self.scanned).unwrap_or_default();
        matches!(scanned, [tier] if tier.has_each_once())
    }

    /// Returns whether blocks of articles that score too little are skipped as a whole.
    pub(crate) fn passes_over(&self) -> bool {
        self.tiers
            .iter()
            .take(self.scanned)
            .all(ImpactTier::passes_over)
    }

    /// Returns the greatest score of the word in the tiers that are not scanned.
    pub(crate) fn max_score_skipped(&self) -> f32 {
        self.tiers
            .get(self.scanned)
            .map_or(0.0, ImpactTier::max_score)
    }

    /// Returns the first article from `doc` on in the scanned tiers.
    pub(crate) fn first_scanned(&mut self, doc: DocId) -> DocId {
        let tiers = self.tiers.iter_mut().take(self.scanned);
        tiers.map(|tier| tier.seek(doc)).min().unwrap_or(TERMINATED)
    }

    /// Calls `each` with the next articles before `end` in the scanned tiers and their scores, once
    /// per tier. Scores up to `above` may be left out.
    pub(crate) fn for_each_before(
        &mut self,
        above: f32,
        end: DocId,
        parts: &[FieldNorms],
        each: &mut impl FnMut(DocId, f32),
    ) {
        for tier in self.tiers.iter_mut().take(self.scanned) {
            tier.for_each_before(above, end, parts, &mut *each);
        }
    }

    /// Returns the first article from `doc` on that has the word.
    pub(crate) fn seek(&mut self, doc: DocId) -> DocId {
        let firsts = self.tiers.iter_mut().map(|tier| tier.seek(doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// Returns the score of the word in `doc`, 0 where it does not stand.
    pub(crate) fn score_in(&mut self, doc: DocId, parts: &[FieldNorms]) -> f32 {
        score_in(&mut self.tiers, doc, 0.0, 0.0, parts)
    }

    /// Returns the score of the word in `doc`, given its `score` in the scanned tiers. If the
    /// result is less than `needed`, it may be any smaller number.
    pub(crate) fn complete(
        &mut self,
        doc: DocId,
        score: f32,
        needed: f32,
        parts: &[FieldNorms],
    ) -> f32 {
        let left_out = self.tiers.get_mut(self.scanned..).unwrap_or_default();
        score_in(left_out, doc, score, needed, parts)
    }
}

/// Returns whether terms are forms and not all the same: those of a pattern.
fn are_several_forms(terms: &[&SegmentTerm]) -> bool {
    let is_other = |pair: &[&SegmentTerm]| pair[0].ordinal != pair[1].ordinal;
    terms.windows(2).any(is_other) && terms.iter().all(|term| term.is_form())
}

/// Returns the maximum of `score` and the scores of an article in some tiers. If the result is less
/// than `needed`, it may be any smaller number.
fn score_in(
    tiers: &mut [ImpactTier],
    doc: DocId,
    mut score: f32,
    needed: f32,
    parts: &[FieldNorms],
) -> f32 {
    for tier in tiers {
        if tier.max_score() <= score || tier.max_score() < needed {
            break;
        }
        score = score.max(tier.score_in(doc, parts));
    }
    score
}
