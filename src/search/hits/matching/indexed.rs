//! Finds the words of slots from the postings of one segment.
//!
//! The text is not analysed. Its words are only counted, up to the last one that is highlighted.

use crate::analysis::words::forms::{HYPHEN, PARAGRAPH_MARK, SENTENCE_MARK};
use crate::analysis::words::token_offsets::TokenOffsets;
use crate::engine::postings::slot_postings::SlotPostings;
use crate::engine::postings::slot_terms::open_in_part;
use crate::engine::tuning::Tuning;
use crate::error::Result;
use crate::plan::slot::Slot;
use crate::plan::spans::{Places, find};
use crate::schema::Part;
use crate::search::hits::matching::leaf::Leaf;
use crate::search::hits::matching::part_text::{Found, PartMatches, PartText, Traced};
use tantivy::{DocId, SegmentReader};

/// Returns whether the index has everything needed to highlight `slot`, and fast.
///
/// Of a whole that hyphens join the index does not say how far it reaches. Of a pattern with many
/// forms the postings of all are gone through, which is only worth while for many articles.
fn is_told(slot: &Slot, is_for_many: bool) -> bool {
    let has_few = slot.forms.len() <= Tuning::DEFAULT.many_terms;
    let is_soon = has_few || (is_for_many && slot.spellings.is_empty());
    is_soon && !slot.forms.iter().any(|form| form.contains(HYPHEN))
}

/// The postings of the leaves of a plan in one segment. Articles are asked for in ascending order.
pub struct PlanPostings {
    parts: Vec<PartPostings>,
}

struct PartPostings {
    part: Part,
    /// The slots of each leaf; none of one that may not match in the part.
    leaves: Vec<Vec<Option<SlotPostings>>>,
    sentences: Option<SlotPostings>,
    paragraphs: Option<SlotPostings>,
}

impl PlanPostings {
    /// Opens the postings of `leaves` in those parts that each may match in.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        leaves: &[Leaf<'_>],
        searched: &[Part],
    ) -> Result<Self> {
        let mut parts = Vec::with_capacity(Part::ALL.len());
        for part in Part::ALL {
            let text = PartText {
                part,
                text: "",
                is_searched: searched.contains(&part),
            };
            let here = |leaf: &&Leaf<'_>| leaf.may_match_in(&text);
            let mark = |is_wanted: bool, mark: &str| {
                let slot = Slot::of_form(mark.to_owned());
                let postings = is_wanted.then(|| open_in_part(&slot, part, reader));
                postings.transpose().map(Option::flatten)
            };
            let units = |leaf: &Leaf<'_>| leaf.spans.units();
            let has_sentences = leaves.iter().filter(here).any(|leaf| units(leaf).sentences);
            let has_paragraphs = leaves
                .iter()
                .filter(here)
                .any(|leaf| units(leaf).paragraphs);
            let mut opened = Vec::with_capacity(leaves.len());
            for leaf in leaves {
                let slots = leaf.slots.iter().filter(|_| leaf.may_match_in(&text));
                let slots = slots.map(|slot| open_in_part(slot, part, reader));
                opened.push(slots.collect::<tantivy::Result<_>>()?);
            }
            parts.push(PartPostings {
                part,
                leaves: opened,
                sentences: mark(has_sentences, SENTENCE_MARK)?,
                paragraphs: mark(has_paragraphs, PARAGRAPH_MARK)?,
            });
        }
        Ok(Self { parts })
    }

    /// Returns for each leaf its matches in `part` of an article, without its words.
    pub(crate) fn find(&mut self, leaves: &[Leaf<'_>], part: Part, doc: DocId) -> PartMatches {
        let mut spans = vec![Vec::new(); leaves.len()];
        if let Some(postings) = self.parts.iter_mut().find(|known| known.part == part) {
            let mut places = Places {
                slots: Vec::new(),
                sentences: positions(&mut postings.sentences, doc),
                paragraphs: positions(&mut postings.paragraphs, doc),
            };
            let all = leaves.iter().zip(&mut postings.leaves).zip(&mut spans);
            for ((leaf, slots), spans) in all {
                places.slots = slots.iter_mut().map(|slot| positions(slot, doc)).collect();
                if !places.slots.iter().all(Vec::is_empty) {
                    *spans = find(&leaf.spans, &places);
                }
            }
        }
        PartMatches {
            words: Vec::new(),
            spans,
        }
    }
}

fn positions(postings: &mut Option<SlotPostings>, doc: DocId) -> Vec<u32> {
    let mut positions = Vec::new();
    if let Some(postings) = postings
        && postings.seek(doc) == doc
    {
        postings.positions(&mut positions);
    }
    positions
}

/// Finds in `text` the words of the leaves that are `shown`.
pub(crate) fn locate(matches: &mut PartMatches, shown: &[bool], leaves: &[Leaf<'_>], text: &str) {
    let slots = |leaf: &Leaf<'_>| vec![Vec::new(); leaf.slots.len()];
    matches.words = leaves.iter().map(slots).collect();
    let mut wanted: Vec<(u32, usize, usize)> = Vec::new();
    for (leaf, spans) in matches
        .spans
        .iter()
        .enumerate()
        .filter(|(leaf, _)| shown[*leaf])
    {
        let traced = spans.iter().flat_map(|span: &Traced| &span.words);
        wanted.extend(traced.map(|(slot, position)| (*position, leaf, *slot)));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let mut places = TokenOffsets::new(text);
    for (position, leaf, slot) in wanted {
        let Some(range) = places.place_of(position) else {
            break;
        };
        matches.words[leaf][slot].push(Found { range, position });
    }
}

/// Returns whether the postings say all that is needed of the slots of `leaves`, of few or many
/// articles.
pub(crate) fn tells_all(leaves: &[Leaf<'_>], is_for_many: bool) -> bool {
    let mut slots = leaves.iter().flat_map(|leaf| &leaf.slots);
    slots.all(|slot| is_told(slot, is_for_many))
}
