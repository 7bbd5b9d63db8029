//! The hidden folder that a new index is built in, within that of the old one: on the same disk, so
//! that its files can be moved.

use crate::error::{Error, Result};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const NAME: &str = ".rebuilding";

/// Returns the folder that a new index for `path` is built in.
pub(crate) fn unfinished(path: &Path) -> PathBuf {
    path.join(NAME).join("index")
}

/// Returns a folder for what is of use only while that is built.
pub(crate) fn scratch(path: &Path, name: &str) -> PathBuf {
    path.join(NAME).join(name)
}

/// Removes what a killed process has built of a new index for `path`, whose lock is held.
///
/// # Errors
/// [`Error::Io`].
pub(crate) fn remove_unfinished(path: &Path) -> Result<()> {
    let folder = path.join(NAME);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::io("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
