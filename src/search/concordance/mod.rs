//! concordance

pub(crate) mod collation;
pub(crate) mod concordance;
pub(crate) mod kwic;
