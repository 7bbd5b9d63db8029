//! Several folders as one directory that can only be read, so that several indexes are searched as
//! one: with the word statistics, totals and order of a single index.
//!
//! Names of segments are unique in the world, so the files of all folders can lie in one. Only
//! `meta.json` is made anew, of all segments, whenever it is read.

use crate::index::directory::{IndexDirectory, META, NoLock, needed};
use serde_json::Value;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, WatchCallback, WatchHandle, WritePtr,
};

/// Folders of indexes as one.
#[derive(Debug, Clone)]
pub struct UnionDirectory(Vec<IndexDirectory>);

impl UnionDirectory {
    /// Joins folders.
    pub(crate) fn new(members: Vec<IndexDirectory>) -> Self {
        Self(members)
    }

    /// Returns what the first folder that has the file answers.
    fn find<T>(
        &self,
        path: &Path,
        read: impl Fn(&IndexDirectory) -> Result<T, OpenReadError>,
    ) -> Result<T, OpenReadError> {
        for member in &self.0 {
            match read(member) {
                Err(OpenReadError::FileDoesNotExist(_)) => {}
                outcome => return outcome,
            }
        }
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    /// Makes the `meta.json` of all segments from those of the folders.
    fn meta(&self) -> Result<Vec<u8>, OpenReadError> {
        let path = Path::new(META);
        let broken = |error: serde_json::Error| {
            OpenReadError::wrap_io_error(io::Error::other(error), path.to_owned())
        };
        let mut union: Option<Value> = None;
        for member in &self.0 {
            let meta = member.atomic_read(path)?;
            let meta: Value = serde_json::from_slice(&meta).map_err(broken)?;
            match &mut union {
                None => union = Some(meta),
                Some(union) => add_segments(union, meta),
            }
        }
        let union = union.unwrap_or(Value::Null);
        serde_json::to_vec(&union).map_err(broken)
    }
}

fn add_segments(union: &mut Value, mut meta: Value) {
    let added = meta.get_mut("segments").and_then(Value::as_array_mut);
    let known = union.get_mut("segments").and_then(Value::as_array_mut);
    if let (Some(known), Some(added)) = (known, added) {
        known.append(added);
    }
}

fn read_only() -> io::Error {
    io::Error::new(
        io::ErrorKind::ReadOnlyFilesystem,
        "several indexes at once can only be read",
    )
}

/// The locks of all folders.
struct Locks(#[expect(dead_code, reason = "held until it is dropped")] Vec<DirectoryLock>);

impl Directory for UnionDirectory {
    /// Readers keep each writer from removing files between `meta.json` and the files it names.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath != META_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(NoLock)));
        }
        let locks = self.0.iter().map(|member| member.acquire_lock(lock));
        let locks = locks.collect::<Result<Vec<DirectoryLock>, LockError>>()?;
        Ok(DirectoryLock::from(Box::new(Locks(locks))))
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        needed(path, self.find(path, |member| member.handle(path)))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        for member in &self.0 {
            if member.exists(path)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) {
            return self.meta();
        }
        self.find(path, |member| member.atomic_read(path))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(read_only())
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
