//! Highlights what matched in the hits, from the index where possible.

use crate::analysis::Language;
use crate::error::Error;
use crate::index::document::StoredArticle;
use crate::plan::Plan;
use crate::schema::Part;
use crate::search::columns::facts::Facts;
use crate::search::hits::matching::part_text::PartText;
use crate::search::hits::matching::{MatchedWord, Matcher, PlanPostings, Source};
use crate::search::request::SearchRequest;
use crate::search::searcher::Searcher;
use crate::text::ByteRange;
use tantivy::{DocAddress, DocId, Result, TantivyError};

/// Marks what matched one question, one article after the other.
pub(crate) struct Marker<'a> {
    searcher: &'a Searcher,
    request: &'a SearchRequest,
    matcher: Matcher<'a>,
    has_conditions: bool,
    is_for_many: bool,
    segment: Option<OpenSegment>,
}

/// The segment of the last article.
struct OpenSegment {
    ordinal: u32,
    last: DocId,
    /// None where texts are scanned.
    postings: Option<PlanPostings>,
}

impl<'a> Marker<'a> {
    /// Makes one for `plan`, whose patterns are expanded.
    pub(crate) fn new(searcher: &'a Searcher, plan: &'a Plan, request: &'a SearchRequest) -> Self {
        Self {
            searcher,
            request,
            matcher: Matcher::new(plan),
            has_conditions: plan.has_conditions(),
            is_for_many: false,
            segment: None,
        }
    }

    /// Prepares to mark many articles: what takes longer to open may then be worth while.
    #[must_use]
    pub(crate) fn for_many(mut self) -> Self {
        self.is_for_many = true;
        self
    }

    /// Returns the words that matched in each part of the article at `address`; none where it does
    /// not match. Costs least for articles in the order of the index.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn words(
        &mut self,
        address: DocAddress,
        article: &StoredArticle,
    ) -> Result<Vec<Vec<MatchedWord>>> {
        let parts = part_texts(article, self.request);
        let facts = self.facts(address)?;
        let (matcher, source) = self.source(address)?;
        let words = matcher.matches_from(source, &parts, &facts);
        Ok(words.unwrap_or_else(|| vec![Vec::new(); parts.len()]))
    }

    /// Returns the matches in each part of the article at `address`, as [`Marker::words`] does.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn occurrences(
        &mut self,
        address: DocAddress,
        article: &StoredArticle,
    ) -> Result<Vec<Vec<ByteRange>>> {
        let parts = part_texts(article, self.request);
        let facts = self.facts(address)?;
        let (matcher, source) = self.source(address)?;
        let found = matcher.occurrences(source, &parts, &facts);
        Ok(found.unwrap_or_default())
    }

    fn facts(&self, address: DocAddress) -> Result<Facts> {
        if !self.has_conditions {
            return Ok(Facts::default());
        }
        let columns = self.searcher.columns_of(address)?;
        Ok(columns.facts(address.doc_id, &self.request.zone)?)
    }

    /// Returns the matcher and what tells it of the article at `address`.
    fn source(&mut self, address: DocAddress) -> Result<(&mut Matcher<'a>, Source<'_>)> {
        let is_past =
            |open: &OpenSegment| open.ordinal != address.segment_ord || open.last > address.doc_id;
        if self.segment.as_ref().is_none_or(is_past) {
            let reader = self.searcher.engine.segment_reader(address.segment_ord);
            let postings = self
                .matcher
                .open(reader, &self.request.parts, self.is_for_many);
            self.segment = Some(OpenSegment {
                ordinal: address.segment_ord,
                last: address.doc_id,
                postings: postings.map_err(engine_error)?,
            });
        }
        let postings = self.segment.as_mut().and_then(|open| {
            open.last = address.doc_id;
            open.postings.as_mut()
        });
        let source = if let Some(postings) = postings {
            Source::Postings(postings, address.doc_id)
        } else {
            let lang = self.searcher.columns_of(address)?.lang(address.doc_id)?;
            Source::Text(Language::of_code(&lang))
        };
        Ok((&mut self.matcher, source))
    }
}

/// Returns the texts of `article`, and in which of them the words of `request` may match.
pub(crate) fn part_texts<'a>(
    article: &'a StoredArticle,
    request: &SearchRequest,
) -> [PartText<'a>; 3] {
    Part::ALL.map(|part| PartText {
        part,
        text: article.text(part),
        is_searched: request.parts.contains(&part),
    })
}

/// Returns an error as one of the engine.
fn engine_error(error: Error) -> TantivyError {
    match error {
        Error::Engine(error) => error,
        other => TantivyError::InternalError(other.to_string()),
    }
}
