//! Characters that are written in several ways.
//!
//! | module | what it holds |
//! |---|---|
//! | [`apostrophe`] | all apostrophes are one |
//! | [`invisible`] | soft hyphens, stress marks, zero-width characters |
//! | [`homoglyph`] | Latin letters in Cyrillic words and the reverse |
//! | [`char_class`] | classes of characters |
//! | [`capitals`] | where a form has capitals |

pub mod apostrophe;
pub mod capitals;
pub mod char_class;
pub mod homoglyph;
pub mod invisible;
