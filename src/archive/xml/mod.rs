//! XML read as a stream of records, each a small tree: a feed's item, a dump's page.

pub(crate) mod element;
pub(crate) mod records;
