//! Where the terms of the texts of a segment stand, in memory.
//!
//! A term has one list for all parts of the articles. For each article it holds
//! - the distance to the article before, times two, plus one where the term stands there once and
//!   in the body, as most do; then its position;
//! - else a mask of the parts and the impact of the term, then for each part how often and at which
//!   distances.
//!
//! All numbers have a variable length.

use crate::index::segment::numbers::{Numbers, push};
use crate::index::segment::occurrence::Occurrence;
use crate::ranking::impact::ByPart;
use crate::schema::Part;
use tantivy::DocId;
use tantivy_stacker::{ExpUnrolledLinkedList, MemoryArena};

/// How many bits of a number say in which parts a term stands.
const PART_BITS: u32 = 3;

/// The postings of a kind of terms, by the number of the term.
#[derive(Default)]
pub(super) struct TextPostings {
    arena: MemoryArena,
    lists: Vec<List>,
    buffer: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default)]
struct List {
    bytes: ExpUnrolledLinkedList,
    last_doc: DocId,
    /// In which parts of any article the term stands.
    parts: u8,
    has_impact: bool,
}

/// The postings of one term in one field.
#[derive(Debug, Default)]
pub(super) struct Postings {
    bytes: Vec<u8>,
    /// The articles, and how often the term stands in each, or its impact there.
    pub(super) docs: Vec<(DocId, u32)>,
    /// The positions in all articles: the first of each as it is, the others as the distance to the
    /// one before.
    pub(super) positions: Vec<u32>,
    pub(super) has_positions: bool,
}

impl Postings {
    /// Makes room for another term, of a field with positions or without.
    pub(super) fn clear(&mut self, has_positions: bool) {
        self.docs.clear();
        self.positions.clear();
        self.has_positions = has_positions;
    }
}

impl TextPostings {
    /// Adds the terms of article `doc`, which is behind all before. `impact` gives the impact of a
    /// term that stands so often in each part, and there, 0 for none.
    pub(super) fn add(
        &mut self,
        doc: DocId,
        occurrences: &mut [Occurrence],
        mut impact: impl FnMut(ByPart<u32>, &[Occurrence]) -> u32,
    ) {
        occurrences.sort_unstable();
        for places in occurrences.chunk_by(|left, right| left.term() == right.term()) {
            let Some(first) = places.first() else {
                continue;
            };
            let number = first.term() as usize;
            if number >= self.lists.len() {
                self.lists.resize_with(number + 1, List::default);
            }
            let Some(list) = self.lists.get_mut(number) else {
                continue;
            };
            let distance = (doc - list.last_doc) << 1;
            list.last_doc = doc;
            self.buffer.clear();
            if places.len() == 1 && first.part() == Part::Body as usize {
                list.parts |= 1 << Part::Body as usize;
                push(&mut self.buffer, distance | 1);
                push(&mut self.buffer, first.position());
            } else {
                push(&mut self.buffer, distance);
                encode(places, &mut impact, list, &mut self.buffer);
            }
            list.bytes
                .writer(&mut self.arena)
                .extend_from_slice(&self.buffer);
        }
    }

    /// Reads the postings of a term in `part`; `false` if it stands in that part of no article.
    pub(super) fn read_part(&self, term: u32, part: Part, postings: &mut Postings) -> bool {
        postings.clear(true);
        let wanted = part as usize;
        let Some(list) = self.list(term).filter(|list| list.parts & 1 << wanted != 0) else {
            return false;
        };
        let Postings {
            bytes,
            docs,
            positions,
            ..
        } = postings;
        let mut reader = self.open(list, bytes);
        while let Some(entry) = reader.next() {
            if entry.is_single {
                let position = reader.numbers.next();
                if wanted == Part::Body as usize {
                    docs.push((entry.doc, 1));
                    positions.push(position);
                }
                continue;
            }
            for at in (0..Part::ALL.len()).filter(|at| entry.parts & 1 << at != 0) {
                let often = reader.numbers.next();
                if at == wanted {
                    docs.push((entry.doc, often));
                    positions.extend((0..often).map(|_| reader.numbers.next()));
                } else {
                    reader.numbers.skip(often);
                }
            }
        }
        true
    }

    /// Reads the impacts of a term; `false` if it has none in any article.
    pub(super) fn read_impacts(&self, term: u32, postings: &mut Postings) -> bool {
        postings.clear(false);
        let Some(list) = self.list(term).filter(|list| list.has_impact) else {
            return false;
        };
        let Postings { bytes, docs, .. } = postings;
        let mut reader = self.open(list, bytes);
        while let Some(entry) = reader.next() {
            if entry.is_single {
                reader.numbers.skip(1);
                continue;
            }
            if entry.impact > 0 {
                docs.push((entry.doc, entry.impact));
            }
            for _ in 0..entry.parts.count_ones() {
                let often = reader.numbers.next();
                reader.numbers.skip(often);
            }
        }
        true
    }

    /// Returns the memory that it takes, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        self.arena.mem_usage() + self.lists.capacity() * size_of::<List>()
    }

    fn list(&self, term: u32) -> Option<&List> {
        self.lists.get(term as usize)
    }

    fn open<'b>(&self, list: &List, bytes: &'b mut Vec<u8>) -> Reader<'b> {
        bytes.clear();
        list.bytes.read_to_end(&self.arena, bytes);
        Reader {
            numbers: Numbers(bytes),
            doc: 0,
        }
    }
}

impl std::fmt::Debug for TextPostings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextPostings")
            .field("terms", &self.lists.len())
            .finish_non_exhaustive()
    }
}

/// Appends what the term of `places` does in an article, behind the distance to it.
fn encode(
    places: &[Occurrence],
    impact: &mut impl FnMut(ByPart<u32>, &[Occurrence]) -> u32,
    list: &mut List,
    buffer: &mut Vec<u8>,
) {
    let mut often = ByPart::default();
    for place in places {
        if let Some(often) = often.get_mut(place.part()) {
            *often += 1;
        }
    }
    let stands = often.iter().enumerate().filter(|(_, often)| **often > 0);
    let parts: u8 = stands.map(|(part, _)| 1 << part).sum();
    let impact = impact(often, places);
    list.parts |= parts;
    list.has_impact |= impact > 0;
    push(buffer, impact << PART_BITS | u32::from(parts));
    for places in places.chunk_by(|left, right| left.part() == right.part()) {
        push(buffer, u32::try_from(places.len()).unwrap_or(u32::MAX));
        let mut before = 0;
        for place in places {
            push(buffer, place.position() - before);
            before = place.position();
        }
    }
}

/// An article of a list.
struct Entry {
    doc: DocId,
    /// Whether the term stands there once, in the body.
    is_single: bool,
    parts: u32,
    impact: u32,
}

struct Reader<'a> {
    numbers: Numbers<'a>,
    doc: DocId,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<Entry> {
        if self.numbers.is_empty() {
            return None;
        }
        let distance = self.numbers.next();
        self.doc += distance >> 1;
        let is_single = distance & 1 == 1;
        let (parts, impact) = if is_single {
            (0, 0)
        } else {
            let both = self.numbers.next();
            (both & ((1 << PART_BITS) - 1), both >> PART_BITS)
        };
        Some(Entry {
            doc: self.doc,
            is_single,
            parts,
            impact,
        })
    }
}
