//! An index of any version, opened with the schema that it has itself, whose lock is held.

use crate::archive::FieldMap;
use crate::error::{Error, Result};
use crate::index::directory;
use crate::index::directory::{IndexDirectory, collect_garbage};
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::rebuilding::unfinished::remove_unfinished;
use serde::Deserialize;
use std::path::PathBuf;
use tantivy::IndexMeta;

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
}

impl StoredIndex {
    /// Opens the index in a folder whose lock is held, and removes what a killed process has left.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be understood.
    pub(crate) fn open(directory: &IndexDirectory) -> Result<Self> {
        let path = directory.folder();
        let damaged = |what: String| Error::Damaged {
            path: path.to_owned(),
            what,
        };
        remove_unfinished(path)?;
        let mut engine = tantivy::Index::open(directory.clone())
            .map_err(|error| damaged(directory::without_content(error.to_string())))?;
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
        })
    }

    /// Returns the size of the files in its folder, in bytes.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(crate) fn size_bytes(&self) -> Result<u64> {
        directory::size_bytes(&self.path)
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
