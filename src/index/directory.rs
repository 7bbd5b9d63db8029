//! The folder of an index, readable by users who may not write to it.
//!
//! The engine takes a lock, and writes to do so, whenever a reader opens the index; but the index
//! may belong to a nightly job, and its readers may not write. The lock keeps the writer from
//! removing files between reading `meta.json` and opening the files it names. Without the lock,
//! [`crate::index::Index::reader`] opens once more if a file is gone.
//!
//! `meta.json` gets a checksum on its way to the disk. A file is removed only after the names that
//! took its place are durable; the engine alone would remove it before. The engine's list of its
//! files is what lies in the folder, so nothing depends on `.managed.json`, where it keeps it.

use crate::error::Error;
use crate::index::gate::{Change, Gate};
use crate::index::seal::{Sealed, seal, unseal};
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tantivy::IndexMeta;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory,
    TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

/// The file that names the segments of a commit.
pub(crate) const META: &str = "meta.json";
/// Returns what the engine says of a `meta.json` that it cannot understand, without all of that
/// file.
pub(crate) fn without_content(mut message: String) -> String {
    if let Some(end) = message.find(" Content: ") {
        message.truncate(end);
    }
    message
}

/// The engine's list of files that it may remove.
const MANAGED: &str = ".managed.json";

/// The engine's folder, with the files that we keep beside the engine's.
#[derive(Debug, Clone)]
pub struct IndexDirectory {
    engine: MmapDirectory,
    folder: PathBuf,
    gate: Option<Arc<dyn Gate>>,
    /// Whether a crash may bring back a `meta.json` that was replaced.
    may_come_back: Arc<AtomicBool>,
}

impl IndexDirectory {
    /// Opens the folder.
    ///
    /// # Errors
    /// Where it is none or cannot be opened.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            engine: MmapDirectory::open(folder)?,
            folder: folder.to_owned(),
            gate: None,
            // A process may have been killed before it had synced the folder.
            may_come_back: Arc::new(AtomicBool::new(true)),
        })
    }

    /// Puts a gate before all changes from now on.
    #[must_use]
    pub fn with_gate(self, gate: Option<Arc<dyn Gate>>) -> Self {
        Self { gate, ..self }
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn pass(&self, name: &Path, change: Change<'_>) -> io::Result<()> {
        if let Some(gate) = &self.gate {
            gate.pass(name, change)?;
        }
        Ok(())
    }

    /// Opens a file of ours to append to it, an empty one where there is none.
    pub(crate) fn append(&self, name: &str) -> io::Result<IndexFile> {
        let path = self.folder.join(name);
        if !path.try_exists()? {
            self.pass(Path::new(name), Change::Create)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        Ok(self.file(name, options.open(path)?))
    }

    /// Makes an empty file of ours. Where there was one, a snapshot may have it too, so it is not
    /// written over.
    pub(crate) fn create(&self, name: &str) -> io::Result<IndexFile> {
        let path = self.folder.join(name);
        if path.try_exists()? {
            self.pass(Path::new(name), Change::Remove)?;
            std::fs::remove_file(path)?;
        }
        self.append(name)
    }

    /// Moves a file in from another folder of this disk, under a new name. Its content must be
    /// durable; its name is not yet.
    pub(crate) fn move_in(&self, from: &Path, name: &Path) -> io::Result<()> {
        if self.gate.is_some() {
            self.pass(name, Change::Replace(&std::fs::read(from)?))?;
        }
        std::fs::rename(from, self.folder.join(name))
    }

    fn file(&self, name: &str, file: File) -> IndexFile {
        IndexFile {
            name: name.into(),
            file,
            gate: self.gate.clone(),
        }
    }

    /// Removes the files of these names.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(crate) fn remove_all(&self, is_old: &dyn Fn(&str) -> bool) -> crate::error::Result<()> {
        let entries = std::fs::read_dir(&self.folder).map_err(Error::io("list", &self.folder))?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            if is_old(&name.to_string_lossy()) {
                let remove = || {
                    self.settle()?;
                    self.pass(Path::new(&name), Change::Remove)?;
                    match std::fs::remove_file(entry.path()) {
                        // Whoever made it has put it in its place.
                        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                        outcome => outcome,
                    }
                };
                remove().map_err(Error::io("remove", entry.path()))?;
            }
        }
        Ok(())
    }

    /// Returns the list of the engine's files.
    fn managed(&self) -> Result<Vec<u8>, OpenReadError> {
        let path = Path::new(MANAGED);
        let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        let entries = std::fs::read_dir(&self.folder).map_err(failed)?;
        let names = entries.flatten().map(|entry| entry.file_name());
        let names = names.filter_map(|name| name.into_string().ok());
        let names: Vec<String> = names.filter(|name| is_of_engine(name)).collect();
        if names.is_empty() {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        serde_json::to_vec(&names).map_err(|error| failed(error.into()))
    }

    /// Opens a file to read it.
    pub(crate) fn handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.engine.get_file_handle(path)
    }

    /// Makes durable what took the place of a file that is about to be removed.
    fn settle(&self) -> io::Result<()> {
        if self.may_come_back.load(Ordering::Acquire) {
            self.sync_directory()?;
        }
        Ok(())
    }
}

