//! The vocabulary of the archive: words, their document frequencies, and similar words.

use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::plan::slot::own_terms;
use crate::schema::{Part, indexed_parts};
use std::collections::BTreeMap;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, Result, SegmentReader, TERMINATED, Term};

/// Words that more articles have are not counted anew where some articles were removed.
const FEW: u32 = 64;

/// The term dictionaries of the searched parts. Articles that were removed do not count, but with
/// common words until their segment is merged.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    engine: &'a tantivy::Searcher,
    parts: &'a [Part],
}

impl<'a> Vocabulary<'a> {
    /// Opens the words of `parts`.
    pub(crate) fn new(engine: &'a tantivy::Searcher, parts: &'a [Part]) -> Self {
        Self {
            engine,
            parts: indexed_parts(parts),
        }
    }

    /// Returns how many articles have `form` in the part where it is commonest. Costs a few
    /// microseconds a segment.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn articles_with(&self, form: &str) -> Result<u64> {
        let mut most = 0;
        for part in self.parts {
            most = most.max(self.count(part.fields().forms, form)?);
        }
        Ok(most)
    }

    /// Returns how many articles have a term.
    fn count(&self, field: Field, term: &str) -> Result<u64> {
        let mut count = 0;
        for reader in self.engine.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            if let Some(info) = inverted.terms().get(term)? {
                count += alive(reader, &inverted, &info)?;
            }
        }
        Ok(count)
    }

    /// Returns whether some article may match `plan`: whether each word that it needs is somewhere
    /// in the archive.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn may_match(&self, plan: &Plan) -> Result<bool> {
        let all = |plans: &[Plan]| {
            plans
                .iter()
                .try_fold(true, |so_far, plan| Ok(so_far && self.may_match(plan)?))
        };
        match plan {
            Plan::Phrase(slots) => slots
                .iter()
                .try_fold(true, |so_far, slot| Ok(so_far && self.has_any(slot)?)),
            Plan::And(plans) => all(plans),
            Plan::Or(plans) | Plan::Spellings(plans) => plans
                .iter()
                .try_fold(false, |so_far, plan| Ok(so_far || self.may_match(plan)?)),
            // Nothing else comes of a word alone.
            _ => Ok(true),
        }
    }

    fn has_any(&self, slot: &Slot) -> Result<bool> {
        for part in self.parts {
            let fields = part.fields();
            let spellings = slot.spellings.iter().map(|term| (fields.keys, term));
            for (field, term) in own_terms(slot, fields).chain(spellings) {
                if self.count(field, term)? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Returns the forms of the archive that become `form` by at most `max_slips` (1 or 2) letters
    /// added, left out, exchanged or swapped with their neighbour (by two only those with the same
    /// first letter), with the number of articles that have each in the part where it is commonest.
    /// Costs a walk through the dictionaries along an automaton.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn near(&self, form: &str, max_slips: u8) -> Result<BTreeMap<String, u64>> {
        let mut commonest: BTreeMap<String, u64> = BTreeMap::new();
        // The field is no part of the automaton, and to build one takes milliseconds.
        let term = Term::from_field_text(Part::Body.fields().forms, form);
        let automaton = FuzzyTermQuery::new(term, max_slips, true).automaton()?;
        // Hardly anybody slips twice and on the first letter, and to look there too takes five
        // times as long.
        let bounds = form
            .chars()
            .next()
            .filter(|_| max_slips > 1)
            .and_then(|first| {
                let behind = char::from_u32(u32::from(first) + 1)?;
                Some((first.to_string(), behind.to_string()))
            });
        // A lead nearly always stands in the body too.
        let is_needed = |part: &&Part| **part != Part::Lead || !self.parts.contains(&Part::Body);
        for part in self.parts.iter().filter(is_needed) {
            let field = part.fields().forms;
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for reader in self.engine.segment_readers() {
                let inverted = reader.inverted_index(field)?;
                let mut search = inverted.terms().search(&automaton);
                if let Some((first, behind)) = &bounds {
                    search = search.ge(first).lt(behind);
                }
                let mut stream = search.into_stream()?;
                while stream.advance() {
                    // Terms with other characters are no words but marks of the index.
                    if let Ok(found) = std::str::from_utf8(stream.key())
                        && found != form
                        && found.chars().all(is_of_words)
                    {
                        let count = alive(reader, &inverted, stream.value())?;
                        if count > 0 {
                            *counts.entry(found.to_owned()).or_default() += count;
                        }
                    }
                }
            }
            for (found, count) in counts {
                let most = commonest.entry(found).or_default();
                *most = count.max(*most);
            }
        }
        Ok(commonest)
    }

    /// Returns at most `limit` forms of the archive that begin with `beginning`, the commonest
    /// first, each with the number of articles that have it in the part where it is commonest.
    /// Articles that were removed count until their segment is merged.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn beginning_with(
        &self,
        beginning: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>> {
        let mut commonest: BTreeMap<String, u64> = BTreeMap::new();
        for part in self.parts {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for reader in self.engine.segment_readers() {
                let inverted = reader.inverted_index(part.fields().forms)?;
                let forms = inverted.terms().range().ge(beginning);
                let mut stream = forms.into_stream()?;
                while stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                    if let Ok(found) = std::str::from_utf8(stream.key())
                        && found.chars().all(is_of_words)
                    {
                        let articles = u64::from(stream.value().doc_freq);
                        *counts.entry(found.to_owned()).or_default() += articles;
                    }
                }
            }
            for (form, count) in counts {
                let most = commonest.entry(form).or_default();
                *most = count.max(*most);
            }
        }
        let mut forms: Vec<(String, u64)> = commonest.into_iter().collect();
        forms.sort_by(|(form, count), (other, more)| more.cmp(count).then(form.cmp(other)));
        forms.truncate(limit);
        Ok(forms)
    }
}

/// Returns how many articles of a segment have a term, those that were removed left out where there
/// are few.
fn alive(reader: &SegmentReader, inverted: &InvertedIndexReader, info: &TermInfo) -> Result<u64> {
    if !reader.has_deletes() || info.doc_freq > FEW {
        return Ok(u64::from(info.doc_freq));
    }
    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut count = 0;
    while postings.doc() != TERMINATED {
        count += u64::from(!reader.is_deleted(postings.doc()));
        postings.advance();
    }
    Ok(count)
}

fn is_of_words(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || c == '-'
}
