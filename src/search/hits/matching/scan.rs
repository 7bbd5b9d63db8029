//! Finds the words of slots by analysing the text, as the index did.

use crate::analysis::keys::Context;
use crate::analysis::words::forms::{FormTerms, PARAGRAPH_MARK, SENTENCE_MARK};
use crate::analysis::{KeyAnalyzer, Keys, Language, Paragraphs, Word};
use crate::plan::spans::{Places, find};
use crate::search::hits::matching::leaf::Leaf;
use crate::search::hits::matching::part_text::{Found, PartMatches, PartText};
use crate::text::ByteRange;
use std::collections::HashMap;

/// A slot of a leaf, and whether the term keeps the slot from matching.
#[derive(Debug, Clone, Copy)]
struct SlotNumber {
    leaf: usize,
    slot: usize,
    is_exception: bool,
}

/// Finds the slots of leaves in texts; keeps its terms and buffers.
pub(crate) struct Scanner<'a> {
    by_key: HashMap<&'a str, Vec<SlotNumber>>,
    by_form: HashMap<&'a str, Vec<SlotNumber>>,
    has_units: bool,
    analyzer: KeyAnalyzer,
    term: String,
    keys: Keys,
}

impl<'a> Scanner<'a> {
    /// Prepares for `leaves`.
    pub(crate) fn new(leaves: &[Leaf<'a>]) -> Self {
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
                let keys = alternatives
                    .terms
                    .iter()
                    .chain(alternatives.spellings.iter());
                add_all(&mut by_key, keys, number);
                add_all(&mut by_form, alternatives.forms.iter(), number);
                add_all(&mut by_form, alternatives.except.iter(), exception);
            }
        }
        Self {
            by_key,
            by_form,
            has_units: leaves.iter().any(|leaf| leaf.spans.units().any()),
            analyzer: KeyAnalyzer::default(),
            term: String::new(),
            keys: Keys::default(),
        }
    }

    /// Returns for each leaf its matches in a text.
    pub(crate) fn find(
        &mut self,
        leaves: &[Leaf<'a>],
        part: &PartText<'_>,
        language: Language,
    ) -> PartMatches {
        let slots = |leaf: &Leaf<'_>| vec![Vec::new(); leaf.slots.len()];
        let mut scan = Scan {
            found: leaves.iter().map(slots).collect(),
            exceptions: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        if leaves.iter().any(|leaf| leaf.may_match_in(part)) {
            self.scan(part.text, language, &mut scan);
        }
        scan.leave_out_exceptions();
        let mut spans = Vec::with_capacity(leaves.len());
        for (leaf, words) in leaves.iter().zip(&scan.found) {
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
        while let Some(word) = terms.next_word() {
            if !self.by_key.is_empty() {
                let language = paragraphs.language_at(word.range.start);
                let context = Context::of(word, terms.form(), language);
                self.analyzer
                    .index_keys(terms.form(), context, &mut self.keys);
                for key in self.keys.iter() {
                    if let Some(numbers) = self.by_key.get(key) {
                        scan.add(numbers, word.position, word.range);
                    }
                }
            }
            if self.has_units || !self.by_form.is_empty() {
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

fn add_all<'a>(
    terms: &mut HashMap<&'a str, Vec<SlotNumber>>,
    more: impl Iterator<Item = &'a String>,
    number: SlotNumber,
) {
    for term in more {
        terms.entry(term).or_default().push(number);
    }
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
