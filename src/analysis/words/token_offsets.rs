//! Where the words of a text stand: no more of [`Words`] than their places.
//!
//! Who knows from the index which words matched needs no forms, only the bytes that these words
//! cover. Nearly all words are runs of Cyrillic or Latin letters between spaces and marks of ASCII:
//! these are passed over byte by byte, at a fraction of the cost of their forms. Whatever else
//! comes is left to [`Words`].

use crate::analysis::words::tokenizer::Words;
use crate::text::ByteRange;

/// What a byte is to the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// An ASCII character that separates words.
    Gap,
    /// A Latin letter.
    Letter,
    /// A digit: it may begin a number of several groups.
    Digit,
    /// The first byte of two of a character from U+0400 to U+047F; all of them are letters.
    Cyrillic,
    /// Apostrophes and what else must be looked at.
    Other,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Other; 256];
    let mut code: u8 = 0;
    while code < 0x80 {
        bytes[code as usize] = match code {
            b'0'..=b'9' => Byte::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'\'' | b'`' => Byte::Other,
            _ => Byte::Gap,
        };
        code += 1;
    }
    bytes[0xd0] = Byte::Cyrillic;
    bytes[0xd1] = Byte::Cyrillic;
    bytes
};

/// A cursor over the places of the words of a text.
///
/// ```
/// use shukach::analysis::words::token_offsets::TokenOffsets;
///
/// let text = "Понад 1 000 п’ятірок";
/// let mut places = TokenOffsets::new(text);
/// assert_eq!(places.place_of(1).map(|range| range.of(text)), Some("1 000"));
/// assert_eq!(places.place_of(2).map(|range| range.of(text)), Some("п’ятірок"));
/// assert_eq!(places.place_of(3), None);
/// ```
#[derive(Debug, Clone)]
pub struct TokenOffsets<'a> {
    text: &'a str,
    words: Words<'a>,
    /// Up to where the text is read, in bytes.
    read: usize,
    /// How many words stand before that.
    count: u32,
    /// The last of them.
    last: Option<ByteRange>,
    form: String,
}

impl<'a> TokenOffsets<'a> {
    /// Starts before the first word of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            words: Words::new(text),
            read: 0,
            count: 0,
            last: None,
            form: String::new(),
        }
    }

    /// Returns the bytes that the word at `position` covers; `None` behind the last word. Positions
    /// must not go back. Reads no further than that word.
    pub fn place_of(&mut self, position: u32) -> Option<ByteRange> {
        while self.count <= position {
            self.last = Some(self.next()?);
            self.count = self.count.saturating_add(1);
        }
        self.last
    }

    /// Returns how many words the text has, those before included.
    pub fn count(mut self) -> u32 {
        while self.next().is_some() {
            self.count = self.count.saturating_add(1);
        }
        self.count
    }

    fn next(&mut self) -> Option<ByteRange> {
        let bytes = self.text.as_bytes();
        let mut start = self.read;
        while kind_at(bytes, start) == Some(Byte::Gap) {
            start += 1;
        }
        let mut end = start;
        let behind = loop {
            let kind = kind_at(bytes, end);
            match kind {
                Some(Byte::Cyrillic) => end += 2,
                Some(Byte::Letter) => end += 1,
                _ => break kind,
            }
        };
        // A Latin name may have a Cyrillic ending behind a hyphen.
        let may_go_on =
            bytes.get(end) == Some(&b'-') && kind_at(bytes, start) == Some(Byte::Letter);
        let is_whole = end > start && matches!(behind, None | Some(Byte::Gap)) && !may_go_on;
        if is_whole {
            self.read = end;
            return Some(ByteRange::new(start, end));
        }
        self.words.go_to(start, self.count);
        let range = self.words.next_into(&mut self.form)?.range;
        self.read = range.end;
        Some(range)
    }
}

fn kind_at(bytes: &[u8], at: usize) -> Option<Byte> {
    bytes.get(at).map(|byte| BYTES[usize::from(*byte)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<ByteRange> {
        let (mut words, mut form) = (Words::new(text), String::new());
        std::iter::from_fn(|| words.next_into(&mut form))
            .map(|word| word.range)
            .collect()
    }

    #[test]
    fn every_character_that_is_passed_over_is_what_the_table_of_bytes_says() {
        for c in (0..0x800).filter_map(char::from_u32) {
            let text = format!("а{c}б {c} {c}в");
            let mut places = TokenOffsets::new(&text);
            let found: Vec<_> = (0..).map_while(|at| places.place_of(at)).collect();
            assert_eq!(found, all(&text), "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn places_are_those_of_the_words(
            text in "\\PC{0,60}|[а-яіїєґА-Я'a-x’\u{301}\u{ad}\u{306} .–-]{0,60}|[0-9., \u{a0}х«»-]{0,60}|([а-яіїє]{1,5}[ ,.'`-]{1,2}){0,20}",
            steps in proptest::collection::vec(0_u32..4, 1..40),
        ) {
            let expected = all(&text);
            let mut places = TokenOffsets::new(&text);
            let mut position = 0;
            for step in steps {
                position += step;
                prop_assert_eq!(places.place_of(position), expected.get(position as usize).copied(), "{}", position);
                if position as usize >= expected.len() {
                    break;
                }
            }
        }
    }
}
