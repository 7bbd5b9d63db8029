//! Looks up the terms of a slot in the term dictionaries of a segment.

use crate::plan::cache::segment_term::{SINGLE_MENTION, Scope, SegmentTerm, WITH_IMPACT};
use crate::plan::slot::Slot;
use crate::plan::slot::own_terms;
use crate::schema;
use crate::schema::{Part, TextFields, is_lead_alone};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Result, SegmentReader, Term};

impl Scope {
    /// Returns where the terms of `slot` are best looked up, which may stand in any of `parts`.
    pub(crate) fn of(slot: &Slot, parts: &[Part]) -> Self {
        let is_anywhere = Part::ALL.iter().all(|part| parts.contains(part));
        if is_anywhere && slot.has_keys_alone() {
            Self::Article
        } else {
            Self::Parts(parts.to_vec())
        }
    }

    /// Looks up the terms of `slot` in one segment, in the order of the parts.
    ///
    /// # Errors
    /// Fails if the term dictionary cannot be read.
    pub(crate) fn look_up(&self, slot: &Slot, reader: &SegmentReader) -> Result<Vec<SegmentTerm>> {
        let mut found = Vec::new();
        match self {
            Self::Parts(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    let own = Place::of(place);
                    look_up_in(own, part.fields(), slot, reader, &mut found)?;
                    if *part == Part::Lead && is_lead_alone(parts) {
                        let of_body = Place {
                            is_lead_of_body: true,
                            ..own
                        };
                        look_up_in(of_body, Part::Body.fields(), slot, reader, &mut found)?;
                        // Own terms come before spellings, from both fields.
                        found.sort_by_key(|term| (term.part, !term.is_own));
                    }
                }
            }
            Self::Article => {
                let (prominent, passing) = (schema::fields().impacts, Part::Body.fields().keys);
                for (place, field) in [(WITH_IMPACT, prominent), (SINGLE_MENTION, passing)] {
                    let own = slot.terms.iter().map(|term| (field, term, true));
                    let spellings = slot.spellings.iter().map(|term| (field, term, false));
                    look_up(
                        own.chain(spellings).enumerate(),
                        Place::of(place),
                        reader,
                        &mut found,
                    )?;
                }
            }
        }
        Ok(found)
    }
}

/// What is looked up for.
#[derive(Clone, Copy)]
struct Place {
    /// As in [`SegmentTerm`].
    part: usize,
    /// As in [`SegmentTerm`].
    is_lead_of_body: bool,
}

impl Place {
    fn of(part: usize) -> Self {
        Self {
            part,
            is_lead_of_body: false,
        }
    }
}

/// Adds the terms of `slot` that a part of the articles of a segment has to what was `found`, its
/// own ones first.
fn look_up_in(
    place: Place,
    fields: TextFields,
    slot: &Slot,
    reader: &SegmentReader,
    found: &mut Vec<SegmentTerm>,
) -> Result<()> {
    let own = own_terms(slot, fields).map(|(field, term)| (field, term, true));
    let spellings = slot.spellings.iter();
    let spellings = spellings.map(|term| (fields.keys, term, false));
    let mut all = own.chain(spellings).enumerate();
    if let Some((first, known)) = known_forms(slot, reader, fields.forms) {
        look_up(all.by_ref().take(first), place, reader, found)?;
        found.extend(known.iter().map(|(form, info)| SegmentTerm {
            part: place.part,
            field: fields.forms,
            ordinal: slot.terms.len() + form,
            is_own: true,
            is_lead_of_body: place.is_lead_of_body,
            info: info.clone(),
        }));
        let rest = slot.terms.len() + slot.forms.len() - first;
        return look_up(all.skip(rest), place, reader, found);
    }
    look_up(all, place, reader, found)
}

/// Returns the forms of patterns that a field of a segment has, and the place among all terms of
/// the slot from which on its own terms are such forms; `None` where forms must be looked up.
fn known_forms<'a>(
    slot: &'a Slot,
    reader: &SegmentReader,
    field: Field,
) -> Option<(usize, &'a [(usize, TermInfo)])> {
    let places = slot.pattern_terms.as_ref()?;
    let known = places.of(reader.segment_id(), field)?;
    Some((slot.terms.len() + places.first(), known))
}

/// Adds those of `terms`, with their places, that a segment has to what was `found`.
fn look_up<'a>(
    terms: impl Iterator<Item = (usize, (Field, &'a String, bool))>,
    place: Place,
    reader: &SegmentReader,
    found: &mut Vec<SegmentTerm>,
) -> Result<()> {
    for (ordinal, (field, term, is_own)) in terms {
        let inverted = reader.inverted_index(field)?;
        if let Some(info) = inverted.get_term_info(&Term::from_field_text(field, term))? {
            found.push(SegmentTerm {
                part: place.part,
                field,
                ordinal,
                is_own,
                is_lead_of_body: place.is_lead_of_body,
                info,
            });
        }
    }
    Ok(())
}
