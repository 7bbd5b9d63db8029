//! Texts that were read in a wrong encoding before they came to us, and written again as what they
//! looked like.

use crate::encoding::charset::Charset;
use crate::encoding::letter_pairs;
use encoding_rs::{WINDOWS_1251, WINDOWS_1252};
use std::borrow::Cow;

/// How a text was read wrongly.
pub(crate) type Slip = &'static str;

const UTF_8_AS_1251: Slip = "UTF-8 read as windows-1251";
const UTF_8_AS_1252: Slip = "UTF-8 read as windows-1252";
const CP1251_AS_1252: Slip = "windows-1251 read as windows-1252";

/// So much of a text is looked at before it is looked through, at either end, in bytes.
const HEAD_BYTES: usize = 4096;
const TAIL_BYTES: usize = 1024;

/// A piece of fewer letters beyond ASCII tells nothing.
const MIN_CHARS: usize = 4;

/// A repaired text must look better by so much.
const BETTER: f64 = 1.0;

/// Repairs the pieces of a text that were read in a wrong encoding; `None` where there are none.
///
/// A piece ends at a line end, a quotation mark of JSON or a bracket of markup, so one field may be
/// repaired while another is as it should be.
pub(crate) fn repaired(text: &str) -> Option<(String, Slip)> {
    if !may_need_repair(text) {
        return None;
    }
    let mut slip = None;
    let pieces =
        text.split_inclusive(['\n', '"', '<', '>'])
            .map(|piece| match repaired_piece(piece) {
                Some((repaired, found)) => {
                    slip = Some(found);
                    Cow::Owned(repaired)
                }
                None => Cow::Borrowed(piece),
            });
    let text: String = pieces.collect();
    slip.map(|slip| (text, slip))
}

/// Looks for two letters in a row that were read as four, of which the first and third are lead
/// bytes of UTF-8, `Р` or `С`; and for letters with accents.
fn may_need_repair(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL_BYTES)..)
        .unwrap_or_default();
    [head, tail].into_iter().any(|part| {
        // The second bytes of Р and С and the first of letters with accents are rare in other
        // texts, so nearly all of it is passed over at the speed of memory.
        let mut leads = memchr::memchr2_iter(0xA0, 0xA1, part);
        leads.any(|second| is_slipped_pair(part, second))
            || memchr::memchr_iter(0xC3, part).nth(1).is_some()
    })
}

/// Returns whether the letter with its second byte at `second` is a lead byte read as windows-1251,
/// with the byte behind it, which is no letter of `А–я` there, and a lead byte again.
fn is_slipped_pair(bytes: &[u8], second: usize) -> bool {
    let pair = second.checked_sub(1).and_then(|at| bytes.get(at..at + 7));
    match pair.unwrap_or_default() {
        [0xD0, 0xA0 | 0xA1, rest @ ..] => matches!(
            rest,
            [0xD0, 0x80..=0x8F, 0xD0, 0xA0 | 0xA1, ..]
                | [0xD1, 0x90..=0x9F, 0xD0, 0xA0 | 0xA1, ..]
                | [0xC2 | 0xD2, _, 0xD0, 0xA0 | 0xA1, ..]
                | [0xE2, _, _, 0xD0, 0xA0 | 0xA1]
        ),
        _ => false,
    }
}

fn repaired_piece(piece: &str) -> Option<(String, Slip)> {
    let (mut chars, mut leads, mut accented) = (0, 0, 0);
    for c in piece.chars().filter(|c| !c.is_ascii()) {
        chars += 1;
        leads += usize::from(matches!(c, 'Р' | 'С'));
        accented += usize::from(matches!(c, '\u{80}'..='\u{FF}'));
    }
    if chars < MIN_CHARS {
        return None;
    }
    let is_cyrillic = leads * 5 >= chars * 2;
    let is_latin = accented * 5 >= chars * 3;
    if !is_cyrillic && !is_latin {
        return None;
    }
    // Scores cost far more than counts, and hardly a piece comes so far.
    let before = letter_pairs::score(piece);
    let is_better = |text: &String| letter_pairs::score(text) > before + BETTER;
    if is_cyrillic {
        let bytes = Charset::known(WINDOWS_1251).encode(piece);
        let text = bytes.and_then(|bytes| utf_8(&bytes)).filter(is_better);
        return text.map(|text| (text, UTF_8_AS_1251));
    }
    let bytes = latin_bytes(piece)?;
    if let Some(text) = utf_8(&bytes).filter(is_better) {
        return Some((text, UTF_8_AS_1252));
    }
    let ascii = piece.chars().filter(char::is_ascii_alphabetic).count();
    let text = Charset::known(WINDOWS_1251).decode(&bytes).into_owned();
    (ascii < accented && letter_pairs::score(&text) > BETTER).then_some((text, CP1251_AS_1252))
}

fn latin_bytes(piece: &str) -> Option<Vec<u8>> {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(vec![byte]),
        Err(_) => Charset::known(WINDOWS_1252).encode(c.encode_utf8(&mut [0; 4])),
    };
    let bytes: Option<Vec<Vec<u8>>> = piece.chars().map(byte).collect();
    bytes.map(|bytes| bytes.concat())
}

/// Reads bytes as UTF-8 of which a few may have been lost.
fn utf_8(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let letters = text
        .chars()
        .filter(|c| !c.is_ascii() && *c != '\u{FFFD}')
        .count();
    let lost = text.chars().filter(|c| *c == '\u{FFFD}').count();
    (letters > 0 && lost * 10 <= letters).then(|| text.into_owned())
}
