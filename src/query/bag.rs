//! Single words, all or any of them: the common query, with pruning.
//!
//! A document is scored only where a bound says that it could pass the score to beat. A word cannot score more than
//! its saturated weight, so some words need not be looked for at all (as in `MaxScore`), and a word with few mentions
//! scores less, so the lists of the others are passed over by the counts of their blocks. The bounds that the engine
//! keeps of each block hold for its own BM25 only, not for ours over several parts.

mod candidates;
mod scorer;

use super::doc_bits::DocBits;
use super::doc_filter::DocFilter;
use super::found_slot::{FoundSlot, FoundTerm};
use super::part_scale::PartScale;
use super::phrase::explanation;
use super::plan::Slot;
use super::proximity::{Pairs, pair_gains};
use super::slot_lists::SlotLists;
use crate::schema::Part;
use candidates::Bag;
use scorer::BagScorer;
use std::sync::Arc;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Result, Score, SegmentReader, TERMINATED};

/// Which of the words must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// All of them.
    All,
    /// At least one.
    Any,
}

/// Finds the articles with all or any of some words in any of the parts.
#[derive(Debug, Clone)]
pub struct BagQuery {
    slots: Vec<Slot>,
    parts: Vec<Part>,
    needed: Needed,
    has_proximity: bool,
    filter: Option<Arc<dyn DocFilter>>,
}

impl BagQuery {
    /// Makes the query.
    pub fn new(slots: Vec<Slot>, parts: Vec<Part>, needed: Needed) -> Self {
        Self {
            slots,
            parts,
            needed,
            has_proximity: false,
            filter: None,
        }
    }

    /// Asks `filter` before an article is scored.
    #[must_use]
    pub fn with_filter(mut self, filter: Option<Arc<dyn DocFilter>>) -> Self {
        self.filter = filter;
        self
    }

    /// Lets words that stand near each other add to the score.
    #[must_use]
    pub fn with_proximity(mut self) -> Self {
        self.has_proximity = true;
        self
    }
}

impl Query for BagQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let mut weight = BagWeight {
            parts: self.parts.clone(),
            needed: self.needed,
            filter: self.filter.clone(),
            slots: Vec::with_capacity(self.slots.len()),
            idfs: vec![0.0; self.slots.len()],
            gains: Vec::new(),
            scales: Vec::with_capacity(self.parts.len()),
            is_scored: false,
        };
        let EnableScoring::Enabled {
            searcher,
            statistics_provider: statistics,
        } = scoring
        else {
            weight
                .slots
                .extend(self.slots.iter().map(FoundSlot::unscored));
            let scales = self
                .parts
                .iter()
                .map(|part| PartScale::of_average(*part, 1.0));
            weight.scales.extend(scales);
            return Ok(Box::new(weight));
        };
        weight.is_scored = true;
        let doc_count = statistics.total_num_docs()?;
        for (slot, idf) in self.slots.iter().zip(&mut weight.idfs) {
            let found = FoundSlot::find(slot, &self.parts, searcher)?;
            *idf = found.idf(doc_count);
            weight.slots.push(found);
        }
        for part in &self.parts {
            weight.scales.push(PartScale::of(*part, statistics)?);
        }
        if self.has_proximity {
            weight.gains = pair_gains(&weight.idfs);
        }
        Ok(Box::new(weight))
    }
}

struct BagWeight {
    parts: Vec<Part>,
    needed: Needed,
    filter: Option<Arc<dyn DocFilter>>,
    slots: Vec<FoundSlot>,
    /// By slot.
    idfs: Vec<f32>,
    /// What each pair of neighbours adds at most.
    gains: Vec<f32>,
    scales: Vec<PartScale>,
    is_scored: bool,
}

impl BagWeight {
    /// Opens the words in a segment; `None` where nothing can match.
    fn bag(&self, reader: &SegmentReader, boost: Score) -> Result<Option<Bag>> {
        let mut scales = Vec::with_capacity(self.scales.len());
        for scale in &self.scales {
            scales.push(scale.bind(reader, self.is_scored)?);
        }
        let mut slots = Vec::with_capacity(self.slots.len());
        for (slot, idf) in self.slots.iter().zip(&self.idfs) {
            let found = slot.in_segment(&self.parts, reader)?;
            if found.is_empty() && self.needed == Needed::All {
                return Ok(None);
            }
            slots.push(SlotLists::open(reader, &found, idf * boost)?);
        }
        if slots.iter().all(SlotLists::is_empty) {
            return Ok(None);
        }
        let gains = self.gains.iter().map(|gain| gain * boost).collect();
        Ok(Some(Bag::new(slots, scales, gains, self.needed)))
    }

