//! PDF with text: the lines of its pages joined to paragraphs.

use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::input::MAX_EXPANSION;
use crate::archive::plain::text;
use crate::archive::read_article::ReadArticle;
use crate::error::{Problem, containment};
use flate2::read::ZlibDecoder;
use memchr::memmem;
use pdf_extract::{Document, OutputError, PlainTextOutput, output_doc_page};
use std::io::Read;

/// More pages are no article.
const MAX_PAGES: usize = 1000;

/// The most bytes that the streams of a document may unpack to: its parser holds them all.
const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;

/// How many times over a stream may be packed.
const MAX_LAYERS: usize = 4;

/// The first byte of a packed stream.
const ZLIB_MARK: u8 = 0x78;

/// A document packed by LZW, which unpacks to a thousand times its size, is no longer than this.
const MAX_LZW_BYTES: usize = 256 * 1024;

/// A line is full, and the next one goes on, from this share of the width on, in percent.
const FULL_PERCENT: usize = 80;

/// Reads the article of a document.
///
/// # Errors
///
/// Fails where the document is damaged, encrypted, too large, or pictures of pages alone.
pub(crate) fn article(file: &ArchiveFile, bytes: &[u8]) -> Result<ReadArticle, Flaw> {
    check_streams(bytes)?;
    // The parser takes documents at their word and panics where they lie.
    let written = containment::contained(|| text_of(bytes));
    let written = written.unwrap_or_else(|_| {
        let reason = "its parser gave up".to_owned();
        Err(Problem::BrokenArchive { reason })
    })?;
    if !written.contains(char::is_alphanumeric) {
        let what = "a PDF without text, as scanners make them";
        return Err(Problem::NoArticles { what }.into());
    }
    text::article(file, &paragraphs(&written))
}

/// Returns what is written on the pages, as the document writes it.
fn text_of(bytes: &[u8]) -> Result<String, Problem> {
    let broken = |reason: String| Problem::BrokenArchive { reason };
    let document = Document::load_mem(bytes).map_err(|error| broken(error.to_string()))?;
    let pages = document.get_pages();
    if pages.len() > MAX_PAGES {
        let (what, max) = ("pages", MAX_PAGES);
        return Err(Problem::TooMany { what, max });
    }
    let mut written = String::new();
    for page in pages.keys() {
        let mut output = PlainTextOutput::new(&mut written);
        output_doc_page(&document, &mut output, *page)
            .map_err(|error: OutputError| broken(error.to_string()))?;
        written.push('\n');
    }
    Ok(written)
}

/// Unpacks every stream without keeping it, so that the parser is spared those made to fill memory.
fn check_streams(bytes: &[u8]) -> Result<(), Problem> {
    let too_large = Problem::Expands {
        max_times: MAX_EXPANSION,
    };
    if bytes.len() > MAX_LZW_BYTES && memmem::find(bytes, b"LZWDecode").is_some() {
        return Err(too_large);
    }
    let mut left = MAX_UNPACKED_BYTES;
    for start in memmem::find_iter(bytes, b"stream") {
        let packed = bytes.get(start + b"stream".len()..).unwrap_or_default();
        let packed = packed.trim_ascii_start();
        for layers in 1..=MAX_LAYERS {
            let mut stream: Box<dyn Read + '_> = Box::new(packed);
            for _ in 0..layers {
                stream = Box::new(ZlibDecoder::new(stream));
            }
            let Some((unpacked, first)) = unpacked_bytes(&mut stream, left) else {
                return Err(too_large);
            };
            left -= unpacked;
            if first != Some(ZLIB_MARK) {
                break;
            }
        }
    }
    Ok(())
}

/// Returns how many bytes a stream unpacks to, and the first of them; `None` above `max_bytes`.
/// What is no such stream ends at once.
fn unpacked_bytes(stream: &mut dyn Read, max_bytes: u64) -> Option<(u64, Option<u8>)> {
    let (mut unpacked, mut first) = (0, None);
    let mut piece = [0; 16 * 1024];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        first = first.or(piece.first().copied());
        unpacked += u64::try_from(count).unwrap_or(u64::MAX);
        if unpacked > max_bytes {
            return None;
        }
    }
    Some((unpacked, first))
}

/// Joins the lines of paragraphs. Between lines that stand far apart the extractor leaves an empty
/// one, so it is the length of a line that tells whether the next one goes on.
fn paragraphs(written: &str) -> String {
    let lines = written.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let mut widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    widths.sort_unstable();
    let width = widths
        .get(widths.len() * 9 / 10)
        .copied()
        .unwrap_or_default();
    let mut text = String::with_capacity(written.len());
    let mut is_full = false;
    for line in lines {
        if !text.is_empty() {
            text.push_str(if is_full { "\n" } else { "\n\n" });
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        text.push_str(&words.join(" "));
        is_full = line.chars().count() * 100 >= width * FULL_PERCENT;
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{problem, read_one};
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    /// A document of one page with this stream, which may be packed.
    fn document(content: &[u8], filter: &str) -> Vec<u8> {
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << \
              /Font << /F1 5 0 R >> >> >>"
                .to_vec(),
            [
                format!("<< /Length {}{filter} >>\nstream\n", content.len()).as_bytes(),
                content,
                b"\nendstream",
            ]
            .concat(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
                .to_vec(),
        ];
        let mut out = b"%PDF-1.4\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            offsets.push(out.len());
            writeln!(out, "{number} 0 obj").unwrap();
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len();
        write!(out, "xref\n0 6\n0000000000 65535 f \n").unwrap();
        for offset in offsets {
            writeln!(out, "{offset:010} 00000 n ").unwrap();
        }
        write!(
            out,
            "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
        )
        .unwrap();
        out
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn the_text_of_pages_is_read() {
        let page = b"BT /F1 12 Tf 50 700 Td (The bridge is open) Tj 0 -30 Td (People walk over the new bridge since the early) Tj 0 -14 Td (morning, and buses run over it again today.) Tj ET";
        for bytes in [
            document(page, ""),
            document(&packed(page), " /Filter /FlateDecode"),
        ] {
            let article = read_one("a.pdf", &bytes);
            assert_eq!(article.title, "The bridge is open");
            assert_eq!(
                article.body,
                "People walk over the new bridge since the early morning, and buses run over it again today."
            );
        }
    }

    #[test]
    fn hostile_and_empty_documents_are_told() {
        let bomb = packed(&vec![b' '; 300 << 20]);
        let twice = packed(&bomb);
        for (bomb, filter) in [
            (bomb, "/FlateDecode"),
            (twice, "[/FlateDecode /FlateDecode]"),
        ] {
            let told = problem("a.pdf", &document(&bomb, &format!(" /Filter {filter}")));
            assert!(told.starts_with("unpacks to more than"), "{told}");
        }
        assert_eq!(
            problem("a.pdf", &document(b"0 0 m", "")),
            "no articles in it: a PDF without text, as scanners make them"
        );
        let whole = document(b"BT /F1 12 Tf (x) Tj ET", "");
        for end in (9..whole.len()).step_by(41) {
            problem("a.pdf", &whole[..end]);
        }
    }
}
