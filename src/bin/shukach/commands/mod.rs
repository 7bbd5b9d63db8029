//! commands

pub(crate) mod analyze;
pub(crate) mod count;
pub(crate) mod demo;
pub(crate) mod generate;
pub(crate) mod index;
pub(crate) mod info;
pub(crate) mod kwic;
pub(crate) mod more_like;
pub(crate) mod parse;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod translate;
