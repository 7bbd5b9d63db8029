//! Upper bounds of the phrase frequency in an article, from the impacts of the phrase's words;
//! known before any positions are read.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::BLOCK;
use crate::ranking::impact;
use crate::schema;
use crate::schema::Part;
use std::sync::LazyLock;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, Term};

/// Bounds are kept in bytes, so many of which make a weighted mention. The highest says nothing.
const UNITS: f32 = 16.0;

/// A mention in an article counts at most so many times what it did when its impact was found:
/// lengths are kept roughly, and rounded down.
const LENGTHS: f32 = 1.125;

/// An article with the most weighted mentions of the phrase that it may have.
pub(crate) type Bounded = (DocId, f32);

/// Returns `docs` in stretches, each in order: first those that may have the most. Of each of the
/// `words` an article has one of its keys, and it does more than mention it in passing. Costs a
/// nanosecond or two for each impact of the words, unless it seems that bounds would spare less:
/// then all articles are one stretch without bounds.
///
/// # Errors
/// Fails if the impacts cannot be read.
pub(crate) fn best_first(
    reader: &SegmentReader,
    words: &[Vec<&str>],
    docs: &BitSet,
    tuning: &Tuning,
) -> Result<Vec<Vec<Bounded>>> {
    let unknown = || vec![docs.iter().map(|doc| (doc, f32::INFINITY)).collect()];
    let count = docs.len();
    if (count as usize) < 2 * tuning.first_phrases
        || count > reader.max_doc() / tuning.dense_phrases
    {
        return Ok(unknown());
    }
    let mut lists = Vec::with_capacity(words.len());
    for keys in words {
        lists.push(open(reader, keys, IndexRecordOption::WithFreqs)?);
    }
    let impacts = lists
        .iter()
        .flatten()
        .map(|list| u64::from(list.doc_freq()));
    if impacts.sum::<u64>() > u64::from(count) * tuning.phrase_cost {
        return Ok(unknown());
    }
    let mut bounds: Vec<(DocId, u8)> = docs.iter().map(|doc| (doc, u8::MAX)).collect();
    let mut of_word = vec![0; reader.max_doc() as usize];
    for (keys, lists) in words.iter().zip(lists) {
        // So many of its keys are mentioned in passing at most.
        let others = units(single_mention() * as_count(keys.len().saturating_sub(1)));
        of_word.fill(0);
        for list in lists {
            add(list, &mut of_word);
        }
        for (doc, bound) in &mut bounds {
            let here = of_word.get(*doc as usize).copied().unwrap_or(u8::MAX);
            *bound = here.saturating_add(others).min(*bound);
        }
    }
    let cut = cut(&bounds, tuning.first_phrases);
    let (first, rest) = bounds
        .into_iter()
        .partition::<Vec<_>, _>(|(_, bound)| *bound >= cut);
    let mentions = |bounds: Vec<(DocId, u8)>| {
        let bounds = bounds.into_iter();
        bounds.map(|(doc, bound)| (doc, mentions(bound))).collect()
    };
    Ok(vec![mentions(first), mentions(rest)])
}

/// Opens the lists of impacts of the keys that a segment has.
///
/// # Errors
/// Fails if they cannot be read.
pub(crate) fn open(
    reader: &SegmentReader,
    keys: &[&str],
    option: IndexRecordOption,
) -> Result<Vec<BlockSegmentPostings>> {
    let field = schema::fields().impacts;
    let inverted = reader.inverted_index(field)?;
    let mut lists = Vec::with_capacity(keys.len());
    for key in keys {
        let term = Term::from_field_text(field, key);
        lists.extend(inverted.read_block_postings(&term, option)?);
    }
    Ok(lists)
}

/// Adds what a list says of its articles to what is known of all.
fn add(mut list: BlockSegmentPostings, all: &mut [u8]) {
    let bounds = &*BOUNDS;
    loop {
        for (doc, step) in list.docs().iter().zip(list.freqs()) {
            if let Some(known) = all.get_mut(*doc as usize) {
                let bound = bounds.get(*step as usize).copied();
                *known = known.saturating_add(bound.unwrap_or(u8::MAX));
            }
        }
        if list.block_len() < BLOCK {
            return;
        }
        list.advance();
    }
}

/// Returns the highest bound that at least `count` articles reach.
fn cut(bounds: &[(DocId, u8)], count: usize) -> u8 {
    let mut counts = [0; 256];
    for (_, bound) in bounds {
        counts[usize::from(*bound)] += 1;
    }
    let mut above = 0;
    let enough = (0..=u8::MAX).rev().find(|bound| {
        above += counts[usize::from(*bound)];
        above >= count
    });
    enough.unwrap_or(0)
}

/// Of each step of impacts.
static BOUNDS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let most = (0..=impact::HIGHEST).map(impact::most_mentions);
    most.map(|most| units(most * LENGTHS)).collect()
});

/// Returns what a key that is mentioned in passing counts at most: once in the text, and once in
/// the lead.
fn single_mention() -> f32 {
    [Part::Lead, Part::Body]
        .map(|part| impact::mention(part, 0))
        .iter()
        .sum()
}

/// Rounds weighted mentions up to units.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is too much becomes the highest, which says nothing"
)]
fn units(mentions: f32) -> u8 {
    (mentions * UNITS).ceil() as u8
}

fn mentions(units: u8) -> f32 {
    if units == u8::MAX {
        f32::INFINITY
    } else {
        f32::from(units) / UNITS
    }
}

#[expect(clippy::cast_precision_loss, reason = "a word has a few keys")]
pub(crate) fn as_count(keys: usize) -> f32 {
    keys as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::fieldnorm::FieldNormReader;

    #[test]
    fn lengths_are_kept_so_exactly_that_a_mention_counts_no_more_than_is_said() {
        for part in Part::ALL {
            for length in 0..100_000 {
                let known =
                    FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length));
                let (exact, kept) = (impact::mention(part, length), impact::mention(part, known));
                assert!((exact..=exact * LENGTHS).contains(&kept), "{length}");
            }
        }
    }

    #[test]
    fn a_bound_is_no_less_than_what_it_stands_for() {
        for hundredths in 0_u16..3_000 {
            let exact = f32::from(hundredths) / 100.0;
            assert!(mentions(units(exact)) >= exact);
        }
    }

    #[test]
    fn enough_articles_come_first() {
        let bounds = |bounds: &[u8]| bounds.iter().map(|bound| (0, *bound)).collect::<Vec<_>>();
        assert_eq!(cut(&bounds(&[1, 9, 4, 7, 5, 4]), 3), 5);
        assert_eq!(cut(&bounds(&[9, 9, 9, 9, 8]), 3), 9);
        assert_eq!(cut(&bounds(&[9, 8]), 3), 0);
    }
}