/// The engine takes a segment without positions for one whose words stand nowhere; ours have some.
pub(crate) fn needed<T>(path: &Path, opened: Result<T, OpenReadError>) -> Result<T, OpenReadError> {
    let has_positions = path.extension().is_some_and(|ending| ending == "pos");
    match opened {
        Err(OpenReadError::FileDoesNotExist(path)) if has_positions => {
            let error = io::Error::from(io::ErrorKind::NotFound);
            Err(OpenReadError::wrap_io_error(error, path))
        }
        opened => opened,
    }
}

/// Returns whether a file has a name that the engine gives: that of a segment and an ending.
fn is_of_engine(name: &str) -> bool {
    const SEGMENT_DIGITS: usize = 32;
    let Some((segment, ending)) = name.split_once('.') else {
        return false;
    };
    let is_segment =
        segment.len() == SEGMENT_DIGITS && segment.bytes().all(|byte| byte.is_ascii_hexdigit());
    name == META || (is_segment && !ending.is_empty())
}

/// Makes a folder and those above it that are missing, each durable.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent();
    let above = above.filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    create_folder(above)?;
    match std::fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(above),
    }
}

/// Returns the size of the files in a folder, in bytes.
///
/// # Errors
/// [`Error::Io`] where it cannot be listed.
pub(crate) fn size_bytes(folder: &Path) -> crate::error::Result<u64> {
    let entries = std::fs::read_dir(folder).map_err(Error::io("list", folder))?;
    let files = entries.flatten().filter_map(|entry| entry.metadata().ok());
    Ok(files.map(|metadata| metadata.len()).sum())
}

/// Returns the number in the name of a manifest or of clusters of copies.
pub(crate) fn number_of(name: &str) -> Option<u64> {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Makes the names in a folder durable, where this user may open it.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        folder => folder?.sync_all(),
    }
}

/// Where folders cannot be opened, their names are durable with the files.
#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A file of ours that is being written.
#[derive(Debug)]
pub(crate) struct IndexFile {
    name: PathBuf,
    file: File,
    gate: Option<Arc<dyn Gate>>,
}

impl IndexFile {
    fn pass(&self, change: Change<'_>) -> io::Result<usize> {
        let Some(gate) = &self.gate else {
            return Ok(usize::MAX);
        };
        gate.pass(&self.name, change)
    }

    /// Returns its length in bytes.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Cuts off what stands behind the first `bytes`.
    pub(crate) fn cut(&mut self, bytes: u64) -> io::Result<()> {
        if self.length()? != bytes {
            self.pass(Change::Cut(bytes))?;
            self.file.set_len(bytes)?;
        }
        Ok(())
    }

