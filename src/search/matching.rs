//! Which words of an article matched: the plan, evaluated over the article's own text.
//!
//! The text is analysed as the index analysed it, so what is marked is what matched: the words of a
//! phrase only inside the phrase, and nothing of a NOT. It is also the plain scan that searching must agree with.

use super::facts::Facts;
use crate::analysis::forms::{FormTerms, PARAGRAPH_MARK, SENTENCE_MARK};
use crate::analysis::keys::Context;
use crate::analysis::{KeyAnalyzer, Keys, Language, Paragraphs, Word};
use crate::query::span::{Places, Span, Spans, find};
use crate::query::span_query::mentions;
use crate::query::{Plan, Slot};
use crate::schema::Part;
use crate::text::ByteRange;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// One text of an article: a part of it.
#[derive(Debug, Clone, Copy)]
pub struct PartText<'a> {
    /// Which part.
    pub part: Part,
    /// The text.
    pub text: &'a str,
    /// Whether words may match in it that the query gives no field of their own.
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
    /// All leaves of the plan, also those under a NOT, in the order of a walk through it.
    leaves: Vec<Leaf<'a>>,
    by_key: HashMap<&'a str, Vec<SlotNumber>>,
    by_form: HashMap<&'a str, Vec<SlotNumber>>,
    analyzer: KeyAnalyzer,
    term: String,
    keys: Keys,
}

/// A part of the plan that matches places of the text.
struct Leaf<'a> {
    slots: Vec<&'a Slot>,
    spans: Cow<'a, Spans>,
    /// The only part that it may match in.
    only: Option<Part>,
    at_least: u32,
    /// Number of the word or phrase of the query that the first slot belongs to.
    phrase: usize,
}

impl Leaf<'_> {
    fn may_match_in(&self, text: &PartText<'_>) -> bool {
        self.only.map_or(text.is_searched, |only| only == text.part)
    }

    /// Returns the number of the word or phrase of the query that a slot belongs to.
    fn phrase_of(&self, slot: usize) -> usize {
        match self.spans {
            Cow::Owned(_) => self.phrase,
            Cow::Borrowed(_) => self.phrase + slot,
        }
    }
}

/// A slot of a leaf, and whether the term keeps the slot from matching.
#[derive(Debug, Clone, Copy)]
struct SlotNumber {
    leaf: usize,
    slot: usize,
    is_exception: bool,
}

impl<'a> Matcher<'a> {
    /// Prepares for `plan`, whose patterns are expanded.
    pub fn new(plan: &'a Plan) -> Self {
        let mut leaves = Vec::new();
        collect(plan, None, &mut leaves);
        let (mut by_key, mut by_form) = (HashMap::new(), HashMap::new());
        for (leaf, slots) in leaves.iter().map(|leaf| &leaf.slots).enumerate() {
            for (slot, alternatives) in slots.iter().enumerate() {
                let number = SlotNumber {
                    leaf,
                    slot,
                    is_exception: false,
                };
                let exception = SlotNumber {
                    is_exception: true,
                    ..number
                };
                let keys = alternatives.terms.iter().chain(&alternatives.spellings);
                add_all(&mut by_key, keys, number);
                add_all(&mut by_form, alternatives.forms.iter(), number);
                add_all(&mut by_form, alternatives.except.iter(), exception);
            }
        }
        Self {
            plan,
            leaves,
            by_key,
            by_form,
            analyzer: KeyAnalyzer::default(),
            term: String::new(),
            keys: Keys::default(),
        }
    }

