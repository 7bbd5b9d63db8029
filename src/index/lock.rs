//! The lock of an index: one process writes, others wait or are told who does.

use crate::error::{Error, Result};
use crate::index::holder;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// How often a waiting process tries to take the lock.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(50);

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
