//! words

pub(crate) mod deferred_hits;
pub(crate) mod few_matches;
pub mod impact_tier;
pub(crate) mod max_score;
pub(crate) mod max_score_simd;
pub mod needed;
pub mod score_budget;
pub(crate) mod scorer;
pub mod word_scorer;
pub mod words_query;
