//! pages

pub(crate) mod cursor;
pub(crate) mod stream;
