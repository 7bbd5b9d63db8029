//! The lock of an index: one process writes, others wait or are told who does.

use crate::error::{Error, Result};
use crate::index::directory::IndexDirectory;
use crate::index::holder;
use crate::index::holder::HolderNote;
use std::fmt;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::directory::error::LockError;
use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK};
use tantivy::{Directory, TantivyError};

/// How often a waiting process tries to take the lock.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// The lock of an index without the engine's writer.
pub(crate) struct IndexLock {
    /// Removed before the lock is given back.
    _note: HolderNote,
    _lock: DirectoryLock,
}

impl IndexLock {
    /// Takes the lock of the index in `path`, waiting at most `patience` for who holds it.
    ///
    /// # Errors
    /// As [`wait`].
    pub(crate) fn take(path: &Path, patience: Duration) -> Result<Self> {
        let directory = IndexDirectory::open(path)?;
        let lock = wait(path, patience, || {
            let lock = directory.acquire_lock(&INDEX_WRITER_LOCK);
            lock.map_err(|error| TantivyError::LockFailure(error, None))
        })?;
        Ok(Self {
            _note: HolderNote::write(path)?,
            _lock: lock,
        })
    }
}

impl fmt::Debug for IndexLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexLock").finish_non_exhaustive()
    }
}

/// Takes the lock of the index in `path` by `take`, waiting at most `wait` for who holds it.
///
/// # Errors
/// [`Error::Busy`] where another process still writes after that; [`Error::Io`],
/// [`Error::Engine`].
pub(crate) fn wait<T>(
    path: &Path,
    wait: Duration,
    mut take: impl FnMut() -> tantivy::Result<T>,
) -> Result<T> {
    let started = Instant::now();
    loop {
        match take() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                if started.elapsed() >= wait {
                    return Err(Error::Busy {
                        path: path.to_owned(),
                        holder: holder::read(path),
                    });
                }
                std::thread::sleep(LOOK_AGAIN_AFTER);
            }
            Err(TantivyError::LockFailure(LockError::IoError(error), _)) => {
                return Err(Error::Io {
                    action: "write to",
                    path: path.to_owned(),
                    source: io::Error::from(error.kind()),
                });
            }
            other => return Ok(other?),
        }
    }
}
