//! Candidates whose exact score is deferred until the threshold is known.
//!
//! Proximity and tie-breaking cost more than everything else. So candidates wait with the score of
//! their words until a long stretch of articles has been searched; most are beaten by then.

use crate::engine::boosts::proximity::Pairs;
use crate::engine::filters::doc_filter::BoundFilter;
use crate::engine::postings::bit_set::BitSet;
use crate::engine::words::max_score::{Best, needed_for};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::{DocId, Result, Score, SegmentReader};

/// Where more hits are wanted, articles do not wait: too few of them would be beaten.
const MOST_WANTED: usize = 100;

/// What is asked of articles, and who is told of them.
pub(crate) struct Hits<'a, Open> {
    pub(crate) reader: &'a SegmentReader,
    /// The articles that match, where having the words does not tell.
    pub(crate) among: Option<BitSet>,
    pub(crate) filter: Option<BoundFilter<'a>>,
    /// Opens the positions of the words, where closeness decides.
    pub(crate) open_pairs: Open,
    /// Takes an article and its score, and returns the score to beat.
    pub(crate) callback: &'a mut dyn FnMut(DocId, Score) -> Score,
}

/// An article with the score of its words and what their closeness may add to it at most.
struct Pending {
    doc: DocId,
    score: Score,
    gain: f32,
}

/// Gives the engine what may be among the best.
pub(crate) struct DeferredHits<'a, Open> {
    hits: Hits<'a, Open>,
    threshold: Score,
    /// Opened once an article needs them.
    pairs: Option<Pairs>,
    /// In the order of articles.
    waiting: Vec<Pending>,
    /// How many hits are wanted; 0 where articles do not wait.
    wanted: usize,
    /// The best scores of words so far, as their bits, which are in the same order; at most as many as are wanted.
    highest: BinaryHeap<Reverse<u32>>,
}

impl<'a, Open: Fn() -> Result<Pairs>> DeferredHits<'a, Open> {
    /// Starts with a score to beat; `wanted` says how many hits are, 0 where that is not known.
    pub(crate) fn new(hits: Hits<'a, Open>, wanted: usize, threshold: Score) -> Self {
        Self {
            hits,
            threshold,
            pairs: None,
            waiting: Vec::new(),
            wanted: if wanted > MOST_WANTED { 0 } else { wanted },
            highest: BinaryHeap::new(),
        }
    }

    fn give(&mut self, article: &Pending) -> Result<()> {
        let mut score = article.score;
        if article.gain > 0.0 {
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

    /// Raises the score to beat where there are now enough articles whose words alone score more.
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
        if self.hits.among.as_ref().is_some_and(|docs| !docs.has(doc)) {
            return false;
        }
        let is_hit = || self.hits.filter.as_ref().is_none_or(|accepts| accepts(doc));
        !self.hits.reader.is_deleted(doc) && is_hit()
    }

    fn take(&mut self, doc: DocId, score: Score, gain: f32) -> Result<()> {
        let article = Pending { doc, score, gain };
        if self.wanted == 0 {
            return self.give(&article);
        }
        self.raise(score);
        self.waiting.push(article);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        for article in std::mem::take(&mut self.waiting) {
            if article.score + article.gain >= needed_for(self.threshold) {
                self.give(&article)?;
            }
        }
        Ok(())
    }
}
