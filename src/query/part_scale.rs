//! What a mention counts in each part of an article, by the length of the part.

use crate::ranking::{self, impact};
use crate::schema::Part;
use std::sync::LazyLock;
use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, Result, SegmentReader, TantivyError};

/// What there is for each of the 256 lengths that the index tells apart.
struct Scale {
    /// What a mention counts.
    factors: [f32; 256],
    /// What one mention scores alone, as a multiple of the idf.
    saturated: [f32; 256],
}

/// What a mention counts in one part of the articles of a segment.
pub struct PartScale {
    part: Part,
    scale: &'static Scale,
    /// Of each article, which of the lengths it has.
    norms: OwnedBytes,
}

impl PartScale {
    /// Opens the lengths of `part` in a segment.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn open(part: Part, reader: &SegmentReader) -> Result<Self> {
        Ok(Self {
            part,
            scale: scale_of(part),
            norms: norms(reader, part.fields().keys)?,
        })
    }

    /// Returns what a mention counts in `doc`.
    pub fn factor(&self, doc: DocId) -> f32 {
        self.scale.factors[usize::from(self.norms[doc as usize])]
    }

    /// Returns what so many mentions count in `doc`.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of mentions needs no more precision"
    )]
    pub fn mentions(&self, freq: u32, doc: DocId) -> f32 {
        freq as f32 * self.factor(doc)
    }

    /// Returns what one mention scores alone in `doc`, as a multiple of the idf.
    pub fn saturated(&self, doc: DocId) -> f32 {
        self.scale.saturated[usize::from(self.norms[doc as usize])]
    }

    /// Returns [`PartScale::saturated`] for many articles.
    pub fn saturated_in_many(&self) -> impl Fn(DocId) -> f32 {
        let norms = self.norms.as_slice();
        let saturated = &self.scale.saturated;
        move |doc| saturated[usize::from(norms[doc as usize])]
    }

    /// Returns which part it is.
    pub fn part(&self) -> Part {
        self.part
    }
}

fn norms(reader: &SegmentReader, field: Field) -> Result<OwnedBytes> {
    let file = reader
        .fieldnorms_readers()
        .get_inner_file()
        .open_read(field);
    let file = file.ok_or_else(|| TantivyError::SchemaError(String::new()))?;
    Ok(file.read_bytes()?)
}

fn scale_of(part: Part) -> &'static Scale {
    static SCALES: LazyLock<[Scale; Part::ALL.len()]> = LazyLock::new(|| Part::ALL.map(Scale::of));
    &SCALES[part as usize]
}

impl Scale {
    fn of(part: Part) -> Self {
        let mut factors = [0.0; 256];
        for (id, factor) in (0..=u8::MAX).zip(factors.iter_mut()) {
            *factor = impact::mention(part, FieldNormReader::id_to_fieldnorm(id));
        }
        Self {
            factors,
            saturated: factors.map(ranking::saturated),
        }
    }
}
