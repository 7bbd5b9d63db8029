//! The terms of a word that count alike in one segment, scored by BM25F.

use crate::engine::postings::bit_set::DocBits;
use crate::engine::postings::block_cursor::FreqList;
use crate::engine::postings::block_postings::FreqBlocks;
use crate::engine::postings::field_norms::PartScale;
use crate::engine::postings::scored_postings::ScoredList;
use crate::plan::cache::segment_term::FoundTerm;
use crate::ranking;
use crate::ranking::impact;
use crate::schema::Part;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Terms of one word that are in no more articles than this are rare: reading so much costs less than asking each of them
/// at every candidate. Tests have few articles.
const RARE_ARTICLES: u32 = if cfg!(test) { 64 } else { 1024 };

/// Lists that score alike. The score of a word in an article is that of the best of its tiers there.
pub struct Tier {
    lists: Vec<FreqList>,
    kind: Kind,
    /// What infinitely many mentions score, divided by [`ranking::MOST`].
    weight: f32,
    /// What no article scores more than.
    most: f32,
}

/// What becomes of the lists of rare terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rare {
    /// They are joined to one, in which articles are soon looked up.
    Joined,
    /// They are gone through as they are.
    Apart,
}

/// What the counts in the lists of a tier are.
pub enum Kind {
    /// Impacts in whole articles.
    Prominent,
    /// Mentions in the text, of which one counts.
    InPassing,
    /// Mentions in the parts at these places, each of which has one list.
    InParts(Vec<usize>),
    /// Nothing: the articles are there with their scores, and no lists.
    Scored(ScoredList),
}

impl Kind {
    /// Returns what is read of the lists.
    fn option(&self) -> IndexRecordOption {
        match self {
            Self::InPassing => IndexRecordOption::Basic,
            _ => IndexRecordOption::WithFreqs,
        }
    }
}

