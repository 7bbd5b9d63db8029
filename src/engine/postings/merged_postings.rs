//! The postings of the forms of a pattern as one list that knows which forms each document has.

use crate::engine::postings::postings_union::PostingsUnion;
use crate::engine::tuning::Tuning;
use crate::plan::cache::segment_term::{SegmentTerm, len_of};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Result, SegmentReader, TERMINATED};

/// The documents of one segment with any of many terms, each once, with how often the terms stand
/// in it and which they are. Making it goes through all postings twice; afterwards the number of
/// terms costs nothing.
pub(crate) struct MergedPostings {
    docs: Vec<DocId>,
    counts: Vec<Counts>,
    /// Where the sources of each document end.
    ends: Vec<usize>,
    /// The numbers of the terms, document after document.
    sources: Vec<u32>,
    at: usize,
}

/// What one document has of the terms.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// How often they stand there, all together: a position has one form only.
    freq: u32,
    /// How many of them it has.
    terms: usize,
}

impl MergedPostings {
    /// Merges the postings of terms.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn of(
        reader: &SegmentReader,
        terms: &[&SegmentTerm],
        tuning: &Tuning,
    ) -> Result<Self> {
        let max_doc = reader.max_doc();
        let join = |a: Counts, b: Counts| Counts {
            freq: a.freq.saturating_add(b.freq),
            terms: a.terms + b.terms,
        };
        let postings = len_of(terms.iter().copied());
        let mut union = PostingsUnion::new(postings, max_doc, tuning, join);
        for term in terms {
            term.for_each_block(reader, IndexRecordOption::WithFreqs, |docs, freqs| {
                union.add(docs, freqs, |freq, _| Counts { freq, terms: 1 });
            })?;
        }
        let (docs, counts) = union.finish();
        let mut ends = Vec::with_capacity(docs.len());
        // Where the next source of each document goes.
        let mut nexts = vec![0_usize; max_doc as usize];
        let mut end = 0;
        for (doc, counts) in docs.iter().zip(&counts) {
            nexts[*doc as usize] = end;
            end += counts.terms;
            ends.push(end);
        }
        let mut sources = vec![0; end];
        for (number, term) in (0..).zip(terms) {
            term.for_each_block(reader, IndexRecordOption::Basic, |docs, _| {
                for doc in docs {
                    let next = &mut nexts[*doc as usize];
                    sources[*next] = number;
                    *next += 1;
                }
            })?;
        }
        Ok(Self {
            docs,
            counts,
            ends,
            sources,
            at: 0,
        })
    }

    /// Returns the current article.
    pub(crate) fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Returns how often the terms stand in the current article.
    pub(crate) fn freq(&self) -> u32 {
        self.counts.get(self.at).map_or(0, |counts| counts.freq)
    }

    /// Returns the numbers of the terms that stand in the current article.
    pub(crate) fn sources(&self) -> &[u32] {
        let terms = self.counts.get(self.at).map_or(0, |counts| counts.terms);
        let end = self.ends.get(self.at).copied().unwrap_or_default();
        self.sources.get(end - terms..end).unwrap_or_default()
    }

    /// Goes to the next article.
    pub(crate) fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    /// Goes to the first article from `target` on.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    /// Returns how many articles there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}
