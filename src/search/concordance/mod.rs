//! concordance

pub mod collation;
pub(crate) mod concordance;
pub mod kwic;