impl Tier {
    /// Goes through the postings of the forms of a pattern.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn of_forms(
        reader: &SegmentReader,
        found: &[&FoundTerm],
        parts: &[PartScale],
        weight: f32,
    ) -> Result<Self> {
        let list = ScoredList::of_forms(reader, found, parts, weight)?;
        Ok(Self {
            most: list.most(),
            lists: Vec::new(),
            kind: Kind::Scored(list),
            weight,
        })
    }

    /// Opens the postings of terms of one kind; `weight` is idf and boost. `None` where there are no terms.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn open(
        reader: &SegmentReader,
        found: &[&FoundTerm],
        (kind, weight): (Kind, f32),
        rare: Rare,
    ) -> Result<Option<Self>> {
        let mut lists = Vec::with_capacity(found.len());
        for in_part in found.chunk_by(|a, b| a.part == b.part) {
            let has_one_list = matches!(kind, Kind::InParts(_));
            let joins = |term: &FoundTerm| {
                has_one_list || (rare == Rare::Joined && term.info.doc_freq <= RARE_ARTICLES)
            };
            let mut together = Vec::new();
            for term in in_part {
                if in_part.len() > 1 && joins(term) {
                    together.push(term.blocks(reader, IndexRecordOption::WithFreqs)?);
                } else {
                    let postings = term.blocks(reader, kind.option())?;
                    let blocks = FreqBlocks::OfTerm(Box::new(postings));
                    lists.push(FreqList::new(blocks));
                }
            }
            if !together.is_empty() {
                let blocks = FreqBlocks::merged(together, reader.max_doc());
                lists.push(FreqList::new(blocks));
            }
        }
        let most = match kind {
            Kind::InPassing => weight * ranking::saturated(impact::most_in_passing()),
            _ => weight * ranking::MOST,
        };
        Ok((!lists.is_empty()).then_some(Self {
            lists,
            kind,
            weight,
            most,
        }))
    }

    /// Returns how many articles have one of the terms at most.
    pub fn articles(&self) -> u32 {
        if let Kind::Scored(list) = &self.kind {
            return list.doc_freq();
        }
        let lists = self.lists.iter().map(FreqList::doc_freq);
        lists.fold(0, u32::saturating_add)
    }

    /// Adds all articles that have one of the terms to `bits`. Only before any was passed.
    pub fn add_to(&self, bits: &mut DocBits) {
        if let Kind::Scored(list) = &self.kind {
            list.add_to(bits);
        }
        self.lists.iter().for_each(|list| list.add_to(bits));
    }

    /// Tells whether it is gone through in the order of articles and comes to each once.
    pub fn has_each_once(&self) -> bool {
        self.lists.len() == 1 || matches!(self.kind, Kind::InParts(_) | Kind::Scored(_))
    }

    /// Tells whether articles that score too little are passed over many at a time.
    pub fn passes_over(&self) -> bool {
        matches!(self.kind, Kind::Prominent | Kind::Scored(_))
    }

    /// Returns a score that no article exceeds.
    pub fn most(&self) -> f32 {
        self.most
    }

    /// Returns the first article from `doc` on that has one of the terms.
    pub fn first_from(&mut self, doc: DocId) -> DocId {
        if let Kind::Scored(list) = &mut self.kind {
            return list.first_from(doc);
        }
        let firsts = self.lists.iter_mut().map(|list| list.first_from(doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// Returns the score in `doc`, 0 where none of the terms stands. Must be asked in the order of articles.
    pub fn score_in(&mut self, doc: DocId, parts: &[PartScale]) -> f32 {
        let mentions = match &mut self.kind {
            Kind::Scored(list) => return list.score_in(doc),
            Kind::Prominent => {
                let impacts = self.lists.iter_mut().map(|list| list.freq_in(doc));
                return self.weight * impact::saturated(impacts.max().unwrap_or(0));
            }
            Kind::InPassing => {
                let is_here = self
                    .lists
                    .iter_mut()
                    .any(|list| list.first_from(doc) == doc);
                let body = scale_of(Part::Body, parts).filter(|_| is_here);
                return body.map_or(0.0, |body| self.weight * body.saturated(doc));
            }
            Kind::InParts(places) => {
                let mut mentions = 0.0;
                for (list, place) in self.lists.iter_mut().zip(places.iter()) {
                    let freq = list.freq_in(doc);
                    if freq > 0
                        && let Some(scale) = parts.get(*place)
                    {
                        mentions += scale.mentions(freq, doc);
                    }
                }
                mentions
            }
        };
        self.weight * ranking::saturated(mentions)
    }

    /// Calls `each` with all articles before `end` that were not passed yet, and with the score in each; it may leave out
    /// those that do not score more than `above`.
    pub fn for_each_before(
        &mut self,
        (above, end): (f32, DocId),
        parts: &[PartScale],
        mut each: impl FnMut(DocId, f32),
    ) {
        let weight = self.weight;
        match &mut self.kind {
            Kind::Scored(list) => list.for_each_before((above, end), each),
            Kind::Prominent => {
                let mentions = ranking::mentions_below(above, weight);
                let passed = mentions.map_or(impact::HIGHEST, impact::up_to);
                for list in &mut self.lists {
                    let mut score = |doc, step| each(doc, weight * impact::saturated(step));
                    if passed > 0 {
                        list.for_each_frequent(passed + 1, end, score);
                    } else {
                        list.for_each_before(end, &mut score);
                    }
                }
            }
            Kind::InPassing => {
                if let Some(body) = scale_of(Part::Body, parts) {
                    let saturated = body.saturated_in_many();
                    for list in &mut self.lists {
                        list.for_each_doc_before(end, |doc| {
                            each(doc, weight * saturated(doc));
                        });
                    }
                }
            }
            Kind::InParts(places) => {
                // Each article needs all its parts at once.
                loop {
                    let nexts = self.lists.iter().map(FreqList::next);
                    let Some(doc) = nexts.min().filter(|doc| *doc < end) else {
                        break;
                    };
                    let mut mentions = 0.0;
                    for (list, place) in self.lists.iter_mut().zip(places.iter()) {
                        if list.next() == doc {
                            let freq = list.take();
                            let scale = parts.get(*place);
                            mentions += scale.map_or(0.0, |scale| scale.mentions(freq, doc));
                        }
                    }
                    each(doc, weight * ranking::saturated(mentions));
                }
            }
        }
    }
}

fn scale_of(part: Part, parts: &[PartScale]) -> Option<&PartScale> {
    parts.iter().find(|scale| scale.part() == part)
}
