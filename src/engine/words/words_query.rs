//! Single words joined by AND, OR and NOT: the common query, with pruning.
//!
//! The best hits are searched in windows (`max_score`). Tantivy's block bounds are not used: they
//! hold for its own BM25, not for ours over several parts.

use crate::engine::boosts::proximity::{Pairs, max_bonuses};
use crate::engine::explanation::explanation;
use crate::engine::filters::boolean::Boolean;
use crate::engine::filters::doc_filter::DocFilter;
use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::tuning::Tuning;
use crate::engine::words::deferred_hits::{DeferredHits, Hits};
use crate::engine::words::few_matches;
use crate::engine::words::impact_tier::RareTerms;
use crate::engine::words::max_score::MaxScore;
use crate::engine::words::needed::Needed;
use crate::engine::words::scorer::WordsScorer;
use crate::engine::words::word_scorer::WordScorer;
use crate::plan::cache::segment_term::{Scope, len_of};
use crate::plan::slot::Slot;
use crate::schema::Part;
use std::sync::Arc;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Result, Score, SegmentReader, TERMINATED};

/// A word and the factor of its score, more than 0.
pub(crate) type Weighted = (Slot, f32);

/// Finds the articles with all or any of some words in any of the parts.
#[derive(Debug, Clone)]
pub(crate) struct WordsQuery {
    words: Vec<Weighted>,
    /// Which articles match, if the words alone do not decide.
    among: Option<Boolean<Arc<dyn Query>>>,
    parts: Vec<Part>,
    needed: Needed,
    has_proximity: bool,
    filter: Option<Arc<dyn DocFilter>>,
    /// Whether every article that passes `filter` is a hit if its words match.
    is_filtered: bool,
    wanted: usize,
    tuning: &'static Tuning,
}

impl WordsQuery {
    /// Makes the query.
    pub(crate) fn new(
        words: Vec<Weighted>,
        parts: Vec<Part>,
        needed: Needed,
        tuning: &'static Tuning,
    ) -> Self {
        Self {
            words,
            among: None,
            parts,
            needed,
            has_proximity: false,
            filter: None,
            is_filtered: false,
            wanted: 0,
            tuning,
        }
    }

    /// Restricts the hits to these articles. Each must have one of the words.
    #[must_use]
    pub(crate) fn among(mut self, which: Boolean<Arc<dyn Query>>) -> Self {
        self.among = Some(which);
        self
    }

    /// Checks `filter` before an article is scored. Every article that passes it is a hit if its
    /// words match; without a filter all are.
    #[must_use]
    pub(crate) fn with_filter(mut self, filter: Option<Arc<dyn DocFilter>>) -> Self {
        self.filter = filter;
        self.is_filtered = true;
        self
    }

    /// Limits the number of wanted hits. Only used if the filter is known.
    #[must_use]
    pub(crate) fn with_wanted(mut self, wanted: usize) -> Self {
        self.wanted = wanted;
        self
    }

    /// Adds the proximity bonus.
    #[must_use]
    pub(crate) fn with_proximity(mut self) -> Self {
        self.has_proximity = true;
        self
    }
}

impl Query for WordsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        let among = self.among.as_ref();
        let may_defer = self.is_filtered && self.wanted <= self.tuning.max_deferred;
        let mut weight = WordsWeight {
            among: among.map(|which| which.bind(scoring)).transpose()?,
            parts: self.parts.clone(),
            needed: self.needed,
            filter: self.filter.clone(),
            wanted: if may_defer { self.wanted } else { 0 },
            slots: Vec::with_capacity(self.words.len()),
            weights: Vec::with_capacity(self.words.len()),
            max_bonuses: Vec::new(),
            tuning: self.tuning,
        };
        let mut idfs = Vec::with_capacity(self.words.len());
        for (slot, factor) in &self.words {
            let scope = Scope::of(slot, &self.parts);
            let (terms, idf) = SlotTerms::find(slot, scope, scoring, self.tuning)?;
            weight.slots.push(terms);
            weight.weights.push(idf * factor);
            idfs.push(idf);
        }
        if self.has_proximity && scoring.is_scoring_enabled() {
            weight.max_bonuses = max_bonuses(&idfs);
        }
        Ok(Box::new(weight))
    }
}

struct WordsWeight {
    /// Which articles match, if the words alone do not decide.
    among: Option<Boolean<Box<dyn Weight>>>,
    parts: Vec<Part>,
    needed: Needed,
    filter: Option<Arc<dyn DocFilter>>,
    /// How many hits are wanted; 0 if unknown.
    wanted: usize,
    slots: Vec<SlotTerms>,
    /// For each slot, its idf times its weight.
    weights: Vec<f32>,
    /// Greatest proximity bonus of each pair of neighbours.
    max_bonuses: Vec<f32>,
    tuning: &'static Tuning,
}

