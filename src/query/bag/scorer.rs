//! All articles that match, whatever their score.

use super::super::proximity::Pairs;
use super::candidates::Bag;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// Goes through them one after the other.
pub(super) struct BagScorer {
    bag: Bag,
    pairs: Option<Pairs>,
    doc: DocId,
}

impl BagScorer {
    /// Starts at the first article; `pairs` are there where closeness counts.
    pub(super) fn new(bag: Bag, pairs: Option<Pairs>) -> Self {
        let mut scorer = Self { bag, pairs, doc: 0 };
        let first = scorer.bag.first();
        scorer.settle(first);
        scorer
    }

    /// Goes on from the candidate `doc` to the first one that matches.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED && !self.bag.is_match(doc) {
            doc = self.bag.pass(doc);
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
        let next = self.bag.pass(self.doc);
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.bag.seek(target);
            let first = self.bag.first();
            self.settle(first);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.bag.len()
    }
}

impl Scorer for BagScorer {
    fn score(&mut self) -> Score {
        let words = self.bag.score(self.doc, f32::MIN);
        let (score, gain) = words.unwrap_or_default();
        match &mut self.pairs {
            Some(pairs) if gain > 0.0 => score + pairs.gain(self.doc),
            _ => score,
        }
    }
}
