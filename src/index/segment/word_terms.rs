//! The words of a text as numbered terms: keys and forms in one pass.

use crate::analysis::Language;
use crate::analysis::characters::capitals::Capitals;
use crate::analysis::keys::{Context, KeyAnalyzer, Keys};
use crate::analysis::language::paragraphs::Paragraphs;
use crate::analysis::words::forms::FormTerms;
use crate::analysis::words::tokenizer::Word;
use crate::index::segment::form_cache::FormCache;
use crate::index::segment::occurrence::Occurrence;
use crate::index::segment::term_table::TermTable;
use crate::schema::Part;
use std::ops::Range;

/// The terms of an article, as they come.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    pub(super) keys: Vec<Occurrence>,
    pub(super) forms: Vec<Occurrence>,
}

impl Occurrences {
    /// Makes room for another article.
    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.forms.clear();
    }

    /// Returns the memory that they take, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        (self.keys.capacity() + self.forms.capacity()) * size_of::<Occurrence>()
    }
}

/// Finds the terms of words. A form that was met before costs one look-up in a hash table, whatever
/// terms it has.
#[derive(Debug, Default)]
pub(super) struct WordTerms {
    pub(super) keys: TermTable,
    pub(super) forms: TermTable,
    recent: FormCache,
    /// What is known of each form, by its number.
    known: Vec<Known>,
    /// The numbers of keys that `known` refers to.
    key_numbers: Vec<u32>,
    analyzer: KeyAnalyzer,
    found: Keys,
    term: String,
}

/// The terms of a form where it was met last, with and without a capital: the commonest words stand
/// in both ways.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    readings: [Option<Reading>; 2],
    capitals: Option<(Capitals, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Reading {
    context: Context,
    /// Where its keys are in `key_numbers`.
    start: u32,
    end: u32,
}

impl WordTerms {
    /// Adds the terms of `text`, a part of an article in `language`, to `found`.
    pub(super) fn add(
        &mut self,
        language: Language,
        part: Part,
        text: &str,
        found: &mut Occurrences,
    ) {
        let mut paragraphs = Paragraphs::new(text, language);
        let mut terms = FormTerms::new(text);
        while let Some(word) = terms.next_word() {
            let language = paragraphs.language_at(word.range.start);
            let form = terms.form().as_bytes();
            let number = self.recent.number_of(form, &mut self.forms);
            let mut add_form = |term| found.forms.push(Occurrence::new(term, part, word.position));
            add_form(number);
            if let Some(capitals) = self.capitals_of(number, terms.form(), word) {
                add_form(capitals);
            }
            terms.skip_form();
            while terms.next_term(&mut self.term).is_some() {
                add_form(self.recent.number_of(self.term.as_bytes(), &mut self.forms));
            }
            let keys = self.keys_of(
                number,
                terms.form(),
                Context::of(word, terms.form(), language),
            );
            for key in self.key_numbers.get(keys).unwrap_or_default() {
                found.keys.push(Occurrence::new(*key, part, word.position));
            }
        }
    }

    /// Returns the memory that it takes, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        self.keys.mem_usage()
            + self.forms.mem_usage()
            + self.known.capacity() * size_of::<Known>()
            + self.key_numbers.capacity() * size_of::<u32>()
    }

    /// Returns the number of the term that stands for the capitals of a word, if it has any.
    fn capitals_of(&mut self, number: u32, form: &str, word: Word) -> Option<u32> {
        if word.capitals.is_empty() {
            return None;
        }
        let known = self.known_of(number).capitals;
        if let Some((_, term)) = known.filter(|(capitals, _)| *capitals == word.capitals) {
            return Some(term);
        }
        word.capitals.term(form, &mut self.term);
        let term = self.forms.number_of(self.term.as_bytes());
        self.known_of(number).capitals = Some((word.capitals, term));
        Some(term)
    }

    /// Returns where the keys of a form stand in `key_numbers`.
    fn keys_of(&mut self, number: u32, form: &str, context: Context) -> Range<usize> {
        let place = usize::from(context.is_capitalised);
        let reading = self.known_of(number).readings.get(place).copied().flatten();
        if let Some(reading) = reading.filter(|reading| reading.context == context) {
            return reading.start as usize..reading.end as usize;
        }
        self.analyzer.index_keys(form, context, &mut self.found);
        let start = self.key_numbers.len();
        for key in self.found.iter() {
            self.key_numbers.push(self.keys.number_of(key.as_bytes()));
        }
        let keys = start..self.key_numbers.len();
        let as_u32 = |place| u32::try_from(place).unwrap_or(u32::MAX);
        let reading = Reading {
            context,
            start: as_u32(keys.start),
            end: as_u32(keys.end),
        };
        if let Some(place) = self.known_of(number).readings.get_mut(place) {
            *place = Some(reading);
        }
        keys
    }

    fn known_of(&mut self, number: u32) -> &mut Known {
        let number = number as usize;
        if number >= self.known.len() {
            self.known.resize_with(number + 1, Known::default);
        }
        &mut self.known[number]
    }
}
