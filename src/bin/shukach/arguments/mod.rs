//! Arguments that several commands share.
//!
//! | module | what it holds |
//! |---|---|
//! | `shared` | folder, filters, formats |
//! | `answer` | the form of an answer |
//! | `copies` | copies of articles: one hit, one count |
//! | `facets` | facets and timelines |
//! | `query_reading` | how a query is read |
//! | `matching` | which words match |
//! | `lexicon` | the user's own words |
//! | `links` | links to articles |
//! | `completions` | shells |
//! | `reading` | how an archive is read |
//! | `waiting` | waiting for another process that writes |

pub(crate) mod answer;
pub(crate) mod completions;
pub(crate) mod copies;
pub(crate) mod facets;
pub(crate) mod lexicon;
pub(crate) mod links;
pub(crate) mod matching;
pub(crate) mod query_reading;
pub(crate) mod reading;
pub(crate) mod shared;
pub(crate) mod waiting;
