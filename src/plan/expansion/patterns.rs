//! Expands the patterns of a plan into forms of the index.

use crate::analysis::characters::capitals::CAPITALS_MARK;
use crate::analysis::words::forms::HYPHEN;
use crate::plan::Plan;
use crate::plan::analyze::capitals_prefix;
use crate::plan::cache::term_cache::TermCache;
use crate::plan::cache::word_cache::WordCache;
use crate::plan::expansion::pattern_terms::FieldForms;
use crate::plan::expansion::term_union::{MergedTerm, TermUnion};
use crate::plan::slot::Slot;
use crate::query::diagnostics::notice::Warning;
use crate::query::pattern::{FormPattern, Shape};
use crate::schema::{Part, fields};
use std::cmp::Reverse;
use tantivy::query::FuzzyTermQuery;
use tantivy::termdict::TermDictionary;
use tantivy::{Result, Searcher, Term};

/// A pattern stands for no more forms than these: the commonest of those that it matches.
pub(crate) const MAX_EXPANSIONS: usize = 1_000;

/// Puts in place of every pattern of `plan` the forms that it matches in any of the index's texts,
/// the commonest ones, and tells where there were more than [`MAX_EXPANSIONS`].
///
/// Costs a walk through the forms that begin as the pattern does, unless `cache` knows them.
///
/// # Errors
/// Fails if the term dictionaries cannot be read.
pub(crate) fn expand(
    plan: &mut Plan,
    searcher: &Searcher,
    cache: &WordCache,
) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let mut result = Ok(());
    plan.for_each_slot_mut(&mut |slot| {
        if result.is_ok() {
            result = expand_known(slot, searcher, cache).map(|more| warnings.extend(more));
        }
    });
    result.map(|()| warnings)
}

/// Expands a slot that is one pattern as it was expanded before.
fn expand_known(slot: &mut Slot, searcher: &Searcher, cache: &WordCache) -> Result<Vec<Warning>> {
    let [pattern] = slot.patterns.as_slice() else {
        return expand_slot(slot, searcher);
    };
    let alone = Slot {
        patterns: slot.patterns.clone(),
        ..Slot::default()
    };
    if *slot != alone {
        return expand_slot(slot, searcher);
    }
    let known = cache.expansion(&pattern.text, || {
        let mut expanded = Slot {
            term_cache: Some(TermCache::default()),
            ..alone
        };
        expand_slot(&mut expanded, searcher).map(|warnings| (expanded, warnings))
    })?;
    slot.clone_from(&known.0);
    Ok(known.1.clone())
}

fn expand_slot(slot: &mut Slot, searcher: &Searcher) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    if slot.patterns.is_empty() && slot.without_capitals.is_none() {
        return Ok(warnings);
    }
    let mut fields = Vec::new();
    for reader in searcher.segment_readers() {
        for part in Part::ALL {
            let field = part.fields().forms;
            fields.push((reader.segment_id(), field, reader.inverted_index(field)?));
        }
    }
    let dictionaries: Vec<&TermDictionary> =
        fields.iter().map(|(.., index)| index.terms()).collect();
    for pattern in std::mem::take(&mut slot.patterns) {
        let mut forms = Vec::new();
        let mut found: Vec<FieldForms> = fields
            .iter()
            .map(|(segment, field, _)| (*segment, *field, Vec::new()))
            .collect();
        for_each_match(&dictionaries, &pattern, |form| {
            for (field, info) in form.places {
                found[*field].2.push((forms.len(), info.clone()));
            }
            forms.push((form.doc_freq(), form.text.to_owned()));
        })?;
        if forms.len() > MAX_EXPANSIONS {
            warnings.push(Warning::ExpansionCapped {
                pattern: pattern.text.clone(),
                forms: forms.len(),
                limit: MAX_EXPANSIONS,
            });
        }
        slot.add_found_forms(commonest(forms), found);
    }
    if let Some(form) = slot.without_capitals.take() {
        let prefix = capitals_prefix(&form);
        let mut terms = TermUnion::beginning(&dictionaries, &prefix)?;
        while let Some(form) = terms.next()? {
            slot.except.push(form.text.to_owned());
        }
    }
    Ok(warnings)
}

/// Calls `each` with the forms that a pattern matches, in the order of the alphabet.
fn for_each_match(
    dictionaries: &[&TermDictionary],
    pattern: &FormPattern,
    mut each: impl FnMut(&MergedTerm<'_>),
) -> Result<()> {
    if let Shape::Fuzzy { form, max_edits } = &pattern.shape {
        // The automaton looks at the text of the term only.
        let term = Term::from_field_text(fields().body.forms, form);
        let automaton = FuzzyTermQuery::new(term, *max_edits, true).automaton()?;
        let mut terms = TermUnion::near(dictionaries, &automaton)?;
        while let Some(found) = terms.next()? {
            if is_form(found.text) && found.text.contains(HYPHEN) == form.contains(HYPHEN) {
                each(&found);
            }
        }
    } else {
        let mut terms = TermUnion::beginning(dictionaries, &pattern.prefix)?;
        while let Some(form) = terms.next()? {
            if is_form(form.text) && pattern.matches(form.text) {
                each(&form);
            }
        }
    }
    Ok(())
}

/// Returns the commonest of `forms`, which come with the number of texts that have them and in the
/// order of the alphabet; at most [`MAX_EXPANSIONS`], the commonest first, with their places among
/// all.
fn commonest(forms: Vec<(u64, String)>) -> Vec<(usize, String)> {
    let mut forms: Vec<(Reverse<u64>, usize, String)> = forms
        .into_iter()
        .enumerate()
        .map(|(place, (doc_freq, form))| (Reverse(doc_freq), place, form))
        .collect();
    forms.sort_unstable_by_key(|(doc_freq, place, _)| (*doc_freq, *place));
    forms.truncate(MAX_EXPANSIONS);
    let forms = forms.into_iter();
    forms.map(|(_, place, form)| (place, form)).collect()
}

/// Returns whether a term is a form, not a mark or a form with its capitals.
fn is_form(term: &str) -> bool {
    term.starts_with(char::is_alphanumeric) && !term.contains(CAPITALS_MARK)
}
