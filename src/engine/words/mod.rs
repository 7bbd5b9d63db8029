//! Single words, all or any of them: the common query, with pruning (`MaxScore`).
//!
//! | file | what it does |
//! |---|---|
//! | `deferred_hits` | candidates that wait for a higher threshold before proximity is read |
//! | `few_matches` | the best hits where few documents match |
//! | `impact_tier` | the terms of a word that score alike |
//! | `max_score` | the best hits, window by window, where many match |
//! | `max_score_simd` | finds the candidates of a window, 64 places at a time |
//! | `needed` | AND or OR |
//! | `score_budget` | how much each word may score in documents that are skipped |
//! | `scorer` | iterates over all matches with their scores |
//! | `word_scorer` | one word in one segment: its tiers |
//! | `words_query` | the query and its weight, which choose among these |

pub(crate) mod deferred_hits;
pub(crate) mod few_matches;
pub(crate) mod impact_tier;
pub(crate) mod max_score;
pub(crate) mod max_score_simd;
pub(crate) mod needed;
pub(crate) mod score_budget;
pub(crate) mod scorer;
pub(crate) mod word_scorer;
pub(crate) mod words_query;
