//! The postings of one term in one part; in the lead also where that is the beginning of the body.

use crate::plan::cache::segment_term::SegmentTerm;
use crate::schema::{fields, schema};
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Result, SegmentReader, TERMINATED};

/// A cursor over the articles that have a term in one part.
pub(crate) struct TermPostings {
    postings: SegmentPostings,
    /// On the heap, as hardly any search needs it.
    lead: Option<Box<LeadOfBody>>,
}

/// What of the postings of the body is the lead.
struct LeadOfBody {
    /// How many positions the lead has, by article; see `lead_words` of the index schema.
    words: Column<u64>,
    /// Where the term stands in the lead of the current article.
    positions: Vec<u32>,
}

impl TermPostings {
    /// Opens the postings of `term`, of which `option` is read.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn open(
        reader: &SegmentReader,
        term: &SegmentTerm,
        option: IndexRecordOption,
    ) -> Result<Self> {
        let inverted = reader.inverted_index(term.field)?;
        let read = |option| inverted.read_postings_from_terminfo(&term.info, option);
        if !term.is_lead_of_body {
            let postings = read(option)?;
            return Ok(Self {
                postings,
                lead: None,
            });
        }
        let name = schema().get_field_name(fields().lead_words);
        let Some(words) = reader.fast_fields().column_opt(name)? else {
            return Ok(Self {
                postings: SegmentPostings::empty(),
                lead: None,
            });
        };
        let positions = Vec::new();
        let mut opened = Self {
            postings: read(IndexRecordOption::WithFreqsAndPositions)?,
            lead: Some(Box::new(LeadOfBody { words, positions })),
        };
        opened.settle();
        Ok(opened)
    }

    /// Returns the current article.
    pub(crate) fn doc(&self) -> DocId {
        self.postings.doc()
    }

    /// Goes to the next article.
    pub(crate) fn advance(&mut self) -> DocId {
        self.postings.advance();
        self.settle()
    }

    /// Goes to the first article from `target` on, which is not before the current one.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target);
        self.settle()
    }

    /// Returns how often the term stands in the part of the current article.
    pub(crate) fn term_freq(&self) -> u32 {
        match &self.lead {
            Some(lead) => u32::try_from(lead.positions.len()).unwrap_or(u32::MAX),
            None => self.postings.term_freq(),
        }
    }

    /// Returns how many articles there are at most.
    pub(crate) fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }

    /// Adds the positions of the term in the part of the current article to `positions`.
    pub(crate) fn append_positions(&mut self, positions: &mut Vec<u32>) {
        match &self.lead {
            Some(lead) => positions.extend_from_slice(&lead.positions),
            None => self.postings.append_positions_with_offset(0, positions),
        }
    }

    /// Goes on from the current article of the body to one that has the term in its lead.
    fn settle(&mut self) -> DocId {
        let Some(lead) = &mut self.lead else {
            return self.postings.doc();
        };
        while self.postings.doc() != TERMINATED {
            lead.positions.clear();
            let words = lead.words.first(self.postings.doc()).unwrap_or_default();
            if words > 0 {
                self.postings
                    .append_positions_with_offset(0, &mut lead.positions);
                lead.positions
                    .retain(|position| u64::from(*position) < words);
                if !lead.positions.is_empty() {
                    break;
                }
            }
            self.postings.advance();
        }
        self.postings.doc()
    }
}
