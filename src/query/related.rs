//! Words that begin as a word of the query does: `гарантувати` and `гарант` beside `гарантія`.
//!
//! Ukrainian builds its words on stems, and who asks in a sentence seldom hits the same part of speech as the
//! text. So where any word will do, the commonest words with the same beginning are looked for too; they count less.

use super::expand::{Forms, for_each_beginning};
use super::plan::{Plan, Slot};
use crate::schema::Part;
use tantivy::{Result, Searcher};

/// A shorter beginning is common to words that have nothing else in common, in characters.
const MIN_PREFIX_CHARS: usize = 5;
/// What part of a word its beginning is, in hundredths.
const PREFIX_PERCENT: usize = 65;
/// So many related words are looked for; rarer ones hardly ever decide a rank. With 16 of them headlines find their texts
/// no better (MRR@10 .718), nor do questions (.649) and mistyped headlines (.694); with none it is .711, .632 and .673.
const MAX_RELATED: usize = 8;

/// Adds to every single word of `plan` its related words, as spellings that count less. Costs a walk through the
/// keys with the same beginning.
///
/// # Errors
/// Where the term dictionaries cannot be read.
pub fn relate(plan: &mut Plan, searcher: &Searcher) -> Result<()> {
    match plan {
        Plan::Phrase(slots) => match slots.as_mut_slice() {
            [slot] => relate_slot(slot, searcher),
            _ => Ok(()),
        },
        Plan::And(plans) | Plan::Or(plans) => {
            plans.iter_mut().try_for_each(|plan| relate(plan, searcher))
        }
        Plan::Boost(_, plan) => relate(plan, searcher),
        _ => Ok(()),
    }
}

fn relate_slot(slot: &mut Slot, searcher: &Searcher) -> Result<()> {
    let Some(prefix) = slot.terms.first().and_then(|key| prefix(key)) else {
        return Ok(());
    };
    let mut related = Forms::default();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(Part::Body.fields().keys)?;
        for_each_beginning(inverted.as_ref(), prefix, |key, info| {
            related.add(key, info.doc_freq);
        })?;
    }
    for (_, key) in related.commonest(MAX_RELATED) {
        if !slot.terms.contains(&key) && !slot.spellings.contains(&key) {
            slot.spellings.push(key);
        }
    }
    Ok(())
}

/// Returns the beginning of a Ukrainian key that its relations share; none of a word that is too short, a
/// number, or a key of another language.
fn prefix(key: &str) -> Option<&str> {
    if !key.chars().all(|c| c.is_alphabetic() || c == '\'') {
        return None;
    }
    let chars = key.chars().count();
    let wanted = (chars * PREFIX_PERCENT).div_ceil(100).max(MIN_PREFIX_CHARS);
    (wanted <= chars).then(|| crate::text::first_chars(key, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_grows_with_the_word_and_short_words_have_none() {
        for (key, expected) in [
            ("гарантія", Some("гарант")),
            ("безпека", Some("безпе")),
            ("війна", Some("війна")),
            ("мир", None),
            ("123456", None),
            ("ru/гарант", None),
        ] {
            assert_eq!(prefix(key), expected, "{key}");
        }
    }
}
