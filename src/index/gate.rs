//! The one place that every change of the files of an index passes, so that tests can make it fail
//! as disks do.

use std::io;
use std::path::Path;

/// A change of a file, before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// An empty file is made.
    Create,
    /// Bytes go to its end.
    Append(&'a [u8]),
    /// It loses what stands behind so many bytes.
    Cut(u64),
    /// Its content is to be durable.
    Sync,
    /// In one step it gets another content, which is durable already; its name is not yet.
    Replace(&'a [u8]),
    /// It is removed.
    Remove,
    /// The names in the folder are to be durable.
    SyncFolder,
}

/// What stands before every change of a file.
pub trait Gate: std::fmt::Debug + Send + Sync {
    /// Lets a change pass, or fails it. Returns how many bytes of [`Change::Append`] are written,
    /// at least 1; for all others the number means nothing.
    ///
    /// # Errors
    /// What the disk is to say instead.
    fn pass(&self, name: &Path, change: Change<'_>) -> io::Result<usize>;
}
