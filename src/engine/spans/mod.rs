//! Matches with positions: NEAR, sentences, paragraphs, counted mentions.
//!
//! | file | what it does |
//! |---|---|
//! | `span_postings` | the documents of one part that have matches |
//! | `span_query` | the query, its weight and scorer; the search for the best hits |

pub(crate) mod span_postings;
pub(crate) mod span_query;
