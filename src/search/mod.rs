//! Answers a request from the index: plain data in, plain data out.
//!
//! | step | file |
//! |---|---|
//! | what is asked, what is answered | [`request`], [`response`] |
//! | which articles may count: dates, sources | [`filter`] |
//! | the best ones | [`top`], [`lazy_id`] |
//! | how many in each month and source | [`facets`] |
//! | which words of an article matched | [`matching`], [`facts`] |
//! | the sentences to show | [`snippet`] |

#[cfg(test)]
mod agreement;
pub mod columns;
pub mod facets;
pub mod facts;
pub mod filter;
pub mod lazy_id;
pub mod matching;
pub mod request;
pub mod response;
pub mod searcher;
pub mod snippet;
pub mod top;

pub use request::{Period, SearchError, SearchRequest, Sort};
pub use response::{
    FacetCount, Facets, Hit, IndexSummary, SearchResponse, Snippet, TimelineBucket,
};
pub use searcher::Searcher;
