//! Length normalisation: the weight of one mention in each part, by the length of that part.

use crate::ranking;
use crate::ranking::impact;
use crate::schema::{Part, fields, is_lead_alone, schema};
use std::sync::LazyLock;
use tantivy::directory::OwnedBytes;
use tantivy::error::DataCorruption;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, Result, SegmentReader, TantivyError};

/// What there is for each of the 256 lengths that the index tells apart.
struct Scale {
    /// What a mention counts.
    norms: [f32; 256],
    /// What one mention scores alone, as a multiple of the idf.
    saturated: [f32; 256],
}

/// What a mention counts in one part of the articles of a segment.
pub(crate) struct FieldNorms {
    part: Part,
    scale: &'static Scale,
    /// Of each article, which of the lengths it has.
    lengths: OwnedBytes,
}

impl FieldNorms {
    /// Opens the lengths of `part` in a segment.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn open(part: Part, reader: &SegmentReader) -> Result<Self> {
        Ok(Self {
            part,
            scale: scale_of(part),
            lengths: lengths_of(part, reader)?,
        })
    }

    /// Does as [`FieldNorms::open`] where `parts` are searched: without the body, leads that it
    /// begins with have their lengths too. Those cost some nanoseconds for each article.
    ///
    /// # Errors
    /// As [`FieldNorms::open`].
    pub(crate) fn open_among(part: Part, parts: &[Part], reader: &SegmentReader) -> Result<Self> {
        let mut norms = Self::open(part, reader)?;
        let name = schema().get_field_name(fields().lead_words);
        if part == Part::Lead
            && is_lead_alone(parts)
            && let Some(words) = reader.fast_fields().column_opt::<u64>(name)?
        {
            let lengths = norms.lengths.iter().zip(0..).map(|(length, doc)| {
                let words = words
                    .first(doc)
                    .map(|words| u32::try_from(words).unwrap_or(u32::MAX));
                words.map_or(*length, FieldNormReader::fieldnorm_to_id)
            });
            norms.lengths = OwnedBytes::new(lengths.collect::<Vec<u8>>());
        }
        Ok(norms)
    }

    /// Returns what a mention counts in `doc`, 0 where the part has no word there.
    pub(crate) fn norm_if_any(&self, doc: DocId) -> f32 {
        match self.lengths[doc as usize] {
            0 => 0.0,
            length => self.scale.norms[usize::from(length)],
        }
    }

    /// Returns what a mention counts in `doc`.
    pub(crate) fn norm(&self, doc: DocId) -> f32 {
        self.scale.norms[usize::from(self.lengths[doc as usize])]
    }

    /// Returns the weight of these mentions in `doc`.
    pub(crate) fn mentions(&self, freq: u32, doc: DocId) -> f32 {
        self.mentions_in_many()(freq, doc)
    }

    /// Returns [`FieldNorms::mentions`] for many articles, which costs less for each.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of mentions needs no more precision"
    )]
    pub(crate) fn mentions_in_many(&self) -> impl Fn(u32, DocId) -> f32 {
        let lengths = self.lengths.as_slice();
        let norms = &self.scale.norms;
        move |freq, doc| freq as f32 * norms[usize::from(lengths[doc as usize])]
    }

    /// Returns what one mention scores alone in `doc`, as a multiple of the idf.
    pub(crate) fn saturated(&self, doc: DocId) -> f32 {
        self.saturated_in_many()(doc)
    }

    /// Returns [`FieldNorms::saturated`] for many articles, which costs less for each.
    pub(crate) fn saturated_in_many(&self) -> impl Fn(DocId) -> f32 {
        let lengths = self.lengths.as_slice();
        let saturated = &self.scale.saturated;
        move |doc| saturated[usize::from(lengths[doc as usize])]
    }

    /// Returns which part it is.
    pub(crate) fn part(&self) -> Part {
        self.part
    }
}

/// Returns a byte for each article of a segment, which says about how long `part` is there: as one
/// slice, which the engine's own reader does not give.
fn lengths_of(part: Part, reader: &SegmentReader) -> Result<OwnedBytes> {
    let files = reader.fieldnorms_readers().get_inner_file();
    let file = files.open_read(part.fields().keys);
    let lengths = file.map(|file| file.read_bytes()).transpose()?;
    let lengths = lengths.filter(|lengths| lengths.len() >= reader.max_doc() as usize);
    lengths.ok_or_else(|| {
        let segment = reader.segment_id().short_uuid_string();
        let what = format!("lengths of articles are missing in segment {segment}");
        TantivyError::DataCorruption(DataCorruption::comment_only(what))
    })
}

fn scale_of(part: Part) -> &'static Scale {
    static SCALES: LazyLock<[Scale; Part::ALL.len()]> = LazyLock::new(|| Part::ALL.map(Scale::of));
    &SCALES[part as usize]
}

impl Scale {
    fn of(part: Part) -> Self {
        let mut norms = [0.0; 256];
        for (id, factor) in (0..=u8::MAX).zip(norms.iter_mut()) {
            *factor = impact::mention(part, FieldNormReader::id_to_fieldnorm(id));
        }
        Self {
            norms,
            saturated: norms.map(ranking::saturated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, doc};

    #[test]
    fn a_segment_without_lengths_is_damaged() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.add_document(doc!(field => "мир")).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let opened = FieldNorms::open(Part::Body, searcher.segment_reader(0));
        assert!(matches!(opened, Err(TantivyError::DataCorruption(_))));
    }
}