    /// Returns the file to read from where it stands; writing goes on where reading ends.
    pub(crate) fn reader(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Makes what was written durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.pass(Change::Sync)?;
        self.file.sync_all()
    }
}

impl Write for IndexFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let allowed = self.pass(Change::Append(bytes))?;
        let (bytes, _) = bytes.split_at(allowed.min(bytes.len()));
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file of the engine behind a gate.
struct GatedWriter {
    name: PathBuf,
    file: WritePtr,
    gate: Arc<dyn Gate>,
}

impl Write for GatedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let allowed = self.gate.pass(&self.name, Change::Append(bytes))?;
        let (bytes, _) = bytes.split_at(allowed.min(bytes.len()));
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for GatedWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.gate.pass(&self.name, Change::Sync)?;
        self.file.terminate_ref(token)
    }
}

/// What stands for a lock that could not be taken and need not be.
pub(crate) struct NoLock;

impl Directory for IndexDirectory {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let may_not_write = |error: &io::Error| {
            matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            )
        };
        match self.engine.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && may_not_write(&error) =>
            {
                Ok(DirectoryLock::from(Box::new(NoLock)))
            }
            outcome => outcome,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        needed(path, self.handle(path))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |error: io::Error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        };
        self.settle().map_err(failed)?;
        self.pass(path, Change::Remove).map_err(failed)?;
        self.engine.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.engine.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let Some(gate) = &self.gate else {
            return self.engine.open_write(path);
        };
        let failed = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        gate.pass(path, Change::Create).map_err(failed)?;
        let writer = GatedWriter {
            name: path.to_owned(),
            file: self.engine.open_write(path)?,
            gate: Arc::clone(gate),
        };
        Ok(WritePtr::new(Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            return self.managed();
        }
        let bytes = self.engine.atomic_read(path)?;
        if path != Path::new(META) {
            return Ok(bytes);
        }
        match unseal(bytes) {
            Sealed::Sound(text) | Sealed::WithoutSum(text) => Ok(text),
            Sealed::Broken => {
                let told = "its checksum is not the one that was written";
                let error = io::Error::new(io::ErrorKind::InvalidData, told);
                Err(OpenReadError::wrap_io_error(error, path.to_owned()))
            }
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(META) {
            self.pass(path, Change::Replace(data))?;
            return self.engine.atomic_write(path, data);
        }
        let sealed = seal(data);
        self.pass(path, Change::Replace(&sealed))?;
        self.may_come_back.store(true, Ordering::Release);
        self.engine.atomic_write(path, &sealed)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.pass(Path::new(""), Change::SyncFolder)?;
        self.engine.sync_directory()?;
        self.may_come_back.store(false, Ordering::Release);
        Ok(())
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.engine.watch(callback)
    }
}

/// Removes the files of the engine that no segment of `metas` has.
///
/// # Errors
/// [`Error::Engine`].
pub(crate) fn collect_garbage(
    engine: &mut tantivy::Index,
    metas: &IndexMeta,
) -> crate::error::Result<()> {
    let mut living: HashSet<PathBuf> = metas.list_segment_files();
    living.insert(PathBuf::from(META));
    engine.directory_mut().garbage_collect(|| living)?;
    Ok(())
}

/// Gives the files that the engine makes for its owner alone the permissions of all the others.
#[cfg(unix)]
pub(crate) fn make_readable(folder: &Path) -> crate::error::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for name in [META, MANAGED] {
        let path = folder.join(name);
        if path.exists() {
            let permissions = std::fs::Permissions::from_mode(0o644);
            std::fs::set_permissions(&path, permissions)
                .map_err(Error::io("set permissions of", path))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(crate) fn make_readable(_: &Path) -> crate::error::Result<()> {
    Ok(())
}
