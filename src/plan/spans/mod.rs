//! Matches with positions: the meaning of NEAR, phrases and counted mentions.
//!
//! Every positional operator is defined here as a function of word positions alone. The index and
//! the plain scan of a text both call it with the positions they found.
//!
//! | file | what it does |
//! |---|---|
//! | `counting` | counts matches without listing them all |

mod counting;
#[cfg(test)]
mod tests;

use crate::plan::slot::Slot;
use crate::query::ast::Distance;
use std::borrow::Cow;

pub use crate::plan::spans::counting::{count, mentions};

/// Most matches of one operand in one text. Further ones could change how often, but not whether,
/// all but the most deeply nested queries match.
const MAX_SPANS: usize = 1 << 16;

/// What must stand where within one part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spans {
    /// Words at fixed distances from the first: each with its distance, in positions.
    Row(Vec<(u32, Slot)>),
    /// All the words in any order, with at most `max_others` others between them.
    Cluster {
        /// The words, or rows of words that stand side by side; none is empty.
        rows: Vec<Vec<(u32, Slot)>>,
        /// How many other words may stand between the first and the last.
        max_others: u32,
    },
    /// Any of these.
    AnyOf(Vec<Spans>),
    /// Two at a distance.
    Near {
        /// At which distance.
        distance: Distance,
        /// What stands left of the operator.
        left: Box<Spans>,
        /// What stands right of it.
        right: Box<Spans>,
    },
}

impl Spans {
    /// Calls `each` with every slot, in the order in which [`find`] counts them.
    pub fn for_each_slot<'a>(&'a self, each: &mut dyn FnMut(&'a Slot)) {
        match self {
            Self::Row(slots) => slots.iter().for_each(|(_, slot)| each(slot)),
            Self::Cluster { rows, .. } => {
                rows.iter().flatten().for_each(|(_, slot)| each(slot));
            }
            Self::AnyOf(all) => all.iter().for_each(|spans| spans.for_each_slot(each)),
            Self::Near { left, right, .. } => {
                left.for_each_slot(each);
                right.for_each_slot(each);
            }
        }
    }

    /// Calls `each` with every slot, to change it.
    pub fn for_each_slot_mut(&mut self, each: &mut dyn FnMut(&mut Slot)) {
        match self {
            Self::Row(slots) => slots.iter_mut().for_each(|(_, slot)| each(slot)),
            Self::Cluster { rows, .. } => {
                let slots = rows.iter_mut().flatten();
                slots.for_each(|(_, slot)| each(slot));
            }
            Self::AnyOf(all) => {
                for spans in all {
                    spans.for_each_slot_mut(each);
                }
            }
            Self::Near { left, right, .. } => {
                left.for_each_slot_mut(each);
                right.for_each_slot_mut(each);
            }
        }
    }

    /// Returns which boundaries of the text matter.
    pub fn units(&self) -> Units {
        match self {
            Self::Row(_) | Self::Cluster { .. } => Units::default(),
            Self::AnyOf(all) => all
                .iter()
                .map(Self::units)
                .fold(Units::default(), Units::or),
            Self::Near {
                distance,
                left,
                right,
            } => {
                let own = Units {
                    sentences: *distance == Distance::Sentence,
                    paragraphs: *distance == Distance::Paragraph,
                };
                own.or(left.units()).or(right.units())
            }
        }
    }
}

/// Which boundaries of a text matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units {
    /// Those of sentences.
    pub sentences: bool,
    /// Those of paragraphs.
    pub paragraphs: bool,
}

impl Units {
    /// Returns whether any boundary matters.
    pub fn any(self) -> bool {
        self.sentences || self.paragraphs
    }

    fn or(self, other: Self) -> Self {
        Self {
            sentences: self.sentences || other.sentences,
            paragraphs: self.paragraphs || other.paragraphs,
        }
    }
}

/// The positions of one text, each list in order and without repetition.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Of each slot, in the order of [`Spans::for_each_slot`].
    pub slots: Vec<Vec<u32>>,
    /// Of the first words of sentences.
    pub sentences: Vec<u32>,
    /// Of the first words of paragraphs.
    pub paragraphs: Vec<u32>,
}

/// Remembers which words a match is made of, or does not.
pub trait Trace: Clone + Default {
    /// Adds the word at `position`, which stands for slot number `slot`.
    fn add(&mut self, slot: usize, position: u32);
    /// Adds the words of another match.
    fn join(&mut self, other: &Self);
}

impl Trace for () {
    fn add(&mut self, _: usize, _: u32) {}
    fn join(&mut self, (): &Self) {}
}

/// The slots and positions of the words.
impl Trace for Vec<(usize, u32)> {
    fn add(&mut self, slot: usize, position: u32) {
        self.push((slot, position));
    }

    fn join(&mut self, other: &Self) {
        self.extend_from_slice(other);
    }
}

/// A match in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<T> {
    /// Position of its first word.
    pub first: u32,
    /// Position of its last word.
    pub last: u32,
    /// Which words it is made of.
    pub words: T,
}

