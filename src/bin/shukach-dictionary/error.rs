//! Errors, with their place and remedy.

use std::io;
use std::path::PathBuf;

/// Why no data files were made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The arguments make no sense.
    #[error("usage: shukach-dictionary PATH/TO/ukrainian.dict [--out DIR] [--check]")]
    Usage,
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: `read`, `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The source is another file than the one this tool knows.
    #[error(
        "{} is not the expected file: its sha256 is {found}, not {expected}; \
         take ua/net/nlp/ukrainian.dict from {package}",
        path.display()
    )]
    OtherSource {
        /// The file.
        path: PathBuf,
        /// Its hash.
        found: String,
        /// The hash of the right file.
        expected: &'static str,
        /// Where the right file is.
        package: &'static str,
    },
    /// The source is no automaton in the format CFSA2.
    #[error("not a CFSA2 automaton: {0}")]
    Automaton(&'static str),
    /// An entry of the source is not `form+K<suffix>+tags`.
    #[error("entry {0:?} of the dictionary makes no sense")]
    Entry(String),
    /// The forms could not be packed.
    #[error("cannot pack the forms: {0}")]
    Forms(#[from] fst::Error),
    /// There are more rules than the layout of the tables can number.
    #[error("too many rules or sets of rules for the layout of the tables")]
    TooManyRules,
    /// The description could not be written.
    #[error("cannot write the description: {0}")]
    Description(#[from] serde_json::Error),
}
