//! boosts

pub mod proximity;
pub mod recency;