/// Finds all matches in a text, in the order of their first and last words, each pair of them once.
///
/// Costs time in proportion to the positions, times the distance for NEAR and for clusters.
pub fn find<T: Trace>(spans: &Spans, places: &Places) -> Vec<Span<T>> {
    Finder { places, next: 0 }.find(spans)
}

struct Finder<'a> {
    places: &'a Places,
    /// Number of the next slot.
    next: usize,
}

impl<'a> Finder<'a> {
    fn slot(&mut self) -> (usize, &'a [u32]) {
        let number = self.next;
        self.next += 1;
        let positions = self.places.slots.get(number);
        (number, positions.map_or(&[], Vec::as_slice))
    }

    fn row(&mut self, slots: &[(u32, Slot)]) -> Vec<RowSlot<'a>> {
        let slots = slots.iter();
        slots.map(|(offset, _)| (*offset, self.slot())).collect()
    }

    fn find<T: Trace>(&mut self, spans: &Spans) -> Vec<Span<T>> {
        let mut found: Vec<Span<T>> = match spans {
            Spans::Row(slots) => rows(&self.row(slots)),
            Spans::Cluster { rows, max_others } => {
                let items: Vec<Item<'_>> = rows.iter().map(|row| Item::of(self.row(row))).collect();
                clusters(&items, *max_others)
            }
            Spans::AnyOf(all) => all.iter().flat_map(|spans| self.find(spans)).collect(),
            Spans::Near {
                distance,
                left,
                right,
            } => {
                let (left, right) = (self.find(left), self.find(right));
                match distance {
                    Distance::Near(n) => near(&left, &right, u32::from(*n)),
                    Distance::Pre(n) => before(&left, &right, u32::from(*n)).0,
                    Distance::NotNear(n) => apart(left, &right, u32::from(*n)),
                    Distance::Sentence => within(&left, &right, &self.places.sentences),
                    Distance::Paragraph => within(&left, &right, &self.places.paragraphs),
                }
            }
        };
        found.sort_by_key(|span| (span.first, span.last));
        found.dedup_by(|later, kept| {
            let is_same = (later.first, later.last) == (kept.first, kept.last);
            if is_same {
                kept.words.join(&later.words);
            }
            is_same
        });
        found.truncate(MAX_SPANS);
        found
    }
}

/// A slot's distance from the first, its number and its positions.
type RowSlot<'a> = (u32, (usize, &'a [u32]));

fn rows<T: Trace>(slots: &[RowSlot<'_>]) -> Vec<Span<T>> {
    let Some(&(_, (_, starts))) = slots.first() else {
        return Vec::new();
    };
    let row = |start: u32| {
        let mut words = T::default();
        let mut last = start;
        for (offset, (number, positions)) in slots {
            last = start.checked_add(*offset)?;
            positions.binary_search(&last).ok()?;
            words.add(*number, last);
        }
        Some(Span {
            first: start,
            last,
            words,
        })
    };
    starts.iter().filter_map(|start| row(*start)).collect()
}

/// A word or a row of words, and where it begins.
struct Item<'a> {
    slots: Vec<RowSlot<'a>>,
    starts: Cow<'a, [u32]>,
    /// How many positions it takes.
    width: u32,
}

impl<'a> Item<'a> {
    fn of(slots: Vec<RowSlot<'a>>) -> Self {
        let starts = match slots.as_slice() {
            [(_, (_, positions))] => Cow::Borrowed(*positions),
            slots => Cow::Owned(rows::<()>(slots).iter().map(|span| span.first).collect()),
        };
        Self {
            starts,
            width: 1 + slots.iter().map(|(offset, _)| *offset).max().unwrap_or(0),
            slots,
        }
    }

    fn last(&self, start: u32) -> u32 {
        start.saturating_add(self.width - 1)
    }
}

