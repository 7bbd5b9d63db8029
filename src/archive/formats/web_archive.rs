//! Web archives: WARC with pages or, as WET, with their texts, and the older ARC.

use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::formats::http;
use crate::archive::formats::http::Response;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::page;
use crate::archive::plain::text;
use crate::archive::read_article::ReadArticle;
use crate::encoding;
use crate::encoding::Hints;
use crate::error::Problem;
use std::io::{self, BufRead, Read};

/// The longest line of a record's header, in bytes.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// The most lines that a record's header has.
const MAX_HEADER_LINES: usize = 200;

/// The longest part of an address that a path within an archive keeps, in characters.
const MAX_ADDRESS_CHARS: usize = 500;

/// Takes the articles of an archive, each with the record that it was read from.
pub(crate) type EachPage<'e> = dyn FnMut(&ArchiveFile, Result<ReadArticle, Flaw>) + 'e;

/// Reads the pages of a WARC file. Requests, revisits and what is no page are passed over and
/// counted.
pub(crate) fn warc_articles(file: &ArchiveFile, input: &mut dyn BufRead, each: &mut EachPage<'_>) {
    let mut is_sound = true;
    loop {
        let line = match line(input) {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(error) => return each(file, Err(error.into())),
        };
        if !line.starts_with("WARC/") {
            // A record that was longer or shorter than it said: the next one begins with its
            // version.
            if !line.trim().is_empty() && is_sound {
                is_sound = false;
                let reason = "a record does not begin with WARC/".to_owned();
                each(file, Err(Problem::BrokenArchive { reason }.into()));
            }
            continue;
        }
        is_sound = true;
        let header = match header(input) {
            Ok(header) => header,
            Err(error) => return each(file, Err(error.into())),
        };
        let field = |name: &str| {
            let found = header
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        };
        let Some(length) = field("content-length").and_then(|length| length.parse().ok()) else {
            continue;
        };
        let kind = field("warc-type").unwrap_or_default().to_ascii_lowercase();
        let is_of_interest = matches!(kind.as_str(), "response" | "resource" | "conversion");
        if !is_of_interest {
            let kind = match kind.as_str() {
                "request" => "requests",
                "revisit" => "revisits",
                _ => "records about the crawl",
            };
            each(file, Err(Problem::PassedOver { kind }.into()));
        }
        let record = Record {
            address: field("warc-target-uri")
                .unwrap_or_default()
                .trim_matches(['<', '>'])
                .to_owned(),
            time: field("warc-date").unwrap_or_default().to_owned(),
            content_type: field("content-type").unwrap_or_default().to_owned(),
            is_text: kind == "conversion",
        };
        let content = match content(input, length, is_of_interest) {
            Ok(content) => content,
            Err(error) => return each(&record.file(file), Err(error.into())),
        };
        record.read(file, content, length, each);
    }
}

/// Reads the pages of an ARC file.
pub(crate) fn arc_articles(file: &ArchiveFile, input: &mut dyn BufRead, each: &mut EachPage<'_>) {
    loop {
        let line = match line(input) {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(error) => return each(file, Err(error.into())),
        };
        if line.trim().is_empty() {
            continue;
        }
        // Address, IP, time, type and, after more fields in version 2, length.
        let fields: Vec<&str> = line.split_whitespace().collect();
        let length = fields.last().and_then(|length| length.parse().ok());
        let ([address, _, time, content_type, ..], Some(length)) = (fields.as_slice(), length)
        else {
            let reason = "a record does not begin with its address and length".to_owned();
            return each(file, Err(Problem::BrokenArchive { reason }.into()));
        };
        let record = Record {
            address: (*address).to_owned(),
            time: (*time).to_owned(),
            content_type: (*content_type).to_owned(),
            is_text: false,
        };
        let is_of_interest = address.starts_with("http");
        let content = match content(input, length, is_of_interest) {
            Ok(content) => content,
            Err(error) => return each(&record.file(file), Err(error.into())),
        };
        record.read(file, content, length, each);
    }
}

/// What the header of a record tells.
struct Record {
    address: String,
    time: String,
    content_type: String,
    /// Whether the content is the text of a page.
    is_text: bool,
}

enum Content {
    Whole(Vec<u8>),
    /// Passed over: of no interest, or too long.
    Skipped {
        is_of_interest: bool,
    },
}

