//! Answers a request from the index: plain data in, plain data out.
//!
//! | step | file |
//! |---|---|
//! | what is asked, what is answered | [`request`], [`response`] |
//! | its words in terms of the index | `planning` |
//! | which articles may count: dates, sources | [`filter`] |
//! | the best ones | [`top`] |
//! | … and which of two that score alike | `tie`, `exact_forms`, [`lazy_id`] |
//! | how many in each month and source | [`counting`], [`facets`], [`facet_fields`], [`periods`] |
//! | … of several queries side by side | [`counts`] |
//! | which words of an article matched | [`matching`], [`facts`], `marking` |
//! | the sentences to show | [`snippet`] |
//! | how a score came about | [`explain`] |
//! | all of it together | `hits` |
//! | pages that follow each other exactly | [`cursor`] |
//! | every hit, however many | [`stream`] |
//! | only how many there are, or whether there is one | [`tally`] |
//! | what to ask instead, where a word has no hits | [`suggest`], [`mending`] |
//! | … what may have been meant by it | [`candidates`], [`vocabulary`] |
//! | … by keys and letters that are mistaken | [`keyboard`], [`confusion`], [`edit_cost`] |
//! | articles like another one | [`more_like`], [`key_terms`] |
//! | a concordance | [`kwic`], `concordance`, [`collation`] |
//! | a whole article, found by its id | [`show`], [`find_article`] |

#[cfg(test)]
mod agreement;
mod answer;
pub(crate) mod articles;
pub(crate) mod collect;
pub mod columns;
pub(crate) mod concordance;
pub(crate) mod facets;
pub mod hits;
mod notices;
pub(crate) mod pages;
mod prepare;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod searcher;
pub(crate) mod suggest;

pub use crate::search::columns::lazy_id::LazyId;
pub use crate::search::facets::counts::{
    CountsRequest, CountsResponse, FailedQuery, NamedQuery, QueryCounts, Series,
};
pub use crate::search::notices::WithNotices;
pub use crate::search::pages::stream::StreamOrder;
pub use crate::search::request::{
    CursorProblem, Depth, FacetField, FacetRequest, KwicRequest, KwicSort, Period, SearchError,
    SearchRequest, Sort,
};
pub use crate::search::response::{
    ArticleResponse, Explanation, Facet, FacetCount, FacetValue, Facets, FormCount, Hit,
    IndexSummary, KeyTerm, KwicLine, KwicResponse, MarkedText, MatchedBy, MoreLikeResponse,
    QueryWord, RESPONSE_VERSION, SearchResponse, Snippet, Suggestion, SuggestionKind, Timeline,
    TimelineBucket, WordCount, WordExplanation,
};
pub use crate::search::searcher::Searcher;
