//! Segments built from articles, on several threads.
//!
//! | module | what it holds |
//! |---|---|
//! | [`changes`] | what is added and removed between two commits |
//! | `builder` | one segment, from its first article to its files |
//! | `shares` | the memory of a job, shared out |
//! | `room` | room for articles on their way to the threads |
//! | `worker` | a thread that analyses articles |
//! | `word_terms` | the terms of each word, found once |
//! | `term_table` | terms, numbered |
//! | `form_cache` | the numbers of the commonest forms |
//! | `occurrence` | a term at a place |
//! | `text_postings` | where the terms of texts stand, in memory |
//! | `run` | the same, sorted, on disk |
//! | `numbers` | numbers of a variable length |
//! | `exact_postings` | the articles of ids, sources and other values |
//! | `content` | the fields of texts |
//! | `postings_writer` | all postings, given to the engine's serializers |
//! | `older_versions` | takes older versions of articles out of older segments |

mod builder;
pub mod changes;
mod content;
mod exact_postings;
mod form_cache;
mod numbers;
mod occurrence;
mod older_versions;
mod postings_writer;
mod room;
mod run;
mod shares;
mod term_table;
#[cfg(test)]
mod tests;
mod text_postings;
mod word_terms;
mod worker;
