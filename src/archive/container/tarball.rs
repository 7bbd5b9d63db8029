//! Tar archives, read in one pass.

use crate::archive::container::members::{EachMember, is_left_behind};
use crate::error::Problem;
use std::io::{self, Read};
use tar::Archive;

/// Hands the regular files of an archive to `each`, in their order.
pub(crate) fn members(input: &mut dyn Read, each: &mut EachMember<'_>) {
    let mut archive = Archive::new(input);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return each("", Err(error.into())),
    };
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            // What stands behind a broken header cannot be found.
            Err(error) => return each("", Err(problem(error).into())),
        };
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.header().entry_type().is_file() && !is_left_behind(&path) {
            each(&path, Ok(&mut entry));
        }
    }
}

/// Errors of the system and of what is unpacked below stay what they are.
fn problem(error: io::Error) -> Problem {
    if error.kind() == io::ErrorKind::Other {
        let reason = error.to_string();
        // The crate has no kind for it.
        if reason.starts_with("unexpected EOF") {
            return Problem::Truncated;
        }
        Problem::BrokenArchive { reason }
    } else {
        error.into()
    }
}
