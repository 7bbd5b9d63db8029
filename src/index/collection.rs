//! The name of a collection.

use std::fmt;
use std::str::FromStr;

/// The longest name, in bytes: it stands in a column for every article.
pub const MAX_BYTES: usize = 200;

/// The name of what was indexed together: at most 200 bytes, without control characters, not empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Collection(String);

/// Why a text is no name of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CollectionError {
    /// Nothing but blanks.
    #[error("a collection needs a name")]
    Empty,
    /// Too long.
    #[error("the name of a collection has at most {MAX_BYTES} bytes")]
    TooLong,
    /// A control character.
    #[error("the name of a collection has no control characters, such as tabs and line breaks")]
    Control,
}

impl Collection {
    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Collection {
    type Err = CollectionError;

    fn from_str(text: &str) -> Result<Self, CollectionError> {
        let name = text.trim();
        if name.is_empty() {
            Err(CollectionError::Empty)
        } else if name.len() > MAX_BYTES {
            Err(CollectionError::TooLong)
        } else if name.chars().any(char::is_control) {
            Err(CollectionError::Control)
        } else {
            Ok(Self(name.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_printable() {
        let name = |text: &str| text.parse::<Collection>().map(|name| name.to_string());
        assert_eq!(name(" Хвиля "), Ok("Хвиля".to_owned()));
        assert_eq!(name(" "), Err(CollectionError::Empty));
        assert_eq!(name("a\tb"), Err(CollectionError::Control));
        assert_eq!(name(&"ї".repeat(101)), Err(CollectionError::TooLong));
        assert!(name(&"ї".repeat(100)).is_ok());
    }
}
