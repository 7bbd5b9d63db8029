//! All segments made one, without the articles that were deleted.

use crate::error::Result;
use crate::index::writer::{Writer, WriterOptions};
use crate::index::{Index, free_disk};

/// What was made of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Articles that it holds.
    pub articles: u64,
    /// Deleted articles that still take room.
    pub deleted: u64,
    /// Segments.
    pub segments: usize,
    /// Size of all files, in bytes.
    pub bytes: u64,
}

impl Extent {
    /// Returns that of the last commit.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Io`].
    pub fn of(index: &Index) -> Result<Self> {
        let segments = index.engine().load_metas()?.segments;
        let sum = |count: fn(&tantivy::SegmentMeta) -> u32| -> u64 {
            segments.iter().map(count).map(u64::from).sum()
        };
        Ok(Self {
            articles: sum(tantivy::SegmentMeta::num_docs),
            deleted: sum(tantivy::SegmentMeta::num_deleted_docs),
            segments: segments.len(),
            bytes: index.size_bytes()?,
        })
    }
}

/// Makes one segment of all, without deleted articles; returns what the index was and is. Takes as
/// much free disk as the articles that stay, and readers see each of them once at any moment.
///
/// # Errors
/// [`crate::Error::Busy`], [`crate::Error::NoRoom`], [`crate::Error::Engine`],
/// [`crate::Error::Io`].
pub fn run(index: &Index, options: WriterOptions) -> Result<(Extent, Extent)> {
    let writer = Writer::open(index, options)?;
    let before = Extent::of(index)?;
    if before.segments > 1 || before.deleted > 0 {
        let segments = index.engine().load_metas()?.segments;
        let room = free_disk::room_of(index.path(), &segments);
        free_disk::expect(index.path(), room)?;
    }
    writer.finish_as_one()?;
    Ok((before, Extent::of(index)?))
}
