//! Where the segments have the forms of a pattern, so that none is looked up again.

use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// The forms of one field of a segment, by their numbers, each with where its postings are.
pub(crate) type FieldForms = (SegmentId, Field, Vec<(usize, TermInfo)>);

/// Where the forms of a slot are, from the first that came of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternTerms {
    first: usize,
    /// Shared, as slots are copied with it.
    fields: Arc<Vec<FieldForms>>,
}

impl PatternTerms {
    /// Begins with the form at place `first`; the others were there before.
    pub(crate) fn new(first: usize) -> Self {
        Self {
            first,
            fields: Arc::default(),
        }
    }

    /// Returns the place of the first form that is known; the others must be looked up.
    pub(crate) fn first(&self) -> usize {
        self.first
    }

    /// Adds what was `found`, whose numbers have these places among the forms of the slot; what has
    /// none is left out.
    pub(crate) fn add(&mut self, found: Vec<FieldForms>, places: &FxHashMap<usize, usize>) {
        let fields = Arc::make_mut(&mut self.fields);
        for (segment, field, mut forms) in found {
            forms.retain_mut(|(number, _)| {
                let place = places.get(number);
                *number = place.copied().unwrap_or_default();
                place.is_some()
            });
            let is_same = |known: &&mut FieldForms| known.0 == segment && known.1 == field;
            match fields.iter_mut().find(is_same) {
                Some((.., all)) => all.append(&mut forms),
                None => fields.push((segment, field, forms)),
            }
        }
    }

    /// Returns how many postings the forms have together, in all fields and segments.
    pub(crate) fn postings(&self) -> u64 {
        let forms = self.fields.iter().flat_map(|(.., forms)| forms);
        forms.map(|(_, info)| u64::from(info.doc_freq)).sum()
    }

    /// Returns the known forms that a field of a segment has; `None` of another searcher's segment.
    pub(crate) fn of(&self, segment: SegmentId, field: Field) -> Option<&[(usize, TermInfo)]> {
        let mut fields = self.fields.iter();
        let found = fields.find(|known| known.0 == segment && known.1 == field);
        found.map(|(_, _, forms)| forms.as_slice())
    }
}
