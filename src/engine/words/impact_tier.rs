//! Terms of a word that share one upper bound in one segment, scored by BM25F.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::block_cursor::BlockCursor;
use crate::engine::postings::block_postings::BlockPostings;
use crate::engine::postings::field_norms::FieldNorms;
use crate::engine::postings::scored_postings::ScoredPostings;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::SegmentTerm;
use crate::ranking;
use crate::ranking::impact;
use crate::schema::Part;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Postings with one upper bound. The score of a word in an article is its best over the tiers.
pub(crate) struct ImpactTier {
    lists: Vec<BlockCursor>,
    kind: TierKind,
    /// The limit of the score for infinitely many mentions, divided by [`ranking::MOST`].
    weight: f32,
    /// Upper bound of the score.
    max_score: f32,
}

/// How the postings of rare terms are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RareTerms {
    /// They are merged into one list, in which look-ups are fast.
    Joined,
    /// They are scanned as they are.
    Apart,
}

/// The meaning of the frequencies in a tier's postings.
pub(crate) enum TierKind {
    /// Impacts in whole articles.
    WithImpact,
    /// Mentions in the body, of which one counts.
    SingleMention,
    /// Mentions in the parts at these places, each of which has one list.
    InParts(Vec<usize>),
    /// None: articles are stored with their scores.
    Scored(ScoredPostings),
}

impl TierKind {
    /// Returns what to read from the postings.
    fn option(&self) -> IndexRecordOption {
        match self {
            Self::SingleMention => IndexRecordOption::Basic,
            _ => IndexRecordOption::WithFreqs,
        }
    }
}