    /// Returns the words that matched in each of the `parts` of an article of which the language and other
    /// facts are known, in order; `None` if the article does not match.
    pub fn matches(
        &mut self,
        parts: &[PartText<'_>],
        known: (Language, &Facts),
    ) -> Option<Vec<Vec<MatchedWord>>> {
        let (found, shown) = self.evaluate(parts, known)?;
        let words = found.iter().map(|found| self.words(found, &shown));
        Some(words.collect())
    }

    /// Returns the matches in each of the `parts`, in order: of a phrase or of NEAR the whole stretch, once. What
    /// stands inside another match is left out. `None` if the article does not match.
    pub fn occurrences(
        &mut self,
        parts: &[PartText<'_>],
        known: (Language, &Facts),
    ) -> Option<Vec<Vec<ByteRange>>> {
        let (found, shown) = self.evaluate(parts, known)?;
        let stretches = found.iter().map(|found| stretches(found, &shown));
        Some(stretches.collect())
    }

    /// Returns what was found in each part and which leaves made the article match, if it does.
    fn evaluate(
        &mut self,
        parts: &[PartText<'_>],
        (language, facts): (Language, &Facts),
    ) -> Option<(Vec<PartMatches>, Vec<bool>)> {
        let found: Vec<PartMatches> = parts.iter().map(|part| self.find(part, language)).collect();
        let is_there: Vec<bool> = self
            .leaves
            .iter()
            .enumerate()
            .map(|(number, leaf)| {
                let counts = parts.iter().zip(&found).map(|(part, found)| {
                    let count = found.spans[number].len();
                    (part.part, u32::try_from(count).unwrap_or(u32::MAX))
                });
                mentions(counts) >= leaf.at_least
            })
            .collect();
        let mut evaluation = Evaluation {
            is_there: &is_there,
            facts,
            next: 0,
            shown: vec![false; self.leaves.len()],
        };
        if !evaluation.matches(self.plan) {
            return None;
        }
        Some((found, evaluation.shown))
    }

    /// Returns the words of the leaves that are shown.
    fn words(&self, found: &PartMatches, shown: &[bool]) -> Vec<MatchedWord> {
        let mut words: Vec<MatchedWord> = Vec::new();
        for (number, leaf) in self
            .leaves
            .iter()
            .enumerate()
            .filter(|(leaf, _)| shown[*leaf])
        {
            let traced = found.spans[number].iter().flat_map(|span| &span.words);
            for &(slot, position) in traced {
                let here = &found.words[number][slot];
                if let Ok(at) = here.binary_search_by_key(&position, |word| word.position) {
                    words.push(MatchedWord {
                        range: here[at].range,
                        position,
                        phrase: leaf.phrase_of(slot),
                    });
                }
            }
        }
        words.sort_unstable_by_key(|word| (word.range.start, Reverse(word.range.end), word.phrase));
        // What stands inside a whole that matched is marked with it.
        let mut end = 0;
        words.retain(|word| {
            let is_behind = word.range.start >= end;
            end = end.max(word.range.end);
            is_behind
        });
        words
    }

    /// Returns for each leaf its matches in a text.
    fn find(&mut self, part: &PartText<'_>, language: Language) -> PartMatches {
        let slots = |leaf: &Leaf<'_>| vec![Vec::new(); leaf.slots.len()];
        let mut scan = Scan {
            found: self.leaves.iter().map(slots).collect(),
            exceptions: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        if self.leaves.iter().any(|leaf| leaf.may_match_in(part)) {
            self.scan(part.text, language, &mut scan);
        }
        scan.leave_out_exceptions();
        let mut spans = Vec::with_capacity(self.leaves.len());
        for (leaf, words) in self.leaves.iter().zip(&scan.found) {
            if !leaf.may_match_in(part) || words.iter().all(Vec::is_empty) {
                spans.push(Vec::new());
                continue;
            }
            let positions = |words: &Vec<Found>| words.iter().map(|word| word.position).collect();
            let places = Places {
                slots: words.iter().map(positions).collect(),
                sentences: scan.sentences.clone(),
                paragraphs: scan.paragraphs.clone(),
            };
            spans.push(find(&leaf.spans, &places));
        }
        PartMatches {
            words: scan.found,
            spans,
        }
    }

    fn scan(&mut self, text: &str, language: Language, scan: &mut Scan) {
        let mut terms = FormTerms::new(text);
        let mut paragraphs = Paragraphs::new(text, language);
        let has_units = self.leaves.iter().any(|leaf| leaf.spans.units().any());
        while let Some(word) = terms.next_word() {
            if !self.by_key.is_empty() {
                let context = Context {
                    language: paragraphs.language_at(word.range.start),
                    is_capitalised: word.is_capitalised(),
                };
                self.analyzer
                    .index_keys(terms.form(), context, &mut self.keys);
                for key in self.keys.iter() {
                    if let Some(numbers) = self.by_key.get(key) {
                        scan.add(numbers, word.position, word.range);
                    }
                }
            }
            if has_units || !self.by_form.is_empty() {
                self.look_up_forms(word, &mut terms, scan);
            }
        }
    }

    fn look_up_forms(&mut self, word: Word, terms: &mut FormTerms<'_>, scan: &mut Scan) {
        while let Some(range) = terms.next_term(&mut self.term) {
            match self.term.as_str() {
                SENTENCE_MARK => scan.sentences.push(word.position),
                PARAGRAPH_MARK => scan.paragraphs.push(word.position),
                _ => {}
            }
            if let Some(numbers) = self.by_form.get(self.term.as_str()) {
                scan.add(numbers, word.position, range);
            }
        }
    }
}

/// Returns what the matches of the leaves that are shown cover, none inside another.
fn stretches(found: &PartMatches, shown: &[bool]) -> Vec<ByteRange> {
    let mut stretches: Vec<ByteRange> = Vec::new();
    let leaves = found.words.iter().zip(&found.spans).zip(shown);
    for ((words, spans), _) in leaves.filter(|(_, is_shown)| **is_shown) {
        for span in spans {
            let ranges = span.words.iter().filter_map(|(slot, position)| {
                let here = &words[*slot];
                let at = here.binary_search_by_key(position, |word| word.position);
                at.ok().map(|at| here[at].range)
            });
            let whole =
                ranges.reduce(|a, b| ByteRange::new(a.start.min(b.start), a.end.max(b.end)));
            stretches.extend(whole);
        }
    }
    stretches.sort_unstable_by_key(|range| (range.start, Reverse(range.end)));
    let mut end = 0;
    stretches.retain(|range| {
        let reaches_further = range.end > end;
        end = end.max(range.end);
        reaches_further
    });
    stretches
}

fn add_all<'a>(
    terms: &mut HashMap<&'a str, Vec<SlotNumber>>,
    more: impl Iterator<Item = &'a String>,
    number: SlotNumber,
) {
    for term in more {
        terms.entry(term).or_default().push(number);
    }
}

/// A match with the slots and positions of its words.
type Traced = Span<Vec<(usize, u32)>>;

/// What was found in one text.
struct PartMatches {
    /// The words of each slot of each leaf, in order.
    words: Vec<Vec<Vec<Found>>>,
    /// The matches of each leaf.
    spans: Vec<Vec<Traced>>,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    range: ByteRange,
    position: u32,
}

/// What a scan of a text has found so far.
struct Scan {
    found: Vec<Vec<Vec<Found>>>,
    /// Leaf, slot and position of what keeps a slot from matching.
    exceptions: Vec<(usize, usize, u32)>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Scan {
    /// Adds what stands at `position` to the slots of `numbers`.
    fn add(&mut self, numbers: &[SlotNumber], position: u32, range: ByteRange) {
        for number in numbers {
            if number.is_exception {
                self.exceptions.push((number.leaf, number.slot, position));
                continue;
            }
            let found = &mut self.found[number.leaf][number.slot];
            match found.last_mut().filter(|last| last.position == position) {
                // Of what is found at one place the longest is marked.
                Some(last) => last.range.end = last.range.end.max(range.end),
                None => found.push(Found { range, position }),
            }
        }
    }

    fn leave_out_exceptions(&mut self) {
        for (leaf, slot, position) in self.exceptions.drain(..) {
            self.found[leaf][slot].retain(|word| word.position != position);
        }
    }
}

fn collect<'a>(plan: &'a Plan, only: Option<Part>, leaves: &mut Vec<Leaf<'a>>) {
    let phrase = leaves
        .last()
        .map_or(0, |last| last.phrase + last.slots.len());
    match plan {
        Plan::Phrase(slots) => {
            let row = (0..slots.len()).filter_map(|place| u32::try_from(place).ok());
            leaves.push(Leaf {
                slots: slots.iter().collect(),
                spans: Cow::Owned(Spans::Row(
                    row.map(|place| (place, Slot::default())).collect(),
                )),
                only,
                at_least: 1,
                phrase,
            });
        }
        Plan::Spans { spans, at_least } => {
            let mut slots = Vec::new();
            spans.for_each_slot(&mut |slot| slots.push(slot));
            leaves.push(Leaf {
                slots,
                spans: Cow::Borrowed(spans),
                only,
                at_least: *at_least,
                phrase,
            });
        }
        Plan::And(plans) | Plan::Or(plans) | Plan::Spellings(plans) => {
            for plan in plans {
                collect(plan, only, leaves);
            }
        }
        Plan::Only(part, plan) => collect(plan, Some(*part), leaves),
        Plan::Boost(_, plan) | Plan::Not(plan) => collect(plan, only, leaves),
        Plan::Column(_) | Plan::Published(..) => {}
    }
}

/// Tells whether a plan matches and which of its leaves made it match.
struct Evaluation<'a> {
    is_there: &'a [bool],
    facts: &'a Facts,
    /// Number of the next leaf, in the order of [`collect`].
    next: usize,
    shown: Vec<bool>,
}

impl Evaluation<'_> {
    fn matches(&mut self, plan: &Plan) -> bool {
        let first = self.next;
        let matches = match plan {
            Plan::Phrase(_) | Plan::Spans { .. } => {
                self.next += 1;
                self.shown[first] = self.is_there[first];
                self.is_there[first]
            }
            // Every part is looked at, also behind one that decides: its leaves must be counted.
            Plan::And(plans) => self.matching(plans) == plans.len(),
            Plan::Or(plans) | Plan::Spellings(plans) => self.matching(plans) > 0,
            Plan::Only(_, plan) | Plan::Boost(_, plan) => self.matches(plan),
            Plan::Column(query) => self.facts.meets_column(query),
            Plan::Published(days, _) => self.facts.meets_days(*days),
            Plan::Not(plan) => {
                let matches = !self.matches(plan);
                self.shown[first..self.next].fill(false);
                matches
            }
        };
        if !matches {
            self.shown[first..self.next].fill(false);
        }
        matches
    }

    fn matching(&mut self, plans: &[Plan]) -> usize {
        let matching = plans.iter().map(|plan| usize::from(self.matches(plan)));
        matching.sum()
    }
}

#[cfg(test)]
mod tests;