/// Finds from each position on the shortest stretch that has every item at a place of its own.
fn clusters<T: Trace>(items: &[Item<'_>], max_others: u32) -> Vec<Span<T>> {
    let mut starts: Vec<u32> = items
        .iter()
        .flat_map(|item| item.starts.iter())
        .copied()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let widths = items.iter().map(|item| item.width);
    let width = widths.fold(max_others, u32::saturating_add);
    let mut found: Vec<Span<T>> = Vec::new();
    for start in starts {
        let end = start.saturating_add(width - 1);
        let taken = assign(items, start, end).filter(|taken| are_apart(items, taken));
        let Some(taken) = taken else {
            continue;
        };
        let mut words = T::default();
        let mut last = start;
        for (item, position) in items.iter().zip(&taken) {
            last = last.max(item.last(*position));
            for (offset, (number, _)) in &item.slots {
                words.add(*number, position.saturating_add(*offset));
            }
        }
        // A stretch that begins earlier and ends at the same word holds this one.
        if found.last().is_some_and(|before| before.last == last) {
            found.pop();
        }
        found.push(Span {
            first: start,
            last,
            words,
        });
    }
    found
}

/// Returns whether no item stands within another.
fn are_apart(items: &[Item<'_>], taken: &[u32]) -> bool {
    let places = items.iter().zip(taken);
    let mut places: Vec<(u32, u32)> = places
        .map(|(item, start)| (*start, item.last(*start)))
        .collect();
    places.sort_unstable();
    places.windows(2).all(|pair| pair[0].1 < pair[1].0)
}

/// Gives every item a position of its own between `start` and `end`, one of them `start` itself,
/// such that the last is as early as it can be; `None` where that cannot be.
///
/// Each position that is let in is given away by one step of Kuhn's augmenting paths (H. W. Kuhn,
/// "The Hungarian method for the assignment problem", 1955).
fn assign(items: &[Item<'_>], start: u32, end: u32) -> Option<Vec<u32>> {
    let holds = |item: usize, position: u32| {
        let item = &items[item];
        item.last(position) <= end && item.starts.binary_search(&position).is_ok()
    };
    let mut inside: Vec<u32> = items
        .iter()
        .flat_map(|item| {
            let from = item.starts.partition_point(|position| *position < start);
            item.starts
                .iter()
                .skip(from)
                .take_while(|position| **position <= end)
        })
        .copied()
        .collect();
    inside.sort_unstable();
    inside.dedup();
    let mut owner: Vec<Option<u32>> = vec![None; items.len()];
    for (ordinal, position) in inside.iter().enumerate() {
        let mut tried = vec![false; items.len()];
        let gained = give(*position, &mut owner, &mut tried, &holds);
        if ordinal == 0 && !gained {
            return None;
        }
        if owner.iter().all(Option::is_some) {
            return owner.into_iter().collect();
        }
    }
    None
}

/// Gives `position` to a slot, which may hand its own on to another.
fn give(
    position: u32,
    owner: &mut [Option<u32>],
    tried: &mut [bool],
    holds: &dyn Fn(usize, u32) -> bool,
) -> bool {
    for slot in 0..owner.len() {
        if tried[slot] || !holds(slot, position) {
            continue;
        }
        tried[slot] = true;
        let is_free = match owner[slot] {
            None => true,
            Some(before) => give(before, owner, tried, holds),
        };
        if is_free {
            owner[slot] = Some(position);
            return true;
        }
    }
    false
}

fn near<T: Trace>(left: &[Span<T>], right: &[Span<T>], max: u32) -> Vec<Span<T>> {
    let (mut found, _) = before(left, right, max);
    found.extend(before(right, left, max).0);
    found
}

/// Pairs each span of `left` with those of `right` that begin at most `max` positions behind its
/// end; tells for each of `left` whether there was one. Spans that overlap are no pair.
fn before<T: Trace>(left: &[Span<T>], right: &[Span<T>], max: u32) -> (Vec<Span<T>>, Vec<bool>) {
    let mut found = Vec::new();
    let mut has_pair = Vec::with_capacity(left.len());
    for a in left {
        let from = right.partition_point(|b| b.first <= a.last);
        let pairs = right
            .iter()
            .skip(from)
            .take_while(|b| b.first - a.last <= max);
        let count = found.len();
        for b in pairs.take(MAX_SPANS.saturating_sub(count)) {
            found.push(joined(a, b));
        }
        has_pair.push(found.len() > count);
    }
    (found, has_pair)
}

fn joined<T: Trace>(a: &Span<T>, b: &Span<T>) -> Span<T> {
    let mut words = a.words.clone();
    words.join(&b.words);
    Span {
        first: a.first.min(b.first),
        last: a.last.max(b.last),
        words,
    }
}

/// Leaves those of `left` that have none of `right` within `max` positions on either side or inside
/// them.
fn apart<T: Trace>(left: Vec<Span<T>>, right: &[Span<T>], max: u32) -> Vec<Span<T>> {
    let mut furthest = 0;
    let furthest: Vec<u32> = right
        .iter()
        .map(|b| {
            furthest = b.last.max(furthest);
            furthest
        })
        .collect();
    let is_apart = |a: &Span<T>| {
        let from = furthest.partition_point(|last| last.saturating_add(max) < a.first);
        let end = a.last.saturating_add(max);
        let mut around = right.iter().skip(from).take_while(|b| b.first <= end);
        !around.any(|b| {
            let is_same = (a.first, a.last) == (b.first, b.last);
            !is_same && b.last.saturating_add(max) >= a.first
        })
    };
    left.into_iter().filter(is_apart).collect()
}

/// Pairs spans that lie in one unit, whose first words are at `starts`.
fn within<T: Trace>(left: &[Span<T>], right: &[Span<T>], starts: &[u32]) -> Vec<Span<T>> {
    let unit = |position: u32| starts.partition_point(|start| *start <= position);
    let mut found = Vec::new();
    for a in left {
        let here = unit(a.first);
        if unit(a.last) != here {
            continue;
        }
        let from = right.partition_point(|b| unit(b.first) < here);
        let inside = right
            .iter()
            .skip(from)
            .take_while(|b| unit(b.first) == here);
        for b in inside {
            let is_apart = b.first > a.last || a.first > b.last;
            if is_apart && unit(b.last) == here && found.len() < MAX_SPANS {
                found.push(joined(a, b));
            }
        }
    }
    found
}
