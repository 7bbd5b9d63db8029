//! Learns from the dictionary what words do that end like others.
//!
//! For every ending of up to [`MAX_ENDING`] letters that occurs often enough: which rules lead from
//! the words with that ending to their keys, and in what proportion. The proportions of an ending
//! lean on those of the ending that is one letter shorter.

use crate::lexicon::{Lexicon, Reading};
use crate::pack::rule_between;
use shukach::analysis::dictionary::guesser::MIN_LETTERS;
use shukach::analysis::dictionary::letters::Letters;
use shukach::analysis::dictionary::rules::{CUT_ALL, Choice, Rule};
use shukach::analysis::dictionary::stem_of_lemma::key_of_lemma;
use std::collections::BTreeMap;

/// The longest ending, in letters.
const MAX_ENDING: usize = 8;

/// How much weight an ending must have, where the forms of one lemma weigh 1 together.
const MIN_WEIGHT: f64 = 0.5;

/// The weight of a proper name: most unknown words are names.
const NAME_WEIGHT: f64 = 5.0;

/// The weight that the shorter ending has beside that of the words with this ending.
const SHORTER_WEIGHT: f64 = 3.0;

/// How many rules are handed down to longer endings.
const MAX_INHERITED: usize = 40;

/// How many rules an ending may have, and how many likely ones.
const MAX_RULES: usize = 4;
const MAX_LIKELY: usize = 3;

/// What part of the best rule's share another must have, and what part a likely one.
const MIN_PART: f64 = 0.05;
const LIKELY_PART: f64 = 0.1;

/// Weights are rounded to this many hundredths: finer ones would make each ending a set of its own.
const WEIGHT_STEP: f64 = 5.0;

/// A rule that owns its suffix.
type OwnedRule = (u8, Box<[u8]>);

/// Rules by endings, which are codes of letters read backwards.
#[derive(Debug, Default)]
pub(crate) struct Endings {
    rules: Vec<OwnedRule>,
    chosen: BTreeMap<Vec<u8>, Vec<Chosen>>,
}

/// A rule that an ending has.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    ordinal: usize,
    is_likely: bool,
    /// What part of the words with the ending the rule is right for, in hundredths.
    weight: u8,
}

/// One word to learn from.
struct Example {
    /// The last letters, backwards; zeros before a shorter word.
    ending: [u8; MAX_ENDING],
    rule: usize,
    weight: f64,
}

/// The share that each rule has among the words with some ending.
type Shares = BTreeMap<usize, f64>;

/// What is known of an ending.
#[derive(Default)]
struct Ending {
    shares: Shares,
    /// Its rules in their order.
    chosen: Vec<Chosen>,
}

impl Endings {
    /// Learns from the likely readings of all forms.
    pub(crate) fn learn(lexicon: &Lexicon) -> Self {
        let mut endings = Self::default();
        let mut examples = endings.examples(lexicon);
        examples.sort_by_key(|example| (example.ending, example.rule));
        endings.grow(&examples, &mut Vec::new(), &Ending::default());
        endings
    }

    /// Returns the endings in order, with the rules of each, the likeliest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], Vec<Choice<'_>>)> + Clone {
        self.chosen
            .iter()
            .map(|(ending, chosen)| (ending.as_slice(), self.choices(chosen)))
    }

    fn choices(&self, chosen: &[Chosen]) -> Vec<Choice<'_>> {
        let choice = |chosen: &Chosen| {
            let (cut, suffix) = self.rules.get(chosen.ordinal)?;
            Some(Choice {
                rule: Rule { cut: *cut, suffix },
                is_likely: chosen.is_likely,
                weight: chosen.weight,
            })
        };
        chosen.iter().filter_map(choice).collect()
    }

    /// Returns the count of endings.
    pub(crate) fn count(&self) -> usize {
        self.chosen.len()
    }

    fn examples(&mut self, lexicon: &Lexicon) -> Vec<Example> {
        let mut form_counts = BTreeMap::<&[u8], f64>::new();
        for reading in lexicon.forms.values().flatten() {
            *form_counts.entry(&reading.lemma).or_default() += 1.0;
        }
        let mut ordinals = BTreeMap::<OwnedRule, usize>::new();
        let mut examples = Vec::new();
        for (form, readings) in &lexicon.forms {
            if form.len() < MIN_LETTERS {
                continue;
            }
            for reading in readings.iter().filter(|reading| reading.is_likely) {
                let Some(rule) = rule_to_key(form, reading) else {
                    continue;
                };
                let next = ordinals.len();
                let weight = if reading.is_name { NAME_WEIGHT } else { 1.0 };
                examples.push(Example {
                    ending: std::array::from_fn(|i| form.iter().rev().nth(i).copied().unwrap_or(0)),
                    rule: *ordinals.entry(rule).or_insert(next),
                    weight: weight / form_counts.get(&*reading.lemma).copied().unwrap_or(1.0),
                });
            }
        }
        let mut rules: Vec<_> = ordinals.into_iter().collect();
        rules.sort_by_key(|&(_, ordinal)| ordinal);
        self.rules = rules.into_iter().map(|(rule, _)| rule).collect();
        examples
    }

    /// Chooses the rules of `ending`, which all `examples` share, and goes on with the longer ones.
    /// An ending for which the rules of the next shorter one were chosen again is not kept.
    fn grow(&mut self, examples: &[Example], ending: &mut Vec<u8>, shorter: &Ending) {
        let weight: f64 = examples.iter().map(|example| example.weight).sum();
        if weight < MIN_WEIGHT {
            return;
        }
        let shares = shares(examples, weight, &shorter.shares);
        let mut ranked: Vec<(usize, f64)> = shares.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let chosen = self.choose(&ranked, ending.len());
        if !chosen.is_empty() && !same_members(&chosen, &shorter.chosen) {
            self.chosen.insert(ending.clone(), chosen.clone());
        }
        let shares = ranked.into_iter().take(MAX_INHERITED).collect();
        let this = Ending { shares, chosen };
        let depth = ending.len();
        let next = |example: &Example| example.ending.get(depth).copied().unwrap_or(0);
        for longer in examples.chunk_by(|a, b| next(a) == next(b)) {
            let letter = longer.first().map_or(0, next);
            if letter != 0 {
                ending.push(letter);
                self.grow(longer, ending, &this);
                ending.pop();
            }
        }
    }

    /// Chooses among the rules that an ending of so many letters can vouch for: those that cut no
    /// other letters, and where they append some, one letter before them too (`х` becomes `й` only
    /// in `их`).
    fn choose(&self, ranked: &[(usize, f64)], letter_count: usize) -> Vec<Chosen> {
        let is_seen = |&&(ordinal, _): &&(usize, f64)| {
            self.rules.get(ordinal).is_some_and(|(cut, suffix)| {
                usize::from(*cut) + usize::from(!suffix.is_empty()) <= letter_count
            })
        };
        let seen: Vec<_> = ranked.iter().filter(is_seen).take(MAX_RULES).collect();
        let best = seen.first().map_or(0.0, |&&(_, share)| share);
        let mut chosen = Vec::new();
        for &(ordinal, share) in seen {
            if share >= MIN_PART * best {
                let is_likely = share >= LIKELY_PART * best && chosen.len() < MAX_LIKELY;
                chosen.push(Chosen {
                    ordinal,
                    is_likely,
                    weight: hundredths(share),
                });
            }
        }
        chosen
    }
}

