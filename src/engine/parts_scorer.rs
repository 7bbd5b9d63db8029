//! Iterates over matches in any of the searched parts and scores them by BM25F.

use crate::engine::postings::field_norms::FieldNorms;
use crate::plan::spans::mentions;
use crate::ranking;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// The articles of one segment that have matches in one part.
pub(crate) trait PartCursor: Send + 'static {
    /// Returns the current article.
    fn doc(&self) -> DocId;
    /// Goes to the next article.
    fn advance(&mut self) -> DocId;
    /// Goes to the first article from `target` on.
    fn seek(&mut self, target: DocId) -> DocId;
    /// Returns how many matches the current article has.
    fn freq(&self) -> u32;
    /// Returns how many articles there are at most.
    fn size_hint(&self) -> u32;
    /// Returns the share of the weight that the current article deserves.
    fn share(&self) -> f32 {
        1.0
    }
}

/// The matches in one part, and what each counts.
pub(crate) struct PartMatches<Cursor> {
    pub(crate) postings: Cursor,
    pub(crate) norms: FieldNorms,
}

/// Iterates over the articles with at least `at_least` matches.
pub(crate) struct PartsScorer<Cursor> {
    pub(crate) parts: Vec<PartMatches<Cursor>>,
    pub(crate) doc: DocId,
    pub(crate) at_least: u32,
    /// Idf and boost.
    pub(crate) weight: f32,
    /// What finding an article costs.
    pub(crate) doc_cost: u64,
}

impl<Cursor: PartCursor> PartsScorer<Cursor> {
    /// Goes to the first article from where the parts stand that has enough matches.
    pub(crate) fn settle(&mut self) -> DocId {
        loop {
            if self.stand_at_first() == TERMINATED || self.mention_count() >= self.at_least {
                return self.doc;
            }
            self.advance_parts();
        }
    }

    /// Goes to the first article of any part.
    pub(crate) fn stand_at_first(&mut self) -> DocId {
        let docs = self.parts.iter().map(|part| part.postings.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
        self.doc
    }

    /// Returns the parts that stand at the article.
    pub(crate) fn here(&mut self) -> impl Iterator<Item = &mut PartMatches<Cursor>> {
        let parts = self.parts.iter_mut();
        parts.filter(|part| part.postings.doc() == self.doc)
    }

    /// Returns how often the article has matches.
    pub(crate) fn mention_count(&self) -> u32 {
        let parts = self.parts.iter();
        let here = parts.filter(|part| part.postings.doc() == self.doc);
        mentions(here.map(|part| (part.norms.part(), part.postings.freq())))
    }

    fn advance_parts(&mut self) {
        for part in self.here() {
            part.postings.advance();
        }
    }
}

impl<Cursor: PartCursor> DocSet for PartsScorer<Cursor> {
    fn advance(&mut self) -> DocId {
        self.advance_parts();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for part in &mut self.parts {
            part.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let hints = self.parts.iter().map(|part| part.postings.size_hint());
        hints.max().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()) * self.doc_cost
    }
}

impl<Cursor: PartCursor> Scorer for PartsScorer<Cursor> {
    fn score(&mut self) -> Score {
        let doc = self.doc;
        let (mut mentions, mut share) = (0.0, 0.0_f32);
        for part in self.here() {
            mentions += part.norms.mentions(part.postings.freq(), doc);
            share = share.max(part.postings.share());
        }
        self.weight * share * ranking::saturated(mentions)
    }
}
