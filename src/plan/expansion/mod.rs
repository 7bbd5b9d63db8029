//! expansion

pub mod pattern_terms;
pub mod patterns;
pub mod shared_prefix;
pub(crate) mod term_union;
