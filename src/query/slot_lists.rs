//! One word of a query in one segment: its terms in all parts, scored by BM25F, and the articles that can reach a
//! score.

use super::found_slot::FoundTerm;
use super::freq_blocks::{Counts, FreqBlocks};
use super::freq_list::FreqList;
use super::part_scale::BoundScale;
use super::plan::MANY_TERMS;
use super::ranking::{self, SPELLING_SHARE};
use crate::schema::Part;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Terms of one word that are in no more articles than this become one list: reading so much costs less than asking
/// each of them at every candidate. Tests have few articles.
const RARE_ARTICLES: u32 = if cfg!(test) { 64 } else { 1024 };

/// The lists of a slot: of its own terms and of its spellings. An article scores by those that score more.
pub struct SlotLists {
    own: TermLists,
    spellings: TermLists,
}

impl SlotLists {
    /// Opens the postings of what was `found` of a slot in a segment; `weight` is idf and boost.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn open(reader: &SegmentReader, found: &[FoundTerm], weight: f32) -> Result<Self> {
        let own = found.iter().filter(|term| term.is_own);
        let spellings = found.iter().filter(|term| !term.is_own);
        Ok(Self {
            own: TermLists::open(reader, own, weight)?,
            spellings: TermLists::open(reader, spellings, weight * SPELLING_SHARE)?,
        })
    }

    fn both(&self) -> [&TermLists; 2] {
        [&self.own, &self.spellings]
    }

    fn both_mut(&mut self) -> [&mut TermLists; 2] {
        [&mut self.own, &mut self.spellings]
    }

    /// Tells whether no article of the segment has the word.
    pub fn is_empty(&self) -> bool {
        self.both().iter().all(|lists| lists.is_empty())
    }

    /// Returns how many articles have the word at most.
    pub fn len(&self) -> u32 {
        self.own.len().saturating_add(self.spellings.len())
    }

    /// Returns a score that the word cannot exceed.
    pub fn most(&self) -> f32 {
        self.own.most().max(self.spellings.most())
    }

    /// Says whether candidates are to be looked for among its articles; else they are only looked up.
    pub fn set_scanned(&mut self, is_scanned: bool) {
        for lists in self.both_mut() {
            lists.is_scanned = is_scanned;
        }
    }

    /// Tells whether candidates are looked for among its articles.
    pub fn is_scanned(&self) -> bool {
        self.both().iter().any(|lists| lists.is_scanned)
    }

    /// From `doc` on passes over articles in which the word cannot score more than `score`. It can only be raised.
    pub fn raise(&mut self, score: f32, doc: DocId, parts: &[BoundScale]) {
        for lists in self.both_mut() {
            lists.raise(score, doc, parts);
        }
    }

    /// Returns the next candidate, or an article before it, and whether it is one.
    pub fn next(&self) -> (DocId, bool) {
        sooner(self.own.next(), self.spellings.next())
    }

    /// Goes on from `doc`, which [`SlotLists::next`] gave, and returns what is next then.
    pub fn pass(&mut self, doc: DocId) -> (DocId, bool) {
        sooner(self.own.pass(doc), self.spellings.pass(doc))
    }

    /// Goes on to the first candidate from `target` on.
    pub fn seek(&mut self, target: DocId) {
        for lists in self.both_mut() {
            lists.seek(target);
        }
    }

    /// Returns the first article from `doc` on that has the word.
    pub fn first_from(&mut self, doc: DocId) -> DocId {
        self.own.first_from(doc).min(self.spellings.first_from(doc))
    }

    /// Returns the score of the word in `doc`; `None` where it does not stand, or where it does not score more than is
    /// `needed`.
    pub fn score_in(&mut self, doc: DocId, needed: f32, parts: &[BoundScale]) -> Option<f32> {
        let own = self.own.score_in(doc, parts);
        let most = self.spellings.most();
        if most <= needed.max(own.unwrap_or(0.0)) {
            return own;
        }
        let spelt = self.spellings.score_in(doc, parts);
        own.into_iter().chain(spelt).reduce(f32::max)
    }
}

/// Returns that of two places to which to go first; a candidate before what is none.
pub(super) fn sooner(a: (DocId, bool), b: (DocId, bool)) -> (DocId, bool) {
    if b.0 < a.0 || (b.0 == a.0 && b.1) {
        b
    } else {
        a
    }
}

/// The lists of terms that count alike.
struct TermLists {
    /// In the order of parts.
    lists: Vec<TermList>,
    /// What infinitely many mentions score, divided by [`ranking::MOST`].
    weight: f32,
    is_scanned: bool,
}

struct TermList {
    freqs: FreqList,
    part: usize,
}

