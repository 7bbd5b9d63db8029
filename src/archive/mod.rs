//! Files of an archive, read into articles.
//!
//! The flow: [`Archive::open`] takes the roots, [`Archive::files`] walks them (`walk`) and yields each
//! [`ArchiveFile`] of a known [`Format`] once; its [`content_hash`](ArchiveFile::content_hash) tells
//! whether it changed; [`read`](ArchiveFile::read) decodes it (`encoding`) and hands out its articles, one
//! input format per module (`text`, `markdown`, `html`, `json`, `jsonl`). What a format does not tell is
//! looked for in front matter, in the path and in the text itself (`front_matter`, `dateline`); it is
//! never invented.
//!
//! A file or line that gives no article is an [`ArticleError`](crate::error::ArticleError) among the articles and stops
//! nothing. A field that cannot be taken leaves a [`Doubt`](crate::error::Doubt) in its [`ReadArticle`].

mod blocks;
mod dateline;
mod encoding;
mod file;
mod front_matter;
mod hash;
mod html;
mod json;
mod json_ld;
mod jsonl;
mod markdown;
mod nesting;
mod object;
mod page_meta;
mod page_text;
mod read_article;
mod text;
mod walk;

pub use file::{ArchiveFile, MAX_ARTICLE_BYTES};
pub use hash::{ContentHash, ContentHashError};
pub use read_article::{Origin, ReadArticle};
pub use walk::Files;

use crate::date;
use crate::error::{Error, Problem, Result};
use jiff::civil;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files and folders to read articles from.
///
/// ```no_run
/// use shukach::archive::Archive;
///
/// let archive = Archive::open(&["news".into()])?;
/// let mut titles = Vec::new();
/// for file in archive.files().flatten() {
///     file.read(&mut |read| titles.extend(read.map(|read| read.article.title)));
/// }
/// # Ok::<(), shukach::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Archive {
    roots: Vec<PathBuf>,
    today: civil::Date,
}

impl Archive {
    /// Opens the archive below `roots`, files or folders; nothing is read yet.
    ///
    /// # Errors
    ///
    /// Fails if a root does not exist or cannot be read.
    pub fn open(roots: &[PathBuf]) -> Result<Self> {
        let roots = roots
            .iter()
            .map(|root| open_root(root))
            .collect::<Result<_>>()?;
        let today = date::today();
        Ok(Self { roots, today })
    }

    /// Reads as on another day than the present: nothing is dated later than the day after it, and years of two
    /// digits are those up to its own.
    #[must_use]
    pub fn read_on(self, today: civil::Date) -> Self {
        Self { today, ..self }
    }

    /// Returns the roots, absolute and without symbolic links.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Walks the roots and yields every file of a known format once, sorted by name within its folder.
    ///
    /// Symbolic links are followed and loops end silently. Hidden files and folders below a root are left
    /// out; files of other formats are only counted, see [`Files::skipped_count`]. What cannot be listed
    /// is an error with its path, and the walk goes on.
    pub fn files(&self) -> Files {
        Files::below(&self.roots, self.today)
    }
}

fn open_root(root: &Path) -> Result<PathBuf> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::NoSuchPath {
            path: root.to_path_buf(),
        },
        _ => Error::Io {
            action: "read",
            path: root.to_path_buf(),
            source,
        },
    };
    let path = fs::canonicalize(root).map_err(unreadable)?;
    if path.is_dir() {
        fs::read_dir(&path).map_err(unreadable)?;
    } else if path.is_file() {
        fs::File::open(&path).map_err(unreadable)?;
    }
    Ok(path)
}

/// An input format, known by the extension of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `.txt`, `.text`: the first line is the title.
    Text,
    /// `.md`, `.markdown`, with or without YAML front matter.
    Markdown,
    /// `.html`, `.htm`, `.xhtml`: a saved page.
    Html,
    /// `.json`: an article, an array of articles, or an object whose `articles` is one.
    Json,
    /// `.jsonl`, `.ndjson`: an article a line.
    JsonLines,
}

impl Format {
    /// Returns the format that the extension of `path` stands for, in any case of letters.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// A problem and the line it was found on, while the file is still known to the caller only.
#[derive(Debug)]
struct Flaw {
    line: Option<u64>,
    problem: Problem,
}

impl Flaw {
    fn at(line: u64, problem: Problem) -> Self {
        Self {
            line: Some(line),
            problem,
        }
    }
}

impl<P: Into<Problem>> From<P> for Flaw {
    fn from(problem: P) -> Self {
        Self {
            line: None,
            problem: problem.into(),
        }
    }
}

#[cfg(test)]
mod tests;