impl WordsWeight {
    /// Opens the words in a segment; `None` where nothing can match.
    fn open(
        &self,
        reader: &SegmentReader,
        boost: Score,
        rare: RareTerms,
    ) -> Result<Option<Opened>> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            parts.push(FieldNorms::open(*part, reader)?);
        }
        let mut slots = Vec::with_capacity(self.slots.len());
        for (slot, weight) in self.slots.iter().zip(&self.weights) {
            let lists = WordScorer::open(reader, slot, &parts, weight * boost, rare)?;
            if lists.is_empty() && self.needed == Needed::All {
                return Ok(None);
            }
            slots.push(lists);
        }
        let is_empty = slots.iter().all(WordScorer::is_empty);
        Ok((!is_empty).then_some((slots, parts)))
    }

    /// Returns the articles of a segment with the words; `None` if scanning all lists costs more
    /// than looking up the few articles of the rarest word in the others.
    fn matching(&self, reader: &SegmentReader) -> Result<Option<BitSet>> {
        if let Some(docs) = self.docs_among(reader)? {
            return Ok(Some(docs));
        }
        let mut slots = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            slots.push(slot.in_segment(reader)?);
        }
        let lens = slots.iter().map(|slot| len_of(slot.iter()));
        let (rarest, all) = lens.fold((u64::MAX, 0), |(rarest, all), len| {
            (rarest.min(len), all + len)
        });
        if self.needed == Needed::All && slots.len() > 1 && rarest < all / self.tuning.few_ratio {
            return Ok(None);
        }
        let mut matching: Option<BitSet> = None;
        for slot in &slots {
            let is_apart = self.needed == Needed::All;
            let mut here = match matching.take_if(|_| !is_apart) {
                Some(bits) => bits,
                None => BitSet::none(reader.max_doc()),
            };
            here.add_terms(reader, slot.iter())?;
            if let Some(before) = &matching {
                here.intersect(before);
            }
            matching = Some(here);
        }
        Ok(matching)
    }

    /// Returns the matching articles of a segment, if the words alone do not decide.
    fn docs_among(&self, reader: &SegmentReader) -> Result<Option<BitSet>> {
        let among = self.among.as_ref();
        among.map(|which| which.docs(reader)).transpose()
    }

    fn pairs(&self, reader: &SegmentReader, boost: Score) -> Result<Pairs> {
        let in_parts = |slot: &SlotTerms| slot.own_in_parts(&self.parts);
        let slots: Vec<SlotTerms> = self.slots.iter().map(in_parts).collect();
        Pairs::open(reader, &slots, &self.parts, &self.max_bonuses, boost)
    }
}

impl Weight for WordsWeight {
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
        let Some((slots, parts)) = self.open(reader, boost, RareTerms::Joined)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let pairs = if self.max_bonuses.is_empty() {
            None
        } else {
            Some(self.pairs(reader, boost)?)
        };
        let scorer = WordsScorer::new(slots, parts, self.needed, pairs);
        Ok(Box::new(match self.docs_among(reader)? {
            Some(docs) => scorer.among(docs),
            None => scorer,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        explanation(
            self,
            reader,
            doc,
            "BM25F over the parts of the article, words and their closeness",
        )
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Result<()> {
        // Where any of several words will do, hardly any article is looked up.
        let is_passed_through = self.needed == Needed::Any && self.slots.len() > 1;
        let rare = if is_passed_through && self.among.is_none() {
            RareTerms::Apart
        } else {
            RareTerms::Joined
        };
        let Some((mut slots, parts)) = self.open(reader, 1.0, rare)? else {
            return Ok(());
        };
        let filter = self.filter.as_ref().map(|filter| filter.bind_to(reader));
        let mut among = self.docs_among(reader)?;
        let max_doc = reader.max_doc();
        let few = few_matches::find(&slots, self.needed, &mut among, max_doc, self.tuning);
        let hits = Hits {
            reader,
            among,
            filter: filter.transpose()?,
            open_pairs: || self.pairs(reader, 1.0),
            callback,
        };
        let mut best = DeferredHits::new(hits, self.wanted, threshold);
        if let Some(docs) = few {
            let (needed, max_bonuses) = (self.needed, &self.max_bonuses);
            return few_matches::score(&docs, &mut slots, &parts, needed, max_bonuses, &mut best);
        }
        let max_bonuses = self.max_bonuses.clone();
        MaxScore::new(slots, parts, max_doc, max_bonuses, self.needed, self.tuning).run(&mut best)
    }
}

/// The words of a query in a segment, and the lengths of its parts.
type Opened = (Vec<WordScorer>, Vec<FieldNorms>);
