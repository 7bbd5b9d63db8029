//! plain

pub(crate) mod front_matter;
pub(crate) mod markdown;
pub(crate) mod text;
