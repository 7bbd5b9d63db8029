//! Whether a disk has room for what is about to be written.

use crate::error::{Error, Result};
use crate::index::verify::files::segment_files;
use std::path::Path;
use tantivy::SegmentMeta;

/// Checks that the disk of `folder` has this many bytes free. Where that cannot be known the disk
/// itself says when it is full, which costs time and nothing else.
///
/// # Errors
/// [`Error::NoRoom`].
pub(crate) fn expect(folder: &Path, needed: u64) -> Result<()> {
    match fs4::available_space(folder) {
        Ok(free) if free < needed => Err(Error::NoRoom {
            path: folder.to_owned(),
            needed,
            free,
        }),
        _ => Ok(()),
    }
}

/// Returns how many bytes the files of these segments take.
pub(crate) fn room_of_all(folder: &Path, segments: &[SegmentMeta]) -> u64 {
    segments
        .iter()
        .map(|segment| size_of(folder, segment))
        .sum()
}

/// Returns how many bytes the articles of these segments take that are not deleted, about.
pub(crate) fn room_of(folder: &Path, segments: &[SegmentMeta]) -> u64 {
    let room = segments.iter().map(|segment| {
        let (living, all) = (segment.num_docs(), segment.max_doc().max(1));
        size_of(folder, segment) / u64::from(all) * u64::from(living)
    });
    room.sum()
}

fn size_of(folder: &Path, segment: &SegmentMeta) -> u64 {
    let files = segment_files(segment).into_iter();
    let found = files.filter_map(|(name, _)| folder.join(name).metadata().ok());
    found.map(|metadata| metadata.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_disk_holds_is_refused_with_both_sizes() {
        let dir = tempfile::tempdir().unwrap();
        expect(dir.path(), 0).unwrap();
        let error = expect(dir.path(), u64::MAX).unwrap_err();
        let Error::NoRoom { needed, free, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!((needed, free > 0), (u64::MAX, true));
    }

    #[test]
    fn a_folder_that_is_not_there_is_no_full_disk() {
        let dir = tempfile::tempdir().unwrap();
        expect(&dir.path().join("none"), u64::MAX).unwrap();
    }
}
