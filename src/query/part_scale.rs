//! What a mention counts in each part of an article, by the length of the part.

use super::ranking;
use crate::schema::Part;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::{DocId, Result, SegmentReader};

/// What a mention counts in one part, for each of the 256 lengths that the index tells apart.
#[derive(Debug, Clone)]
pub struct PartScale {
    part: Part,
    factors: Arc<[f32; 256]>,
}

impl PartScale {
    /// Computes it from the average length of the part.
    ///
    /// # Errors
    /// Where the statistics cannot be read.
    pub fn of(part: Part, statistics: &dyn Bm25StatisticsProvider) -> Result<Self> {
        Ok(Self::of_average(part, average_length(part, statistics)?))
    }

    /// Computes it for an average length in tokens.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a length in tokens needs no more precision"
    )]
    pub fn of_average(part: Part, average: f32) -> Self {
        let weight = ranking::part_weight(part);
        let mut factors = [0.0; 256];
        for (id, factor) in (0..=u8::MAX).zip(factors.iter_mut()) {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            *factor = weight.weight
                / (1.0 - weight.length_discount + weight.length_discount * length / average);
        }
        Self {
            part,
            factors: Arc::new(factors),
        }
    }

    /// Returns what a mention counts at most: in the shortest text.
    pub fn most(&self) -> f32 {
        self.factors[0]
    }

    /// Returns which part it is.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Opens the lengths of a segment; all count as one where `is_scored` is false.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn bind(&self, reader: &SegmentReader, is_scored: bool) -> Result<BoundScale> {
        let norms = if is_scored {
            reader.get_fieldnorms_reader(self.part.fields().keys)?
        } else {
            FieldNormReader::constant(reader.max_doc(), 1)
        };
        Ok(BoundScale {
            scale: self.clone(),
            norms,
        })
    }
}

/// What a mention counts in one part of the articles of a segment.
pub struct BoundScale {
    scale: PartScale,
    norms: FieldNormReader,
}

impl BoundScale {
    /// Returns what a mention counts in `doc`.
    pub fn factor(&self, doc: DocId) -> f32 {
        self.scale.factors[usize::from(self.norms.fieldnorm_id(doc))]
    }

    /// Returns what a mention counts at most.
    pub fn most(&self) -> f32 {
        self.scale.most()
    }

    /// Returns which part it is.
    pub fn part(&self) -> Part {
        self.scale.part
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
