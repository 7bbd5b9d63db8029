//! characters

pub mod apostrophe;
pub mod capitals;
pub mod char_class;
pub mod homoglyph;
pub mod invisible;
