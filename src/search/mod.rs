//! Answers a [`SearchRequest`] from the index: plain data in, plain data out.
//!
//! | module | what it holds |
//! |---|---|
//! | `request` | what is asked |
//! | `index_summary` | what an index holds |
//! | `response` | what is answered |
//! | `advice` | what an answer offers where words have no hits |
//! | `search_error` | why there is no answer |
//! | `searcher` | one commit of an index, open for reading |
//! | `prepare` | request → plan, filter, deadline |
//! | `answering` | what answers: an index in a folder or in a cluster |
//! | `memory` | how much memory hits may take, and take |
//! | `answer` | runs a prepared request: hits and counts side by side |
//! | `notices` | warnings that accompany a response |
//! | `columns` | what is known of an article without opening it; filters by date and source |
//! | `collect` | the best hits: top-k, ties, deadline |
//! | `pages` | cursors; every hit, streamed |
//! | `hits` | hits with highlights, snippets and explanations |
//! | `copies` | hits without copies; the copies of an article; who published first |
//! | `facets` | totals, timelines and facets |
//! | `suggest` | did you mean: other queries where a word has no hits |
//! | `concordance` | keywords in context (KWIC) |
//! | `articles` | one article; articles like another one |
//! | `agreement` | tests: answers equal those of a plain scan |

pub(crate) mod advice;
#[cfg(test)]
mod agreement;
pub(crate) mod answer;
mod answering;
pub(crate) mod articles;
pub(crate) mod collect;
pub mod columns;
pub(crate) mod concordance;
pub(crate) mod copies;
pub(crate) mod facets;
pub mod hits;
mod index_summary;
pub(crate) mod memory;
pub(crate) mod notices;
pub(crate) mod pages;
mod prepare;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod search_error;
pub(crate) mod searcher;
pub(crate) mod suggest;

pub use crate::search::advice::{QueryWord, Suggestion, SuggestionKind, WordCount};
pub use crate::search::answering::Answering;
pub use crate::search::columns::lazy_id::LazyId;
pub use crate::search::facets::counts::{
    CountsRequest, CountsResponse, FailedQuery, NamedQuery, QueryCounts, Series,
};
pub use crate::search::index_summary::{ClusterSummary, CollectionSummary, IndexSummary};
pub use crate::search::notices::WithNotices;
pub use crate::search::pages::stream::StreamOrder;
pub use crate::search::request::{
    Buckets, Depth, FacetField, FacetRequest, KwicRequest, KwicSort, MAX_MEMORY, Period,
    SearchRequest, Sort,
};
pub use crate::search::response::{
    ArticleResponse, Copies, Explanation, Facet, FacetCount, FacetValue, Facets, FormCount, Hit,
    KeyTerm, KwicLine, KwicResponse, MarkedText, MatchedBy, MoreLikeResponse, Place,
    RESPONSE_VERSION, SearchResponse, Snippet, Timeline, TimelineBucket, WordExplanation,
};
pub use crate::search::search_error::{CursorProblem, SearchError};
pub use crate::search::searcher::Searcher;
pub use crate::search::suggest::completion::{Completion, CompletionsResponse};
