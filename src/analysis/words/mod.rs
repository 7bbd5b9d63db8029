//! words

pub mod abbreviation;
pub mod forms;
pub mod number;
pub mod roman;
pub mod sentence;
pub mod token_offsets;
pub mod tokenizer;
