//! From text to the words that are indexed and looked for.

pub mod dictionary;
pub mod letters;
pub mod rules;
