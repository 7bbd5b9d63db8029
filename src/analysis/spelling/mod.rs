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
//! | `names` | names and acronyms across scripts |
//! | [`surnames`] | surnames that are declined as adjectives |
//! | `euphony` | і/й, у/в, з/із and words that begin with them |
//! | `compounds` | words joined or not |
//! | `designations` | codes of letters and digits |
//! | `dates` | dates in words and numbers |
//! | `decades` | decades with the century and without it |
//! | `keyed_word` | a word with its keys |
//! | `respelled` | other spellings of a phrase |

pub(crate) mod by_first;
pub(crate) mod compounds;
pub(crate) mod dates;
pub(crate) mod decades;
pub(crate) mod designations;
pub(crate) mod euphony;
pub(crate) mod exceptions;
pub(crate) mod keyed_word;
pub(crate) mod latin;
pub(crate) mod names;
pub(crate) mod respelled;
pub(crate) mod russian;
pub mod surnames;
pub mod transliteration;
pub(crate) mod ukrainian;
pub mod variants;
