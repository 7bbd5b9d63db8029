//! From text to the words that are indexed and looked for.

pub mod letters;
