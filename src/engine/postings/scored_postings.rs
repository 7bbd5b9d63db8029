//! Articles that have any form of a pattern, each with its score.

use crate::engine::postings::bit_set::BitSet;
use crate::engine::postings::field_norms::FieldNorms;
use crate::plan::cache::segment_term::{BLOCK, SegmentTerm, len_of};
use crate::ranking;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// Postings that together are fewer than one in so many articles are sorted; of others each article has a place.
const SPARSE: u64 = 16;

/// Articles in their order, with their scores. Can be scanned or looked up, always forward.
pub struct ScoredList {
    docs: Vec<DocId>,
    /// Of each article.
    scores: Vec<f32>,
    most: f32,
    /// The place of the next article.
    at: usize,
}

impl ScoredList {
    /// Goes through the postings of all forms, of which a position has one only, so that their mentions add up; `weight` is
    /// idf and boost. Costs some nanoseconds for each posting and, where there are many, 5 bytes for each article of the
    /// segment while it lasts.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub fn of_forms(
        reader: &SegmentReader,
        found: &[&SegmentTerm],
        parts: &[FieldNorms],
        weight: f32,
    ) -> Result<Self> {
        let postings = len_of(found.iter().copied());
        let (docs, mut scores) = if postings * SPARSE < u64::from(reader.max_doc()) {
            by_sorting(reader, found, parts)?
        } else {
            by_place(reader, found, parts)?
        };
        for score in &mut scores {
            *score = weight * ranking::saturated(*score);
        }
        Ok(Self {
            most: scores.iter().copied().fold(0.0, f32::max),
            docs,
            scores,
            at: 0,
        })
    }

    /// Adds all articles to `bits`.
    pub fn add_to(&self, bits: &mut BitSet) {
        self.docs.iter().for_each(|doc| bits.insert(*doc));
    }

    /// Returns the number of articles.
    pub fn doc_freq(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }

    /// Returns the best score.
    pub fn max_score(&self) -> f32 {
        self.most
    }

    /// Returns the first article from `doc` on. Must be called in ascending order of articles.
    pub fn seek(&mut self, doc: DocId) -> DocId {
        if self.next() < doc {
            let rest = self.docs.get(self.at..).unwrap_or_default();
            self.at += rest.partition_point(|here| *here < doc);
        }
        self.next()
    }

    /// Returns the score of `doc`, 0 if it is not there. Must be called in ascending order of
    /// articles.
    pub fn score_in(&mut self, doc: DocId) -> f32 {
        let is_here = self.seek(doc) == doc;
        let score = self.scores.get(self.at).filter(|_| is_here);
        score.copied().unwrap_or_default()
    }

    /// Calls `each` with the articles before `end` that were not passed yet and that score more than `above`.
    pub fn for_each_before(
        &mut self,
        (above, end): (f32, DocId),
        mut each: impl FnMut(DocId, f32),
    ) {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        let count = rest.partition_point(|doc| *doc < end);
        let scores = self.scores.get(self.at..).unwrap_or_default();
        for (doc, score) in rest.iter().zip(scores).take(count) {
            if *score > above {
                each(*doc, *score);
            }
        }
        self.at += count;
    }

    fn next(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }
}

/// Calls `each` with the blocks of postings of the terms: with the articles, how often they have the term, and the lengths
/// of the part that it is in.
fn for_each_block(
    reader: &SegmentReader,
    found: &[&SegmentTerm],
    parts: &[FieldNorms],
    mut each: impl FnMut(&[DocId], &[u32], &FieldNorms),
) -> Result<()> {
    for of_field in found.chunk_by(|a, b| a.field == b.field && a.part == b.part) {
        let [SegmentTerm { field, part, .. }, ..] = of_field else {
            continue;
        };
        let Some(scale) = parts.get(*part) else {
            continue;
        };
        let inverted = reader.inverted_index(*field)?;
        for term in of_field {
            let option = IndexRecordOption::WithFreqs;
            let mut list = inverted.read_block_postings_from_terminfo(&term.info, option)?;
            loop {
                each(list.docs(), list.freqs(), scale);
                if list.block_len() < BLOCK {
                    break;
                }
                list.advance();
            }
        }
    }
    Ok(())
}

/// Articles, and what their mentions count.
type Counted = (Vec<DocId>, Vec<f32>);

/// Makes the list where there are few postings.
pub(crate) fn by_sorting(
    reader: &SegmentReader,
    found: &[&SegmentTerm],
    parts: &[FieldNorms],
) -> Result<Counted> {
    let mut counted: Vec<(DocId, f32)> = Vec::new();
    for_each_block(reader, found, parts, |docs, freqs, scale| {
        let postings = docs.iter().zip(freqs);
        counted.extend(postings.map(|(doc, freq)| (*doc, scale.mentions(*freq, *doc))));
    })?;
    // A stable sort finds the lists, which are sorted, and merges them.
    counted.sort_by_key(|(doc, _)| *doc);
    counted.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    Ok(counted.into_iter().unzip())
}

/// Makes the list where there are many.
pub(crate) fn by_place(
    reader: &SegmentReader,
    found: &[&SegmentTerm],
    parts: &[FieldNorms],
) -> Result<Counted> {
    let mut all = vec![0.0_f32; reader.max_doc() as usize];
    let mut is_there = BitSet::none(reader.max_doc());
    let mut most = 0;
    for_each_block(reader, found, parts, |docs, freqs, scale| {
        add_block((docs, freqs), &scale.mentions_in_many(), &mut all);
        for doc in docs {
            is_there.insert(*doc);
        }
        most += docs.len();
    })?;
    let most = most.min(all.len());
    let (mut docs, mut counted) = (Vec::with_capacity(most), Vec::with_capacity(most));
    is_there.for_each(&mut |some| {
        docs.extend_from_slice(some);
        counted.extend(some.iter().map(|doc| all[*doc as usize]));
    });
    Ok((docs, counted))
}

/// Adds what the mentions in a block of articles count to what is known of `all`. A call of its own, so that all it needs
/// stays in registers.
#[inline(never)]
fn add_block(
    (docs, freqs): (&[DocId], &[u32]),
    mentions: &impl Fn(u32, DocId) -> f32,
    all: &mut [f32],
) {
    for (doc, freq) in docs.iter().zip(freqs) {
        if let Some(known) = all.get_mut(*doc as usize) {
            *known += mentions(*freq, *doc);
        }
    }
}
