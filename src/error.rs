//! What can go wrong, with the place and the way out.

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
    /// The line, counted from 1, where the file has one article a line.
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
}
