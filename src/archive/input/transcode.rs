//! A stream of bytes in any encoding as a stream of UTF-8.

use crate::archive::flaw::Flaw;
use crate::archive::input::{BUFFER_BYTES, Input};
use crate::encoding;
use crate::encoding::{Charset, Hints};
use crate::error::{Doubt, Problem};
use encoding_rs::{CoderResult, Decoder, Encoding};
use std::io::{self, BufRead, Cursor, Read};

/// A stream of UTF-8 with the name of the encoding it was in.
pub(crate) struct Transcoded<'i> {
    pub(crate) stream: Box<dyn BufRead + 'i>,
    pub(crate) encoding: &'static str,
    /// What was not sure about the encoding.
    pub(crate) doubts: Vec<Doubt>,
}

/// Makes UTF-8 of a stream whose head shows or declares its encoding. Bytes that are wrong there
/// become U+FFFD.
///
/// # Errors
/// Fails where the stream is no text, or cannot be read.
pub(crate) fn transcoded<'i>(
    input: &'i mut Input<'_>,
    forced: Option<Charset>,
) -> Result<Transcoded<'i>, Flaw> {
    let head = whole_chars(input.head()?);
    let declared = encoding::declared_label(head);
    let hints = Hints {
        forced,
        declared: declared.as_deref(),
        around: None,
    };
    let decoded = encoding::decode(head, hints)?;
    let (name, doubts) = (decoded.encoding, decoded.doubts);
    let about_encoding = doubts.into_iter().filter(|doubt| {
        matches!(
            doubt.problem,
            Problem::OtherEncoding { .. } | Problem::GuessedEncoding { .. }
        )
    });
    let doubts = about_encoding.collect();
    let stream: Box<dyn BufRead + 'i> = if let Some(encoding) = Encoding::for_label(name.as_bytes())
    {
        Box::new(Utf8Stream::new(input, encoding))
    } else {
        // An encoding that only whole texts are decoded from.
        let bytes = input.whole()?;
        let forced = Charset::for_label(name);
        let hints = Hints {
            forced,
            ..Hints::default()
        };
        let text = encoding::decode(&bytes, hints)?.text.into_owned();
        Box::new(Cursor::new(text.into_bytes()))
    };
    Ok(Transcoded {
        stream,
        encoding: name,
        doubts,
    })
}

/// Cuts a head where a character of UTF-8 may go on behind it.
fn whole_chars(head: &[u8]) -> &[u8] {
    match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).unwrap_or_default()
        }
        _ => head,
    }
}

struct Utf8Stream<R> {
    inner: R,
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    is_at_end: bool,
}

impl<R: BufRead> Utf8Stream<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; BUFFER_BYTES],
            start: 0,
            end: 0,
            is_at_end: false,
        }
    }
}

impl<R: BufRead> BufRead for Utf8Stream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.is_at_end {
            let source = self.inner.fill_buf()?;
            let is_last = source.is_empty();
            let (result, read, written, _) =
                self.decoder
                    .decode_to_utf8(source, &mut self.buffer, is_last);
            self.inner.consume(read);
            self.start = 0;
            self.end = written;
            self.is_at_end = is_last && result == CoderResult::InputEmpty;
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }
}

impl<R: BufRead> Read for Utf8Stream<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(target)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let mut input = Input::new(bytes, None);
        let Transcoded {
            mut stream,
            encoding,
            ..
        } = transcoded(&mut input, None).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        (text, encoding)
    }

    #[test]
    fn long_streams_are_decoded_across_the_ends_of_buffers() {
        let long = format!(
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?>{}",
            "Ґанок і їжак. ".repeat(20_000)
        );
        let bytes = encoding_rs::WINDOWS_1251.encode(&long).0.into_owned();
        assert_eq!(text(&bytes), (long.clone(), "windows-1251"));
        assert_eq!(text(long.as_bytes()), (long, "UTF-8"));
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let bytes: Vec<u8> = "\u{FEFF}<rss>їжак"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&bytes).0, "<rss>їжак");
    }
}
