//! What an index job is to do.

use crate::index::collection::Collection;
use crate::index::share::Share;
use crate::index::writer::WriterOptions;

/// What an index job is to do.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct JobOptions {
    /// Threads and memory.
    pub writer: WriterOptions,
    /// The collection that everything below the roots is put into; by default each root has its
    /// own, called by the last part of its path.
    pub collection: Option<Collection>,
    /// Take only this share of the files; by default the one that the index took before, or all.
    pub share: Option<Share>,
    /// Keep articles whose file, or whose place in it, is gone.
    pub keep_missing: bool,
    /// Go on where a path holds no article files, and remove what the index holds from there.
    pub allow_empty: bool,
    /// Compare the content of every file, not only of those whose size, times or number in the file
    /// system differ; before that the files of the index with their checksums.
    pub checksum: bool,
    /// Let articles come back that were removed for good.
    pub restore: bool,
    /// Commit after so much text, in bytes, instead of 256 MB.
    pub commit_bytes: Option<u64>,
}
