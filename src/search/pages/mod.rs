//! Pages of hits that follow one another exactly.
//!
//! | module | what it holds |
//! |---|---|
//! | [`cursor`] | where the next page starts, for one state of the index |
//! | [`stream`] | every hit, in order or as stored, with few in memory |

pub(crate) mod cursor;
pub(crate) mod stream;
