//! The formats of exports, feeds and dumps, one a module.

pub(super) mod feed;
pub(super) mod table;