    /// Returns the articles of a segment with the words; `None` where going through the lists of all takes longer than
    /// looking for the few articles of the rarest word in the others.
    fn matching(&self, reader: &SegmentReader) -> Result<Option<DocBits>> {
        let mut slots = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            slots.push(slot.in_segment(&self.parts, reader)?);
        }
        let lens = slots.iter().map(|slot| len_of(slot));
        let (rarest, all) = lens.fold((u64::MAX, 0), |(rarest, all), len| {
            (rarest.min(len), all + len)
        });
        if self.needed == Needed::All && slots.len() > 1 && rarest < all / FEW {
            return Ok(None);
        }
        let mut matching: Option<DocBits> = None;
        for slot in &slots {
            let is_apart = self.needed == Needed::All;
            let mut here = match matching.take_if(|_| !is_apart) {
                Some(bits) => bits,
                None => DocBits::none(reader.max_doc()),
            };
            for term in slot.iter() {
                let inverted = reader.inverted_index(term.field)?;
                let mut list = inverted
                    .read_block_postings_from_terminfo(&term.info, IndexRecordOption::Basic)?;
                here.add(&mut list);
            }
            if let Some(before) = &matching {
                here.keep(before);
            }
            matching = Some(here);
        }
        Ok(matching)
    }

    fn pairs(&self, reader: &SegmentReader, boost: Score) -> Result<Pairs> {
        Pairs::open(reader, (&self.slots, &self.parts), &self.gains, boost)
    }
}

/// Where the rarest of several words has less than this part of all their articles, only its own are looked at.
const FEW: u64 = 8;

/// Returns how many articles the terms of a slot have at most.
fn len_of(slot: &[FoundTerm]) -> u64 {
    let terms = slot.iter();
    terms.map(|term| u64::from(term.info.doc_freq)).sum()
}

impl Weight for BagWeight {
    fn for_each_no_score(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(&[DocId]),
    ) -> Result<()> {
        if let Some(matching) = self.matching(reader)? {
            matching.for_each(callback);
            return Ok(());
        }
        let mut scorer = self.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED {
            callback(&[scorer.doc()]);
            scorer.advance();
        }
        Ok(())
    }

    fn count(&self, reader: &SegmentReader) -> Result<u32> {
        let mut count = 0;
        self.for_each_no_score(reader, &mut |docs| {
            let alive = docs.iter().filter(|doc| !reader.is_deleted(**doc));
            count += alive.map(|_| 1).sum::<u32>();
        })?;
        Ok(count)
    }

    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        let Some(bag) = self.bag(reader, boost)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let pairs = if self.gains.is_empty() {
            None
        } else {
            Some(self.pairs(reader, boost)?)
        };
        Ok(Box::new(BagScorer::new(bag, pairs)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(
            self.scorer(reader, 1.0)?,
            doc,
            "BM25F over the parts of the article, words and their closeness",
        )
    }

    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        let Some(mut bag) = self.bag(reader, 1.0)? else {
            return Ok(());
        };
        let filter = self.filter.as_ref().map(|filter| filter.bind_to(reader));
        let filter = filter.transpose()?;
        let mut pairs = None;
        bag.raise(threshold, 0);
        let mut doc = bag.first();
        while doc != TERMINATED {
            let is_wanted = filter.as_ref().is_none_or(|accepts| accepts(doc));
            if is_wanted && let Some((mut score, gain)) = bag.score(doc, threshold) {
                if gain > 0.0 {
                    // Positions are opened only in segments where closeness decides.
                    let pairs = match &mut pairs {
                        Some(pairs) => pairs,
                        none => none.insert(self.pairs(reader, 1.0)?),
                    };
                    score += pairs.gain(doc);
                }
                if score > threshold {
                    let raised = callback(doc, score);
                    if raised > threshold {
                        threshold = raised;
                        bag.raise(threshold, doc);
                    }
                }
            }
            doc = bag.pass(doc);
        }
        Ok(())
    }
}
