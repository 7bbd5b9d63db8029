//! An index of any version, opened with the schema that it has itself, under its lock.

use crate::archive::FieldMap;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::directory::{IndexDirectory, collect_garbage};
use crate::index::holder::HolderNote;
use crate::index::lock;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::rebuilding::unfinished::remove_unfinished;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK};
use tantivy::{Directory, IndexMeta};

/// What a commit of any version says of itself.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct StoredPayload {
    pub(crate) format: u32,
    pub(crate) analyzer: u32,
    pub(crate) dictionary: String,
    pub(crate) manifest: String,
    pub(crate) manifest_bytes: u64,
    #[serde(default)]
    pub(crate) map: FieldMap,
}

/// An index that nobody else writes to.
pub(crate) struct StoredIndex {
    pub(crate) path: PathBuf,
    pub(crate) engine: tantivy::Index,
    pub(crate) metas: IndexMeta,
    /// `None` where nothing was ever committed.
    pub(crate) payload: Option<StoredPayload>,
    /// Removed before the lock is given back.
    _note: HolderNote,
    _lock: DirectoryLock,
}

impl StoredIndex {
    /// Takes the lock of the index in `path`, waiting at most `wait`, and removes what a killed
    /// process has left.
    ///
    /// # Errors
    /// As [`Index::open`], but for the version; [`Error::Busy`].
    pub(crate) fn open(path: &Path, wait: Duration) -> Result<Self> {
        match Index::open(path) {
            // The version, or the schema of it, may be any.
            Ok(_) | Err(Error::OtherVersion { .. } | Error::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
        let damaged = |what: String| Error::Damaged {
            path: path.to_owned(),
            what,
        };
        let mut engine = IndexDirectory::open(path)
            .and_then(tantivy::Index::open)
            .map_err(|error| damaged(error.to_string()))?;
        let lock = lock::wait(path, wait, || {
            let lock = engine.directory().acquire_lock(&INDEX_WRITER_LOCK);
            lock.map_err(|error| tantivy::TantivyError::LockFailure(error, None))
        })?;
        let note = HolderNote::write(path)?;
        remove_unfinished(path)?;
        // Read under the lock: another process may have committed before.
        let metas = engine.load_metas()?;
        let payload = metas.payload.as_deref().map(serde_json::from_str);
        let payload = payload
            .transpose()
            .map_err(|error| damaged(format!("commit payload: {error}")))?;
        collect_garbage(&mut engine, &metas)?;
        Ok(Self {
            path: path.to_owned(),
            engine,
            metas,
            payload,
            _note: note,
            _lock: lock,
        })
    }

    /// Reads the manifest of the last commit.
    ///
    /// # Errors
    /// As [`StoredManifest::read`].
    pub(crate) fn manifest(&self) -> Result<StoredManifest> {
        match &self.payload {
            Some(payload) => {
                StoredManifest::read(&self.path, &payload.manifest, payload.manifest_bytes)
            }
            None => Ok(StoredManifest::default()),
        }
    }
}
