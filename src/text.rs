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

/// A range of characters (Unicode scalar values) of some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CharRange {
    /// Offset in characters of the first.
    pub start: usize,
    /// Offset in characters just behind the last.
    pub end: usize,
}

/// Returns `ranges` of `text`, which are in order and do not overlap, in characters. Costs one pass
/// over the text.
pub fn char_ranges(text: &str, ranges: &[ByteRange]) -> Vec<CharRange> {
    let (mut bytes, mut chars) = (0, 0);
    let mut advance = |to: usize| {
        chars += char_count(ByteRange::new(bytes, to).of(text));
        bytes = to;
        chars
    };
    let in_chars = |range: &ByteRange| CharRange {
        start: advance(range.start),
        end: advance(range.end),
    };
    ranges.iter().map(in_chars).collect()
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
    fn ranges_of_bytes_are_told_in_characters() {
        let ranges = [ByteRange::new(0, 6), ByteRange::new(7, 13)];
        let expected = [
            CharRange { start: 0, end: 3 },
            CharRange { start: 4, end: 7 },
        ];
        assert_eq!(char_ranges("кіт пес", &ranges), expected);
    }

    #[test]
    fn the_first_characters_are_counted_in_characters() {
        assert_eq!(first_chars("гарантія", 4), "гара");
        assert_eq!(first_chars("кіт", 10), "кіт");
        assert_eq!(char_count("кіт"), 3);
    }
}
