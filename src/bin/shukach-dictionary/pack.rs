//! Packs words and what becomes of them: words into a transducer, results into rules.

use crate::error::Error;
use crate::lexicon::Reading;
use shukach::analysis::dictionary::rules;
use shukach::analysis::dictionary::rules::{CUT_ALL, Choice, Rule};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A map from words to sets of rules, in the form that is looked up.
pub(crate) struct Packed {
    /// A map of the crate `fst` from the word to the ordinal of its set.
    pub(crate) words: Vec<u8>,
    /// The table of rules and sets.
    pub(crate) rules: Vec<u8>,
    rule_count: usize,
    set_count: usize,
}

impl Packed {
    /// Packs words, which must come in order, with the rules of each.
    pub(crate) fn of<'a>(
        words: impl Iterator<Item = (&'a [u8], Vec<Choice<'a>>)> + Clone,
    ) -> Result<Self, Error> {
        let mut rules = BTreeMap::new();
        let mut sets = BTreeMap::new();
        for (_, set) in words.clone() {
            for choice in &set {
                *rules.entry(choice.rule).or_insert(0_u32) += 1;
            }
            *sets.entry(set).or_insert(0_u32) += 1;
        }
        let rules = by_frequency(rules);
        let sets = by_frequency(sets);

        let ordinals: BTreeMap<_, u64> = sets.iter().zip(0..).collect();
        let mut map = fst::MapBuilder::memory();
        for (word, set) in words {
            map.insert(word, *ordinals.get(&set).ok_or(Error::TooManyRules)?)?;
        }
        Ok(Self {
            words: map.into_inner()?,
            rules: rules::encode(&rules, &sets).ok_or(Error::TooManyRules)?,
            rule_count: rules.len(),
            set_count: sets.len(),
        })
    }

    /// Returns counts and sizes in one line.
    pub(crate) fn report(&self) -> String {
        let Self {
            words,
            rules,
            rule_count,
            set_count,
        } = self;
        let (map, table) = (words.len(), rules.len());
        format!("{rule_count} rules in {set_count} sets, {map} + {table} bytes")
    }
}

/// Returns the rules that make of `form` the lemmas of `readings`.
pub(crate) fn choices<'a>(form: &[u8], readings: &'a [Reading]) -> Vec<Choice<'a>> {
    let choice = |reading: &'a Reading| Choice {
        rule: rule_between(form, &reading.lemma),
        is_likely: reading.is_likely,
        weight: 0,
    };
    readings.iter().map(choice).collect()
}

/// Returns the rule that makes `result` of `form`.
pub(crate) fn rule_between<'a>(form: &[u8], result: &'a [u8]) -> Rule<'a> {
    let same = form.iter().zip(result).take_while(|(a, b)| a == b).count();
    match u8::try_from(form.len() - same) {
        Ok(cut) if same > 0 => Rule {
            cut,
            suffix: result.get(same..).unwrap_or_default(),
        },
        _ => Rule {
            cut: CUT_ALL,
            suffix: result,
        },
    }
}

/// Puts the most frequent first, so that most have small ordinals.
fn by_frequency<T: Ord>(counts: BTreeMap<T, u32>) -> Vec<T> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    counts.into_iter().map(|(thing, _)| thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_of;
    use shukach::analysis::dictionary::letters::Letters;
    use shukach::analysis::dictionary::rules::RuleTables;

    #[test]
    fn packed_forms_give_back_their_lemmas() {
        let entries = [
            ("руці", "рука", "noun"),
            ("є", "бути", "verb"),
            ("є", "є", "part"),
            ("рукою", "рука", "noun"),
            ("ногою", "нога", "noun"),
        ];
        let lexicon = lexicon_of(&entries);
        let words = lexicon
            .forms
            .iter()
            .map(|(form, r)| (&**form, choices(form, r)));
        let packed = Packed::of(words).unwrap();
        assert_eq!((packed.rule_count, packed.set_count), (4, 3));
        let forms = fst::Map::new(&packed.words).unwrap();
        let tables = RuleTables::open(&packed.rules).unwrap();
        for (form, lemma, _) in entries {
            let form = Letters::of(form).unwrap();
            let lemma = Letters::of(lemma).unwrap();
            let set = forms.get(form.codes()).unwrap();
            let mut lemmas = tables
                .set(set)
                .filter_map(|choice| choice.rule.apply(&form));
            assert!(lemmas.any(|l| l.codes() == lemma.codes()));
        }
    }

    #[test]
    fn the_most_frequent_comes_first() {
        let counts = BTreeMap::from([("a", 1), ("b", 3), ("c", 3)]);
        assert_eq!(by_frequency(counts), ["b", "c", "a"]);
    }
}
