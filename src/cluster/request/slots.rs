//! What may stand at one place of a text, and words in a row.

use crate::cluster::mapping::tokens_field;
use crate::cluster::request::Translated;
use crate::cluster::tokens::{FORM, beside};
use crate::plan::slot::Slot;
use crate::query::pattern::{FormPattern, Shape};
use crate::schema::Part;
use serde_json::{Value, json};

/// The most forms that a word with slips may stand for in the cluster: as many as in a folder.
const MOST_FORMS: u32 = 1_000;

/// Returns the tokens that a slot stands for, without those of its patterns.
pub(super) fn tokens(slot: &Slot) -> Vec<String> {
    let keys = slot.terms.iter().chain(slot.spellings.iter()).cloned();
    let forms = slot.forms.iter().map(|form| format!("{FORM}{form}"));
    keys.chain(forms).collect()
}

/// Returns whether a slot stands for its tokens and nothing else.
pub(super) fn has_tokens_alone(slot: &Slot) -> bool {
    slot.patterns.is_empty() && slot.except.is_empty() && slot.without_capitals.is_none()
}

/// Returns the articles that have a slot in a part.
pub(super) fn in_part(slot: &Slot, part: Part) -> Translated {
    let field = tokens_field(part);
    let tokens = tokens(slot);
    let mut any = Vec::new();
    if !tokens.is_empty() {
        any.push(Translated::exact(json!({"terms": {field: tokens}})));
    }
    let patterns = slot.patterns.iter();
    any.extend(patterns.map(|pattern| of_pattern(pattern, field)));
    let mut found = Translated::any(any);
    // The form that it must not be may stand at another place than the one that it may be.
    found.is_exact &= slot.except.is_empty() && slot.without_capitals.is_none();
    found
}

fn of_pattern(pattern: &FormPattern, field: &str) -> Translated {
    match &pattern.shape {
        Shape::Wildcard(chars) => {
            let mut regex = format!("{FORM}");
            for c in chars {
                match c {
                    // The mark of capitals belongs to no form.
                    '*' => regex.push_str("[^\\^]*"),
                    '?' => regex.push_str("[^\\^]"),
                    c if c.is_alphanumeric() => regex.push(*c),
                    c => {
                        regex.push('\\');
                        regex.push(*c);
                    }
                }
            }
            Translated::exact(json!({"regexp": {field: {
                "value": regex, "flags": "NONE", "max_determinized_states": 100_000,
            }}}))
        }
        // The languages of patterns differ; the letters before the first sign do not.
        Shape::Regex(_) => {
            let prefix = format!("{FORM}{}", pattern.prefix);
            Translated::wider(json!({"prefix": {field: {"value": prefix}}}))
        }
        Shape::Fuzzy { form, max_edits } => Translated::wider(json!({"fuzzy": {field: {
            "value": format!("{FORM}{form}"), "fuzziness": max_edits, "prefix_length": 1,
            "max_expansions": MOST_FORMS, "transpositions": true,
        }}})),
    }
}

/// Returns the articles that have each of the slots in a part, wherever.
pub(super) fn all_in_part<'a>(slots: impl Iterator<Item = &'a Slot>, part: Part) -> Translated {
    Translated::all(slots.map(|slot| in_part(slot, part)).collect())
}

/// Returns the articles that have the slots in a row in a part.
pub(super) fn row_in_part<'a>(
    slots: impl Iterator<Item = &'a Slot> + Clone,
    part: Part,
) -> Translated {
    let mut each = slots.clone();
    if let (Some(only), None) = (each.next(), each.next()) {
        return in_part(only, part);
    }
    if !slots.clone().all(has_tokens_alone) {
        let mut all = all_in_part(slots, part);
        all.is_exact = false;
        return all;
    }
    Translated::exact(json!({"match_phrase": {tokens_field(part): row(slots)}}))
}

/// Returns slots in a row as the text of a query.
pub(super) fn row<'a>(slots: impl Iterator<Item = &'a Slot>) -> String {
    let places: Vec<String> = slots.map(|slot| beside(&tokens(slot))).collect();
    places.join(" ")
}

/// Returns a rule of intervals for slots in a row.
pub(super) fn interval<'a>(slots: impl Iterator<Item = &'a Slot>) -> Value {
    json!({"match": {"query": row(slots), "max_gaps": 0, "ordered": true}})
}
