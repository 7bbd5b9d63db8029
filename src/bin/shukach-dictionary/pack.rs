//! Packs the lexicon: forms into a transducer, lemmas into rules.

use crate::error::Error;
use crate::lexicon::{Lexicon, Reading};
use shukach::analysis::rules::{self, CUT_ALL, Rule};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A lexicon in the form that is looked up.
pub(crate) struct Packed {
    /// A map of the crate `fst` from the form to the ordinal of its set.
    pub(crate) forms: Vec<u8>,
    /// The table of rules and sets.
    pub(crate) rules: Vec<u8>,
    /// Count of distinct rules.
    pub(crate) rule_count: usize,
    /// Count of distinct sets.
    pub(crate) set_count: usize,
}

impl Packed {
    /// Packs a lexicon.
    pub(crate) fn of(lexicon: &Lexicon) -> Result<Self, Error> {
        let mut rules = BTreeMap::new();
        let mut sets = BTreeMap::new();
        for (form, readings) in &lexicon.forms {
            let set = rules_between(form, readings);
            for &rule in &set {
                *rules.entry(rule).or_insert(0_u32) += 1;
            }
            *sets.entry(set).or_insert(0_u32) += 1;
        }
        let (rules, rule_ordinals) = by_frequency(rules);
        let (sets, set_ordinals) = by_frequency(sets);

        let ordinals = |set: &Vec<Rule<'_>>| {
            let ordinal = |rule| u16::try_from(*rule_ordinals.get(rule)?).ok();
            set.iter().map(ordinal).collect::<Option<Vec<u16>>>()
        };
        let members: Option<Vec<_>> = sets.iter().map(ordinals).collect();
        let mut forms = fst::MapBuilder::memory();
        for (form, readings) in &lexicon.forms {
            let set = set_ordinals.get(&rules_between(form, readings));
            forms.insert(form, *set.ok_or(Error::TooManyRules)?)?;
        }
        Ok(Self {
            forms: forms.into_inner()?,
            rules: members
                .and_then(|members| rules::encode(&rules, &members))
                .ok_or(Error::TooManyRules)?,
            rule_count: rules.len(),
            set_count: sets.len(),
        })
    }
}

/// Returns the rules that make of `form` the lemmas of `readings`.
fn rules_between<'a>(form: &[u8], readings: &'a [Reading]) -> Vec<Rule<'a>> {
    let rule = |reading: &'a Reading| {
        let same = form
            .iter()
            .zip(&reading.lemma)
            .take_while(|(a, b)| a == b)
            .count();
        let cut = u8::try_from(form.len() - same)
            .ok()
            .filter(|_| same > 0)
            .unwrap_or(CUT_ALL);
        let kept = if cut == CUT_ALL { 0 } else { same };
        Rule {
            cut,
            suffix: reading.lemma.get(kept..).unwrap_or_default(),
        }
    };
    readings.iter().map(rule).collect()
}

/// Numbers things, the most frequent first, so that most numbers are small.
fn by_frequency<T: Ord + Clone>(counts: BTreeMap<T, u32>) -> (Vec<T>, BTreeMap<T, u64>) {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    let all: Vec<T> = counts.into_iter().map(|(thing, _)| thing).collect();
    let ordinals = all.iter().cloned().zip(0..).collect();
    (all, ordinals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_of;
    use shukach::analysis::letters::Letters;
    use shukach::analysis::rules::RuleTables;

    #[test]
    fn packed_forms_give_back_their_lemmas() {
        let entries = [
            ("руці", "рука", "noun"),
            ("є", "бути", "verb"),
            ("є", "є", "part"),
            ("рукою", "рука", "noun"),
            ("ногою", "нога", "noun"),
        ];
        let packed = Packed::of(&lexicon_of(&entries)).unwrap();
        assert_eq!((packed.rule_count, packed.set_count), (4, 3));
        let forms = fst::Map::new(&packed.forms).unwrap();
        let tables = RuleTables::open(&packed.rules).unwrap();
        for (form, lemma, _) in entries {
            let form = Letters::of(form).unwrap();
            let lemma = Letters::of(lemma).unwrap();
            let set = forms.get(form.codes()).unwrap();
            let lemmas = tables.set(set).filter_map(|rule| rule.lemma(&form));
            assert!(lemmas.into_iter().any(|l| l.codes() == lemma.codes()));
        }
    }

    #[test]
    fn the_most_frequent_comes_first() {
        let (all, ordinals) = by_frequency(BTreeMap::from([("a", 1), ("b", 3), ("c", 3)]));
        assert_eq!(all, ["b", "c", "a"]);
        assert_eq!(ordinals.get("c"), Some(&1));
    }
}
