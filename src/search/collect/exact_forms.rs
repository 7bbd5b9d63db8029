//! How many words of a query an article has exactly as typed.

use crate::analysis::words::forms::{FormTerms, PARAGRAPH_MARK, SENTENCE_MARK};
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::postings::term_postings::TermPostings;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::{Scope, SegmentTerm};
use crate::plan::cache::word_cache::WordCache;
use crate::plan::slot::Slot;
use crate::query::ast::Query;
use crate::schema::Part;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, SegmentReader};

/// Returns the forms of the words of `query` that may stand in any form, and beside them what says
/// where they have capitals, as the index has both; each once.
pub(crate) fn typed_forms(query: &Query) -> Vec<String> {
    let mut forms = BTreeSet::new();
    query.for_each_word(&mut |word| {
        let (mut words, mut term) = (FormTerms::new(&word.text), String::new());
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
pub(crate) struct ExactForms<'a> {
    searcher: &'a tantivy::Searcher,
    forms: Vec<SlotTerms>,
    /// By segment, opened when first asked for.
    segments: RefCell<Vec<Option<Vec<Vec<Occurrences>>>>>,
}

impl<'a> ExactForms<'a> {
    /// Looks for `forms` in `parts`; `cache` keeps where they are.
    pub(crate) fn new(
        searcher: &'a tantivy::Searcher,
        forms: &[String],
        parts: &[Part],
        cache: &WordCache,
    ) -> Self {
        let found = |form: &String| {
            let mut slot = Slot::of_form(form.clone());
            cache.cache_terms(&mut slot);
            SlotTerms::unscored(&slot, Scope::Parts(parts.to_vec()), &Tuning::DEFAULT)
        };
        let mut segments = Vec::new();
        segments.resize_with(searcher.segment_readers().len(), || None);
        Self {
            searcher,
            forms: forms.iter().map(found).collect(),
            segments: RefCell::new(segments),
        }
    }

    /// Returns how many of the forms an article has. Costs a look into the postings of each;
    /// articles that follow each other in a segment cost the least.
    pub(crate) fn count(&self, address: DocAddress) -> tantivy::Result<usize> {
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
            let found = form.in_segment(reader)?;
            let mut by_part: Vec<Occurrences> = found.iter().map(Occurrences::of).collect();
            // Where most articles have it, one look mostly tells.
            by_part.sort_by_key(|occurrences| Reverse(occurrences.term.info.doc_freq));
            forms.push(by_part);
        }
        Ok(forms)
    }
}

/// The articles of a segment that have a form in one part.
struct Occurrences {
    term: SegmentTerm,
    /// On the heap: they hold two blocks, and where they are not opened yet they need no room when
    /// parts are sorted.
    postings: Option<Box<TermPostings>>,
    /// The article last asked for.
    asked: DocId,
}

impl Occurrences {
    fn of(found: &SegmentTerm) -> Self {
        Self {
            term: found.clone(),
            postings: None,
            asked: 0,
        }
    }

    fn is_in(&mut self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<bool> {
        if doc < self.asked {
            // Postings only go on.
            self.postings = None;
        }
        self.asked = doc;
        let postings = match &mut self.postings {
            Some(postings) => postings,
            none => {
                let option = IndexRecordOption::Basic;
                let postings = TermPostings::open(reader, &self.term, option);
                none.insert(Box::new(postings?))
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
