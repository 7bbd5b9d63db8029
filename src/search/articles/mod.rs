//! articles

pub mod find_article;
pub mod key_terms;
pub mod more_like;
pub mod show;
