//! Candidates whose exact score is deferred until the threshold is known.
//!
//! Proximity and tie-breaking cost more than everything else. So candidates wait with the score of
//! their words until a long stretch of articles has been searched; most are beaten by then.

use crate::engine::boosts::proximity::Pairs;
use crate::engine::filters::doc_filter::BoundFilter;
use crate::engine::postings::bit_set::BitSet;
use crate::engine::words::max_score::{Best, score_needed};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::{DocId, Result, Score, SegmentReader};

/// What candidates are checked against, and who receives them.
pub(crate) struct Hits<'a, Open> {
    pub(crate) reader: &'a SegmentReader,
    /// The matching articles, if the words alone do not decide.
    pub(crate) among: Option<BitSet>,
    pub(crate) filter: Option<BoundFilter<'a>>,
    /// Opens the positions of the words, if proximity counts.
    pub(crate) open_pairs: Open,
    /// Takes an article and its score, and returns the new threshold.
    pub(crate) callback: &'a mut dyn FnMut(DocId, Score) -> Score,
}

/// A candidate with the score of its words and an upper bound of its proximity bonus.
struct Pending {
    doc: DocId,
    score: Score,
    max_bonus: f32,
}

/// Defers candidates, and passes those that remain to the collector.
pub(crate) struct DeferredHits<'a, Open> {
    hits: Hits<'a, Open>,
    threshold: Score,
    /// Opened when a candidate needs them.
    pairs: Option<Pairs>,
    /// In the order of articles.
    waiting: Vec<Pending>,
    /// How many hits are wanted; 0 if candidates are not deferred.
    wanted: usize,
    /// The best word scores so far, at most `wanted`, as bits, which compare in the same order.
    highest: BinaryHeap<Reverse<u32>>,
}

impl<'a, Open: Fn() -> Result<Pairs>> DeferredHits<'a, Open> {
    /// Starts with a threshold; `wanted` is the number of wanted hits, 0 if unknown.
    pub(crate) fn new(hits: Hits<'a, Open>, wanted: usize, threshold: Score) -> Self {
        Self {
            hits,
            threshold,
            pairs: None,
            waiting: Vec::new(),
            wanted,
            highest: BinaryHeap::new(),
        }
    }

    fn give(&mut self, article: &Pending) -> Result<()> {
        let mut score = article.score;
        if article.max_bonus > 0.0 {
            let pairs = match &mut self.pairs {
                Some(pairs) => pairs,
                none => none.insert((self.hits.open_pairs)()?),
            };
            score += pairs.proximity_bonus(article.doc);
        }
        if score > self.threshold {
            let to_beat = (self.hits.callback)(article.doc, score);
            self.threshold = self.threshold.max(to_beat);
        }
        Ok(())
    }

    /// Raises the threshold if enough candidates score more by their words alone.
    fn raise(&mut self, score: Score) {
        let bits = Reverse(score.to_bits());
        if self.highest.len() < self.wanted {
            self.highest.push(bits);
        } else if let Some(mut lowest) = self.highest.peek_mut()
            && bits < *lowest
        {
            *lowest = bits;
        }
        if self.highest.len() == self.wanted
            && let Some(Reverse(lowest)) = self.highest.peek()
        {
            // Ties with it are wanted.
            let lowest = Score::from_bits(*lowest).next_down();
            self.threshold = self.threshold.max(lowest);
        }
    }
}

impl<Open: Fn() -> Result<Pairs>> Best for DeferredHits<'_, Open> {
    fn threshold(&self) -> Score {
        self.threshold
    }

    fn wants(&self, doc: DocId) -> bool {
        if self
            .hits
            .among
            .as_ref()
            .is_some_and(|docs| !docs.contains(doc))
        {
            return false;
        }
        let is_hit = || self.hits.filter.as_ref().is_none_or(|accepts| accepts(doc));
        !self.hits.reader.is_deleted(doc) && is_hit()
    }

    fn take(&mut self, doc: DocId, score: Score, max_bonus: f32) -> Result<()> {
        let article = Pending {
            doc,
            score,
            max_bonus,
        };
        if self.wanted == 0 {
            return self.give(&article);
        }
        self.raise(score);
        self.waiting.push(article);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        for article in std::mem::take(&mut self.waiting) {
            if article.score + article.max_bonus >= score_needed(self.threshold) {
                self.give(&article)?;
            }
        }
        Ok(())
    }
}
