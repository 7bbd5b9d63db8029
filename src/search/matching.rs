//! Which words of an article matched: the plan, evaluated over the article's own text.
//!
//! The text is analysed as the index analysed it, so what is marked is what matched: the words of a
//! phrase only inside the phrase, and nothing of a NOT. It is also the plain scan that searching must agree with.

use crate::analysis::forms::FormTerms;
use crate::analysis::keys::Context;
use crate::analysis::{KeyAnalyzer, Keys, Language, Paragraphs, Word};
use crate::query::{Plan, Slot};
use crate::text::ByteRange;
use std::cmp::Reverse;
use std::collections::HashMap;

/// One text of an article: a part of it.
#[derive(Debug, Clone, Copy)]
pub struct PartText<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether words may match in it.
    pub is_searched: bool,
}

/// A word of the text that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchedWord {
    /// Its bytes in the text of its part; of words joined by hyphens that matched as one, those of all.
    pub range: ByteRange,
    /// Its position in words.
    pub position: u32,
    /// Which word or phrase of the query it belongs to, counted from 0 in the order of the query.
    pub phrase: usize,
}

/// Finds what matched. Make one for a query; it keeps its terms and buffers.
pub struct Matcher<'a> {
    plan: &'a Plan,
    /// All phrases of the plan, also those under a NOT, in the order of a walk through it.
    phrases: Vec<&'a [Slot]>,
    by_key: HashMap<&'a str, Vec<SlotNumber>>,
    by_form: HashMap<&'a str, Vec<SlotNumber>>,
    analyzer: KeyAnalyzer,
    term: String,
    keys: Keys,
}

/// A phrase of the plan and a slot of the phrase.
type SlotNumber = (usize, usize);

/// Notes that the slot `number` has `term`.
fn enter<'a>(terms: &mut HashMap<&'a str, Vec<SlotNumber>>, term: &'a str, number: SlotNumber) {
    terms.entry(term).or_default().push(number);
}

impl<'a> Matcher<'a> {
    /// Prepares for `plan`.
    pub fn new(plan: &'a Plan) -> Self {
        let mut phrases = Vec::new();
        collect(plan, &mut phrases);
        let (mut by_key, mut by_form) = (HashMap::new(), HashMap::new());
        for (phrase, slots) in phrases.iter().enumerate() {
            for (slot, alternatives) in slots.iter().enumerate() {
                for form in &alternatives.forms {
                    enter(&mut by_form, form, (phrase, slot));
                }
                let terms = if alternatives.is_form {
                    &mut by_form
                } else {
                    &mut by_key
                };
                for term in alternatives.terms.iter().chain(&alternatives.spellings) {
                    enter(terms, term, (phrase, slot));
                }
            }
        }
        Self {
            plan,
            phrases,
            by_key,
            by_form,
            analyzer: KeyAnalyzer::default(),
            term: String::new(),
            keys: Keys::default(),
        }
    }

