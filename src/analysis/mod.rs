//! From text to the words that are indexed and looked for.

pub mod dictionary;
pub mod guesser;
pub mod key;
pub mod language_data;
pub mod letters;
pub mod rules;
