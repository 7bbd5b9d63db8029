//! Iterates over all matching articles, without pruning.

use crate::engine::boosts::proximity::Pairs;
use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::words::needed::Needed;
use crate::engine::words::word_scorer::WordScorer;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// Goes through them one after the other.
pub(crate) struct WordsScorer {
    slots: Vec<WordScorer>,
    parts: Vec<FieldNorms>,
    needed: Needed,
    /// For the proximity bonus, if it counts.
    pairs: Option<Pairs>,
    /// The matching articles, if the words alone do not decide.
    among: Option<BitSet>,
    doc: DocId,
}

impl WordsScorer {
    /// Starts at the first article; `pairs` is given if proximity counts.
    pub(crate) fn new(
        slots: Vec<WordScorer>,
        parts: Vec<FieldNorms>,
        needed: Needed,
        pairs: Option<Pairs>,
    ) -> Self {
        let mut scorer = Self {
            slots,
            parts,
            needed,
            pairs,
            among: None,
            doc: 0,
        };
        scorer.settle(0);
        scorer
    }

    /// Restricts the scorer to `docs`, each of which has one of the words, and starts at the first.
    pub(crate) fn among(mut self, docs: BitSet) -> Self {
        self.doc = docs.seek(0);
        self.among = Some(docs);
        self
    }

    /// Goes on to the first article from `doc` on that matches.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        if let Some(among) = &self.among {
            self.doc = among.seek(doc);
            return self.doc;
        }
        match self.needed {
            Needed::Any => {
                let firsts = self.slots.iter_mut().map(|slot| slot.seek(doc));
                doc = firsts.min().unwrap_or(TERMINATED);
            }
            Needed::All => {
                let mut agreed = 0;
                while agreed < self.slots.len() && doc != TERMINATED {
                    agreed = 0;
                    for slot in &mut self.slots {
                        let first = slot.seek(doc);
                        if first > doc {
                            doc = first;
                            break;
                        }
                        agreed += 1;
                    }
                }
            }
        }
        self.doc = doc;
        doc
    }
}

impl DocSet for WordsScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.settle(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        if let Some(among) = &self.among {
            return among.len();
        }
        let lens = self.slots.iter().map(WordScorer::len);
        match self.needed {
            Needed::All => lens.min().unwrap_or(0),
            Needed::Any => lens.fold(0, u32::saturating_add),
        }
    }
}

impl Scorer for WordsScorer {
    fn score(&mut self) -> Score {
        let slots = self.slots.iter_mut();
        let score: f32 = slots.map(|slot| slot.score_in(self.doc, &self.parts)).sum();
        match &mut self.pairs {
            Some(pairs) => score + pairs.proximity_bonus(self.doc),
            None => score,
        }
    }
}
