//! Arguments that several commands share.
//!
//! | module | what it holds |
//! |---|---|
//! | `shared` | filters, formats |
//! | `index_folder` | the index, or several as one |
//! | `layout` | shards and copies of an index in a cluster |
//! | `opened` | one of them, opened for searching |
//! | `bound` | ends of a time |
//! | `answer` | the form of an answer |
//! | `copies` | copies of articles: one hit, one count |
//! | `credentials` | who asks a cluster |
//! | `facets` | facets and timelines |
//! | `query_reading` | how a query is read |
//! | `query_lines` | files of queries |
//! | `query_word` | queries that begin like an option |
//! | `matching` | which words match |
//! | `lexicon` | the user's own words |
//! | `links` | links to articles |
//! | `repeated` | the options that another query is asked with |
//! | `completions` | shells |
//! | `reading` | how an archive is read |
//! | `resources` | threads and memory |
//! | `timeout` | how long an answer may take, and how much memory |
//! | `waiting` | waiting for another process that writes |

pub(crate) mod answer;
pub(crate) mod bound;
pub(crate) mod completions;
pub(crate) mod copies;
#[cfg(feature = "opensearch")]
pub(crate) mod credentials;
pub(crate) mod facets;
pub(crate) mod index_folder;
pub(crate) mod layout;
pub(crate) mod lexicon;
pub(crate) mod links;
pub(crate) mod matching;
pub(crate) mod opened;
pub(crate) mod query_lines;
pub(crate) mod query_reading;
pub(crate) mod query_word;
pub(crate) mod reading;
pub(crate) mod repeated;
pub(crate) mod resources;
pub(crate) mod shared;
pub(crate) mod timeout;
pub(crate) mod waiting;
