//! Which lemma of an ambiguous form is the likely one: рік is a year, seldom the past of ректи.

use crate::lexicon::{Lexicon, Reading};
use shukach::analysis::dictionary::letters::Letters;
use std::collections::BTreeMap;

/// Counts of lemmas in a large corpus, with their source in the head of the file.
const COUNTS: &str = include_str!("uk.frequencies.tsv");

/// What a lemma counts that is not among the listed ones, the rarest of which has 8,671.
const UNLISTED_COUNT: f64 = 1000.0;

/// What part of its lemma's count a rare form has beside others.
const RARE_PART: f64 = 0.1;

/// A lemma is likely if it has at least this part of what all lemmas of the form count.
const LIKELY_PART: f64 = 0.25;

/// How often lemmas occur, by the codes of their letters.
#[derive(Debug)]
pub(crate) struct Frequencies(BTreeMap<Box<[u8]>, f64>);

impl Frequencies {
    /// Returns the counts that come with the tool.
    pub(crate) fn own() -> Self {
        Self::parse(COUNTS)
    }

    /// Reads lines of a lemma, a tabulator and a count; other lines are comments.
    fn parse(lines: &str) -> Self {
        let mut counts = BTreeMap::new();
        for (lemma, count) in lines.lines().filter_map(|line| line.split_once('\t')) {
            let lemma = Letters::of(&lemma.to_lowercase());
            if let (Some(lemma), Ok(count)) = (lemma, count.parse::<u32>()) {
                *counts.entry(lemma.codes().into()).or_insert(0.0) += f64::from(count);
            }
        }
        Self(counts)
    }

    fn count(&self, reading: &Reading) -> f64 {
        let count = self
            .0
            .get(&reading.lemma)
            .copied()
            .unwrap_or(UNLISTED_COUNT);
        if reading.is_rare {
            count * RARE_PART
        } else {
            count
        }
    }
}

/// Puts the likeliest lemma of every form first and marks those that are likely.
pub(crate) fn order(lexicon: &mut Lexicon, frequencies: &Frequencies) {
    for readings in lexicon
        .forms
        .values_mut()
        .filter(|readings| readings.len() > 1)
    {
        let count = |reading: &Reading| frequencies.count(reading);
        readings.sort_by(|a, b| count(b).total_cmp(&count(a)));
        let all: f64 = readings.iter().map(count).sum();
        for (place, reading) in readings.iter_mut().enumerate() {
            reading.is_likely = place == 0 || count(reading) >= LIKELY_PART * all;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_of;

    fn ordered(entries: &[(&str, &str, &str)], counts: &str) -> Vec<(String, bool)> {
        let mut lexicon = lexicon_of(entries);
        order(&mut lexicon, &Frequencies::parse(counts));
        let text = |reading: &Reading| {
            let mut text = String::new();
            Letters::from_codes(&reading.lemma)
                .unwrap()
                .write_to(&mut text);
            (text, reading.is_likely)
        };
        lexicon.forms.values().flatten().map(text).collect()
    }

    #[test]
    fn the_more_frequent_lemma_comes_first() {
        let entries = [("рік", "ректи", "verb"), ("рік", "рік", "noun")];
        let expected = [("рік".to_owned(), true), ("ректи".to_owned(), false)];
        assert_eq!(ordered(&entries, "# a comment\nрік\t7000000"), expected);
    }

    #[test]
    fn lemmas_of_about_the_same_count_are_both_likely() {
        let entries = [("зорі", "зоря", "noun"), ("зорі", "зір", "noun")];
        let expected = [("зір".to_owned(), true), ("зоря".to_owned(), true)];
        assert_eq!(ordered(&entries, "зоря\t30000\nзір\t40000"), expected);
    }

    #[test]
    fn a_vocative_is_less_likely() {
        let entries = [
            ("суду", "суддя", "noun:v_kly"),
            ("суду", "суд", "noun:v_rod"),
        ];
        let expected = [("суд".to_owned(), true), ("суддя".to_owned(), false)];
        assert_eq!(ordered(&entries, ""), expected);
    }

    #[test]
    fn the_counts_that_come_with_the_tool_are_read() {
        let lemmas = || {
            COUNTS
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .map(|(l, _)| l)
        };
        assert!(lemmas().is_sorted_by(|a, b| a < b));
        assert!(lemmas().all(|lemma| Letters::of(&lemma.to_lowercase()).is_some()));
        assert!(Frequencies::own().0.len() > 11_000);
    }
}
