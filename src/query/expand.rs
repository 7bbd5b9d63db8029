//! Turns the patterns of a plan into the forms that the index has.

use super::notice::Remark;
use super::pattern::{FormPattern, Shape};
use super::plan::{Plan, Slot, capitals_prefix};
use crate::analysis::capitals::CAPITALS_MARK;
use crate::analysis::forms::HYPHEN;
use crate::schema::{Part, fields};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Result, Searcher, TantivyError, Term};

/// A pattern stands for no more forms than these: the commonest of those that it matches.
pub const MAX_EXPANSIONS: usize = 1_000;

/// Puts in place of every pattern of `plan` the forms that it matches in any of the index's texts, the
/// commonest ones, and tells where there were more than [`MAX_EXPANSIONS`].
///
/// Costs a walk through the forms that begin as the pattern does.
///
/// # Errors
/// Where the term dictionaries cannot be read.
pub fn expand(plan: &mut Plan, searcher: &Searcher) -> Result<Vec<Remark>> {
    let mut remarks = Vec::new();
    let mut result = Ok(());
    plan.for_each_slot_mut(&mut |slot| {
        if result.is_ok() {
            result = expand_slot(slot, searcher, &mut remarks);
        }
    });
    result.map(|()| remarks)
}

fn expand_slot(slot: &mut Slot, searcher: &Searcher, remarks: &mut Vec<Remark>) -> Result<()> {
    for pattern in std::mem::take(&mut slot.patterns) {
        let mut forms = Forms::default();
        let mut found = Vec::new();
        for_each_field(searcher, |segment, field, inverted| {
            let place = found.len();
            found.push((segment, field, Vec::new()));
            for_each_match(inverted, &pattern, |form, info| {
                let number = forms.add(form, info.doc_freq);
                found[place].2.push((number, info.clone()));
            })
        })?;
        if forms.doc_freqs.len() > MAX_EXPANSIONS {
            remarks.push(Remark::ExpansionCapped {
                pattern: pattern.text.clone(),
                forms: forms.doc_freqs.len(),
                limit: MAX_EXPANSIONS,
            });
        }
        slot.add_found_forms(forms.commonest(MAX_EXPANSIONS), found);
    }
    if let Some(form) = slot.without_capitals.take() {
        let prefix = capitals_prefix(&form);
        let mut forms = Forms::default();
        for_each_field(searcher, |_, _, inverted| {
            for_each_beginning(inverted, &prefix, |form, info| {
                forms.add(form, info.doc_freq);
            })
        })?;
        let forms = forms.commonest(usize::MAX).into_iter();
        slot.except.extend(forms.map(|(_, form)| form));
    }
    Ok(())
}

/// Calls `each` with the fields of forms of all segments.
fn for_each_field(
    searcher: &Searcher,
    mut each: impl FnMut(SegmentId, Field, &InvertedIndexReader) -> Result<()>,
) -> Result<()> {
    for reader in searcher.segment_readers() {
        for part in Part::ALL {
            let field = part.fields().forms;
            let inverted = reader.inverted_index(field)?;
            each(reader.segment_id(), field, inverted.as_ref())?;
        }
    }
    Ok(())
}

fn for_each_match(
    inverted: &InvertedIndexReader,
    pattern: &FormPattern,
    mut each: impl FnMut(&str, &TermInfo),
) -> Result<()> {
    match &pattern.shape {
        Shape::Fuzzy { form, max_edits } => for_each_near(inverted, (form, *max_edits), each),
        _ => for_each_beginning(inverted, &pattern.prefix, |form, info| {
            if is_form(form) && pattern.matches(form) {
                each(form, info);
            }
        }),
    }
}

/// Calls `each` with the terms that begin with `prefix`.
pub(super) fn for_each_beginning(
    inverted: &InvertedIndexReader,
    prefix: &str,
    mut each: impl FnMut(&str, &TermInfo),
) -> Result<()> {
    let range = inverted.terms().range().ge(prefix.as_bytes());
    let mut stream = range.into_stream().map_err(TantivyError::from)?;
    while stream.advance() {
        let Ok(form) = std::str::from_utf8(stream.key()) else {
            continue;
        };
        if !form.starts_with(prefix) {
            break;
        }
        each(form, stream.value());
    }
    Ok(())
}

fn for_each_near(
    inverted: &InvertedIndexReader,
    (form, max_edits): (&str, u8),
    mut each: impl FnMut(&str, &TermInfo),
) -> Result<()> {
    // The automaton looks at the text of the term only.
    let term = Term::from_field_text(fields().body.forms, form);
    let automaton = FuzzyTermQuery::new(term, max_edits, true).automaton()?;
    let search = inverted.terms().search(&automaton);
    let mut stream = search.into_stream().map_err(TantivyError::from)?;
    while stream.advance() {
        let Ok(found) = std::str::from_utf8(stream.key()) else {
            continue;
        };
        if is_form(found) && found.contains(HYPHEN) == form.contains(HYPHEN) {
            each(found, stream.value());
        }
    }
    Ok(())
}

/// Forms, in the order in which they were found, with the number of texts that have them.
#[derive(Default)]
pub(super) struct Forms {
    numbers: FxHashMap<String, usize>,
    doc_freqs: Vec<u64>,
}

impl Forms {
    /// Adds a form that so many texts of a field have; returns its number.
    pub(super) fn add(&mut self, form: &str, doc_freq: u32) -> usize {
        let known = self.numbers.get(form).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.doc_freqs.len();
            self.numbers.insert(form.to_owned(), number);
            self.doc_freqs.push(0);
            number
        });
        self.doc_freqs[number] += u64::from(doc_freq);
        number
    }

    /// Returns the `limit` commonest forms with their numbers; of equally common ones the first of the alphabet.
    pub(super) fn commonest(self, limit: usize) -> Vec<(usize, String)> {
        let forms = self.numbers.into_iter();
        let mut forms: Vec<(Reverse<u64>, String, usize)> = forms
            .map(|(form, number)| (Reverse(self.doc_freqs[number]), form, number))
            .collect();
        forms.sort_unstable();
        forms.truncate(limit);
        let forms = forms.into_iter();
        forms.map(|(_, form, number)| (number, form)).collect()
    }
}

/// Tells whether a term is a form, not a mark or a form with its capitals.
fn is_form(term: &str) -> bool {
    term.starts_with(char::is_alphanumeric) && !term.contains(CAPITALS_MARK)
}
