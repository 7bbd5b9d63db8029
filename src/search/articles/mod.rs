//! articles

pub(crate) mod find_article;
pub(crate) mod key_terms;
pub(crate) mod more_like;
pub(crate) mod show;
