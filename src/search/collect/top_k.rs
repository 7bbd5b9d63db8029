//! Keeps the k best articles, in a total order.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use tantivy::DocAddress;

/// An article that may become a hit. The greater comes first among the hits.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<T> {
    /// What it is ordered by: its score, or its date as a score.
    pub key: SortKey,
    /// What breaks ties; the greater comes first.
    pub tie: T,
    /// Where the engine has it.
    pub address: DocAddress,
}

/// What hits are ordered by; the greater comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SortKey {
    /// The score.
    Score(f32),
    /// A date, negated where the oldest comes first; without a date last.
    Time(Option<i64>),
}

impl SortKey {
    /// Compares two keys of one order.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Score(a), Self::Score(b)) => a.total_cmp(&b),
            (Self::Time(a), Self::Time(b)) => a.cmp(&b),
            (Self::Score(_), Self::Time(_)) => Ordering::Greater,
            (Self::Time(_), Self::Score(_)) => Ordering::Less,
        }
    }
}

impl<T: Ord> PartialEq for Candidate<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T: Ord> Eq for Candidate<T> {}

impl<T: Ord> Ord for Candidate<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.compare(other.key);
        by_key.then_with(|| self.tie.cmp(&other.tie))
    }
}

impl<T: Ord> PartialOrd for Candidate<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Says of a candidate whether it may be kept.
pub(crate) type Accepts<'a, T> = dyn Fn(&Candidate<T>) -> bool + 'a;

/// The best candidates, up to a capacity.
pub(crate) struct Top<'f, T> {
    capacity: usize,
    accepts: Option<&'f Accepts<'f, T>>,
    /// The worst on top.
    heap: BinaryHeap<std::cmp::Reverse<Candidate<T>>>,
}

impl<'f, T: Ord> Top<'f, T> {
    /// Keeps `capacity` candidates of those that `accepts` lets through; without it of all.
    pub(crate) fn new(capacity: usize, accepts: Option<&'f Accepts<'f, T>>) -> Self {
        Self {
            capacity,
            accepts,
            heap: BinaryHeap::new(),
        }
    }

    /// Returns the key that a candidate must at least equal to have a chance; `None` while all
    /// have.
    pub(crate) fn worst(&self) -> Option<SortKey> {
        if self.heap.len() < self.capacity {
            return None;
        }
        self.heap.peek().map(|worst| worst.0.key)
    }

    /// Returns the score that [`tantivy::query::Weight::for_each_pruning`] must exceed. One step
    /// below the worst, because that of an equal score may win the tie.
    pub(crate) fn threshold(&self) -> f32 {
        match self.worst() {
            Some(SortKey::Score(score)) => score.next_down(),
            _ => f32::MIN,
        }
    }

    /// Takes a candidate in if it is good enough.
    pub(crate) fn push(&mut self, candidate: Candidate<T>) {
        if self.accepts.is_some_and(|accepts| !accepts(&candidate)) {
            return;
        }
        if self.heap.len() < self.capacity {
            self.heap.push(std::cmp::Reverse(candidate));
        } else if self.heap.peek().is_some_and(|worst| candidate > worst.0) {
            self.heap.pop();
            self.heap.push(std::cmp::Reverse(candidate));
        }
    }

    /// Returns the candidates, the best first.
    pub(crate) fn into_sorted(self) -> Vec<Candidate<T>> {
        let mut candidates: Vec<Candidate<T>> =
            self.heap.into_iter().map(|candidate| candidate.0).collect();
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(score: f32, tie: u32) -> Candidate<u32> {
        Candidate {
            key: SortKey::Score(score),
            tie,
            address: DocAddress::new(0, 0),
        }
    }

    #[test]
    fn the_best_stay_and_ties_go_to_the_greater() {
        let mut top = Top::new(4, None);
        for (score, tie) in [(1.0, 2), (1.0, 5), (2.0, 0), (1.0, 4), (1.0, 3), (0.5, 9)] {
            top.push(candidate(score, tie));
        }
        let ties = top.into_sorted().into_iter().map(|candidate| candidate.tie);
        assert_eq!(ties.collect::<Vec<_>>(), [0, 5, 4, 3]);
    }

    #[test]
    fn the_threshold_lets_equal_scores_pass() {
        let mut top: Top<'_, u32> = Top::new(1, None);
        assert!(top.threshold() <= f32::MIN);
        top.push(candidate(3.0, 0));
        assert!(3.0 > top.threshold() && top.threshold() > 2.999);
    }
}
