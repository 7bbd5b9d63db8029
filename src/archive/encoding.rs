//! Bytes into text: strict UTF-8, UTF-16 by its byte order mark, and for pages what they declare.

use crate::error::{Doubt, Problem};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::{self, BufRead};

/// How far into a page its encoding is looked for, in bytes; browsers look at 1024.
const DECLARATION_BYTES: usize = 4096;

/// The text of bytes, with how it was found.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    /// The name of the encoding in HTML.
    pub(super) encoding: &'static str,
    pub(super) doubts: Vec<Doubt>,
}

/// Decodes a text file or a line of one.
///
/// # Errors
///
/// Fails on NUL bytes and on what is not UTF-8, nor UTF-16 with a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'_>, Problem> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return decoded(encoding, bytes.get(mark_bytes..).unwrap_or_default());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(byte) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Problem::Binary { byte });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            doubts: Vec::new(),
        }),
        Err(error) => Err(Problem::NotUtf8 {
            byte: error.valid_up_to(),
        }),
    }
}

/// Decodes a page: by its byte order mark, else as UTF-8 if it is that, else as it declares itself.
///
/// What is UTF-8 beyond ASCII by accident does not exist, while pages saved anew keep an old declaration.
///
/// # Errors
///
/// Fails on NUL bytes, and on what is neither UTF-8 nor in the encoding it declares.
pub(super) fn page(bytes: &[u8]) -> Result<Decoded<'_>, Problem> {
    let problem = match text(bytes) {
        Ok(text) => return Ok(text),
        Err(problem) => problem,
    };
    match declared_encoding(bytes) {
        Some(encoding) if matches!(problem, Problem::NotUtf8 { .. }) && encoding != UTF_8 => {
            decoded(encoding, bytes)
        }
        _ => Err(problem),
    }
}

/// Tells whether a stream that begins so is UTF-8, with a mark or without.
pub(super) fn is_utf8_head(head: io::Result<&[u8]>) -> bool {
    head.is_ok_and(|head| match std::str::from_utf8(head) {
        Ok(text) => !text.contains('\0'),
        // The last letter is cut.
        Err(error) => error.error_len().is_none(),
    })
}

/// Passes over the mark of UTF-8.
pub(super) fn skip_mark(input: &mut dyn BufRead) {
    let mark = b"\xEF\xBB\xBF";
    if input.fill_buf().is_ok_and(|head| head.starts_with(mark)) {
        input.consume(mark.len());
    }
}

/// Tells whether the bytes begin with the byte order mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(Encoding::for_bom(bytes), Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE)
}

fn decoded<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Decoded<'b>, Problem> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(Problem::NotInItsEncoding {
            encoding: encoding.name(),
        })?;
    match text.find('\0') {
        Some(byte) => Err(Problem::Binary { byte }),
        None => Ok(Decoded {
            text,
            encoding: encoding.name(),
            doubts: Vec::new(),
        }),
    }
}

/// Reads `<meta charset=…>`, `<meta http-equiv… content="…; charset=…">` or `<?xml … encoding="…"?>`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let beginning = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    let xml = beginning
        .split("<?xml")
        .nth(1)
        .and_then(|tag| label_behind(tag, "encoding"));
    let mut metas = beginning.split("<meta").skip(1);
    let label = xml.or_else(|| metas.find_map(|tag| label_behind(tag, "charset")))?;
    // A page that could be read as ASCII so far is not UTF-16, whatever it says; HTML has the same rule.
    Encoding::for_label(label.as_bytes()).map(|encoding| match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e => e,
    })
}

fn label_behind<'t>(tag: &'t str, key: &str) -> Option<&'t str> {
    let tag = tag.split('>').next()?;
    let (_, behind) = tag.split_once(key)?;
    let value = behind
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    value
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?'))
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_encoding(label: &str, text: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes())
            .unwrap()
            .encode(text)
            .0
            .into_owned()
    }

    #[test]
    fn utf_8_is_taken_with_and_without_its_mark() {
        assert_eq!(text("\u{FEFF}Кияни".as_bytes()).unwrap().text, "Кияни");
        assert_eq!(text("Кияни".as_bytes()).unwrap().text, "Кияни");
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let little: Vec<u8> = "\u{FEFF}Львів"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{FEFF}Львів"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&little).unwrap().text, "Львів");
        assert_eq!(text(&big).unwrap().text, "Львів");
        assert!(is_utf16(&little) && is_utf16(&big) && !is_utf16("Львів".as_bytes()));
    }

    #[test]
    fn what_is_not_utf_8_is_told_with_its_place() {
        let problem = text(b"abc\xD0").unwrap_err();
        assert!(
            problem.to_string().starts_with("not UTF-8 at byte 3"),
            "{problem}"
        );
    }

    #[test]
    fn nul_bytes_make_a_file_binary() {
        let problem = text(b"\x89PNG\0\xFF").unwrap_err();
        assert!(
            problem
                .to_string()
                .starts_with("binary: there is a NUL at byte 4"),
            "{problem}"
        );
    }

    #[test]
    fn a_page_is_decoded_as_it_declares() {
        for (label, head) in [
            ("windows-1251", "<meta charset=windows-1251>"),
            (
                "koi8-u",
                "<META http-equiv='Content-Type' content='text/html; charset=KOI8-U'>",
            ),
            (
                "windows-1251",
                "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
            ),
        ] {
            let html = format!("{head}<p>Ґанок і їжак");
            assert_eq!(page(&in_encoding(label, &html)).unwrap().text, html);
        }
    }

    #[test]
    fn a_page_that_is_utf_8_is_utf_8_whatever_it_declares() {
        let html = "<meta charset=\"windows-1251\"><p>Ґанок";
        assert_eq!(page(html.as_bytes()).unwrap().text, html);
    }

    #[test]
    fn a_page_that_declares_utf_8_and_is_not_is_told() {
        let html = in_encoding("windows-1251", "<meta charset=utf-8><p>Ґанок");
        assert!(matches!(page(&html), Err(Problem::NotUtf8 { byte: 23 })));
    }
}
