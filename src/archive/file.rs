//! One file of an archive: its identity, its hash, its articles.

use super::encoding::Decoded;
use super::{ContentHash, Flaw, Format, ReadArticle, encoding, html, json, jsonl, markdown, text};
use crate::error::{ArticleError, Problem};
use jiff::civil;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// The most bytes one article may have: 64 MiB, a thousand times the longest read of a paper.
///
/// It bounds the memory of a run. A longer line is skipped without being held, a longer file is not read.
pub const MAX_ARTICLE_BYTES: u64 = 64 * 1024 * 1024;

/// A file of an archive, not yet read.
#[derive(Debug, Clone)]
pub struct ArchiveFile {
    /// The file, absolute and without symbolic links.
    pub path: PathBuf,
    /// The name below the archive: the root's own name, then the path below it, with `/`. For a root that
    /// is a file, the name of its folder and its own.
    pub name: String,
    /// The format, by the extension.
    pub format: Format,
    /// The length in bytes when it was listed.
    pub size_bytes: u64,
    /// The time of the last change, in nanoseconds since 1970-01-01 UTC; 0 where the system knows none.
    pub modified_ns: i64,
    /// The part of the name that may tell a date; the folders above the root may not.
    pub(super) below_root: String,
    /// The day of reading, for [`field::parse`](crate::date::field::parse).
    pub(super) today: civil::Date,
}

impl ArchiveFile {
    /// Computes the hash of the content, reading the file in pieces.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read.
    pub fn content_hash(&self) -> Result<ContentHash, ArticleError> {
        let mut hasher = blake3::Hasher::new();
        File::open(&self.path)
            .and_then(|file| hasher.update_reader(file).map(|_| ()))
            .map_err(|source| self.error(Flaw::from(source)))?;
        Ok(ContentHash::from_bytes(*hasher.finalize().as_bytes()))
    }

    /// Reads the file and hands every article, or what is wrong with it, to `each`, in the order of the
    /// file.
    ///
    /// Nothing is skipped silently but blank lines. Memory is bounded by the longest article, see
    /// [`MAX_ARTICLE_BYTES`].
    pub fn read(&self, each: &mut dyn FnMut(Result<ReadArticle, ArticleError>)) {
        self.read_until(&|| false, each);
    }

    /// Does as [`ArchiveFile::read`], but reads no further once `is_stopped` says so; what comes then is not to be used, as it
    /// may be half an article.
    pub fn read_until(
        &self,
        is_stopped: &dyn Fn() -> bool,
        each: &mut dyn FnMut(Result<ReadArticle, ArticleError>),
    ) {
        let mut each = |result: Result<ReadArticle, Flaw>| {
            each(result.map_err(|flaw| self.error(flaw)).map(|mut read| {
                read.format = Some(self.format);
                read
            }));
        };
        if self.format == Format::JsonLines {
            return jsonl::articles(self, is_stopped, &mut each);
        }
        let bytes = match self.bytes() {
            Ok(bytes) => bytes,
            Err(flaw) => return each(Err(flaw)),
        };
        let decoded = match self.format {
            Format::Html => encoding::page(&bytes),
            _ => encoding::text(&bytes),
        };
        match decoded {
            Ok(decoded) => self.read_text(decoded, &mut each),
            Err(problem) => each(Err(problem.into())),
        }
    }

    /// Reads the articles of a decoded file; what decoding left in doubt stands by the first.
    fn read_text(&self, decoded: Decoded<'_>, each: &mut dyn FnMut(Result<ReadArticle, Flaw>)) {
        let Decoded {
            text,
            encoding,
            mut doubts,
        } = decoded;
        let mut each = |result: Result<ReadArticle, Flaw>| {
            each(result.map(|mut read| {
                read.encoding = Some(encoding);
                read.doubts.append(&mut doubts);
                read
            }));
        };
        match self.format {
            Format::Text => each(text::article(self, &text)),
            Format::Markdown => each(markdown::article(self, &text)),
            Format::Html => each(html::article(self, &text)),
            Format::Json | Format::JsonLines => json::articles(self, &text, &mut each),
        }
    }

    /// Reads the whole file, unless it is too large.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Flaw> {
        let too_large = |size_bytes| Problem::TooLarge {
            size_bytes,
            max_bytes: MAX_ARTICLE_BYTES,
        };
        if self.size_bytes > MAX_ARTICLE_BYTES {
            return Err(too_large(self.size_bytes).into());
        }
        let mut bytes = Vec::new();
        // The file may have grown since it was listed.
        File::open(&self.path)?
            .take(MAX_ARTICLE_BYTES + 1)
            .read_to_end(&mut bytes)?;
        match u64::try_from(bytes.len()) {
            Ok(length) if length <= MAX_ARTICLE_BYTES => Ok(bytes),
            _ => Err(too_large(MAX_ARTICLE_BYTES + 1).into()),
        }
    }

    fn error(&self, flaw: Flaw) -> ArticleError {
        ArticleError {
            path: self.path.clone(),
            inner_path: None,
            byte: None,
            line: flaw.line,
            problem: flaw.problem,
        }
    }
}
