//! Words with the same beginning as a query word: `гарантувати` and `гарант` beside `гарантія`.
//!
//! Ukrainian derives words from stems, and a question seldom uses the same part of speech as the
//! text. So if any word may match, the most frequent words with the same beginning are searched
//! too; they count less.

use crate::plan::Plan;
use crate::plan::cache::word_cache::WordCache;
use crate::plan::expansion::term_union::TermUnion;
use crate::plan::slot::Slot;
use crate::schema::Part;
use crate::text;
use tantivy::{Result, Searcher};

/// A shorter beginning is common to words that have nothing else in common, in characters.
const MIN_PREFIX_CHARS: usize = 5;
/// What part of a word its beginning is, in hundredths.
const PREFIX_PERCENT: usize = 65;
/// So many related words are looked for; rarer ones hardly ever decide a rank. With 8 or 16 of them
/// headlines find their texts no better (MRR@10 .718), nor do questions (.652), and mistyped
/// headlines hardly do (.694, here .692); with none it is .711, .632 and .673.
const MAX_RELATED: usize = 4;

/// Adds to every single word of `plan` its related words, as spellings that count less. Costs a
/// walk through the keys with the same beginning, unless `cache` knows them.
///
/// # Errors
/// Fails if the term dictionaries cannot be read.
pub(crate) fn relate(plan: &mut Plan, searcher: &Searcher, cache: &WordCache) -> Result<()> {
    match plan {
        Plan::Phrase(slots) => match slots.as_mut_slice() {
            [slot] => relate_slot(slot, searcher, cache),
            _ => Ok(()),
        },
        Plan::And(plans) | Plan::Or(plans) => {
            let mut plans = plans.iter_mut();
            plans.try_for_each(|plan| relate(plan, searcher, cache))
        }
        Plan::Boost(_, plan) | Plan::Optional(plan) => relate(plan, searcher, cache),
        _ => Ok(()),
    }
}

fn relate_slot(slot: &mut Slot, searcher: &Searcher, cache: &WordCache) -> Result<()> {
    let Some(key) = slot.terms.first() else {
        return Ok(());
    };
    let find = || {
        let mut spellings = slot.spellings.to_vec();
        let related = prefix(key).map_or(Ok(Vec::new()), |prefix| commonest(prefix, searcher));
        for key in related? {
            if !slot.terms.contains(&key) && !spellings.contains(&key) {
                spellings.push(key);
            }
        }
        Ok(spellings)
    };
    slot.spellings = cache.related(slot, find)?;
    Ok(())
}

/// Returns the commonest keys that begin with `prefix`.
fn commonest(prefix: &str, searcher: &Searcher) -> Result<Vec<String>> {
    let mut indexes = Vec::with_capacity(searcher.segment_readers().len());
    for reader in searcher.segment_readers() {
        indexes.push(reader.inverted_index(Part::Body.fields().keys)?);
    }
    let mut commonest = Commonest::default();
    let dictionaries: Vec<_> = indexes.iter().map(|index| index.terms()).collect();
    let mut keys = TermUnion::beginning(&dictionaries, prefix)?;
    while let Some(key) = keys.next()? {
        commonest.offer(key.text, key.doc_freq());
    }
    Ok(commonest.into_keys().collect())
}

/// The commonest of some keys, at most [`MAX_RELATED`].
#[derive(Default)]
struct Commonest {
    /// The commonest first; of equally common ones the first of the alphabet.
    keys: Vec<(u64, String)>,
}

impl Commonest {
    /// Takes a key with its document frequency. Keys come in alphabetical order.
    fn offer(&mut self, key: &str, doc_freq: u64) {
        let place = self.keys.partition_point(|(other, _)| *other >= doc_freq);
        if place < MAX_RELATED {
            self.keys.truncate(MAX_RELATED - 1);
            self.keys.insert(place, (doc_freq, key.to_owned()));
        }
    }

    fn into_keys(self) -> impl Iterator<Item = String> {
        self.keys.into_iter().map(|(_, key)| key)
    }
}

/// Returns the beginning of a Ukrainian key that its relations share; none of a word that is too
/// short, a number, or a key of another language.
fn prefix(key: &str) -> Option<&str> {
    if !key.chars().all(|c| c.is_alphabetic() || c == '\'') {
        return None;
    }
    let chars = key.chars().count();
    let wanted = (chars * PREFIX_PERCENT).div_ceil(100).max(MIN_PREFIX_CHARS);
    (wanted <= chars).then(|| text::first_chars(key, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    proptest! {
        #[test]
        fn the_commonest_keys_are_kept_and_of_equally_common_ones_the_first(
            doc_freqs in prop::collection::btree_map("[а-д]{1,3}", 0_u64..6, 0..40),
        ) {
            let mut commonest = Commonest::default();
            for (key, doc_freq) in &doc_freqs {
                commonest.offer(key, *doc_freq);
            }
            let mut expected: Vec<(Reverse<u64>, String)> =
                doc_freqs.into_iter().map(|(key, doc_freq)| (Reverse(doc_freq), key)).collect();
            expected.sort();
            let expected = expected.into_iter().map(|(_, key)| key).take(MAX_RELATED);
            prop_assert_eq!(commonest.into_keys().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }

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
