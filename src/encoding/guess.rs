//! Which 8-bit encoding bytes are in, by how much they look like a text in each.

use crate::encoding::charset::Charset;
use crate::encoding::letter_pairs;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

/// The encodings that are tried. Of equals the first wins.
const CANDIDATES: [Charset; 8] = [
    Charset::known(WINDOWS_1251),
    Charset::known(KOI8_U),
    Charset::known(KOI8_R),
    Charset::known(IBM866),
    Charset::CP1125,
    Charset::known(ISO_8859_5),
    Charset::known(X_MAC_CYRILLIC),
    Charset::known(WINDOWS_1252),
];

/// So many bytes beyond ASCII are looked at, with what stands between them.
const SAMPLE_BYTES: usize = 16 * 1024;

/// An encoding is sure if it scores this much better than any that reads the text otherwise.
const SURE: f64 = 0.25;
/// And where there are so many bytes beyond ASCII.
const SURE_BYTES: usize = 12;

/// A guess.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    pub(crate) charset: Charset,
    pub(crate) score: f64,
    pub(crate) is_sure: bool,
}

/// Guesses the encoding of bytes that are not UTF-8.
pub(crate) fn guess(bytes: &[u8]) -> Guess {
    let sample = sample(bytes);
    let read: Vec<_> = CANDIDATES
        .iter()
        .map(|charset| {
            let text = charset.decode(&sample);
            (*charset, letter_pairs::score(&text), text)
        })
        .collect();
    let mut best = &read[0];
    for candidate in &read {
        // Scores of one text are equal to the last digit.
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    let rival = read
        .iter()
        .filter(|other| other.2 != best.2 && !are_kin(other.0, best.0))
        .map(|other| other.1)
        .fold(f64::NEG_INFINITY, f64::max);
    let high_bytes = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let charset = if best.0 == Charset::known(WINDOWS_1252) {
        western(bytes)
    } else {
        best.0
    };
    Guess {
        charset,
        score: best.1,
        is_sure: best.1 > 0.0 && best.1 - rival > SURE && high_bytes >= SURE_BYTES,
    }
}

/// KOI8-U and CP1125 are their Russian kin with Ukrainian letters; a letter tells them apart, or
/// nothing need.
fn are_kin(a: Charset, b: Charset) -> bool {
    let family = |charset: Charset| match charset.name() {
        "KOI8-R" | "KOI8-U" => 1,
        "IBM866" | "CP1125" => 2,
        _ => 0,
    };
    family(a) != 0 && family(a) == family(b)
}

/// Scores bytes as a text in one encoding.
pub(crate) fn score(charset: Charset, bytes: &[u8]) -> f64 {
    letter_pairs::score(&charset.decode(&sample(bytes)))
}

/// Texts without Cyrillic are left to a detector that knows all of the web.
fn western(bytes: &[u8]) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = Charset::known(detector.guess(None, Utf8Detection::Deny));
    if CANDIDATES.contains(&guessed) {
        Charset::known(WINDOWS_1252)
    } else {
        guessed
    }
}

/// Returns the words with bytes beyond ASCII; markup tells nothing.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    let words = bytes.split(|byte| byte.is_ascii_whitespace() || b"<>=\"".contains(byte));
    for word in words.filter(|word| !word.is_ascii()) {
        sample.extend_from_slice(word);
        sample.push(b' ');
        if sample.len() > SAMPLE_BYTES {
            break;
        }
    }
    sample
}
