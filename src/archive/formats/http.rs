//! A response of HTTP, as web archives keep it: with its headers, perhaps in chunks, perhaps
//! compressed.

use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::error::Problem;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::{self, Read};

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Response<'b> {
    /// `None` where the headers are missing and the whole is the body.
    pub(crate) status: Option<u16>,
    /// The type without parameters, in lower case.
    pub(crate) media_type: String,
    /// The charset that the header declares.
    pub(crate) charset: Option<String>,
    pub(crate) body: Cow<'b, [u8]>,
}

impl<'b> Response<'b> {
    /// Parses a response and undoes its transfer and content encodings.
    ///
    /// # Errors
    ///
    /// Fails where the body unpacks to more than an article may have, or cannot be unpacked.
    pub(crate) fn parse(bytes: &'b [u8]) -> Result<Self, Problem> {
        if !bytes.starts_with(b"HTTP/") {
            return Ok(Self {
                status: None,
                media_type: String::new(),
                charset: None,
                body: Cow::Borrowed(bytes),
            });
        }
        let (head, body) = split_head(bytes);
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split_whitespace().nth(1))
            .and_then(|status| status.parse().ok());
        let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
        let header = |name: &str| {
            let found = headers
                .iter()
                .find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim())
        };
        let content_type = header("content-type").unwrap_or_default();
        let (media_type, charset) = media_type(content_type);
        let is_chunked = header("transfer-encoding")
            .is_some_and(|encoding| encoding.to_ascii_lowercase().contains("chunked"));
        // Many crawlers store the body without its chunks and leave the header.
        let body = if is_chunked {
            without_chunks(body)
        } else {
            Cow::Borrowed(body)
        };
        let encoding = header("content-encoding").unwrap_or_default();
        Ok(Self {
            status: Some(status.unwrap_or_default()),
            media_type,
            charset,
            body: unpacked(body, &encoding.to_ascii_lowercase())?,
        })
    }

    /// Says whether the response is a page that was there.
    pub(crate) fn is_page(&self) -> bool {
        let is_there = self
            .status
            .is_none_or(|status| (200..300).contains(&status));
        let is_html = match self.media_type.as_str() {
            "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => true,
            "" => looks_like_html(&self.body),
            _ => false,
        };
        is_there && is_html && !self.body.trim_ascii().is_empty()
    }
}

/// Splits `text/html; charset=utf-8`.
pub(crate) fn media_type(content_type: &str) -> (String, Option<String>) {
    let mut parts = content_type.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (name, charset)
}

fn looks_like_html(body: &[u8]) -> bool {
    let head = body.trim_ascii_start();
    let head = String::from_utf8_lossy(head.get(..200).unwrap_or(head)).to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.contains("<html")
}

/// Splits the head from the body at the first empty line.
fn split_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = |mark: &[u8]| {
        let start = bytes
            .windows(mark.len())
            .position(|window| window == mark)?;
        Some((start, start + mark.len()))
    };
    let ends = [at(b"\r\n\r\n"), at(b"\n\n")];
    let end = ends.into_iter().flatten().min();
    let (head_end, body_start) = end.unwrap_or((bytes.len(), bytes.len()));
    (
        bytes.get(..head_end).unwrap_or_default(),
        bytes.get(body_start..).unwrap_or_default(),
    )
}

/// Puts the chunks of a body together; where the first has no length it is not in chunks.
fn without_chunks(body: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::new();
    let mut rest = body;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        let length = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(length, 16) else {
            break;
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        if length == 0 {
            return Cow::Owned(whole);
        }
        whole.extend_from_slice(rest.get(..length).unwrap_or(rest));
        rest = rest.get(length..).unwrap_or_default();
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
    if whole.is_empty() {
        Cow::Borrowed(body)
    } else {
        Cow::Owned(whole)
    }
}

/// Undoes the content encodings, the last first. A body that is not in the encoding named was
/// unpacked before it was stored.
fn unpacked<'b>(body: Cow<'b, [u8]>, encodings: &str) -> Result<Cow<'b, [u8]>, Problem> {
    let mut body = body;
    for encoding in encodings.rsplit(',').map(str::trim).take(3) {
        let bytes: &[u8] = &body;
        let unpacked = match (encoding, bytes) {
            ("gzip" | "x-gzip", [0x1F, 0x8B, ..]) => read(MultiGzDecoder::new(bytes)),
            ("deflate", [0x78, ..]) => read(ZlibDecoder::new(bytes)),
            ("deflate", _) if !looks_like_html(bytes) => read(DeflateDecoder::new(bytes)),
            ("br", _) if !looks_like_html(bytes) => {
                read(brotli_decompressor::Decompressor::new(bytes, 4096))
            }
            ("zstd", [0x28, 0xB5, 0x2F, 0xFD, ..]) => zstd::stream::read::Decoder::new(bytes)
                .map_err(Problem::from)
                .and_then(read),
            _ => continue,
        };
        body = Cow::Owned(unpacked?);
    }
    Ok(body)
}

/// Reads a whole body; a truncated one gives the bytes before the cut.
fn read(decoder: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let result = decoder.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    match result {
        _ if length > MAX_ARTICLE_BYTES => Err(Problem::TooLarge {
            size_bytes: length,
            max_bytes: MAX_ARTICLE_BYTES,
        }),
        Err(error) if bytes.is_empty() && error.kind() != io::ErrorKind::UnexpectedEof => {
            Err(Problem::BrokenArchive {
                reason: error.to_string(),
            })
        }
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn chunks_and_compression_are_undone_where_they_are() {
        let html = "<html><p>Міст</p></html>";
        let packed = gzip(html.as_bytes());
        let (first, second) = packed.split_at(10);
        let mut chunked = format!("{:x}\r\n", first.len()).into_bytes();
        chunked.extend_from_slice(first);
        chunked.extend_from_slice(format!("\r\n{:X};a=b\r\n", second.len()).as_bytes());
        chunked.extend_from_slice(second);
        chunked.extend_from_slice(b"\r\n0\r\n\r\n");
        let head = "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"windows-1251\"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n";
        for body in [chunked.as_slice(), packed.as_slice(), html.as_bytes()] {
            let bytes = [head.as_bytes(), body].concat();
            let response = Response::parse(&bytes).unwrap();
            assert_eq!(String::from_utf8_lossy(&response.body), html);
            assert_eq!(response.charset.as_deref(), Some("windows-1251"));
            assert!(response.is_page());
        }
    }

    #[test]
    fn errors_and_pictures_are_no_pages() {
        for head in [
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>",
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<html>",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            "HTTP/1.1 200",
        ] {
            assert!(
                !Response::parse(head.as_bytes()).unwrap().is_page(),
                "{head}"
            );
        }
    }
}