    /// Returns the words that matched in each of the `parts` of an article in `language`, in order; `None`
    /// if the article does not match.
    pub fn matches(
        &mut self,
        parts: &[PartText<'_>],
        language: Language,
    ) -> Option<Vec<Vec<MatchedWord>>> {
        let found: Vec<Vec<Vec<Found>>> =
            parts.iter().map(|part| self.find(part, language)).collect();
        let is_there: Vec<bool> = (0..self.phrases.len())
            .map(|phrase| found.iter().any(|part| !part[phrase].is_empty()))
            .collect();
        let mut next = 0;
        let mut shown = vec![false; self.phrases.len()];
        if !evaluate(self.plan, &is_there, &mut next, &mut shown) {
            return None;
        }
        let words = |part: &Vec<Vec<Found>>| {
            let mut words: Vec<MatchedWord> = Vec::new();
            for (phrase, occurrences) in
                part.iter().enumerate().filter(|(phrase, _)| shown[*phrase])
            {
                words.extend(occurrences.iter().map(|word| MatchedWord {
                    range: word.range,
                    position: word.position,
                    phrase,
                }));
            }
            let order =
                |word: &MatchedWord| (word.range.start, Reverse(word.range.end), word.phrase);
            words.sort_unstable_by_key(order);
            // What stands inside a whole that matched is marked with it.
            let mut end = 0;
            words.retain(|word| {
                let is_behind = word.range.start >= end;
                end = end.max(word.range.end);
                is_behind
            });
            words
        };
        Some(found.iter().map(words).collect())
    }

    /// Returns for each phrase the words of its occurrences in a text.
    fn find(&mut self, part: &PartText<'_>, language: Language) -> Vec<Vec<Found>> {
        let mut slots: Vec<Vec<Vec<Found>>> = self
            .phrases
            .iter()
            .map(|phrase| vec![Vec::new(); phrase.len()])
            .collect();
        if part.is_searched {
            let mut terms = FormTerms::new(part.text);
            let mut paragraphs = Paragraphs::new(part.text, language);
            while let Some(word) = terms.next_word() {
                if !self.by_key.is_empty() {
                    let context = Context {
                        language: paragraphs.language_at(word.range.start),
                        is_capitalised: word.is_capitalised(),
                    };
                    self.analyzer
                        .index_keys(terms.form(), context, &mut self.keys);
                    self.look_up_keys(word, &mut slots);
                }
                if !self.by_form.is_empty() {
                    self.look_up_forms(word, &mut terms, &mut slots);
                }
            }
        }
        slots.into_iter().map(side_by_side).collect()
    }

    fn look_up_keys(&self, word: Word, slots: &mut FoundInSlots) {
        for key in self.keys.iter() {
            if let Some(numbers) = self.by_key.get(key) {
                add(slots, numbers, word.position, word.range);
            }
        }
    }

    fn look_up_forms(&mut self, word: Word, terms: &mut FormTerms<'_>, slots: &mut FoundInSlots) {
        while let Some(range) = terms.next_term(&mut self.term) {
            if let Some(numbers) = self.by_form.get(self.term.as_str()) {
                add(slots, numbers, word.position, range);
            }
        }
    }
}

/// What was found for each slot of each phrase.
type FoundInSlots = [Vec<Vec<Found>>];

/// Adds what stands at `position` to the slots of `numbers`.
fn add(slots: &mut FoundInSlots, numbers: &[SlotNumber], position: u32, range: ByteRange) {
    for &(phrase, slot) in numbers {
        let found = &mut slots[phrase][slot];
        match found.last_mut().filter(|last| last.position == position) {
            // Of what is found at one place the longest is marked.
            Some(last) => last.range.end = last.range.end.max(range.end),
            None => found.push(Found { range, position }),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Found {
    range: ByteRange,
    position: u32,
}

/// Returns the words of every run that has each slot at its place.
fn side_by_side(mut slots: Vec<Vec<Found>>) -> Vec<Found> {
    if slots.len() == 1 {
        return slots.remove(0);
    }
    let Some(first) = slots.first() else {
        return Vec::new();
    };
    let mut words = Vec::new();
    for start in first {
        let run: Option<Vec<Found>> = (0..)
            .zip(&slots)
            .map(|(offset, slot)| {
                let wanted = start.position.checked_add(offset)?;
                slot.binary_search_by_key(&wanted, |word| word.position)
                    .ok()
                    .map(|at| slot[at])
            })
            .collect();
        words.extend(run.into_iter().flatten());
    }
    words.sort_unstable_by_key(|word| word.position);
    words.dedup_by_key(|word| word.position);
    words
}

fn collect<'a>(plan: &'a Plan, phrases: &mut Vec<&'a [Slot]>) {
    match plan {
        Plan::Phrase(slots) => phrases.push(slots),
        Plan::And(plans) | Plan::Or(plans) | Plan::Spellings(plans) => {
            for plan in plans {
                collect(plan, phrases);
            }
        }
        Plan::Not(plan) => collect(plan, phrases),
    }
}

/// Tells whether the plan matches and marks the phrases that made it match. `next` counts the phrases in
/// the order of [`collect`].
fn evaluate(plan: &Plan, is_there: &[bool], next: &mut usize, shown: &mut [bool]) -> bool {
    let first = *next;
    let matches = match plan {
        Plan::Phrase(_) => {
            *next += 1;
            shown[first] = is_there[first];
            is_there[first]
        }
        // Every part is looked at, also behind one that decides: its phrases must be counted.
        Plan::And(plans) => {
            let matching = plans
                .iter()
                .filter(|plan| evaluate(plan, is_there, next, shown))
                .count();
            matching == plans.len()
        }
        Plan::Or(plans) | Plan::Spellings(plans) => {
            let matching = plans
                .iter()
                .filter(|plan| evaluate(plan, is_there, next, shown))
                .count();
            matching > 0
        }
        Plan::Not(plan) => {
            let matches = !evaluate(plan, is_there, next, shown);
            shown[first..*next].fill(false);
            matches
        }
    };
    if !matches {
        shown[first..*next].fill(false);
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{MatchMode, parse};

    fn marked(query: &str, text: &str) -> Option<Vec<String>> {
        let plan = Plan::of(&parse(query, MatchMode::All).unwrap().query).unwrap();
        let parts = [PartText {
            text,
            is_searched: true,
        }];
        let words = Matcher::new(&plan).matches(&parts, Language::Ukrainian)?;
        Some(
            words[0]
                .iter()
                .map(|word| word.range.of(text).to_owned())
                .collect(),
        )
    }

    #[test]
    fn inflected_words_are_marked_as_they_stand_in_the_text() {
        let text = "Гарантіями безпеки цікавляться всі, гарантію дадуть.";
        assert_eq!(
            marked("гарантії безпеки", text).unwrap(),
            ["Гарантіями", "безпеки", "гарантію"]
        );
    }

    #[test]
    fn words_of_a_phrase_are_marked_only_inside_the_phrase() {
        let text = "Гарантія є, безпеки нема. Гарантії безпеки потрібні.";
        assert_eq!(
            marked("\"гарантія безпеки\"", text).unwrap(),
            ["Гарантії", "безпеки"]
        );
    }

    #[test]
    fn nothing_of_a_not_is_marked_and_what_it_excludes_does_not_match() {
        assert_eq!(marked("мир -війна", "Мир і спокій").unwrap(), ["Мир"]);
        assert_eq!(marked("мир -війна", "Мир і війна"), None);
        assert_eq!(
            marked("мир OR (слава -війна)", "Мир, слава і війна").unwrap(),
            ["Мир"]
        );
    }

    #[test]
    fn a_number_and_a_word_with_foreign_letters_are_marked_as_they_stand() {
        let text = concat!("На 1\u{a0}000 000 грн, за 1.5 року, Б", "p", "овари");
        for (query, expected) in [
            ("1000000", "1\u{a0}000 000"),
            ("\"1 000 000\"", "1\u{a0}000 000"),
            ("=1,5", "1.5"),
            ("бровари", concat!("Б", "p", "овари")),
        ] {
            assert_eq!(marked(query, text).unwrap(), [expected], "{query}");
        }
    }

    #[test]
    fn other_spellings_are_marked_whole() {
        let text = "Веб-сайт і вебсайти проекту, а веб окремо";
        assert_eq!(
            marked("вебсайт", text).unwrap(),
            ["Веб", "сайт", "вебсайти"]
        );
        assert_eq!(
            marked("веб-сайт", text).unwrap(),
            ["Веб", "сайт", "вебсайти"]
        );
        assert_eq!(marked("проєкти", text).unwrap(), ["проекту"]);
        assert_eq!(marked("=проєкту", text), None);
    }

    #[test]
    fn a_whole_is_marked_with_all_its_parts_once() {
        let text = "Хворіли на Ковід-19 і ковід, ковід, 19.";
        let whole = Plan::Phrase(vec![Slot {
            terms: vec!["ковід-19".to_owned(), "ковід".to_owned()],
            forms: Vec::new(),
            spellings: Vec::new(),
            is_form: true,
        }]);
        let parts = [PartText {
            text,
            is_searched: true,
        }];
        let part = Plan::of(&parse("19", MatchMode::All).unwrap().query).unwrap();
        let plan = Plan::And(vec![whole, part]);
        let words = Matcher::new(&plan).matches(&parts, Language::Ukrainian);
        let marked: Vec<_> = words.unwrap()[0]
            .iter()
            .map(|word| word.range.of(text))
            .collect();
        assert_eq!(marked, ["Ковід-19", "ковід", "ковід", "19"]);
    }

    #[test]
    fn forms_beside_the_keys_of_a_word_are_marked_too() {
        let slot = Slot {
            forms: vec!["скрабуля".to_owned()],
            ..Slot::of_keys(vec!["замок".to_owned()])
        };
        let plan = Plan::Phrase(vec![slot]);
        let text = "Скрабуля, замок, скрабуль";
        let parts = [PartText {
            text,
            is_searched: true,
        }];
        let words = Matcher::new(&plan).matches(&parts, Language::Ukrainian);
        let positions: Vec<_> = words.unwrap()[0].iter().map(|word| word.position).collect();
        assert_eq!(positions, [0, 1]);
    }

    #[test]
    fn an_exact_word_marks_only_its_form() {
        assert_eq!(
            marked("=гарантії", "гарантія гарантії").unwrap(),
            ["гарантії"]
        );
        assert_eq!(marked("=гарантія", "гарантіями"), None);
    }
}
