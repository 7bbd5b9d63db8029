//! page

pub(crate) mod body;
pub(crate) mod noise;
pub(crate) mod text;
pub(crate) mod title;
