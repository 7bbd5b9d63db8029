//! A cursor over the articles with positional matches in one part.

use crate::analysis::words::forms::{PARAGRAPH_MARK, SENTENCE_MARK};
use crate::engine::parts_scorer::PartCursor;
use crate::engine::postings::slot_postings::SlotPostings;
use crate::engine::postings::slot_terms::open_in_part;
use crate::plan::slot::Slot;
use crate::plan::spans::{Places, Spans, count};
use crate::query::ast::Distance;
use crate::schema::Part;
use std::sync::Arc;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// What an article must have for its positions to be worth reading.
enum Need {
    /// The slot of this number.
    Slot(usize),
    /// All of these.
    All(Vec<Need>),
    /// Any of these.
    AnyOf(Vec<Need>),
}

impl Need {
    /// Returns what `spans` need, whose first slot has number `next`.
    fn of(spans: &Spans, next: &mut usize) -> Self {
        let mut count = |slots: usize| {
            let first = *next;
            *next += slots;
            Self::All((first..*next).map(Self::Slot).collect())
        };
        match spans {
            Spans::Row(slots) => count(slots.len()),
            Spans::Cluster { rows, .. } => count(rows.iter().map(Vec::len).sum()),
            Spans::AnyOf(all) => {
                Self::AnyOf(all.iter().map(|spans| Self::of(spans, next)).collect())
            }
            Spans::Near {
                distance,
                left,
                right,
            } => {
                let (left, right) = (Self::of(left, next), Self::of(right, next));
                match distance {
                    // What must not be near need not be there.
                    Distance::NotNear(_) => left,
                    _ => Self::All(vec![left, right]),
                }
            }
        }
    }

    /// Puts what the fewest articles have first; it drives the other lists.
    fn with_rarest_first(self, slots: &[Option<SlotPostings>]) -> Self {
        let sorted = |needs: Vec<Self>| needs.into_iter().map(|need| need.with_rarest_first(slots));
        match self {
            Self::Slot(_) => self,
            Self::AnyOf(needs) => Self::AnyOf(sorted(needs).collect()),
            Self::All(needs) => {
                let mut all = Vec::new();
                for need in sorted(needs) {
                    match need {
                        Self::All(needs) => all.extend(needs),
                        need => all.push(need),
                    }
                }
                all.sort_by_key(|need| size_hint(need, slots));
                Self::All(all)
            }
        }
    }
}

/// The articles that have matches of [`Spans`] in one part, with how often.
pub(crate) struct SpanPostings {
    spans: Arc<Spans>,
    need: Need,
    /// None where the segment has none of a slot's terms.
    slots: Vec<Option<SlotPostings>>,
    sentences: Option<SlotPostings>,
    paragraphs: Option<SlotPostings>,
    places: Places,
    doc: DocId,
    freq: u32,
}

impl SpanPostings {
    /// Goes to the first article that has the words of `spans` in `part`, whose `slots` were opened
    /// there.
    ///
    /// # Errors
    /// Where the marks of sentences and paragraphs cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        spans: Arc<Spans>,
        slots: Vec<Option<SlotPostings>>,
        part: Part,
    ) -> Result<Self> {
        let mark = |is_wanted: bool, mark: &str| {
            let slot = Slot::of_form(mark.to_owned());
            let postings = is_wanted.then(|| open_in_part(&slot, part, reader));
            postings.transpose().map(Option::flatten)
        };
        let units = spans.units();
        let places = Places {
            slots: vec![Vec::new(); slots.len()],
            ..Places::default()
        };
        let mut postings = Self {
            need: Need::of(&spans, &mut 0).with_rarest_first(&slots),
            spans,
            slots,
            sentences: mark(units.sentences, SENTENCE_MARK)?,
            paragraphs: mark(units.paragraphs, PARAGRAPH_MARK)?,
            places,
            doc: 0,
            freq: 0,
        };
        postings.go_to(0);
        Ok(postings)
    }

    /// Goes on from the current article to one that has matches.
    pub(crate) fn find(&mut self) -> DocId {
        while self.doc != TERMINATED && self.read() == 0 {
            self.go_to(self.doc + 1);
        }
        self.doc
    }

    /// Goes to the next article that has the words, wherever they stand.
    pub(crate) fn advance_aligned(&mut self) {
        if self.doc != TERMINATED {
            self.go_to(self.doc + 1);
        }
    }

    /// Returns how many matches the current article has at most, which has the words.
    pub(crate) fn max_freq(&mut self) -> u32 {
        let doc = self.doc;
        let mut counts = self.slots.iter_mut().map(|slot| {
            let slot = slot.as_mut();
            let here = slot.and_then(|slot| (slot.seek(doc) == doc).then_some(slot));
            here.map_or(0, |slot| slot.most_positions())
        });
        self.spans.max_count(&mut counts)
    }

    /// Counts the matches of the current article, which has the words.
    pub(crate) fn read(&mut self) -> u32 {
        self.freq = self.count();
        self.freq
    }

    /// Goes to the first article from `target` on that has the words.
    fn go_to(&mut self, target: DocId) {
        self.doc = align(&self.need, target, &mut self.slots);
    }

    fn count(&mut self) -> u32 {
        let doc = self.doc;
        let read = |postings: &mut Option<SlotPostings>, positions: &mut Vec<u32>| {
            positions.clear();
            if let Some(postings) = postings
                && postings.seek(doc) == doc
            {
                postings.positions(positions);
            }
        };
        for (slot, positions) in self.slots.iter_mut().zip(&mut self.places.slots) {
            read(slot, positions);
        }
        read(&mut self.sentences, &mut self.places.sentences);
        read(&mut self.paragraphs, &mut self.places.paragraphs);
        u32::try_from(count(&self.spans, &self.places)).unwrap_or(u32::MAX)
    }
}

impl PartCursor for SpanPostings {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.advance_aligned();
        self.find()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.go_to(target);
        self.find()
    }

    fn freq(&self) -> u32 {
        self.freq
    }

    fn size_hint(&self) -> u32 {
        size_hint(&self.need, &self.slots)
    }
}

/// Goes to the first article from `target` on that has what is needed.
fn align(need: &Need, target: DocId, slots: &mut [Option<SlotPostings>]) -> DocId {
    match need {
        Need::Slot(number) => match slots.get_mut(*number) {
            Some(Some(postings)) => postings.seek(target),
            _ => TERMINATED,
        },
        Need::AnyOf(needs) => needs
            .iter()
            .map(|need| align(need, target, slots))
            .min()
            .unwrap_or(TERMINATED),
        Need::All(needs) => {
            let mut target = target;
            'again: loop {
                for need in needs {
                    let doc = align(need, target, slots);
                    if doc == TERMINATED {
                        return TERMINATED;
                    }
                    if doc > target {
                        target = doc;
                        continue 'again;
                    }
                }
                return target;
            }
        }
    }
}

fn size_hint(need: &Need, slots: &[Option<SlotPostings>]) -> u32 {
    match need {
        Need::Slot(number) => match slots.get(*number) {
            Some(Some(postings)) => postings.size_hint(),
            _ => 0,
        },
        Need::AnyOf(needs) => {
            let hints = needs.iter().map(|need| size_hint(need, slots));
            hints.fold(0, u32::saturating_add)
        }
        Need::All(needs) => {
            let hints = needs.iter().map(|need| size_hint(need, slots));
            hints.min().unwrap_or(0)
        }
    }
}
