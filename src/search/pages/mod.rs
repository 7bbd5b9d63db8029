//! pages

pub mod cursor;
pub mod stream;
