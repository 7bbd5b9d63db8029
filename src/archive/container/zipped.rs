//! Zip archives: by their directory where the file can be searched, else in one pass.

use crate::archive::container::members::{EachMember, is_left_behind};
use crate::error::Problem;
use encoding_rs::IBM866;
use std::io::{self, Cursor, Read, Seek};
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;

/// Up to this many bytes an archive inside another stream is held in memory, so that its directory
/// can be read. A longer one is read in one pass.
const MAX_HELD_BYTES: u64 = 64 * 1024 * 1024;

/// Hands the files of an archive that can be searched to `each`, in the order of its directory.
pub(crate) fn members(input: impl Read + Seek, each: &mut EachMember<'_>) {
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return each("", Err(problem(error).into())),
    };
    for ordinal in 0..archive.len() {
        // The name is known even where the content cannot be read.
        let path = archive
            .by_index_raw(ordinal)
            .map(|member| path_of(&member))
            .unwrap_or_default();
        match archive.by_index(ordinal) {
            Ok(mut member) => take(&mut member, each),
            Err(error) if !is_left_behind(&path) => each(&path, Err(problem(error).into())),
            Err(_) => {}
        }
    }
}

/// Hands the files of an archive that comes as a stream to `each`.
pub(crate) fn members_of_stream(input: &mut dyn Read, each: &mut EachMember<'_>) {
    let mut held = Vec::new();
    if let Err(error) = input.take(MAX_HELD_BYTES).read_to_end(&mut held) {
        return each("", Err(error.into()));
    }
    if u64::try_from(held.len()).is_ok_and(|length| length < MAX_HELD_BYTES) {
        return members(Cursor::new(held), each);
    }
    let mut stream = Cursor::new(held).chain(input);
    loop {
        match read_zipfile_from_stream(&mut stream) {
            Ok(Some(mut member)) => take(&mut member, each),
            Ok(None) => return,
            Err(error) => return each("", Err(problem(error).into())),
        }
    }
}

fn take<R: Read>(member: &mut ZipFile<'_, R>, each: &mut EachMember<'_>) {
    let path = path_of(member);
    if member.is_file() && !is_left_behind(&path) {
        each(&path, Ok(member));
    }
}

/// Returns the path of a member. Where no flag says UTF-8, it is what Windows writes here: CP866,
/// unless the bytes are UTF-8 all the same.
fn path_of<R: Read>(member: &ZipFile<'_, R>) -> String {
    let raw = member.name_raw();
    match std::str::from_utf8(raw) {
        Ok(path) => path.to_owned(),
        Err(_) => IBM866.decode_without_bom_handling(raw).0.into_owned(),
    }
}

fn problem(error: ZipError) -> Problem {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::InvalidData => error.into(),
        error => Problem::BrokenArchive {
            reason: error.to_string(),
        },
    }
}