impl ImpactTier {
    /// Goes through the postings of the forms of a pattern.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn of_forms(
        reader: &SegmentReader,
        found: &[&SegmentTerm],
        parts: &[FieldNorms],
        weight: f32,
        tuning: &Tuning,
    ) -> Result<Self> {
        let list = ScoredPostings::of_forms(reader, found, parts, weight, tuning)?;
        Ok(Self {
            max_score: list.max_score(),
            lists: Vec::new(),
            kind: TierKind::Scored(list),
            weight,
        })
    }

    /// Opens the postings of terms of one kind; `weight` is idf and boost. `None` where there are
    /// no terms.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        found: &[&SegmentTerm],
        kind: TierKind,
        weight: f32,
        rare: RareTerms,
        tuning: &Tuning,
    ) -> Result<Option<Self>> {
        let mut lists = Vec::with_capacity(found.len());
        for in_part in found.chunk_by(|a, b| a.part == b.part) {
            let has_one_list = matches!(kind, TierKind::InParts(_));
            let joins = |term: &SegmentTerm| {
                has_one_list
                    || (rare == RareTerms::Joined && term.info.doc_freq <= tuning.rare_docs)
            };
            let mut together = Vec::new();
            for term in in_part {
                if in_part.len() > 1 && joins(term) {
                    together.push(term.blocks(reader, IndexRecordOption::WithFreqs)?);
                } else {
                    let postings = term.blocks(reader, kind.option())?;
                    let blocks = BlockPostings::OfTerm(Box::new(postings));
                    lists.push(BlockCursor::new(blocks));
                }
            }
            if !together.is_empty() {
                let blocks = BlockPostings::merged(together, reader.max_doc(), tuning);
                lists.push(BlockCursor::new(blocks));
            }
        }
        let max_score = match kind {
            TierKind::SingleMention => weight * ranking::saturated(impact::most_in_passing()),
            _ => weight * ranking::MOST,
        };
        Ok((!lists.is_empty()).then_some(Self {
            lists,
            kind,
            weight,
            max_score,
        }))
    }

    /// Returns an upper bound of the number of articles with one of the terms.
    pub(crate) fn articles(&self) -> u32 {
        if let TierKind::Scored(list) = &self.kind {
            return list.doc_freq();
        }
        let lists = self.lists.iter().map(BlockCursor::doc_freq);
        lists.fold(0, u32::saturating_add)
    }

    /// Adds all articles with one of the terms to `bits`. Must be called before any was consumed.
    pub(crate) fn add_to(&self, bits: &mut BitSet) {
        if let TierKind::Scored(list) = &self.kind {
            list.add_to(bits);
        }
        self.lists.iter().for_each(|list| list.add_to(bits));
    }

    /// Returns whether a scan visits the articles in order, each once.
    pub(crate) fn has_each_once(&self) -> bool {
        self.lists.len() == 1 || matches!(self.kind, TierKind::InParts(_) | TierKind::Scored(_))
    }

    /// Returns whether blocks of articles that score too little are skipped as a whole.
    pub(crate) fn passes_over(&self) -> bool {
        matches!(self.kind, TierKind::WithImpact | TierKind::Scored(_))
    }

    /// Returns a score that no article exceeds.
    pub(crate) fn max_score(&self) -> f32 {
        self.max_score
    }

    /// Returns the first article from `doc` on that has one of the terms.
    pub(crate) fn seek(&mut self, doc: DocId) -> DocId {
        if let TierKind::Scored(list) = &mut self.kind {
            return list.seek(doc);
        }
        let firsts = self.lists.iter_mut().map(|list| list.seek(doc));
        firsts.min().unwrap_or(TERMINATED)
    }

    /// Returns the score in `doc`, 0 where none of the terms stands. Must be called in ascending
    /// order of articles.
    pub(crate) fn score_in(&mut self, doc: DocId, parts: &[FieldNorms]) -> f32 {
        let mentions = match &mut self.kind {
            TierKind::Scored(list) => return list.score_in(doc),
            TierKind::WithImpact => {
                let impacts = self.lists.iter_mut().map(|list| list.freq_in(doc));
                return self.weight * impact::saturated(impacts.max().unwrap_or(0));
            }
            TierKind::SingleMention => {
                let is_here = self.lists.iter_mut().any(|list| list.seek(doc) == doc);
                let body = norms_of(Part::Body, parts).filter(|_| is_here);
                return body.map_or(0.0, |body| self.weight * body.saturated(doc));
            }
            TierKind::InParts(places) => {
                let mut mentions = 0.0;
                for (list, place) in self.lists.iter_mut().zip(places.iter()) {
                    let freq = list.freq_in(doc);
                    if freq > 0
                        && let Some(norms) = parts.get(*place)
                    {
                        mentions += norms.mentions(freq, doc);
                    }
                }
                mentions
            }
        };
        self.weight * ranking::saturated(mentions)
    }

    /// Calls `each` with the next articles before `end` and their scores. Those that score at most
    /// `above` may be left out.
    pub(crate) fn for_each_before(
        &mut self,
        above: f32,
        end: DocId,
        parts: &[FieldNorms],
        mut each: impl FnMut(DocId, f32),
    ) {
        let weight = self.weight;
        match &mut self.kind {
            TierKind::Scored(list) => list.for_each_before(above, end, each),
            TierKind::WithImpact => {
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
            TierKind::SingleMention => {
                if let Some(body) = norms_of(Part::Body, parts) {
                    let saturated = body.saturated_in_many();
                    for list in &mut self.lists {
                        list.for_each_doc_before(end, |doc| {
                            each(doc, weight * saturated(doc));
                        });
                    }
                }
            }
            TierKind::InParts(places) => {
                // Each article needs all its parts at once.
                loop {
                    let nexts = self.lists.iter().map(BlockCursor::next);
                    let Some(doc) = nexts.min().filter(|doc| *doc < end) else {
                        break;
                    };
                    let mut mentions = 0.0;
                    for (list, place) in self.lists.iter_mut().zip(places.iter()) {
                        if list.next() == doc {
                            let freq = list.take();
                            let norms = parts.get(*place);
                            mentions += norms.map_or(0.0, |norms| norms.mentions(freq, doc));
                        }
                    }
                    each(doc, weight * ranking::saturated(mentions));
                }
            }
        }
    }
}

fn norms_of(part: Part, parts: &[FieldNorms]) -> Option<&FieldNorms> {
    parts.iter().find(|norms| norms.part() == part)
}
