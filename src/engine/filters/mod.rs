//! filters

pub(crate) mod boolean;
pub mod condition_query;
pub mod doc_filter;
