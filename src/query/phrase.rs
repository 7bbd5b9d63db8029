//! A word or phrase in any of the searched parts, scored by BM25F.

use super::plan::Slot;
use super::postings::{PhrasePostings, field_of};
use super::ranking::{self, K1};
use crate::schema::{Part, TextFields};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Result, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Finds the articles that have a phrase (or a word, a phrase of one slot) in one of the parts.
#[derive(Debug, Clone)]
pub struct PhraseQuery {
    slots: Vec<Slot>,
    parts: Vec<Part>,
}

impl PhraseQuery {
    /// Makes the query.
    pub fn new(slots: Vec<Slot>, parts: Vec<Part>) -> Self {
        Self { slots, parts }
    }
}

/// Returns the idf of a slot: that of its commonest term in the part where it is commonest, so that the
/// alternatives of a word weigh as much as the word. Spellings decide it only where no article has a term.
///
/// # Errors
/// Where the term dictionary cannot be read.
pub fn slot_idf(
    slot: &Slot,
    parts: &[Part],
    statistics: &dyn Bm25StatisticsProvider,
) -> Result<f32> {
    let commonest = |terms: &[String], field: &dyn Fn(TextFields) -> Field| -> Result<u64> {
        let mut doc_freq = 0;
        for part in parts {
            for term in terms {
                let term = Term::from_field_text(field(part.fields()), term);
                doc_freq = doc_freq.max(statistics.doc_freq(&term)?);
            }
        }
        Ok(doc_freq)
    };
    let field = |part| field_of(slot, part);
    let forms = commonest(&slot.forms, &|part| part.forms)?;
    let doc_freq = match commonest(&slot.terms, &field)?.max(forms) {
        0 => commonest(&slot.spellings, &field)?,
        own => own,
    };
    Ok(ranking::idf(doc_freq, statistics.total_num_docs()?))
}

impl Query for PhraseQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let mut idf = 0.0;
        let mut average_lengths = vec![1.0; self.parts.len()];
        if let EnableScoring::Enabled {
            statistics_provider: statistics,
            ..
        } = scoring
        {
            for slot in &self.slots {
                idf += slot_idf(slot, &self.parts, statistics)?;
            }
            for (average, part) in average_lengths.iter_mut().zip(&self.parts) {
                *average = average_length(*part, statistics)?;
            }
        }
        Ok(Box::new(PhraseWeight {
            query: self.clone(),
            idf,
            average_lengths,
            is_scored: scoring.is_scoring_enabled(),
        }))
    }
}

/// Returns the average length of `part` in tokens, at least 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "an average needs no more precision"
)]
fn average_length(part: Part, statistics: &dyn Bm25StatisticsProvider) -> Result<f32> {
    let docs = statistics.total_num_docs()?.max(1);
    let tokens = statistics.total_num_tokens(part.fields().keys)?;
    Ok((tokens as f32 / docs as f32).max(1.0))
}

struct PhraseWeight {
    query: PhraseQuery,
    idf: f32,
    average_lengths: Vec<f32>,
    is_scored: bool,
}

impl Weight for PhraseWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let mut parts = Vec::with_capacity(self.query.parts.len());
        for (part, average) in self.query.parts.iter().zip(&self.average_lengths) {
            let fields = part.fields();
            let opened =
                PhrasePostings::open(reader, &self.query.slots, fields).map_err(engine_error)?;
            let Some(postings) = opened else { continue };
            let norms = if self.is_scored {
                reader.get_fieldnorms_reader(fields.keys)?
            } else {
                FieldNormReader::constant(reader.max_doc(), 1)
            };
            parts.push(PartPostings {
                postings,
                norms,
                factors: length_factors(*part, *average),
            });
        }
        if parts.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = PhraseScorer {
            parts,
            doc: 0,
            weight: self.idf * boost,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(
            self.scorer(reader, 1.0)?,
            doc,
            "BM25F over the parts of the article",
        )
    }
}

/// Returns the score of `doc`, called `what`.
///
/// # Errors
/// Where the document does not match.
pub(super) fn explanation(
    mut scorer: Box<dyn Scorer>,
    doc: DocId,
    what: &'static str,
) -> Result<Explanation> {
    if scorer.doc() > doc || scorer.seek(doc) != doc {
        return Err(TantivyError::InvalidArgument(format!(
            "document {doc} does not match"
        )));
    }
    Ok(Explanation::new(what, scorer.score()))
}

fn engine_error(error: crate::Error) -> TantivyError {
    match error {
        crate::Error::Engine(error) => error,
        other => TantivyError::InternalError(other.to_string()),
    }
}

/// Returns what one mention counts in a part, for each of the 256 lengths that the index tells apart.
#[expect(
    clippy::cast_precision_loss,
    reason = "a length in tokens needs no more precision"
)]
fn length_factors(part: Part, average: f32) -> Box<[f32; 256]> {
    let weight = ranking::part_weight(part);
    let mut factors = Box::new([0.0; 256]);
    for (id, factor) in (0..=u8::MAX).zip(factors.iter_mut()) {
        let length = FieldNormReader::id_to_fieldnorm(id) as f32;
        *factor = weight.weight
            / (1.0 - weight.length_discount + weight.length_discount * length / average);
    }
    factors
}

struct PartPostings {
    postings: PhrasePostings,
    norms: FieldNormReader,
    factors: Box<[f32; 256]>,
}

struct PhraseScorer {
    parts: Vec<PartPostings>,
    doc: DocId,
    /// Idf and boost.
    weight: f32,
}

impl PhraseScorer {
    fn settle(&mut self) -> DocId {
        self.doc = self
            .parts
            .iter()
            .map(|part| part.postings.doc())
            .min()
            .unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for PhraseScorer {
    fn advance(&mut self) -> DocId {
        for part in &mut self.parts {
            if part.postings.doc() == self.doc {
                part.postings.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for part in &mut self.parts {
            part.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.parts
            .iter()
            .map(|part| part.postings.size_hint())
            .max()
            .unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        let per_doc = if self
            .parts
            .iter()
            .any(|part| part.postings.reads_positions())
        {
            10
        } else {
            1
        };
        u64::from(self.size_hint()) * per_doc
    }
}

impl Scorer for PhraseScorer {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of mentions needs no more precision"
    )]
    fn score(&mut self) -> Score {
        let mut mentions = 0.0;
        let mut share: f32 = 0.0;
        for part in &self.parts {
            if part.postings.doc() == self.doc {
                let factor = part.factors[usize::from(part.norms.fieldnorm_id(self.doc))];
                mentions += part.postings.freq() as f32 * factor;
                share = share.max(part.postings.share());
            }
        }
        self.weight * share * mentions * (K1 + 1.0) / (mentions + K1)
    }
}
