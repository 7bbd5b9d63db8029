//! Cuts a text into sentences and paragraphs.

#[cfg(test)]
mod tests;

use crate::analysis::words::abbreviation::{is_open, is_open_before_number};
use crate::text::ByteRange;

/// What may stand between the stop of a sentence and the space behind it.
const CLOSING: &str = "»”“\"’')]";
/// What may stand before the first word of a sentence.
const OPENING: &str = "«„“\"‘'([–—-•*";

/// The most digits of the number of an item in a list: `1.`, `12)`.
const MAX_ITEM_DIGITS: usize = 2;

/// Returns the sentences of `text` in order, without the white space around them.
///
/// A line break always ends one. A full stop does not behind an abbreviation, an initial or the
/// number of an item; no mark does before a small letter, so what is quoted stays with who says it:
/// `«Йдемо!» — сказав він`. Closing quotes and brackets belong to the sentence before them.
pub fn sentences(text: &str) -> Vec<ByteRange> {
    Sentences::new(text).collect()
}

/// The sentences of a text, one after the other; see [`sentences`].
#[derive(Debug, Clone)]
pub struct Sentences<'a> {
    text: &'a str,
    /// Where the current sentence begins, in bytes.
    start: usize,
    /// Up to where the text is read, in bytes.
    read: usize,
}

impl<'a> Sentences<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            start: 0,
            read: 0,
        }
    }

    /// Goes to the end of the current sentence and returns it with the white space around it.
    fn next_whole(&mut self) -> Option<ByteRange> {
        while let Some((at, mark)) = next_mark(self.text, self.read) {
            let start = self.start;
            self.read = at + mark.len_utf8();
            if mark == '\n' {
                self.start = at;
                return Some(ByteRange::new(start, at));
            }
            let behind = self.text.get(self.read..).unwrap_or_default();
            let after_stops = behind.trim_start_matches(is_stop);
            let is_single = mark == '.' && after_stops.len() == behind.len();
            let after = after_stops.trim_start_matches(|c| CLOSING.contains(c));
            self.read = self.text.len() - after.len();
            let sentence = ByteRange::new(start, at).of(self.text).trim_start();
            let next = after.trim_start_matches([' ', '\u{a0}', '–', '—', '-']);
            let is_before_number = next.starts_with(|c: char| c.is_ascii_digit());
            let goes_on = is_open(sentence, after)
                || is_item_number(sentence)
                || is_before_number && is_open_before_number(sentence);
            if starts_sentence(after) && !(is_single && goes_on) {
                self.start = self.read;
                return Some(ByteRange::new(start, self.read));
            }
        }
        let rest = ByteRange::new(self.start, self.text.len());
        self.start = self.text.len();
        self.read = self.text.len();
        (rest.len_bytes() > 0).then_some(rest)
    }
}

impl Iterator for Sentences<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        while let Some(range) = self.next_whole() {
            if let Some(trimmed) = trimmed(self.text, range) {
                return Some(trimmed);
            }
        }
        None
    }
}

/// Returns the next stop or line break of `text` from byte `from` on. Looks at bytes: few
/// characters begin as one of these do.
fn next_mark(text: &str, mut from: usize) -> Option<(usize, char)> {
    loop {
        let may_begin = |byte: &u8| matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xe2);
        let at = from + text.as_bytes().get(from..)?.iter().position(may_begin)?;
        let mark = text.get(at..)?.chars().next()?;
        if mark == '\n' || is_stop(mark) {
            return Some((at, mark));
        }
        from = at + mark.len_utf8();
    }
}

/// Returns the paragraphs of `text` in order, without the white space around them: what stands
/// between line breaks.
pub fn paragraphs(text: &str) -> Vec<ByteRange> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = ByteRange::new(start, start + line.len());
        paragraphs.extend(trimmed(text, range));
        start += line.len();
    }
    paragraphs
}

/// Returns `range` without the white space around it, if anything is left.
fn trimmed(text: &str, range: ByteRange) -> Option<ByteRange> {
    let whole = range.of(text);
    let trimmed = whole.trim();
    let from = range.start + (whole.len() - whole.trim_start().len());
    (!trimmed.is_empty()).then(|| ByteRange::new(from, from + trimmed.len()))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Returns whether a sentence may begin with `after`, what stands behind a stop.
fn starts_sentence(after: &str) -> bool {
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return false;
    }
    let first = after
        .chars()
        .find(|c| !c.is_whitespace() && !OPENING.contains(*c));
    first.is_none_or(|c| !c.is_lowercase())
}

/// Returns whether the sentence so far is but the number of an item in a list.
fn is_item_number(sentence: &str) -> bool {
    (1..=MAX_ITEM_DIGITS).contains(&sentence.len()) && sentence.bytes().all(|b| b.is_ascii_digit())
}
