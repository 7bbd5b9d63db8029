//! Other spellings of a word.
//!
//! | module | what it holds |
//! |---|---|
//! | [`variants`] | spellings of one language: `проєкт`, `проект` |
//! | [`transliteration`] | spellings in the other languages |
//! | `ukrainian` | Ukrainian words in Russian and Latin letters |
//! | `russian` | Russian words in Ukrainian letters |
//! | `latin` | words in Latin letters in Ukrainian ones |
//! | `exceptions` | names whose spelling no rule tells |
//! | `by_first` | rules by the first letter |

pub(crate) mod by_first;
pub(crate) mod compounds;
pub(crate) mod dates;
pub(crate) mod designations;
pub(crate) mod euphony;
pub(crate) mod exceptions;
pub(crate) mod keyed_word;
pub(crate) mod latin;
pub(crate) mod names;
pub(crate) mod respelled;
pub(crate) mod russian;
pub mod transliteration;
pub(crate) mod ukrainian;
pub mod variants;
