//! The documents of one scorer, with other scores.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, SeekDangerResult};

/// Iterates over what `inner` finds; `rescore` makes a score of the document and its score there.
pub(super) struct RescoringScorer<Rescore> {
    pub(super) inner: Box<dyn Scorer>,
    pub(super) rescore: Rescore,
}

impl<Rescore: Send> DocSet for RescoringScorer<Rescore> {
    fn advance(&mut self) -> DocId {
        self.inner.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.inner.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl<Rescore: FnMut(DocId, Score) -> Score + Send + 'static> Scorer for RescoringScorer<Rescore> {
    fn score(&mut self) -> Score {
        let score = self.inner.score();
        (self.rescore)(self.inner.doc(), score)
    }
}
