//! Ranges of bytes in a text, and the only arithmetic between bytes and characters.

use serde::Serialize;

/// A range of UTF-8 bytes of some text; both ends fall on character boundaries of that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ByteRange {
    /// Offset in bytes of the first byte.
    pub start: usize,
    /// Offset in bytes just behind the last byte.
    pub end: usize,
}

impl ByteRange {
    /// Makes the range `start..end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the length in bytes.
    pub fn len_bytes(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns the part of `text` that the range covers, or the empty string if the range does not
    /// fit the text or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Counts the characters (Unicode scalar values) of `text`.
pub fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// Returns the longest beginning of `text` that has at most `max_chars` characters.
pub fn first_chars(text: &str, max_chars: usize) -> &str {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => ByteRange::new(0, end).of(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_in_bytes_and_cyrillic_has_two_a_letter() {
        assert_eq!(ByteRange::new(0, 4).of("кіт"), "кі");
        assert_eq!(ByteRange::new(0, 4).len_bytes(), 4);
    }

    #[test]
    fn a_range_that_cuts_a_letter_or_leaves_the_text_is_empty_and_does_not_panic() {
        assert_eq!(ByteRange::new(0, 3).of("кіт"), "");
        assert_eq!(ByteRange::new(4, 40).of("кіт"), "");
    }

    #[test]
    fn the_first_characters_are_counted_in_characters() {
        assert_eq!(first_chars("гарантія", 4), "гара");
        assert_eq!(first_chars("кіт", 10), "кіт");
        assert_eq!(char_count("кіт"), 3);
    }
}
