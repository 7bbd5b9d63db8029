//! What can go wrong, with the place and the way out.

use crate::date::DateError;
use std::io;
use std::path::PathBuf;

/// The result of everything in this crate that can fail as a whole.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of a whole job. What concerns one file or line only is an [`ArticleError`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried: `read`, `create`, `list`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A path to index does not exist.
    #[error("no such file or folder: {}", path.display())]
    NoSuchPath {
        /// The path as it was given.
        path: PathBuf,
    },
}

/// Why one file or one line of it gave no article. It never stops a run.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {problem}", path.display(), line.map(|n| format!(":{n}")).unwrap_or_default())]
pub struct ArticleError {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with one file or line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The system did not let us read it.
    #[error("cannot read: {0}")]
    Unreadable(#[from] io::Error),
    /// The article is too long to be one.
    #[error(
        "too large: {size_bytes} bytes, and an article may have {max_bytes}; split it, or put one article a line into a .jsonl file"
    )]
    TooLarge {
        /// The length of the file or line, in bytes.
        size_bytes: u64,
        /// The limit, in bytes.
        max_bytes: u64,
    },
    /// It holds NUL bytes, as no text does.
    #[error("binary: there is a NUL at byte {byte}, so it is not a text")]
    Binary {
        /// The offset of the first NUL in the file or line, in bytes from 0.
        byte: usize,
    },
    /// The bytes are not UTF-8, and nothing tells what they are.
    #[error("not UTF-8 at byte {byte}; convert it to UTF-8")]
    NotUtf8 {
        /// The offset of the first wrong byte in the file or line, in bytes from 0.
        byte: usize,
    },
    /// The bytes are not in the encoding that the byte order mark or the page names.
    #[error("not {encoding}, though it says so; convert it to UTF-8")]
    NotInItsEncoding {
        /// The encoding named.
        encoding: &'static str,
    },
    /// There is neither a title nor a text.
    #[error("no text: neither a title nor a body")]
    NoText,
    /// The syntax of JSON is broken.
    #[error("broken JSON at column {column}: {reason}")]
    BrokenJson {
        /// The column in bytes, counted from 1; 0 means the beginning.
        column: usize,
        /// What the parser expected or found.
        reason: String,
    },
    /// A value is not of the type it should have.
    #[error("{key}: expected {expected}, found {found}")]
    WrongType {
        /// The key, or `article` for the whole value.
        key: &'static str,
        /// The type that belongs there.
        expected: &'static str,
        /// The type that is there.
        found: &'static str,
    },
    /// A date is given but cannot be one.
    #[error("{key}: {source}")]
    BadDate {
        /// The key it stands under.
        key: &'static str,
        /// What is wrong with it.
        source: DateError,
    },
    /// The front matter is not the YAML it should be.
    #[error("broken front matter: {reason}")]
    BrokenFrontMatter {
        /// What the parser expected or found.
        reason: String,
    },
    /// The elements of a page are nested deeper than any article needs.
    #[error("elements are nested deeper than {max_depth}")]
    TooDeep {
        /// The limit.
        max_depth: usize,
    },
    /// The parser of pages gave up; a fault of the parser, not of the page.
    #[error("the page could not be parsed")]
    ParserFailed,
}
