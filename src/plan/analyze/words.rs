//! Analyses the words and phrases of a query into slots.

use crate::analysis::Words;
use crate::analysis::spelling::decades;
use crate::analysis::spelling::variants::KeyedWord;
use crate::analysis::words::forms::FormTerms;
use crate::plan::analyze::spelling;
use crate::plan::analyze::{Analysis, MAX_ROWS, Row};
use crate::plan::slot::Slot;
use crate::query::ast::{Phrase, PhraseSlot, Query, Word, WordMode};
use crate::query::pattern::FormPattern;
use std::sync::Arc;

impl Analysis<'_> {
    /// Returns the ways to read a word; mostly one.
    pub(crate) fn word(&mut self, word: &Word) -> Vec<Row> {
        let rows = match word.reading {
            WordMode::Inflected => {
                let phrases = self.spellings(&word.text);
                phrases.into_iter().map(in_a_row).collect()
            }
            WordMode::Exact | WordMode::Cased => vec![exact(&word.text, word.reading)],
            WordMode::Fuzzy { .. } | WordMode::Wildcard | WordMode::Regex => {
                let patterns: Vec<_> = FormPattern::of(word).into_iter().collect();
                let slot = Slot {
                    patterns,
                    ..Slot::default()
                };
                vec![vec![(0, slot)]]
            }
        };
        rows.into_iter()
            .filter(|row: &Row| !row.is_empty())
            .collect()
    }

    /// Returns the ways to read a phrase.
    pub(crate) fn row_of(&mut self, phrase: &Phrase) -> Vec<Row> {
        if let Some(text) = plain_text(phrase) {
            let phrases = self.spellings(&text).into_iter().map(in_a_row);
            return phrases.filter(|row| !row.is_empty()).collect();
        }
        let mut rows: Vec<(u32, Row)> = vec![(0, Vec::new())];
        for slot in &phrase.slots {
            let readings = self.readings(slot);
            let mut longer = Vec::new();
            for (length, row) in &rows {
                for (width, reading) in &readings {
                    let mut row = row.clone();
                    let placed = reading.iter().cloned();
                    row.extend(placed.map(|(offset, slot)| (length + offset, slot)));
                    longer.push((length + width, row));
                }
            }
            self.is_cut |= longer.len() > MAX_ROWS;
            longer.truncate(MAX_ROWS);
            rows = longer;
        }
        let rows = rows.into_iter().map(|(_, row)| from_first(row));
        rows.filter(|row| !row.is_empty()).collect()
    }

    /// Returns the ways to read what stands at one place of a phrase, each with its width in
    /// positions.
    fn readings(&mut self, slot: &PhraseSlot) -> Vec<(u32, Row)> {
        let PhraseSlot::OneOf(words) = slot else {
            return vec![(1, Vec::new())];
        };
        let mut narrow: Option<Slot> = None;
        let mut readings = Vec::new();
        for word in words {
            let width = positions(word);
            for mut row in self.word(word) {
                let last = row.last().map_or(0, |(offset, _)| offset + 1);
                if row.len() == 1 && width.max(last) == 1 {
                    let slot = row.remove(0).1;
                    match &mut narrow {
                        Some(all) => all.merge(slot),
                        None => narrow = Some(slot),
                    }
                } else {
                    readings.push((width.max(last), row));
                }
            }
        }
        if let Some(slot) = narrow {
            readings.insert(0, (1, vec![(0, slot)]));
        }
        if readings.is_empty() {
            readings.push((0, Vec::new()));
        }
        readings
    }

    /// Returns the ways to read a phrase whose order does not count: its words, or rows of words
    /// where one is written as several.
    pub(crate) fn clusters_of(&mut self, phrase: &Phrase) -> Vec<Vec<Row>> {
        let mut clusters: Vec<Vec<Row>> = vec![Vec::new()];
        for slot in &phrase.slots {
            let readings = self.readings(slot);
            let readings: Vec<Row> = readings
                .into_iter()
                .map(|(_, row)| from_first(row))
                .filter(|row| !row.is_empty())
                .collect();
            if readings.is_empty() {
                continue;
            }
            let mut longer = Vec::new();
            for cluster in &clusters {
                for reading in &readings {
                    let mut cluster = cluster.clone();
                    cluster.push(reading.clone());
                    longer.push(cluster);
                }
            }
            self.is_cut |= longer.len() > MAX_ROWS;
            longer.truncate(MAX_ROWS);
            clusters = longer;
        }
        clusters.retain(|cluster| !cluster.is_empty());
        clusters
    }

    /// Returns what may stand for the words of `text`, each in any form, as they stand first.
    pub(crate) fn spellings(&mut self, text: &str) -> Vec<Vec<Slot>> {
        // What a lexicon says is not kept: the next query may have another.
        let Some(cache) = self.cache.filter(|_| self.lexicon.is_none()) else {
            return self.found_spellings(text);
        };
        let (variants, transliterations) = (self.has_variants, self.transliterator.is_some());
        let find = || self.found_spellings(text);
        let found = cache.readings(text, variants, transliterations, find);
        found.to_vec()
    }

    /// Returns the words of `text` with their keys.
    pub(crate) fn keyed(&mut self, text: &str) -> Vec<KeyedWord> {
        let mut words = Words::new(text);
        let mut keyed = Vec::new();
        let mut word = KeyedWord::default();
        while let Some(place) = words.next_into(&mut word.form) {
            self.analyzer
                .query_word_keys(place, &word.form, &mut word.keys);
            word.is_in_capitals = place.capitals.are_all(word.form.chars().count());
            word.forms = self
                .lexicon
                .map_or_else(Vec::new, |lexicon| lexicon.forms_of(&word.form));
            if self.has_variants {
                word.forms.extend(decades::forms_of(&word.form));
            }
            keyed.push(word.clone());
        }
        keyed
    }

    fn found_spellings(&mut self, text: &str) -> Vec<Vec<Slot>> {
        let keyed = self.keyed(text);
        let mut spellings = if self.has_variants {
            spelling::spellings(&keyed, self.transliterator.is_some())
        } else {
            let slot = |word: &KeyedWord| Slot {
                forms: Arc::new(word.forms.clone()),
                ..Slot::of_keys(word.keys.iter().map(str::to_owned).collect())
            };
            vec![keyed.iter().map(slot).collect()]
        };
        let Some(transliterator) = &self.transliterator else {
            return spellings;
        };
        // The first has the words as they stand; their names may stand in other languages.
        for (slot, word) in spellings.iter_mut().take(1).flatten().zip(&keyed) {
            let mut found = transliterator.spellings(&word.form);
            found.keys.retain(|spelling| !slot.terms.contains(spelling));
            slot.spellings = found.keys.into();
            Arc::make_mut(&mut slot.forms).extend(found.forms);
        }
        spellings
    }
}

