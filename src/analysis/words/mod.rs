//! Text → tokens: words with their positions and byte offsets.
//!
//! | module | what it holds |
//! |---|---|
//! | [`tokenizer`] | cuts a text into words |
//! | [`token_offsets`] | where the words of a text stand, without analysing them |
//! | [`forms`] | the terms of exact forms, and marks of sentences and paragraphs |
//! | [`number`] | numbers and dates |
//! | [`roman`] | Roman numerals |
//! | [`sentence`] | where sentences end |
//! | [`abbreviation`] | abbreviations that end none |
//! | `endings` | endings behind numbers and Latin names |

pub mod abbreviation;
pub(crate) mod endings;
pub mod forms;
pub mod number;
pub mod roman;
pub mod sentence;
pub mod token_offsets;
pub mod tokenizer;
