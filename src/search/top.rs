//! Keeps the best articles seen so far, in an order without ties.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use tantivy::DocAddress;

/// An article that may become a hit. The greater comes first among the hits.
#[derive(Debug, Clone)]
pub struct Candidate<I> {
    /// What it is ordered by: its score, or its date as a score.
    pub key: SortKey,
    /// First second of its date, to break ties: the newer first, without a date last.
    pub published_at: Option<i64>,
    /// Its id, to break the last ties; in what form is the searcher's affair.
    pub id: I,
    /// Where the engine has it.
    pub address: DocAddress,
}

/// What hits are ordered by; the greater comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SortKey {
    /// The score.
    Score(f32),
    /// A date, negated where the oldest comes first; without a date last.
    Time(Option<i64>),
}

impl SortKey {
    /// Compares two keys of one order.
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Score(a), Self::Score(b)) => a.total_cmp(&b),
            (Self::Time(a), Self::Time(b)) => a.cmp(&b),
            (Self::Score(_), Self::Time(_)) => Ordering::Greater,
            (Self::Time(_), Self::Score(_)) => Ordering::Less,
        }
    }
}

impl<I: Ord> PartialEq for Candidate<I> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<I: Ord> Eq for Candidate<I> {}

impl<I: Ord> Ord for Candidate<I> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.compare(other.key);
        by_key
            .then(self.published_at.cmp(&other.published_at))
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl<I: Ord> PartialOrd for Candidate<I> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best candidates, at most so many.
#[derive(Debug)]
pub struct Top<I> {
    capacity: usize,
    /// The worst on top.
    heap: BinaryHeap<std::cmp::Reverse<Candidate<I>>>,
}

impl<I: Ord> Top<I> {
    /// Keeps `capacity` candidates.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            heap: BinaryHeap::new(),
        }
    }

    /// Returns the key that a candidate must at least equal to have a chance; `None` while all have.
    pub fn worst(&self) -> Option<SortKey> {
        if self.heap.len() < self.capacity {
            return None;
        }
        self.heap.peek().map(|worst| worst.0.key)
    }

    /// Returns the score that [`tantivy::query::Weight::for_each_pruning`] must exceed. One step below the
    /// worst, because that of an equal score may win by date or id.
    pub fn threshold(&self) -> f32 {
        match self.worst() {
            Some(SortKey::Score(score)) => score.next_down(),
            _ => f32::MIN,
        }
    }

    /// Takes a candidate in if it is good enough.
    pub fn push(&mut self, candidate: Candidate<I>) {
        if self.heap.len() < self.capacity {
            self.heap.push(std::cmp::Reverse(candidate));
        } else if self.heap.peek().is_some_and(|worst| candidate > worst.0) {
            self.heap.pop();
            self.heap.push(std::cmp::Reverse(candidate));
        }
    }

    /// Returns the candidates, the best first.
    pub fn into_sorted(self) -> Vec<Candidate<I>> {
        let mut candidates: Vec<Candidate<I>> =
            self.heap.into_iter().map(|candidate| candidate.0).collect();
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(score: f32, published_at: Option<i64>, id: &str) -> Candidate<String> {
        Candidate {
            key: SortKey::Score(score),
            published_at,
            id: id.into(),
            address: DocAddress::new(0, 0),
        }
    }

    #[test]
    fn ties_go_by_date_and_then_by_id() {
        let mut top = Top::new(4);
        for candidate in [
            candidate(1.0, None, "в"),
            candidate(1.0, Some(5), "б"),
            candidate(2.0, None, "г"),
            candidate(1.0, Some(5), "а"),
            candidate(1.0, Some(9), "ґ"),
        ] {
            top.push(candidate);
        }
        let ids: Vec<String> = top
            .into_sorted()
            .into_iter()
            .map(|candidate| candidate.id)
            .collect();
        assert_eq!(ids, ["г", "ґ", "а", "б"]);
    }

    #[test]
    fn the_threshold_lets_equal_scores_pass() {
        let mut top: Top<String> = Top::new(1);
        assert!(top.threshold() <= f32::MIN);
        top.push(candidate(3.0, None, "а"));
        assert!(3.0 > top.threshold() && top.threshold() > 2.999);
    }
}
