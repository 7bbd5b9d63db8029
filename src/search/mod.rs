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
//! | articles like another one | [`more_like`], [`telling_words`] |
//! | a concordance | [`kwic`], `concordance`, [`collation`] |
//! | a whole article, found by its id | [`show`], [`find_article`] |

#[cfg(test)]
mod agreement;
pub mod candidates;
pub mod collation;
mod column_values;
pub mod columns;
mod concordance;
pub mod confusion;
pub mod counting;
pub mod counts;
pub mod cursor;
pub mod deadline;
pub mod edit_cost;
mod exact_forms;
pub mod explain;
pub mod facet_fields;
pub mod facets;
pub mod facts;
pub mod filter;
pub mod find_article;
mod hits;
pub mod keyboard;
pub mod kwic;
pub mod lazy_id;
mod marking;
pub mod matching;
pub mod mending;
pub mod more_like;
mod near_values;
mod noted;
pub mod periods;
mod planning;
pub mod request;
pub mod response;
pub mod searcher;
pub mod show;
pub mod snippet;
pub mod stream;
pub mod suggest;
mod summary;
pub mod tally;
pub mod telling_words;
mod tie;
pub mod top;
pub mod vocabulary;

pub use candidates::SuggestionKind;
pub use cursor::CursorProblem;
pub use kwic::{KwicRequest, KwicSort};
pub use noted::Noted;
pub use request::{Depth, FacetField, FacetRequest, Period, SearchError, SearchRequest, Sort};
pub use response::{
    ArticleResponse, Facet, FacetCount, FacetValue, Facets, Hit, IndexSummary, KwicLine,
    KwicResponse, MatchedBy, MoreLikeResponse, QueryWord, SearchResponse, Snippet, Suggestion,
    TimelineBucket, WordCount,
};
pub use searcher::Searcher;
pub use stream::StreamOrder;