impl TermLists {
    fn open<'a>(
        reader: &SegmentReader,
        found: impl Iterator<Item = &'a FoundTerm>,
        weight: f32,
    ) -> Result<Self> {
        let found: Vec<&FoundTerm> = found.collect();
        let mut lists = Vec::with_capacity(found.len());
        for in_part in found.chunk_by(|a, b| a.part == b.part) {
            let is_pattern =
                in_part.len() > MANY_TERMS && in_part.iter().all(|term| term.is_form());
            let mut together = Vec::new();
            let mut blocks = Vec::new();
            for term in in_part {
                let inverted = reader.inverted_index(term.field)?;
                let postings = inverted
                    .read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
                let is_rare = term.info.doc_freq <= RARE_ARTICLES && in_part.len() > 1;
                if is_pattern || is_rare {
                    together.push(postings);
                } else {
                    blocks.push(FreqBlocks::OfTerm(Box::new(postings)));
                }
            }
            if !together.is_empty() {
                let counts = if is_pattern {
                    Counts::Sum
                } else {
                    Counts::Largest
                };
                blocks.push(FreqBlocks::merged(together, reader.max_doc(), counts));
            }
            lists.extend(blocks.into_iter().map(|blocks| TermList {
                freqs: FreqList::new(blocks),
                part: in_part[0].part,
            }));
        }
        Ok(Self {
            lists,
            weight,
            is_scanned: true,
        })
    }

    fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    fn len(&self) -> u32 {
        let lists = self.lists.iter().map(|list| list.freqs.doc_freq());
        lists.fold(0, u32::saturating_add)
    }

    fn most(&self) -> f32 {
        if self.is_empty() {
            0.0
        } else {
            self.weight * ranking::MOST
        }
    }

    fn raise(&mut self, score: f32, doc: DocId, parts: &[BoundScale]) {
        if !self.is_scanned {
            return;
        }
        let Some(mentions) = ranking::mentions_below(score, self.weight) else {
            self.is_scanned = false;
            return;
        };
        let choices = (0..=MAX_PASSED_TITLES).filter_map(|titles| {
            let passed = Passed::of(mentions, titles, parts)?;
            Some((self.candidates(&passed, parts), passed))
        });
        let Some((_, passed)) = choices.min_by(|(a, _), (b, _)| a.total_cmp(b)) else {
            return;
        };
        for list in &mut self.lists {
            list.freqs
                .ask(passed.of_part(list.part).saturating_add(1), doc);
        }
    }

    /// Guesses how many articles have more mentions than are `passed`.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a guess of a count of articles needs no precision"
    )]
    fn candidates(&self, passed: &Passed, parts: &[BoundScale]) -> f32 {
        let lists = self.lists.iter().filter_map(|list| {
            let part = parts.get(list.part)?.part();
            let more = more_mentioned(part).powf(passed.of_part(list.part) as f32);
            Some(list.freqs.doc_freq() as f32 * more)
        });
        lists.sum()
    }

    fn next(&self) -> (DocId, bool) {
        let mut next = (TERMINATED, false);
        if self.is_scanned {
            for list in &self.lists {
                next = sooner(next, (list.freqs.next(), list.freqs.is_candidate()));
            }
        }
        next
    }

    fn pass(&mut self, doc: DocId) -> (DocId, bool) {
        let mut next = (TERMINATED, false);
        if self.is_scanned {
            for list in &mut self.lists {
                if list.freqs.next() == doc {
                    list.freqs.pass();
                }
                next = sooner(next, (list.freqs.next(), list.freqs.is_candidate()));
            }
        }
        next
    }

    fn seek(&mut self, target: DocId) {
        if self.is_scanned {
            for list in &mut self.lists {
                list.freqs.seek(target);
            }
        }
    }

    fn first_from(&mut self, doc: DocId) -> DocId {
        let lists = self.lists.iter_mut();
        let firsts = lists.map(|list| list.freqs.first_from(doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of mentions needs no more precision"
    )]
    fn score_in(&mut self, doc: DocId, parts: &[BoundScale]) -> Option<f32> {
        let mut mentions = 0.0;
        let mut lists = self.lists.iter_mut();
        let mut list = lists.next();
        for (place, scale) in parts.iter().enumerate() {
            // Terms of one word often stand at one position, so their counts are not added.
            let mut freq = 0;
            while let Some(here) = list.as_mut().filter(|list| list.part == place) {
                freq = freq.max(here.freqs.freq_in(doc));
                list = lists.next();
            }
            if freq > 0 {
                mentions += freq as f32 * scale.factor(doc);
            }
        }
        (mentions > 0.0).then(|| self.weight * ranking::saturated(mentions))
    }
}

/// The most mentions in the title that an article may have and still be passed over.
const MAX_PASSED_TITLES: u16 = 2;

/// How many mentions an article may have in each part and still be passed over, by the place of the part.
struct Passed([u32; Part::ALL.len()]);

impl Passed {
    /// Shares out weighted `mentions`: so many `titles` to the title, the rest to the other parts; `None` where that is
    /// too much.
    fn of(mentions: f32, titles: u16, parts: &[BoundScale]) -> Option<Self> {
        let title = parts.iter().find(|scale| scale.part() == Part::Title);
        let in_title = title.map_or(0.0, BoundScale::most) * f32::from(titles);
        let left = mentions - in_title;
        if titles > 0 && (title.is_none() || left < 0.0) {
            return None;
        }
        let shares: f32 = parts.iter().map(|scale| share_of(scale.part())).sum();
        let mut passed = [0; Part::ALL.len()];
        for (scale, passed) in parts.iter().zip(&mut passed) {
            let share = if shares > 0.0 {
                share_of(scale.part()) / shares
            } else {
                1.0
            };
            *passed = whole(left * share / scale.most());
            if scale.part() == Part::Title {
                *passed += u32::from(titles);
            }
        }
        Some(Self(passed))
    }

    fn of_part(&self, place: usize) -> u32 {
        self.0.get(place).copied().unwrap_or_default()
    }
}

/// Returns the share that `part` has of what the title leaves over.
fn share_of(part: Part) -> f32 {
    match part {
        Part::Title => 0.0,
        Part::Lead => 0.25,
        Part::Body => 0.75,
    }
}

/// Returns what part of the articles with some mentions in `part` has one more, roughly: the share in 100,000 articles
/// for words of middling frequency.
fn more_mentioned(part: Part) -> f32 {
    match part {
        Part::Title => 0.05,
        Part::Lead => 0.2,
        Part::Body => 0.5,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion that saturates is right for a bound"
)]
fn whole(number: f32) -> u32 {
    number as u32
}