impl Record {
    /// Returns the record as a member of the archive: the time of the crawl, then the address.
    fn file(&self, archive: &ArchiveFile) -> ArchiveFile {
        let digits: String = self
            .time
            .chars()
            .filter(char::is_ascii_digit)
            .take(14)
            .collect();
        let mut address: String = self.address.chars().take(MAX_ADDRESS_CHARS).collect();
        if address.len() < self.address.len() {
            let hash = blake3::hash(self.address.as_bytes()).to_hex();
            address.push('#');
            address.extend(hash.chars().take(12));
        }
        ArchiveFile {
            // The time of the crawl is no date of publication, but the address may have one.
            below_root: self.address.clone(),
            ..archive.member(&format!("{digits}/{address}"))
        }
    }

    fn read(&self, archive: &ArchiveFile, content: Content, length: u64, each: &mut EachPage<'_>) {
        let bytes = match content {
            Content::Whole(bytes) => bytes,
            Content::Skipped {
                is_of_interest: false,
            } => return,
            Content::Skipped {
                is_of_interest: true,
            } => {
                let problem = Problem::TooLarge {
                    size_bytes: length,
                    max_bytes: MAX_ARTICLE_BYTES,
                };
                return each(&self.file(archive), Err(problem.into()));
            }
        };
        let file = self.file(archive);
        let read = if self.is_text {
            Self::text(&file, &bytes).map(Some)
        } else {
            self.page(&file, &bytes)
        };
        match read {
            Ok(Some(mut read)) => {
                if read.article.url.is_none() && !self.address.is_empty() {
                    read.article.url = Some(self.address.clone());
                }
                each(&file, Ok(read));
            }
            Ok(None) => {
                let kind = "answers that are no page";
                each(&file, Err(Problem::PassedOver { kind }.into()));
            }
            Err(flaw) => each(&file, Err(flaw)),
        }
    }

    fn text(file: &ArchiveFile, bytes: &[u8]) -> Result<ReadArticle, Flaw> {
        let decoded = encoding::decode(bytes, Hints::default())?;
        let mut read = text::article(file, &decoded.text)?;
        read.encoding = Some(decoded.encoding);
        read.doubts.splice(..0, decoded.doubts);
        Ok(read)
    }

    /// Reads a page; nothing where the record holds something else.
    fn page(&self, file: &ArchiveFile, bytes: &[u8]) -> Result<Option<ReadArticle>, Flaw> {
        let mut response = Response::parse(bytes)?;
        if response.status.is_none() {
            (response.media_type, response.charset) = http::media_type(&self.content_type);
        }
        if !response.is_page() {
            return Ok(None);
        }
        let declared = response.charset.clone();
        let declared = declared.or_else(|| encoding::declared_label(&response.body));
        let hints = Hints {
            forced: file.forced_charset,
            declared: declared.as_deref(),
            around: None,
        };
        let decoded = encoding::decode(&response.body, hints)?;
        let mut read = page::article(file, &decoded.text)?;
        read.encoding = Some(decoded.encoding);
        read.doubts.splice(..0, decoded.doubts);
        Ok(Some(read))
    }
}

/// Reads a line without its end; nothing at the end of the archive.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let count = input.take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
}

/// Reads the fields of a record up to the empty line; a field may go on in lines that begin with a
/// space.
fn header(input: &mut dyn BufRead) -> io::Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for _ in 0..MAX_HEADER_LINES {
        match line(input)? {
            Some(line) if line.trim().is_empty() => break,
            Some(line) if line.starts_with([' ', '\t']) => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            Some(line) => {
                if let Some((key, value)) = line.split_once(':') {
                    fields.push((key.trim().to_owned(), value.trim().to_owned()));
                }
            }
            None => break,
        }
    }
    Ok(fields)
}

/// Reads the content of a record, or passes over it.
fn content(input: &mut dyn BufRead, length: u64, is_of_interest: bool) -> io::Result<Content> {
    if !is_of_interest || length > MAX_ARTICLE_BYTES {
        let passed = io::copy(&mut input.take(length), &mut io::sink())?;
        if passed < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        return Ok(Content::Skipped { is_of_interest });
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read < length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Content::Whole(bytes))
}
