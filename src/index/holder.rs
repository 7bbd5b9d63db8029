//! The note of who writes to an index, beside the engine's files.
//!
//! It is written once the lock is held and removed before the lock is given back. A killed process
//! leaves it behind; nobody reads it unless the lock is held, and who holds the lock next writes
//! another.

use crate::error::{Error, Holder, Result};
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = ".writer.json";

/// The note of this process; removed when it is dropped.
#[derive(Debug)]
pub(crate) struct HolderNote {
    path: PathBuf,
}

impl HolderNote {
    /// Writes the note into the index folder `dir`, whose lock this process holds.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(crate) fn write(dir: &Path) -> Result<Self> {
        let path = dir.join(NAME);
        let holder = Holder {
            pid: std::process::id(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            since: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        };
        let text = serde_json::json!(holder).to_string();
        fs::write(&path, text).map_err(Error::io("write", &path))?;
        Ok(Self { path })
    }
}

impl Drop for HolderNote {
    fn drop(&mut self) {
        // Left behind it does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns who writes to the index in `dir`, whose lock is held; none where the note is not there
/// yet.
pub(crate) fn read(dir: &Path) -> Option<Holder> {
    let text = fs::read(dir.join(NAME)).ok()?;
    serde_json::from_slice(&text).ok()
}
