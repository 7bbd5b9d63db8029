//! cache

pub mod segment_term;
pub mod term_cache;
pub mod word_cache;
