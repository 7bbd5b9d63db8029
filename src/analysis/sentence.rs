//! Cuts a text into sentences and paragraphs.

use super::abbreviation::is_open;
use crate::text::ByteRange;

/// What may stand between the stop of a sentence and the space behind it.
const CLOSING: &str = "»”“\"’')]";
/// What may stand before the first word of a sentence.
const OPENING: &str = "«„“\"‘'([–—-•*";

/// The most digits of the number of an item in a list: `1.`, `12)`.
const MAX_ITEM_DIGITS: usize = 2;

/// Returns the sentences of `text` in order, without the white space around them.
///
/// A line break always ends one. A full stop does not behind an abbreviation, an initial or the number of
/// an item; no mark does before a small letter, so what is quoted stays with who says it: `«Йдемо!» —
/// сказав він`. Closing quotes and brackets belong to the sentence before them.
pub fn sentences(text: &str) -> Vec<ByteRange> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            push(&mut sentences, text, ByteRange::new(start, at));
            start = at;
        } else if is_stop(c) {
            let mut end = at + c.len_utf8();
            let mut is_single = c == '.';
            while let Some((_, next)) = chars.next_if(|(_, next)| is_stop(*next)) {
                end += next.len_utf8();
                is_single = false;
            }
            while let Some((_, next)) = chars.next_if(|(_, next)| CLOSING.contains(*next)) {
                end += next.len_utf8();
            }
            let sentence = ByteRange::new(start, at).of(text).trim_start();
            let after = text.get(end..).unwrap_or_default();
            if starts_sentence(after)
                && !(is_single && (is_open(sentence) || is_item_number(sentence)))
            {
                push(&mut sentences, text, ByteRange::new(start, end));
                start = end;
            }
        }
    }
    push(&mut sentences, text, ByteRange::new(start, text.len()));
    sentences
}

/// Returns the paragraphs of `text` in order, without the white space around them: what stands between
/// line breaks.
pub fn paragraphs(text: &str) -> Vec<ByteRange> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        push(
            &mut paragraphs,
            text,
            ByteRange::new(start, start + line.len()),
        );
        start += line.len();
    }
    paragraphs
}

fn push(ranges: &mut Vec<ByteRange>, text: &str, range: ByteRange) {
    let whole = range.of(text);
    let trimmed = whole.trim();
    if !trimmed.is_empty() {
        let from = range.start + (whole.len() - whole.trim_start().len());
        ranges.push(ByteRange::new(from, from + trimmed.len()));
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Tells whether a sentence may begin with `after`, what stands behind a stop.
fn starts_sentence(after: &str) -> bool {
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return false;
    }
    let first = after
        .chars()
        .find(|c| !c.is_whitespace() && !OPENING.contains(*c));
    first.is_none_or(|c| !c.is_lowercase())
}

/// Tells whether the sentence so far is but the number of an item in a list.
fn is_item_number(sentence: &str) -> bool {
    (1..=MAX_ITEM_DIGITS).contains(&sentence.len()) && sentence.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
