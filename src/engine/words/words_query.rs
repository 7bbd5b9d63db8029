//! Single words joined by AND, OR and NOT: the common query, with pruning.
//!
//! The best hits are searched in windows (`max_score`). Tantivy's block bounds are not used: they
//! hold for its own BM25, not for ours over several parts.

use crate::engine::boosts::proximity::{Pairs, pair_gains};
use crate::engine::explanation::explanation;
use crate::engine::filters::boolean::Boolean;
use crate::engine::filters::doc_filter::DocFilter;
use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::words::deferred_hits::{DeferredHits, Hits};
use crate::engine::words::few_matches;
use crate::engine::words::few_matches::FewMatches;
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
}

impl WordsQuery {
    /// Makes the query.
    pub(crate) fn new(words: Vec<Weighted>, parts: Vec<Part>, needed: Needed) -> Self {
        Self {
            words,
            among: None,
            parts,
            needed,
            has_proximity: false,
            filter: None,
            is_filtered: false,
            wanted: 0,
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
        let mut weight = WordsWeight {
            among: among.map(|which| which.bind(scoring)).transpose()?,
            parts: self.parts.clone(),
            needed: self.needed,
            filter: self.filter.clone(),
            wanted: if self.is_filtered { self.wanted } else { 0 },
            slots: Vec::with_capacity(self.words.len()),
            weights: vec![0.0; self.words.len()],
            gains: Vec::new(),
        };
        let EnableScoring::Enabled {
            searcher,
            statistics_provider: statistics,
        } = scoring
        else {
            let words = self.words.iter();
            let unscored =
                words.map(|(slot, _)| SlotTerms::unscored(slot, Scope::of(slot, &self.parts)));
            weight.slots.extend(unscored);
            return Ok(Box::new(weight));
        };
        let doc_count = statistics.total_num_docs()?;
        let mut idfs = Vec::with_capacity(self.words.len());
        for ((slot, factor), weight_of) in self.words.iter().zip(&mut weight.weights) {
            let found = SlotTerms::find(slot, Scope::of(slot, &self.parts), searcher)?;
            let idf = found.idf(doc_count);
            *weight_of = idf * factor;
            idfs.push(idf);
            weight.slots.push(found);
        }
        if self.has_proximity {
            weight.gains = pair_gains(&idfs);
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
    gains: Vec<f32>,
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
            let lists = WordScorer::open(reader, slot, &parts, (weight * boost, rare))?;
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
        if self.needed == Needed::All && slots.len() > 1 && rarest < all / FEW {
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
                here.keep(before);
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
        Pairs::open(reader, (&slots, &self.parts), &self.gains, boost)
    }
}

/// If the rarest of several words has less than this share of all their articles, only its own are
/// visited.
const FEW: u64 = 8;

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
        let pairs = if self.gains.is_empty() {
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
            self.scorer(reader, 1.0)?,
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
        let Some((slots, parts)) = self.open(reader, 1.0, rare)? else {
            return Ok(());
        };
        let filter = self.filter.as_ref().map(|filter| filter.bind_to(reader));
        let mut among = self.docs_among(reader)?;
        let few = few_matches::of(&slots, (self.needed, &mut among), reader.max_doc());
        let hits = Hits {
            reader,
            among,
            filter: filter.transpose()?,
            open_pairs: || self.pairs(reader, 1.0),
            callback,
        };
        let mut best = DeferredHits::new(hits, self.wanted, threshold);
        if let Some(docs) = few {
            let words = (self.needed, self.gains.as_slice());
            return FewMatches::new(docs, (slots, parts), words).run(&mut best);
        }
        let opened = (slots, parts, reader.max_doc());
        MaxScore::new(opened, self.gains.clone(), self.needed).run(&mut best)
    }
}

/// The words of a query in a segment, and the lengths of its parts.
type Opened = (Vec<WordScorer>, Vec<FieldNorms>);
