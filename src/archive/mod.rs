//! Files of an archive, read into articles.
//!
//! The flow: [`Archive::open`] takes the roots, [`Archive::files`] walks them (`walk`) and yields
//! each [`ArchiveFile`] once; its [`content_hash`](ArchiveFile::content_hash) tells whether it
//! changed; [`read`](ArchiveFile::read) finds the [`Format`] by content and name (`detect`), opens
//! containers as streams and hands out articles, one format per module. What a format lacks is
//! looked for in front matter, path and dateline; it is never invented.
//!
//! A file or line that gives no article is an [`ArticleError`](crate::error::ArticleError) among
//! the articles and stops nothing. A field that cannot be taken leaves a
//! [`Doubt`](crate::error::Doubt) in its [`ReadArticle`].
//!
//! | module | what it holds |
//! |---|---|
//! | `walk` | walks the roots, yields each file once |
//! | `file` | a file of an archive: name, size, time |
//! | `hash` | hashes that tell whether a file changed |
//! | `detect` | finds the format by content and name |
//! | `format` | the table of formats |
//! | `input` | bytes of a file or of standard input, bounded |
//! | `container` | compressed files and archives of files, as streams |
//! | `read` | takes a file apart into members and articles |
//! | `apart` | reads in a thread that can be given up |
//! | `read_options` | format, encoding and mapping that the user forces |
//! | `formats` | feeds, tables, web archives, mail, exports: one file a format |
//! | `json` | JSON and JSON Lines |
//! | `page` | saved pages |
//! | `plain` | plain text and Markdown |
//! | `xml` | XML, record by record |
//! | `fields` | foreign fields become those of an article |
//! | `read_article` | an article with its place, origins of fields and doubts |
//! | `left_aside` | files that hold no articles, by extension |
//! | `flaw` | a problem and its line |

mod apart;
mod container;
mod detect;
mod fields;
mod file;
mod flaw;
mod format;
mod formats;
mod hash;
mod input;
mod json;
mod left_aside;
mod page;
mod plain;
mod read;
mod read_article;
mod read_options;
#[cfg(test)]
mod tests;
mod walk;
mod xml;

pub use crate::archive::fields::field_map::{FieldMap, FieldMapError};
pub use crate::archive::file::{ArchiveFile, STANDARD_INPUT};
pub use crate::archive::format::{
    FORMATS, Format, FormatEntry, UnknownFormat, readable_extensions,
};
pub use crate::archive::hash::{ContentHash, ContentHashError};
pub use crate::archive::input::{MAX_ARTICLE_BYTES, MAX_EXPANSION};
pub use crate::archive::left_aside::LeftAside;
pub use crate::archive::read_article::{Origin, ReadArticle};
pub use crate::archive::read_options::TIME_LIMIT;
pub use crate::archive::walk::Files;
pub use crate::encoding::{Charset, UnknownCharset};

use crate::archive::flaw::Flaw;
use crate::archive::read_options::ReadOptions;
use crate::date;
use crate::error::{Error, Result};
use jiff::civil;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

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
    options: ReadOptions,
}

impl Archive {
    /// Opens the archive below `roots`, files or folders; `-` is the standard input. Nothing is
    /// read yet.
    ///
    /// # Errors
    ///
    /// Fails if a root does not exist, cannot be read, or is neither a file nor a folder: a pipe or
    /// a device might never end.
    pub fn open(roots: &[PathBuf]) -> Result<Self> {
        let roots = roots
            .iter()
            .map(|root| open_root(root))
            .collect::<Result<_>>()?;
        Ok(Self {
            roots,
            options: ReadOptions {
                today: date::today(),
                format: None,
                charset: None,
                map: None,
                time_limit: TIME_LIMIT,
            },
        })
    }

    /// Reads as on another day than the present: nothing is dated later than the day after it, and
    /// years of two digits are those up to its own.
    #[must_use]
    pub fn read_on(self, today: civil::Date) -> Self {
        let options = ReadOptions {
            today,
            ..self.options
        };
        Self { options, ..self }
    }

    /// Reads every file, and every member of a container, as `format`, whatever it looks like.
    #[must_use]
    pub fn with_format(self, format: Option<Format>) -> Self {
        let options = ReadOptions {
            format,
            ..self.options
        };
        Self { options, ..self }
    }

    /// Reads every file, and every member of a container, in `charset`, whatever it looks like.
    #[must_use]
    pub fn with_charset(self, charset: Option<Charset>) -> Self {
        let options = ReadOptions {
            charset,
            ..self.options
        };
        Self { options, ..self }
    }

    /// Takes fields of JSON and tables from the keys that `map` names, before those that are known.
    #[must_use]
    pub fn with_map(self, map: FieldMap) -> Self {
        let options = ReadOptions {
            map: Some(Arc::new(map)),
            ..self.options
        };
        Self { options, ..self }
    }

    /// Gives up a file one article of which takes longer to read; [`TIME_LIMIT`] without it.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        let options = ReadOptions {
            time_limit,
            ..self.options
        };
        Self { options, ..self }
    }

    /// Returns the map that was given, which may be an empty one.
    pub fn map(&self) -> Option<&FieldMap> {
        self.options.map.as_deref()
    }

    /// Reads other files or folders in the same way.
    ///
    /// # Errors
    ///
    /// As [`Archive::open`].
    pub fn with_roots(self, roots: &[PathBuf]) -> Result<Self> {
        let roots = Self::open(roots)?.roots;
        Ok(Self { roots, ..self })
    }

    /// Returns the roots, absolute and without symbolic links.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Walks the roots and yields every file of a known format once, sorted by name within its
    /// folder.
    ///
    /// Symbolic links are followed and loops end silently. Hidden files and folders below a root
    /// are left out; files of other formats are only counted, see [`Files::left_aside`]. What
    /// cannot be listed is an error with its path, and the walk goes on.
    pub fn files(&self) -> Files {
        Files::below(&self.roots, self.options.clone())
    }
}

fn open_root(root: &Path) -> Result<PathBuf> {
    if root == Path::new(STANDARD_INPUT) {
        return Ok(root.to_path_buf());
    }
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
    } else {
        return Err(Error::NotAFile {
            path: root.to_path_buf(),
        });
    }
    Ok(path)
}
