//! spans

pub mod span_postings;
pub mod span_query;
