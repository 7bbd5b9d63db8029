//! Whether an index is what was written, and what is lost where it is not.
//!
//! | file | what |
//! |---|---|
//! | [`fault`] | what can be wrong, in words |
//! | `checksum` | the checksum of a file of the engine |
//! | [`files`] | all files of a commit against their checksums |

mod checksum;
pub mod fault;
pub mod files;

use crate::error::Result;
use crate::index::directory::META;
use crate::index::verify::files::CheckedFiles;
use std::path::Path;

/// How often a check starts over because a writer has replaced files meanwhile.
const ATTEMPTS: u32 = 5;

/// Compares all files of the last commit in `folder` with their checksums. Reads each once, without
/// mapping it into memory; also an index of another version.
///
/// # Errors
/// [`Error::NoIndex`](crate::Error::NoIndex), [`Error::NoPermission`](crate::Error::NoPermission).
pub fn check_files(folder: &Path) -> Result<CheckedFiles> {
    let mut attempts_left = ATTEMPTS;
    loop {
        let meta = || std::fs::read(folder.join(META)).ok();
        let before = meta();
        let checked = files::check_once(folder)?;
        if !checked.has_missing() || attempts_left == 0 || meta() == before {
            return Ok(checked);
        }
        attempts_left -= 1;
    }
}
