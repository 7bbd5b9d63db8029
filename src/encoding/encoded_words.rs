//! Header texts with encoded words (RFC 2047): `=?utf-8?B?0JzRltGB0YI=?=`.
//!
//! Mailers cut long texts at any byte, so words that stand side by side are put together before
//! they are decoded: a letter may begin in one and end in the next.

use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

/// Returns the text of a header.
pub(crate) fn decoded(raw: &str) -> String {
    let mut out = String::new();
    // Bytes of encoded words side by side, with their charset.
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once("=?") {
        let Some((charset, bytes, after)) = word(behind) else {
            flush(&mut pending, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = behind;
            continue;
        };
        // White space between encoded words is no text.
        if !(pending.is_some() && before.trim().is_empty()) {
            flush(&mut pending, &mut out);
            out.push_str(before);
        }
        match &mut pending {
            Some((same, held)) if same.eq_ignore_ascii_case(&charset) => held.extend(bytes),
            _ => {
                flush(&mut pending, &mut out);
                pending = Some((charset, bytes));
            }
        }
        rest = after;
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn word(text: &str) -> Option<(String, Vec<u8>, &str)> {
    let (charset, behind) = text.split_once('?')?;
    let (encoding, behind) = behind.split_once('?')?;
    let (content, after) = behind.split_once("?=")?;
    // A language may follow the charset: `utf-8*uk`.
    let charset = charset.split('*').next().unwrap_or_default();
    let is_label =
        !charset.is_empty() && charset.len() < 40 && !charset.contains(char::is_whitespace);
    let bytes = match encoding {
        "b" | "B" => base64_decode(padded(content).as_bytes())?,
        "q" | "Q" => quoted_printable_decode(content.replace('_', " ").as_bytes())?,
        _ => return None,
    };
    is_label.then(|| (charset.to_owned(), bytes, after))
}

/// Some leave the padding out.
fn padded(content: &str) -> String {
    let content = content.trim_end_matches('=');
    let missing = (4 - content.len() % 4) % 4;
    format!("{content}{}", "=".repeat(missing))
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, out: &mut String) {
    if let Some((charset, bytes)) = pending.take() {
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        out.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_even_where_a_letter_is_cut() {
        for (raw, text) in [
            ("=?UTF-8?B?0JzRltGB?=\r\n =?UTF-8?B?0YI=?=", "Міст"),
            // The letter `с` is cut: D1 | 81.
            (
                "=?utf-8?B?0JzRltE?= =?utf-8?B?gdGC?= відкрито",
                "Міст відкрито",
            ),
            (
                "=?windows-1251?Q?=CC=B3=F1=F2_?= =?koi8-u?Q?=C4=C5?=",
                "Міст де",
            ),
            ("Re: =?utf-8?q?=D0=9C?= x", "Re: М x"),
            ("=?не слово", "=?не слово"),
            ("a =?x", "a =?x"),
        ] {
            assert_eq!(decoded(raw), text, "{raw}");
        }
    }
}
