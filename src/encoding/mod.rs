//! Bytes into text: what they are, what they declare to be, and what cannot be told.
//!
//! UTF-8 that is valid is UTF-8, whatever it declares: nothing else looks like it by accident.
//! Other bytes are in the encoding that they declare if they look like a text in it, else in the
//! one in which they look most like one. What had to be decided so, and what was lost, is a doubt.
//!
//! | module | what it holds |
//! |---|---|
//! | `charset` | the encodings |
//! | `declared` | what a text declares |
//! | `encoded_words` | encoded words in headers of mail |
//! | `guess` | guesses by letter pairs |
//! | `letter_pairs` | how often letters follow one another |
//! | `mojibake` | repairs text that was decoded wrongly |

mod charset;
mod declared;
pub(crate) mod encoded_words;
mod guess;
mod letter_pairs;
mod mojibake;
#[cfg(test)]
mod tests;

pub use crate::encoding::charset::{Charset, UnknownCharset};
pub(crate) use crate::encoding::declared::declared_label;
pub(crate) use crate::encoding::mojibake::repaired;

use crate::error::{Doubt, Problem};
use encoding_rs::Encoding;
use memchr::memmem;
use std::borrow::Cow;
use std::io::{self, BufRead};

/// With more control characters in a hundred it is no text.
const MAX_CONTROL_PERCENT: usize = 20;
/// What is no text shows at its beginning, in bytes.
const BINARY_BYTES: usize = 64 * 1024;
/// An encoding that is declared stays unless another scores better by this much.
const CLEARLY_BETTER: f64 = 0.5;

/// What is known of bytes before they are read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'l> {
    /// The encoding that the user says it is.
    pub(crate) forced: Option<Charset>,
    /// The label that the bytes themselves or what carries them give.
    pub(crate) declared: Option<&'l str>,
    /// The encoding of what stands around.
    pub(crate) around: Option<Charset>,
}

/// The text of bytes, with how it was found.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    /// The name of the encoding: that of the web, or `CP1125`.
    pub(crate) encoding: &'static str,
    pub(crate) doubts: Vec<Doubt>,
}

/// Decodes a text or a piece of one.
///
/// # Errors
///
/// Fails on what is no text: more than a fifth of it is control characters or bytes that mean
/// nothing.
pub(crate) fn decode<'b>(bytes: &'b [u8], hints: Hints<'_>) -> Result<Decoded<'b>, Problem> {
    let mut doubts = Vec::new();
    let (charset, bytes) = charset_of(bytes, hints, &mut doubts);
    let text = charset.decode(bytes);
    check_text(bytes, &text)?;
    doubts.extend(bad_bytes(charset, bytes, &text));
    let text = match repaired(&text) {
        Some((repaired, slip)) => {
            doubts.push(Problem::RepairedEncoding { slip }.into());
            Cow::Owned(repaired)
        }
        None => text,
    };
    Ok(Decoded {
        text,
        encoding: charset.name(),
        doubts,
    })
}

/// Decides the encoding and takes the mark of byte order away.
fn charset_of<'b>(
    bytes: &'b [u8],
    hints: Hints<'_>,
    doubts: &mut Vec<Doubt>,
) -> (Charset, &'b [u8]) {
    let marked = Encoding::for_bom(bytes);
    if let Some(forced) = hints.forced {
        let mark_bytes = match marked {
            Some((encoding, mark_bytes)) if Charset::known(encoding) == forced => mark_bytes,
            _ => 0,
        };
        return (forced, bytes.get(mark_bytes..).unwrap_or_default());
    }
    if let Some((encoding, mark_bytes)) = marked {
        let charset = Charset::known(encoding);
        return (charset, bytes.get(mark_bytes..).unwrap_or_default());
    }
    let charset = utf_16_without_mark(bytes).or_else(|| utf_8(bytes, hints));
    let charset = charset.unwrap_or_else(|| eight_bit(bytes, hints, doubts));
    if let Some(label) = hints.declared
        && !bytes.is_ascii()
        && is_other(label, charset)
    {
        let problem = Problem::OtherEncoding {
            declared: label.to_owned(),
            encoding: charset.name(),
        };
        doubts.push(problem.into());
    }
    (charset, bytes)
}

fn is_other(label: &str, charset: Charset) -> bool {
    match Charset::for_label(label) {
        // KOI8-U is KOI8-R with Ukrainian letters.
        Some(declared) => declared != charset && !(is_koi8(declared) && is_koi8(charset)),
        None => true,
    }
}

fn is_koi8(charset: Charset) -> bool {
    charset.name().starts_with("KOI8")
}

/// UTF-8 with a few bad bytes is UTF-8 still.
fn utf_8(bytes: &[u8], hints: Hints<'_>) -> Option<Charset> {
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return Some(Charset::UTF_8);
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let is_expected = hints.around == Some(Charset::UTF_8);
    // Two letters of another encoding may happen to look like one of UTF-8.
    let is_utf_8 = good >= bad || (is_expected && bad <= 2);
    is_utf_8.then_some(Charset::UTF_8)
}

