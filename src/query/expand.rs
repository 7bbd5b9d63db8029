//! Turns the patterns of a plan into the forms that the index has.

use super::notice::Remark;
use super::pattern::{FormPattern, Shape};
use super::plan::{Plan, Slot, capitals_prefix};
use crate::analysis::capitals::CAPITALS_MARK;
use crate::analysis::forms::HYPHEN;
use crate::schema::{Part, fields};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use tantivy::query::FuzzyTermQuery;
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
        forms.collect(searcher, |inverted, forms| {
            forms.add_matching(inverted, &pattern)
        })?;
        if forms.doc_freqs.len() > MAX_EXPANSIONS {
            remarks.push(Remark::ExpansionCapped {
                pattern: pattern.text.clone(),
                forms: forms.doc_freqs.len(),
                limit: MAX_EXPANSIONS,
            });
        }
        slot.forms.extend(forms.commonest(MAX_EXPANSIONS));
    }
    if let Some(form) = slot.without_capitals.take() {
        let prefix = capitals_prefix(&form);
        let mut forms = Forms::default();
        forms.collect(searcher, |inverted, forms| {
            forms.add_range(inverted, &prefix, |_| true)
        })?;
        slot.except.extend(forms.commonest(usize::MAX));
    }
    Ok(())
}

/// Forms with the number of texts that have them.
#[derive(Default)]
pub(super) struct Forms {
    doc_freqs: FxHashMap<String, u64>,
}

impl Forms {
    fn collect(
        &mut self,
        searcher: &Searcher,
        add: impl Fn(&InvertedIndexReader, &mut Self) -> Result<()>,
    ) -> Result<()> {
        for reader in searcher.segment_readers() {
            for part in Part::ALL {
                add(reader.inverted_index(part.fields().forms)?.as_ref(), self)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, form: &str, doc_freq: u32) {
        let all = self.doc_freqs.entry(form.to_owned()).or_default();
        *all += u64::from(doc_freq);
    }

    fn add_matching(
        &mut self,
        inverted: &InvertedIndexReader,
        pattern: &FormPattern,
    ) -> Result<()> {
        match &pattern.shape {
            Shape::Fuzzy { form, max_edits } => self.add_fuzzy(inverted, form, *max_edits),
            _ => self.add_range(inverted, &pattern.prefix, |form| {
                is_form(form) && pattern.matches(form)
            }),
        }
    }

    /// Adds the terms that begin with `prefix` and pass `test`.
    pub(super) fn add_range(
        &mut self,
        inverted: &InvertedIndexReader,
        prefix: &str,
        test: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let mut stream = inverted
            .terms()
            .range()
            .ge(prefix.as_bytes())
            .into_stream()
            .map_err(TantivyError::from)?;
        while stream.advance() {
            let Ok(form) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if !form.starts_with(prefix) {
                break;
            }
            if test(form) {
                self.add(form, stream.value().doc_freq);
            }
        }
        Ok(())
    }

    fn add_fuzzy(
        &mut self,
        inverted: &InvertedIndexReader,
        form: &str,
        max_edits: u8,
    ) -> Result<()> {
        // The automaton looks at the text of the term only.
        let term = Term::from_field_text(fields().body.forms, form);
        let automaton = FuzzyTermQuery::new(term, max_edits, true).automaton()?;
        let mut stream = inverted
            .terms()
            .search(&automaton)
            .into_stream()
            .map_err(TantivyError::from)?;
        while stream.advance() {
            let Ok(found) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if is_form(found) && found.contains(HYPHEN) == form.contains(HYPHEN) {
                self.add(found, stream.value().doc_freq);
            }
        }
        Ok(())
    }

    /// Returns the `limit` commonest forms; of equally common ones the first of the alphabet.
    pub(super) fn commonest(self, limit: usize) -> Vec<String> {
        let mut forms: Vec<(Reverse<u64>, String)> = self
            .doc_freqs
            .into_iter()
            .map(|(form, doc_freq)| (Reverse(doc_freq), form))
            .collect();
        forms.sort_unstable();
        forms.truncate(limit);
        forms.into_iter().map(|(_, form)| form).collect()
    }
}

/// Tells whether a term is a form, not a mark or a form with its capitals.
fn is_form(term: &str) -> bool {
    term.starts_with(char::is_alphanumeric) && !term.contains(CAPITALS_MARK)
}
