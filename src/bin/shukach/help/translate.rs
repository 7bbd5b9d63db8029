//! Turns the English text of a help into that of another language.

/// Returns the text of the language for an English one.
pub(crate) type Translate<'a> = dyn FnMut(&str) -> String + 'a;
