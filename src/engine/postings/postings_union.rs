//! The union of many postings lists.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// The articles of one segment with any of many terms, each once, with how often the terms stand in it and
/// which they are. Making it goes through all postings twice; afterwards the number of terms costs nothing.
pub(crate) struct MergedPostings {
    docs: Vec<DocId>,
    /// How often the terms stand in each article, all together: a position has one form only.
    freqs: Vec<u32>,
    /// Where the sources of each article begin, and behind the last where they end.
    starts: Vec<usize>,
    /// The numbers of the terms.
    sources: Vec<u32>,
    at: usize,
}

impl MergedPostings {
    /// Merges the lists of a segment with `max_doc` articles.
    pub(crate) fn of(lists: &[SegmentPostings], max_doc: DocId) -> Self {
        let mut freqs = vec![0_u32; max_doc as usize];
        let mut counts = vec![0_usize; max_doc as usize];
        for list in lists {
            for_each(list, |doc, freq| {
                freqs[doc as usize] = freqs[doc as usize].saturating_add(freq);
                counts[doc as usize] += 1;
            });
        }
        let docs: Vec<DocId> = (0..max_doc)
            .filter(|doc| counts[*doc as usize] > 0)
            .collect();
        let mut starts = Vec::with_capacity(docs.len() + 1);
        let mut end = 0;
        for doc in &docs {
            starts.push(end);
            // From here on it is where the next source of the article goes.
            let count = std::mem::replace(&mut counts[*doc as usize], end);
            end += count;
        }
        starts.push(end);
        let mut sources = vec![0; end];
        for (number, list) in (0..).zip(lists) {
            for_each(list, |doc, _| {
                sources[counts[doc as usize]] = number;
                counts[doc as usize] += 1;
            });
        }
        Self {
            freqs: docs.iter().map(|doc| freqs[*doc as usize]).collect(),
            docs,
            starts,
            sources,
            at: 0,
        }
    }

    /// Returns the current article.
    pub(crate) fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Returns how often the terms stand in the current article.
    pub(crate) fn freq(&self) -> u32 {
        self.freqs.get(self.at).copied().unwrap_or(0)
    }

    /// Returns the numbers of the terms that stand in the current article.
    pub(crate) fn sources(&self) -> &[u32] {
        match (self.starts.get(self.at), self.starts.get(self.at + 1)) {
            (Some(start), Some(end)) => self.sources.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
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

fn for_each(list: &SegmentPostings, mut each: impl FnMut(DocId, u32)) {
    let mut list = list.clone();
    while list.doc() != TERMINATED {
        each(list.doc(), list.term_freq());
        list.advance();
    }
}
