//! Articles that have any form of a pattern, each with its score.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::postings_union::PostingsUnion;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::{SegmentTerm, len_of};
use crate::ranking;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Articles in their order, with their scores. Can be gone through or looked up, but always
/// forward.
pub(crate) struct ScoredPostings {
    docs: Vec<DocId>,
    /// Of each article.
    scores: Vec<f32>,
    max_score: f32,
    /// The place of the next article.
    at: usize,
}

impl ScoredPostings {
    /// Goes through the postings of all forms, of which a position has one only, so that their
    /// mentions add up; `weight` is idf and boost. Costs some nanoseconds for each posting and,
    /// where there are many, 5 bytes for each article of the segment while it lasts.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn of_forms(
        reader: &SegmentReader,
        found: &[&SegmentTerm],
        parts: &[FieldNorms],
        weight: f32,
        tuning: &Tuning,
    ) -> Result<Self> {
        let postings = len_of(found.iter().copied());
        let mut union = PostingsUnion::new(postings, reader.max_doc(), tuning, |a, b| a + b);
        for term in found {
            let Some(norms) = parts.get(term.part) else {
                continue;
            };
            term.for_each_block(reader, IndexRecordOption::WithFreqs, |docs, freqs| {
                union.add(docs, freqs, norms.mentions_in_many());
            })?;
        }
        let (docs, mut scores) = union.finish();
        for score in &mut scores {
            *score = weight * ranking::saturated(*score);
        }
        Ok(Self {
            max_score: scores.iter().copied().fold(0.0, f32::max),
            docs,
            scores,
            at: 0,
        })
    }

    /// Adds all articles to `bits`.
    pub(crate) fn add_to(&self, bits: &mut BitSet) {
        self.docs.iter().for_each(|doc| bits.insert(*doc));
    }

    /// Returns the number of articles.
    pub(crate) fn doc_freq(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }

    /// Returns the best score.
    pub(crate) fn max_score(&self) -> f32 {
        self.max_score
    }

    /// Returns the first article from `doc` on. Must be called in ascending order of articles.
    pub(crate) fn seek(&mut self, doc: DocId) -> DocId {
        if self.next() < doc {
            let rest = self.docs.get(self.at..).unwrap_or_default();
            self.at += rest.partition_point(|here| *here < doc);
        }
        self.next()
    }

    /// Returns the score of `doc`, 0 if it is not there. Must be called in ascending order of
    /// articles.
    pub(crate) fn score_in(&mut self, doc: DocId) -> f32 {
        let is_here = self.seek(doc) == doc;
        let score = self.scores.get(self.at).filter(|_| is_here);
        score.copied().unwrap_or_default()
    }

    /// Calls `each` with the articles before `end` that were not passed yet and that score more
    /// than `above`.
    pub(crate) fn for_each_before(
        &mut self,
        above: f32,
        end: DocId,
        mut each: impl FnMut(DocId, f32),
    ) {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        let count = rest.partition_point(|doc| *doc < end);
        let scores = self.scores.get(self.at..).unwrap_or_default();
        for (doc, score) in rest.iter().zip(scores).take(count) {
            if *score > above {
                each(*doc, *score);
            }
        }
        self.at += count;
    }

    fn next(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }
}
