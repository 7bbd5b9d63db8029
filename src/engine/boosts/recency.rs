//! Scores that decay with the age of an article.

use crate::engine::boosts::rescoring::RescoringScorer;
use crate::engine::explanation::explanation;
use crate::ranking::UNDATED_SHARE;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Result, Score, SegmentReader};

/// How fast scores fade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fading {
    /// Days after which the score halves.
    pub(crate) half_life_days: f32,
    /// The day from which ages are counted, in days since 1970-01-01.
    pub(crate) today: i64,
}

/// The least share that old articles keep, so that their scores still differ.
const LEAST_SHARE: f32 = 1e-20;

impl Fading {
    /// Returns the share of its score that an article of `day` keeps: 1 for today and later, never
    /// nothing. One without a date keeps [`UNDATED_SHARE`].
    #[expect(clippy::cast_precision_loss, reason = "days of a calendar are few")]
    pub(crate) fn share(&self, day: Option<i64>) -> f32 {
        let Some(day) = day else {
            return UNDATED_SHARE;
        };
        let age = self.today.saturating_sub(day).max(0) as f32;
        (-age / self.half_life_days).exp2().max(LEAST_SHARE)
    }
}

/// Finds what its inner query finds; the score fades with age.
#[derive(Debug, Clone)]
pub(crate) struct RecencyQuery {
    inner: Arc<dyn Query>,
    fading: Fading,
}

impl RecencyQuery {
    /// Makes the query.
    pub(crate) fn new(inner: Box<dyn Query>, fading: Fading) -> Self {
        let inner = inner.into();
        Self { inner, fading }
    }
}

impl Query for RecencyQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let inner = self.inner.weight(scoring)?;
        if !scoring.is_scoring_enabled() {
            return Ok(inner);
        }
        Ok(Box::new(RecencyWeight {
            inner,
            fading: self.fading,
        }))
    }
}

struct RecencyWeight {
    inner: Box<dyn Weight>,
    fading: Fading,
}

impl Weight for RecencyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let days: Option<Column<i64>> = reader.fast_fields().column_opt("last_day")?;
        let days = days.unwrap_or_else(|| Column::build_empty_column(reader.max_doc()));
        let fading = self.fading;
        Ok(Box::new(RescoringScorer {
            inner: self.inner.scorer(reader, boost)?,
            rescore: move |doc, score| score * fading.share(days.first(doc)),
        }))
    }

    fn count(&self, reader: &SegmentReader) -> Result<u32> {
        self.inner.count(reader)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(self, reader, doc, "a score that fades with age")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_halves_with_every_half_life() {
        let fading = Fading {
            half_life_days: 30.0,
            today: 1_000,
        };
        let is = |day, share: f32| (fading.share(day) - share).abs() < 1e-6;
        assert!(is(Some(1_000), 1.0) && is(Some(970), 0.5) && is(Some(940), 0.25));
        assert!(is(Some(2_000), 1.0), "what is dated ahead counts in full");
        assert!(is(None, UNDATED_SHARE));
    }
}
