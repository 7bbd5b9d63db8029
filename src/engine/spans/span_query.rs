//! Positional matches in any of the searched parts, counted and scored by BM25F.

use crate::engine::explanation::explanation;
use crate::engine::parts_scorer::{PartMatches, PartsScorer};
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::mention_bound::mentions_for;
use crate::engine::postings::slot_terms::{SlotTerms, open_by_part};
use crate::engine::spans::span_postings::SpanPostings;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::Scope;
use crate::plan::spans::Spans;
use crate::schema::Part;
use std::sync::Arc;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Result, Score, SegmentReader, TERMINATED};

/// Finds the articles that have matches of [`Spans`] often enough. The parts count for themselves:
/// what is near something else must be so within one part.
#[derive(Debug, Clone)]
pub(crate) struct SpanQuery {
    spans: Arc<Spans>,
    parts: Vec<Part>,
    /// How often; the lead mostly repeats the beginning of the body, so the greater count of the
    /// two holds.
    at_least: u32,
    tuning: &'static Tuning,
}

impl SpanQuery {
    /// Makes the query.
    pub(crate) fn new(
        spans: Spans,
        parts: Vec<Part>,
        at_least: u32,
        tuning: &'static Tuning,
    ) -> Self {
        Self {
            spans: Arc::new(spans),
            parts,
            at_least,
            tuning,
        }
    }
}

impl Query for SpanQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let mut weight = SpanWeight {
            query: self.clone(),
            slots: Vec::new(),
            idf: 0.0,
        };
        let mut slots = Vec::new();
        self.spans.for_each_slot(&mut |slot| slots.push(slot));
        for slot in slots {
            let scope = Scope::Parts(self.parts.clone());
            let (terms, idf) = SlotTerms::find(slot, scope, scoring, self.tuning)?;
            weight.idf += idf;
            weight.slots.push(terms);
        }
        Ok(Box::new(weight))
    }
}

struct SpanWeight {
    query: SpanQuery,
    slots: Vec<SlotTerms>,
    idf: f32,
}

impl SpanWeight {
    /// Opens the parts, each at the first article that has the words.
    fn open(&self, reader: &SegmentReader, boost: Score) -> Result<PartsScorer<SpanPostings>> {
        let by_part = open_by_part(&self.slots, &self.query.parts, reader, true, |_| true)?;
        let mut parts = Vec::with_capacity(by_part.len());
        for (slots, part) in by_part.into_iter().zip(&self.query.parts) {
            let spans = Arc::clone(&self.query.spans);
            parts.push(PartMatches {
                postings: SpanPostings::open(reader, spans, slots, *part)?,
                norms: FieldNorms::open_among(*part, &self.query.parts, reader)?,
            });
        }
        Ok(PartsScorer {
            parts,
            doc: 0,
            at_least: self.query.at_least,
            weight: self.idf * boost,
            // Positions are read of every article that has the words.
            doc_cost: 20,
        })
    }
}

impl Weight for SpanWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let mut scorer = self.open(reader, boost)?;
        for part in &mut scorer.parts {
            part.postings.find();
        }
        scorer.settle();
        Ok(Box::new(scorer))
    }

    /// Reads positions only of articles that have the words often enough to exceed the threshold.
    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        let mut spans = self.open(reader, 1.0)?;
        let mut needed = mentions_for(threshold, spans.weight);
        // The greatest score says that nothing more is wanted.
        while spans.stand_at_first() != TERMINATED && needed.is_finite() {
            if spans.may_have(needed) && spans.read() >= spans.at_least.max(1) {
                let score = spans.score();
                if score > threshold {
                    threshold = callback(spans.doc, score);
                    needed = mentions_for(threshold, spans.weight);
                }
            }
            for part in spans.here() {
                part.postings.advance_aligned();
            }
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(self, reader, doc, "BM25F over matches with places")
    }
}

impl PartsScorer<SpanPostings> {
    /// Returns whether the article may have enough weighted mentions, without reading positions.
    fn may_have(&mut self, needed: f32) -> bool {
        let doc = self.doc;
        // Most articles can have one, which is checked faster.
        if self.here().map(|part| part.norms.norm(doc)).sum::<f32>() >= needed {
            return true;
        }
        let most = self.here().map(|part| {
            let most = part.postings.max_freq();
            part.norms.mentions(most, doc)
        });
        most.sum::<f32>() >= needed
    }

    /// Reads the positions of the article and returns how often it has matches.
    fn read(&mut self) -> u32 {
        for part in self.here() {
            part.postings.read();
        }
        self.mention_count()
    }
}
