//! All articles that match, whatever their score.

use crate::engine::boosts::proximity::Pairs;
use crate::engine::postings::bit_set::DocBits;
use crate::engine::postings::field_norms::PartScale;
use crate::engine::words::needed::Needed;
use crate::engine::words::word_scorer::SlotLists;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// Goes through them one after the other.
pub(crate) struct BagScorer {
    slots: Vec<SlotLists>,
    parts: Vec<PartScale>,
    needed: Needed,
    /// Where closeness counts.
    pairs: Option<Pairs>,
    /// The articles that match, where having the words does not tell.
    among: Option<DocBits>,
    doc: DocId,
}

impl BagScorer {
    /// Starts at the first article; `pairs` are there where closeness counts.
    pub(crate) fn new(
        slots: Vec<SlotLists>,
        parts: Vec<PartScale>,
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

    /// Starts at the first of `docs`, each of which has one of the words, and goes through them alone.
    pub(crate) fn among(mut self, docs: DocBits) -> Self {
        self.doc = docs.first_from(0);
        self.among = Some(docs);
        self
    }

    /// Goes on to the first article from `doc` on that matches.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        if let Some(among) = &self.among {
            self.doc = among.first_from(doc);
            return self.doc;
        }
        match self.needed {
            Needed::Any => {
                let firsts = self.slots.iter_mut().map(|slot| slot.first_from(doc));
                doc = firsts.min().unwrap_or(TERMINATED);
            }
            Needed::All => {
                let mut agreed = 0;
                while agreed < self.slots.len() && doc != TERMINATED {
                    agreed = 0;
                    for slot in &mut self.slots {
                        let first = slot.first_from(doc);
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

impl DocSet for BagScorer {
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
        let lens = self.slots.iter().map(SlotLists::len);
        match self.needed {
            Needed::All => lens.min().unwrap_or(0),
            Needed::Any => lens.fold(0, u32::saturating_add),
        }
    }
}

impl Scorer for BagScorer {
    fn score(&mut self) -> Score {
        let slots = self.slots.iter_mut();
        let score: f32 = slots.map(|slot| slot.score_in(self.doc, &self.parts)).sum();
        match &mut self.pairs {
            Some(pairs) => score + pairs.gain(self.doc),
            None => score,
        }
    }
}