/// Returns the form of a `word` that is one word of a text, and whether it begins with a capital.
pub(crate) fn only_word(word: &Word) -> Option<(String, bool)> {
    let mut words = Words::new(&word.text);
    let (mut form, mut next) = (String::new(), String::new());
    let is_capitalised = words.next_into(&mut form)?.is_capitalised();
    words
        .next_into(&mut next)
        .is_none()
        .then_some((form, is_capitalised))
}

/// The most words of a query that are looked at together.
const MAX_TOGETHER: usize = 4;

/// Returns the inflected words that `queries` begin with.
pub(crate) fn leading_words(queries: &[Query]) -> Vec<&Word> {
    let leading = queries.iter().take(MAX_TOGETHER);
    let words = leading.map_while(|query| match query {
        Query::Word(word) if word.reading == WordMode::Inflected => Some(word),
        _ => None,
    });
    words.collect()
}

/// Returns the text of words in a row. The comma keeps two numbers from becoming one: 1 000.
pub(crate) fn text_in_a_row(words: &[&Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(", ")
}

/// Returns the text of a phrase that is nothing but inflected words in a row.
fn plain_text(phrase: &Phrase) -> Option<String> {
    let slots = phrase.slots.iter();
    let words = slots.map(only_inflected).collect::<Option<Vec<&Word>>>()?;
    Some(text_in_a_row(&words))
}

/// Returns the one inflected word that may stand at a place of a phrase.
fn only_inflected(slot: &PhraseSlot) -> Option<&Word> {
    match slot {
        PhraseSlot::OneOf(words) => match words.as_slice() {
            [word] if word.reading == WordMode::Inflected => Some(word),
            _ => None,
        },
        PhraseSlot::Any => None,
    }
}

pub(crate) fn in_a_row(slots: Vec<Slot>) -> Row {
    (0..).zip(slots).collect()
}

/// Moves a row so that its first word stands at distance 0.
fn from_first(mut row: Row) -> Row {
    let first = row.first().map_or(0, |(offset, _)| *offset);
    for (offset, _) in &mut row {
        *offset -= first;
    }
    row
}

/// Returns how many positions a word of a query takes in a text.
fn positions(word: &Word) -> u32 {
    match word.reading {
        WordMode::Inflected | WordMode::Exact | WordMode::Cased => {
            let mut terms = FormTerms::new(&word.text);
            let mut count = 0;
            while terms.next_word().is_some() {
                count += 1;
            }
            count
        }
        // A pattern with a hyphen finds the whole of the words that hyphens join.
        _ => 1 + u32::try_from(word.text.matches('-').count()).unwrap_or(0),
    }
}

/// Returns the forms of a text as they stand; words that hyphens join are looked for as one.
fn exact(text: &str, reading: WordMode) -> Row {
    let mut terms = FormTerms::new(text);
    let mut row = Row::new();
    let mut whole_end = 0;
    while let Some(word) = terms.next_word() {
        if word.range.start < whole_end {
            continue;
        }
        let (form, capitals) = match terms.whole() {
            Some(whole) => {
                whole_end = whole.end;
                (whole.form.clone(), whole.capitals)
            }
            None => (terms.form().to_owned(), word.capitals),
        };
        let slot = if reading != WordMode::Cased {
            Slot::of_form(form)
        } else if capitals.is_empty() {
            Slot {
                without_capitals: Some(form.clone()),
                ..Slot::of_form(form)
            }
        } else {
            let mut term = String::new();
            capitals.term(&form, &mut term);
            Slot::of_form(term)
        };
        row.push((word.position, slot));
    }
    row
}
