//! XML read as a stream of records, each a small tree: a feed's item, a dump's page.
//!
//! | module | what it holds |
//! |---|---|
//! | `element` | one element as a tree |
//! | `records` | records of a stream |

pub(crate) mod element;
pub(crate) mod records;
