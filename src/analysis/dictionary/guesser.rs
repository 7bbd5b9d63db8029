//! Guesses the keys of unknown words from their endings.
//!
//! New names and coinages are declined like known words: the dictionary has thousands of words in
//! which `-ом` is cut off, as at the end of `байденом`. The table holds, for endings of up to eight
//! letters, what the dictionary words with that ending do; the longest known ending decides.

use crate::analysis::dictionary::language_data::{ENDING_RULES, ENDINGS, Tables};
use crate::analysis::dictionary::letters;
use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::rules::Choice;
use std::sync::OnceLock;

/// Shorter words are not guessed: they are abbreviations (ЗСУ, НАТО) more often than forms of
/// others.
pub const MIN_LETTERS: usize = 4;

/// Least length of a key, in letters.
const MIN_KEY_LETTERS: usize = 2;

const VOWELS: &str = "аеєиіїоуюя";

/// Guesses the keys of unknown words. It is read in place, as the dictionary is.
#[derive(Debug)]
pub struct Guesser {
    /// `None` if the data are not what they should be; then nothing is guessed.
    tables: Option<Tables>,
}

impl Guesser {
    /// Returns the guesser that is part of the program.
    pub fn ukrainian() -> &'static Self {
        static UKRAINIAN: OnceLock<Guesser> = OnceLock::new();
        UKRAINIAN.get_or_init(|| Self {
            tables: Tables::open(ENDINGS, ENDING_RULES),
        })
    }

    /// Calls `each` with every key that `form` may have, the likeliest first, and whether it is a
    /// likely one. Returns whether there was one.
    pub fn keys(&self, form: &Letters, each: &mut dyn FnMut(&Letters, bool)) -> bool {
        let mut found = false;
        for (key, choice) in self.guesses(form) {
            each(&key, choice.is_likely);
            found = true;
        }
        found
    }

    /// Returns what part of the known words that end as `form` does have a key made as `key` is of
    /// `form`, in hundredths, to five; `None` where `form` is not guessed to have it.
    pub fn weight(&self, form: &str, key: &str) -> Option<u8> {
        let (form, key) = (Letters::of(form)?, Letters::of(key)?);
        let mut guesses = self.guesses(&form);
        let (_, choice) = guesses.find(|(guess, _)| guess.codes() == key.codes())?;
        Some(choice.weight)
    }

    fn guesses(&self, form: &Letters) -> impl Iterator<Item = (Letters, Choice<'static>)> {
        let is_long = form.codes().len() >= MIN_LETTERS;
        let tables = self.tables.as_ref().filter(|_| is_long);
        let set = |tables: &Tables| Some(tables.rules.set(longest_ending(&tables.sets, form)?));
        let choices = tables.and_then(set).into_iter().flatten();
        choices.filter_map(|choice| {
            let key = choice.rule.apply(form).filter(is_plausible)?;
            Some((key, choice))
        })
    }
}

/// Returns the set of the longest end of `form` that is in the map.
fn longest_ending(sets: &fst::Map<&'static [u8]>, form: &Letters) -> Option<u64> {
    let fst = sets.as_fst();
    let (mut node, mut output, mut set) = (fst.root(), fst::raw::Output::zero(), None);
    let mut backwards = form.codes().iter().rev();
    loop {
        if node.is_final() {
            set = Some(output.cat(node.final_output()).value());
        }
        let Some(place) = backwards.next().and_then(|&code| node.find_input(code)) else {
            return set;
        };
        let transition = node.transition(place);
        output = output.cat(transition.out);
        node = fst.node(transition.addr);
    }
}

fn is_plausible(key: &Letters) -> bool {
    let is_vowel = |&code: &u8| letters::letter(code).is_some_and(|c| VOWELS.contains(c));
    key.codes().len() >= MIN_KEY_LETTERS && key.codes().iter().any(is_vowel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(form: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut each = |key: &Letters, _| {
            let mut text = String::new();
            key.write_to(&mut text);
            all.push(text);
        };
        Guesser::ukrainian().keys(&Letters::of(form).unwrap(), &mut each);
        all
    }

    #[test]
    fn the_forms_of_a_new_name_share_a_key() {
        for (key, forms) in [
            ("байден", "байден байдена байденові байденом"),
            ("ципрас", "ципрас ципраса ципрасові ципрасом"),
            ("клічковськ", "клічковська"),
            (
                "клічковський",
                "клічковський клічковського клічковським клічковських",
            ),
            ("хаймарс", "хаймарс хаймарси хаймарсів хаймарсами"),
        ] {
            for form in forms.split(' ') {
                assert!(
                    keys(form).iter().any(|k| k == key),
                    "{form}: {:?}",
                    keys(form)
                );
            }
        }
    }

    #[test]
    fn the_likeliest_guess_weighs_most_and_all_together_no_more_than_one() {
        let weight = |form: &str, key: &str| Guesser::ukrainian().weight(form, key);
        for form in ["байденом", "хаймарсами", "клічковська", "мемофермами"]
        {
            let weights: Vec<_> = keys(form)
                .iter()
                .map(|key| weight(form, key).unwrap())
                .collect();
            assert!(weights.is_sorted_by(|a, b| a >= b), "{form}: {weights:?}");
            let all: u32 = weights.iter().map(|&weight| u32::from(weight)).sum();
            // Each is rounded up or down by less than three.
            assert!((1..=110).contains(&all), "{form}: {weights:?}");
        }
        assert_eq!(weight("байденом", "гарант"), None);
        assert_eq!(weight("зсу", "зсу"), None);
        assert_eq!(weight("drones", "drone"), None);
    }

    #[test]
    fn a_short_word_and_one_without_vowels_are_not_guessed() {
        for form in ["зсу", "по", "а", "", "сбрф", "'''''", "-----"] {
            assert!(keys(form).is_empty(), "{form}: {:?}", keys(form));
        }
    }

    proptest! {
        #[test]
        fn any_word_is_guessed_without_panic(word in "[а-щьюяєії'-]{0,64}") {
            for key in keys(&word) {
                prop_assert!(key.chars().count() >= MIN_KEY_LETTERS);
            }
        }
    }
}
