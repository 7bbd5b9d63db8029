//! A word or phrase in one part of an article, scored by BM25F.
//!
//! | file | what it does |
//! |---|---|
//! | `candidates` | the documents with all the words, those with stored impacts first |
//! | `impact_bounds` | how often a document can have the phrase at most, by the impacts of its words |
//! | `phrase_query` | the query, its weight and scorer; the search for the best hits |
//! | `postings` | the documents of one part with the words side by side |

pub(crate) mod candidates;
pub(crate) mod impact_bounds;
pub(crate) mod phrase_query;
pub(crate) mod postings;
