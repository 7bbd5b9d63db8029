//! The postings of a finished segment, merged from runs and given to the engine's serializers.

use crate::index::segment::content::text_fields;
use crate::index::segment::exact_postings::ExactPostings;
use crate::index::segment::run::RunReader;
use crate::index::segment::text_postings::Postings;
use crate::schema::schema;
use std::collections::BTreeMap;
use std::io;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::SegmentComponent;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;
use tantivy::{DocId, Result, Segment};

/// What the fields of a segment hold.
pub(super) struct SegmentPostings {
    /// Fields of texts.
    pub(super) runs: Vec<RunReader>,
    /// How many terms each of them has.
    pub(super) token_counts: BTreeMap<Field, u64>,
    /// Fields that are indexed as they stand.
    pub(super) exact: BTreeMap<Field, ExactPostings>,
}

impl SegmentPostings {
    /// Writes terms, postings and positions of all fields; the lengths of texts must be on disk.
    pub(super) fn write(mut self, segment: &Segment) -> Result<()> {
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut serializer = InvertedIndexSerializer::open(segment)?;
        for (field, _) in schema().fields() {
            if let Some(values) = self.exact.get(&field) {
                let mut serializer = serializer.new_field(field, values.value_count(), None)?;
                write_exact(values, &mut serializer)?;
                serializer.close()?;
            }
            let content = text_fields().iter().find(|(of, _)| *of == field);
            let Some((_, content)) = content else {
                continue;
            };
            let count = self.token_counts.get(&field).copied().unwrap_or_default();
            if count == 0 {
                for run in &mut self.runs {
                    run.next_term()?;
                }
                continue;
            }
            let mut serializer = serializer.new_field(field, count, norms.get_field(field)?)?;
            merge(&mut self.runs, content.has_positions(), &mut serializer)?;
            serializer.close()?;
        }
        serializer.close()?;
        Ok(())
    }
}

/// Merges the next section of all runs.
fn merge(
    runs: &mut [RunReader],
    has_positions: bool,
    to: &mut FieldSerializer<'_>,
) -> io::Result<()> {
    let mut live = Vec::new();
    for run in runs {
        if run.next_term()? {
            live.push(run);
        }
    }
    let mut term = Vec::new();
    let mut merged = Merged::default();
    while let Some(next) = live.iter().map(|run| run.term()).min() {
        term.clear();
        term.extend_from_slice(next);
        merged.postings.clear(has_positions);
        let mut at = 0;
        while let Some(run) = live.get_mut(at) {
            let mut goes_on = true;
            if run.term() == term {
                run.read_postings(&mut merged.postings);
                goes_on = run.next_term()?;
            }
            if goes_on {
                at += 1;
            } else {
                live.remove(at);
            }
        }
        merged.write(&term, to)?;
    }
    Ok(())
}

/// The postings of one term from all runs.
#[derive(Debug, Default)]
struct Merged {
    postings: Postings,
    /// An article, its count and where its positions start.
    docs: Vec<(DocId, u32, usize)>,
}

impl Merged {
    fn write(&mut self, term: &[u8], to: &mut FieldSerializer<'_>) -> io::Result<()> {
        let Postings {
            docs,
            positions,
            has_positions,
            ..
        } = &self.postings;
        let mut start = 0;
        self.docs.clear();
        self.docs.extend(docs.iter().map(|(doc, count)| {
            let here = start;
            start += if *has_positions { *count as usize } else { 0 };
            (*doc, *count, here)
        }));
        // Each run is in order, so this is a merge of a few sorted parts.
        self.docs.sort_by_key(|(doc, ..)| *doc);
        to.new_term(term, u32::try_from(docs.len()).unwrap_or(u32::MAX), true)?;
        for (doc, count, start) in &self.docs {
            let length = if *has_positions { *count as usize } else { 0 };
            let here = positions.get(*start..*start + length);
            to.write_doc(*doc, *count, here.unwrap_or_default());
        }
        to.close_term()
    }
}

fn write_exact(values: &ExactPostings, to: &mut FieldSerializer<'_>) -> io::Result<()> {
    values.for_each(|value, docs| {
        to.new_term_without_freq(value)?;
        for doc in docs {
            to.write_doc(doc, 0, &[]);
        }
        to.close_term()
    })
}
