//! phrase

pub(crate) mod candidates;
pub(crate) mod impact_bounds;
pub mod phrase_query;
pub mod postings;
