//! What is known of words and terms and kept between queries; never hits.
//!
//! | file | what it does |
//! |---|---|
//! | `segment_term` | a term as one segment has it |
//! | `term_cache` | the terms of a slot in the segments where they were looked up |
//! | `word_cache` | readings, related words and expansions of the last words asked for |

pub(crate) mod segment_term;
pub(crate) mod term_cache;
pub(crate) mod word_cache;
