//! postings

pub(crate) mod bit_set;
pub mod block_cursor;
pub mod block_postings;
pub mod field_norms;
pub mod mention_bound;
pub(crate) mod merged_postings;
pub(crate) mod postings_union;
pub mod scored_postings;
pub mod slot_postings;
pub mod slot_terms;
pub mod term_lookup;
