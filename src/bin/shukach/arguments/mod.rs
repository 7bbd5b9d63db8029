//! arguments

pub(crate) mod answer;
pub(crate) mod completions;
pub(crate) mod facets;
pub(crate) mod lexicon;
pub(crate) mod links;
pub(crate) mod matching;
pub(crate) mod query_reading;
pub(crate) mod shared;
