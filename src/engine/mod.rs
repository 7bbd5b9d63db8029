//! engine

#[cfg(test)]
pub(crate) mod agreement;
pub mod boosts;
pub mod cached_hits;
pub mod compile;
pub mod explanation;
pub mod filters;
pub mod phrase;
pub mod postings;
pub mod spans;
pub mod words;
