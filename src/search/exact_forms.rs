//! How many words of a query stand in an article exactly as they were typed.

use crate::analysis::forms::{FormTerms, PARAGRAPH_MARK, SENTENCE_MARK};
use crate::query::ast::Query;
use crate::schema::Part;
use std::cell::RefCell;
use std::collections::BTreeSet;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, Term};

/// Returns the forms of the words of `query` that may stand in any form, and beside them what says where they have
/// capitals, as the index has both; each once.
pub(super) fn typed_forms(query: &Query) -> Vec<String> {
    let mut forms = BTreeSet::new();
    query.for_each_word(&mut |text, _| {
        let (mut words, mut term) = (FormTerms::new(text), String::new());
        while words.next_word().is_some() {
            while words.next_term(&mut term).is_some() {
                if term != SENTENCE_MARK && term != PARAGRAPH_MARK {
                    forms.insert(term.clone());
                }
            }
        }
    });
    forms.into_iter().collect()
}

/// Looks up typed forms in the articles of a searcher.
pub(super) struct ExactForms<'a> {
    searcher: &'a tantivy::Searcher,
    forms: Vec<String>,
    fields: Vec<Field>,
    /// By segment, opened when first asked for.
    segments: RefCell<Vec<Option<Vec<Vec<Occurrences>>>>>,
}

impl<'a> ExactForms<'a> {
    /// Looks for `forms` in `parts`.
    pub(super) fn new(searcher: &'a tantivy::Searcher, forms: Vec<String>, parts: &[Part]) -> Self {
        let mut segments = Vec::new();
        segments.resize_with(searcher.segment_readers().len(), || None);
        Self {
            searcher,
            forms,
            fields: parts.iter().map(|part| part.fields().forms).collect(),
            segments: RefCell::new(segments),
        }
    }

    /// Returns how many of the forms an article has. Costs a look into the postings of each; articles that follow each
    /// other in a segment cost the least.
    pub(super) fn count(&self, address: DocAddress) -> tantivy::Result<usize> {
        let reader = self.searcher.segment_reader(address.segment_ord);
        let mut segments = self.segments.borrow_mut();
        let Some(segment) = segments.get_mut(address.segment_ord as usize) else {
            return Ok(0);
        };
        let forms = match segment {
            Some(forms) => forms,
            none => none.insert(self.open(reader)?),
        };
        let mut count = 0;
        for form in forms {
            for occurrences in form {
                if occurrences.is_in(reader, address.doc_id)? {
                    count += 1;
                    break;
                }
            }
        }
        Ok(count)
    }

    fn open(&self, reader: &SegmentReader) -> tantivy::Result<Vec<Vec<Occurrences>>> {
        let mut forms = Vec::with_capacity(self.forms.len());
        for form in &self.forms {
            let mut by_part = Vec::with_capacity(self.fields.len());
            for field in &self.fields {
                let term = Term::from_field_text(*field, form);
                let info = reader.inverted_index(*field)?.get_term_info(&term)?;
                by_part.extend(info.map(|info| Occurrences {
                    field: *field,
                    info,
                    postings: None,
                    asked: 0,
                }));
            }
            forms.push(by_part);
        }
        Ok(forms)
    }
}

/// The articles of a segment that have a form in one part.
struct Occurrences {
    field: Field,
    info: TermInfo,
    postings: Option<SegmentPostings>,
    /// The article last asked for.
    asked: DocId,
}

impl Occurrences {
    fn is_in(&mut self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<bool> {
        if doc < self.asked {
            // Postings only go on.
            self.postings = None;
        }
        self.asked = doc;
        let postings = match &mut self.postings {
            Some(postings) => postings,
            none => {
                let inverted = reader.inverted_index(self.field)?;
                let option = IndexRecordOption::Basic;
                none.insert(inverted.read_postings_from_terminfo(&self.info, option)?)
            }
        };
        let here = if postings.doc() < doc {
            postings.seek(doc)
        } else {
            postings.doc()
        };
        Ok(here == doc)
    }
}
