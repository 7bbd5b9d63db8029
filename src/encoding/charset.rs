//! The encodings that texts of the archive come in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Known(&'static Encoding),
    /// The Ukrainian page of DOS, which the standard of the web does not have.
    Cp1125,
}

/// What CP1125 has where IBM866 has other signs: bytes from 0xF0.
const CP1125_FROM_F0: [char; 16] = [
    'Ё', 'ё', 'Ґ', 'ґ', 'Є', 'є', 'І', 'і', 'Ї', 'ї', '·', '√', '№', '¤', '■', '\u{A0}',
];

/// Names in use that the standard of the web does not list, without case and marks.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("maccyrillic", "x-mac-cyrillic"),
    ("macukrainian", "x-mac-cyrillic"),
    ("macukraine", "x-mac-cyrillic"),
    ("win1251", "windows-1251"),
    ("1251", "windows-1251"),
    ("ansi1251", "windows-1251"),
    ("win1252", "windows-1252"),
    ("1252", "windows-1252"),
    ("koi8", "koi8-r"),
    ("koi8ua", "koi8-u"),
    ("dos866", "ibm866"),
    ("utf16", "utf-16le"),
];

impl Charset {
    /// The usual names of all that can be asked for, for messages.
    pub const NAMES: &str = "UTF-8, UTF-16LE, UTF-16BE, windows-1251, KOI8-U, KOI8-R, IBM866, \
                             CP1125, x-mac-cyrillic, ISO-8859-5, windows-1252";
    /// UTF-8.
    pub const UTF_8: Self = Self(Kind::Known(UTF_8));
    pub(crate) const UTF_16LE: Self = Self(Kind::Known(UTF_16LE));
    pub(crate) const UTF_16BE: Self = Self(Kind::Known(UTF_16BE));
    pub(crate) const CP1125: Self = Self(Kind::Cp1125);

    pub(crate) const fn known(encoding: &'static Encoding) -> Self {
        Self(Kind::Known(encoding))
    }

    /// Returns the encoding of a label, in any case and spelling: `cp1251`, `KOI8-U`,
    /// `MacCyrillic`, `CP1125`.
    pub fn for_label(label: &str) -> Option<Self> {
        let folded: String = label
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if matches!(
            folded.as_str(),
            "cp1125" | "ibm1125" | "1125" | "ruscii" | "cp866u"
        ) {
            return Some(Self::CP1125);
        }
        let other = OTHER_NAMES.iter().find(|(name, _)| *name == folded);
        let label = other.map_or(label, |(_, label)| label);
        Encoding::for_label(label.as_bytes()).map(Self::known)
    }

    /// Returns the name: that of the web (`windows-1251`), or `CP1125`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Known(encoding) => encoding.name(),
            Kind::Cp1125 => "CP1125",
        }
    }

    /// Decodes bytes; what is wrong becomes U+FFFD.
    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self.0 {
            Kind::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Kind::Cp1125 => Cow::Owned(cp1125(bytes)),
        }
    }

    /// Returns the bytes of a text, if it can be written in the encoding; U+0080 to U+009F stand
    /// for the bytes that it leaves open.
    pub(crate) fn encode(self, text: &str) -> Option<Vec<u8>> {
        let Kind::Known(encoding) = self.0 else {
            return None;
        };
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars() {
            let mut buffer = [0; 4];
            let (encoded, _, is_lost) = encoding.encode(c.encode_utf8(&mut buffer));
            match u8::try_from(u32::from(c)) {
                Ok(byte) if is_lost && (0x80..=0x9F).contains(&byte) => bytes.push(byte),
                _ if is_lost => return None,
                _ => bytes.extend_from_slice(&encoded),
            }
        }
        Some(bytes)
    }
}

fn cp1125(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        match byte.checked_sub(0xF0) {
            Some(at) => text.extend(CP1125_FROM_F0.get(usize::from(at))),
            None => text.push_str(&encoding_rs::IBM866.decode_without_bom_handling(&[*byte]).0),
        }
    }
    text
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says that a name is none of an encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown encoding; choose one of: {}", Charset::NAMES)]
pub struct UnknownCharset;

impl FromStr for Charset {
    type Err = UnknownCharset;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        Self::for_label(label).ok_or(UnknownCharset)
    }
}
