//! spelling

pub(crate) mod by_first;
pub(crate) mod exceptions;
pub(crate) mod latin;
pub(crate) mod russian;
pub mod transliteration;
pub(crate) mod ukrainian;
pub mod variants;
