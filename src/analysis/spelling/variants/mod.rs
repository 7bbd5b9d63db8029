//! Other spellings of a word: `проєкт` and `проект`, `вебсайт` and `веб-сайт`.
//!
//! Only queries know them: an index holds each word as it was written, so the list may grow without
//! a new index. A spelling may be several words, as the words of an index end at hyphens.

#[cfg(test)]
mod tests;

use crate::analysis::keys::KeyAnalyzer;
use crate::analysis::language::Language;
pub use crate::analysis::spelling::keyed_word::KeyedWord;
use crate::analysis::spelling::keyed_word::cheap_key;
use crate::analysis::spelling::names::front_of;
use crate::analysis::spelling::respelled::respelled;
use crate::analysis::words::tokenizer::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

static LIST: &str = include_str!("../../data/variants.tsv");

/// A chain of spellings is followed so far: enough for every name in the list.
const MAX_SPELLINGS: usize = 12;

/// Another spelling of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// How many words it stands for.
    pub replaced: usize,
    /// The keys of each of its own words.
    pub words: Vec<Vec<String>>,
}

/// The list of spellings.
#[derive(Debug)]
pub struct Variants {
    pairs: Vec<[&'static str; 2]>,
    /// From the key and from the form of a spelling's first word to the lines that have it.
    by_first_word: FxHashMap<String, Vec<usize>>,
    /// The first letters of spellings of several words.
    fronts_of_several: FxHashSet<[char; 3]>,
}

impl Variants {
    /// Returns the list that is part of the program. The first call reads it, in less than a
    /// millisecond.
    pub fn ukrainian() -> &'static Self {
        static UKRAINIAN: OnceLock<Variants> = OnceLock::new();
        UKRAINIAN.get_or_init(|| Self::of(LIST))
    }

    fn of(list: &'static str) -> Self {
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        let pairs: Vec<[&str; 2]> = lines
            .filter_map(|line| line.split_once('\t'))
            .map(Into::into)
            .collect();
        let mut by_first_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut fronts_of_several = FxHashSet::default();
        let mut form = String::new();
        for (line, pair) in pairs.iter().enumerate() {
            for spelling in pair {
                Words::new(spelling).next_into(&mut form);
                if spelling.contains([' ', '-']) {
                    fronts_of_several.insert(front_of(&form));
                }
                if let Some(key) = cheap_key(&form).filter(|key| *key != form) {
                    by_first_word.entry(key).or_default().push(line);
                }
                by_first_word.entry(form.clone()).or_default().push(line);
            }
        }
        Self {
            pairs,
            by_first_word,
            fronts_of_several,
        }
    }

    /// Returns whether the list may have a spelling of several words that begins with `form`.
    pub(crate) fn may_begin_several(&self, form: &str) -> bool {
        self.fronts_of_several.contains(&front_of(form))
    }

    /// Returns the other spellings of what `words` begin with: of the first of them, or of several.
    ///
    /// ```
    /// use shukach::analysis::KeyAnalyzer;
    /// use shukach::analysis::spelling::variants::{KeyedWord, Variants};
    ///
    /// let mut word = KeyedWord { form: "проєктами".into(), ..KeyedWord::default() };
    /// KeyAnalyzer::default().query_keys(&word.form, &mut word.keys);
    /// assert_eq!(Variants::ukrainian().of_words(&[word])[0].words, [["проект"]]);
    /// ```
    pub fn of_words(&self, words: &[KeyedWord]) -> Vec<Variant> {
        let mut variants = Vec::new();
        for (spelling, replaced) in self.spellings_of(words) {
            for other in self.others(spelling) {
                let variant = Variant {
                    replaced,
                    words: keys_of_spelling(other),
                };
                if !variants.contains(&variant) {
                    variants.push(variant);
                }
            }
        }
        respelled(words, &mut |replaced, words| {
            let variant = Variant { replaced, words };
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        });
        variants
    }

    /// Returns the spellings in the list that `words` begin with, and of how many words each is.
    fn spellings_of(&self, words: &[KeyedWord]) -> Vec<(&'static str, usize)> {
        let mut found = Vec::new();
        let Some(first) = words.first() else {
            return found;
        };
        for term in first.keys.iter().chain([first.form.as_str()]) {
            for spelling in self.lines(term).flatten() {
                if let Some(count) = matching(spelling, words)
                    && !found.contains(&(*spelling, count))
                {
                    found.push((*spelling, count));
                }
            }
        }
        found
    }

    /// Returns what stands in one line with `spelling`, what stands in one line with that, and so
    /// on.
    fn others(&self, spelling: &'static str) -> Vec<&'static str> {
        let mut all = vec![spelling];
        let mut next = 0;
        let mut form = String::new();
        while let Some(&spelling) = all.get(next) {
            next += 1;
            Words::new(spelling).next_into(&mut form);
            for [one, other] in self.lines(&form) {
                let added = match (*one == spelling, *other == spelling) {
                    (true, _) => other,
                    (_, true) => one,
                    _ => continue,
                };
                if !all.contains(added) && all.len() < MAX_SPELLINGS {
                    all.push(added);
                }
            }
        }
        all.remove(0);
        all
    }

    fn lines(&self, term: &str) -> impl Iterator<Item = &[&'static str; 2]> {
        let lines = self.by_first_word.get(term).map_or(&[][..], Vec::as_slice);
        lines.iter().filter_map(|line| self.pairs.get(*line))
    }
}

/// Returns how many words `spelling` has if `words` begin with forms of them.
fn matching(spelling: &str, words: &[KeyedWord]) -> Option<usize> {
    let mut lemmas = Words::new(spelling);
    let mut lemma = String::new();
    let mut count = 0;
    while lemmas.next_into(&mut lemma).is_some() {
        if !words.get(count)?.is_of(&lemma) {
            return None;
        }
        count += 1;
    }
    (count > 0).then_some(count)
}

/// Returns the keys under which an index holds the words of a spelling.
fn keys_of_spelling(spelling: &str) -> Vec<Vec<String>> {
    let (mut analyzer, mut word) = (KeyAnalyzer::default(), KeyedWord::default());
    let mut words = Words::new(spelling);
    let mut all: Vec<Vec<String>> = Vec::new();
    while words.next_into(&mut word.form).is_some() {
        analyzer.index_keys(&word.form, Language::Ukrainian, &mut word.keys);
        all.push(word.keys.iter().map(str::to_owned).collect());
    }
    if let [keys] = all.as_mut_slice()
        && let Some(key) = cheap_key(&word.form)
        && keys.contains(&key)
    {
        // The list says of a single word that it is a lemma; its other readings are other words.
        *keys = vec![key];
    }
    all
}