fn eight_bit(bytes: &[u8], hints: Hints<'_>, doubts: &mut Vec<Doubt>) -> Charset {
    let given = hints.declared.and_then(Charset::for_label).or(hints.around);
    let given =
        given.filter(|charset| !matches!(charset.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE"));
    let guess = guess::guess(bytes);
    if let Some(given) = given
        && guess::score(given, bytes) + CLEARLY_BETTER >= guess.score
    {
        return given;
    }
    if !guess.is_sure {
        let problem = Problem::GuessedEncoding {
            encoding: guess.charset.name(),
        };
        doubts.push(problem.into());
    }
    guess.charset
}

/// In UTF-16 every other byte is that of the alphabet: 0 or 4 in our texts, 0x20 for typographic
/// signs.
fn utf_16_without_mark(bytes: &[u8]) -> Option<Charset> {
    let sample = bytes
        .get(..BINARY_BYTES.min(bytes.len()))
        .unwrap_or_default();
    if !sample.contains(&0) {
        return None;
    }
    let pairs = sample.chunks_exact(2);
    let count = pairs.len();
    let (mut little, mut big, mut zeros) = (0, 0, 0);
    for pair in pairs {
        let [first, second] = pair else { continue };
        little += usize::from(matches!(second, 0 | 4 | 0x20) && *first != 0);
        big += usize::from(matches!(first, 0 | 4 | 0x20) && *second != 0);
        zeros += usize::from(*first == 0 || *second == 0);
    }
    let is_most = |part: usize| count >= 4 && part * 100 >= count * 95;
    // Spaces alone have a zero in our texts.
    match zeros * 50 >= count {
        true if is_most(little) => Some(Charset::UTF_16LE),
        true if is_most(big) => Some(Charset::UTF_16BE),
        _ => None,
    }
}

/// Refuses what is no text.
fn check_text(bytes: &[u8], text: &str) -> Result<(), Problem> {
    // Bytes are counted many at a time; nearly every text has none of these.
    let is_suspect = |byte: &u8| matches!(byte, 0..=0x08 | 0x0B | 0x0E..=0x1F | 0x7F | 0xEF);
    if text
        .as_bytes()
        .iter()
        .filter(|byte| is_suspect(byte))
        .count()
        == 0
    {
        return Ok(());
    }
    let (mut chars, mut controls, mut lost) = (0_usize, 0_usize, 0_usize);
    for c in crate::text::first_chars(text, BINARY_BYTES).chars() {
        chars += 1;
        lost += usize::from(c == '\u{FFFD}');
        let is_usual = matches!(c, '\t' | '\n' | '\r' | '\x0C' | '\x1A' | '\x1B');
        // A NUL is worse than any other.
        controls += usize::from(c.is_ascii_control() && !is_usual) + usize::from(c == '\0');
    }
    if controls * 100 <= chars * MAX_CONTROL_PERCENT && lost * 2 <= chars {
        return Ok(());
    }
    let byte = bytes.iter().position(|byte| *byte < 0x20 || *byte >= 0x7F);
    Err(Problem::Binary {
        byte: byte.unwrap_or_default(),
    })
}

/// Counts what could not be decoded.
fn bad_bytes(charset: Charset, bytes: &[u8], text: &str) -> Option<Doubt> {
    let is_utf_8 = charset == Charset::UTF_8;
    if is_utf_8 && matches!(text.len().cmp(&bytes.len()), std::cmp::Ordering::Equal) {
        return None;
    }
    let given = if is_utf_8 { lost_letters(bytes) } else { 0 };
    let count = lost_letters(text.as_bytes()).saturating_sub(given);
    let first = std::str::from_utf8(bytes)
        .err()
        .map(|error| error.valid_up_to());
    let problem = Problem::BadBytes {
        count,
        encoding: charset.name(),
    };
    (count > 0).then(|| Doubt {
        byte: first
            .filter(|_| is_utf_8)
            .and_then(|byte| u64::try_from(byte).ok()),
        ..Doubt::from(problem)
    })
}

/// Counts the characters U+FFFD in text or in bytes of UTF-8.
pub(crate) fn lost_letters(bytes: &[u8]) -> usize {
    memmem::find_iter(bytes, "\u{FFFD}").count()
}

/// Tells in which encoding a stream is, by its beginning; `None` where that is ASCII.
pub(crate) fn of_head(head: &[u8]) -> Option<Charset> {
    if head.is_ascii() {
        return None;
    }
    let head = match std::str::from_utf8(head) {
        // The last letter is cut.
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).unwrap_or_default()
        }
        _ => head,
    };
    let mut doubts = Vec::new();
    Some(charset_of(head, Hints::default(), &mut doubts).0)
}

/// Whether a stream with this head is UTF-8, with a mark or without.
pub(crate) fn is_utf8_head(head: io::Result<&[u8]>) -> bool {
    head.is_ok_and(|head| match std::str::from_utf8(head) {
        Ok(text) => !text.contains('\0'),
        // The last letter is cut.
        Err(error) => error.error_len().is_none(),
    })
}

/// Passes over the mark of UTF-8.
pub(crate) fn skip_mark(input: &mut dyn BufRead) {
    let mark = b"\xEF\xBB\xBF";
    if input.fill_buf().is_ok_and(|head| head.starts_with(mark)) {
        input.consume(mark.len());
    }
}

/// Whether the bytes are UTF-16, by their mark or by how they look.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| Charset::known(encoding));
    let charset = marked.or_else(|| utf_16_without_mark(bytes));
    charset.is_some_and(|charset| charset != Charset::UTF_8)
}
