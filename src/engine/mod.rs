//! The engine: finds the documents that match a plan and scores them.
//!
//! `compile` turns a [`Plan`](crate::plan::Plan) into a query of the types below. Two rules hold in
//! all of them: a bound is never below the score it stands for, and a score does not depend on what
//! was skipped.
//!
//! | module | what it does |
//! |---|---|
//! | `agreement` | tests: every query finds and scores what a plain scan of the texts does |
//! | `boosts` | changes the scores of another query: proximity of words, recency |
//! | `cached_hits` | hits found once and iterated several times |
//! | `compile` | plan → query |
//! | `compiled_query` | what `compile` returns: a query that knows how it is run best |
//! | `explanation` | the score of one document, for the `explain` of tantivy |
//! | `filters` | conditions without a score, and their AND, OR and NOT as bit sets |
//! | `parts_scorer` | iterates over matches in any of the searched parts and scores them |
//! | `phrase` | words side by side |
//! | `postings` | postings lists: look-up of terms, cursors, unions, bit sets, norms |
//! | `spans` | NEAR, sentences, paragraphs and counted mentions |
//! | `tuning` | the numbers that choose between ways to find the same hits |
//! | `words` | single words, all or any of them: `MaxScore` |

#[cfg(test)]
pub(crate) mod agreement;
pub(crate) mod boosts;
pub(crate) mod cached_hits;
pub(crate) mod compile;
pub(crate) mod compiled_query;
pub(crate) mod explanation;
pub(crate) mod filters;
pub(crate) mod parts_scorer;
pub(crate) mod phrase;
pub(crate) mod postings;
pub(crate) mod spans;
pub(crate) mod tuning;
pub(crate) mod words;