/// Returns whether two choices have the same rules, in whatever order.
fn same_members(a: &[Chosen], b: &[Chosen]) -> bool {
    let is_in_b = |one: &Chosen| {
        b.iter()
            .any(|other| (one.ordinal, one.is_likely) == (other.ordinal, other.is_likely))
    };
    a.len() == b.len() && a.iter().all(is_in_b)
}

/// Returns a share in hundredths, in steps of [`WEIGHT_STEP`] and at least one of them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn hundredths(share: f64) -> u8 {
    let steps = (share * 100.0 / WEIGHT_STEP).round().max(1.0);
    (steps * WEIGHT_STEP) as u8
}

fn shares(examples: &[Example], weight: f64, shorter: &Shares) -> Shares {
    let shorter_weight = if shorter.is_empty() {
        0.0
    } else {
        SHORTER_WEIGHT
    };
    let mut shares = Shares::new();
    for example in examples {
        *shares.entry(example.rule).or_default() += example.weight;
    }
    for (&rule, share) in shorter {
        *shares.entry(rule).or_default() += shorter_weight * share;
    }
    for share in shares.values_mut() {
        *share /= weight + shorter_weight;
    }
    shares
}

/// Returns the rule from a form to the key of its lemma, unless they have nothing in common.
fn rule_to_key(form: &[u8], reading: &Reading) -> Option<OwnedRule> {
    let key = key_of_lemma(&Letters::from_codes(&reading.lemma)?);
    let rule = rule_between(form, key.codes());
    (rule.cut != CUT_ALL).then(|| (rule.cut, rule.suffix.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_of;

    fn learned(entries: &[(&str, &str, &str)]) -> Endings {
        Endings::learn(&lexicon_of(entries))
    }

    /// The keys of the longest ending of `form`.
    fn keys(endings: &Endings, form: &str) -> Vec<String> {
        let form = Letters::of(form).unwrap();
        let mut backwards = form.codes().to_vec();
        backwards.reverse();
        let longest = endings
            .iter()
            .filter(|(ending, _)| backwards.starts_with(ending))
            .last();
        let text = |choice: Choice<'_>| {
            let mut text = String::new();
            choice.rule.apply(&form).unwrap().write_to(&mut text);
            text
        };
        longest
            .map(|(_, choices)| choices.into_iter().map(text).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_new_word_does_as_those_that_end_like_it() {
        let endings = learned(&[
            ("столом", "стіл", "noun"),
            ("носом", "ніс", "noun"),
            ("тереном", "терен", "noun"),
            ("лимоном", "лимон", "noun"),
            ("роман", "роман", "noun"),
        ]);
        assert_eq!(keys(&endings, "байденом"), ["байден"]);
    }

    #[test]
    fn the_weight_of_a_rule_is_the_share_of_the_words_that_follow_it() {
        let endings = learned(&[
            ("лимоном", "лимон", "noun"),
            ("тереном", "терен", "noun"),
            ("базаром", "базар", "noun"),
            ("столом", "стіл", "noun"),
        ]);
        let (_, choices) = endings
            .iter()
            .find(|(_, choices)| choices.len() == 1)
            .unwrap();
        assert_eq!(choices[0].weight, 75);
        assert_eq!(
            (hundredths(0.0), hundredths(0.874), hundredths(1.0)),
            (5, 85, 100)
        );
    }

    #[test]
    fn an_ending_that_adds_nothing_to_a_shorter_one_is_not_kept() {
        let endings = learned(&[("лимоном", "лимон", "noun"), ("тереном", "терен", "noun")]);
        assert_eq!(endings.count(), 1);
    }

    #[test]
    fn a_rule_is_not_applied_where_its_letters_were_not_seen() {
        let endings = learned(&[("зелених", "зелений", "adj"), ("босих", "босий", "adj")]);
        assert_eq!(keys(&endings, "новітніх"), Vec::<String>::new());
        assert_eq!(keys(&endings, "червоних"), ["червоний"]);
    }
}
