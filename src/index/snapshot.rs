//! A copy of the last commit, taken while a writer may be at work.
//!
//! Files of segments and clusters never change, so the copy has other names of the same bytes where
//! both folders are on one file system. The manifest grows and is cut; its committed bytes are
//! copied.

use crate::error::{Error, Result};
use crate::index::directory::{META, create_folder, sync_folder};
use crate::index::verify::files::segment_files;
use crate::index::{Index, Payload, free_disk};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// How often a copy starts over because a writer has removed what was to be copied.
const ATTEMPTS: u32 = 20;

/// What was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Articles.
    pub articles: u64,
    /// Files.
    pub files: u64,
    /// Those of them that share their bytes with the index.
    pub linked: u64,
    /// How much all files hold, in bytes.
    pub bytes: u64,
}

/// Copies the last commit of the index in `path` into the new or empty folder `to`. The copy is an
/// index like any other: it can be searched, written to and copied back. It is durable when this
/// returns. Takes milliseconds where files are linked.
///
/// # Errors
/// As [`Index::open`]; [`Error::NotEmpty`] where `to` holds files; [`Error::NoRoom`];
/// [`Error::Io`], and nothing is in `to` that could be taken for an index.
pub fn snapshot(path: &Path, to: &Path) -> Result<Snapshot> {
    create_folder(to).map_err(Error::io("create", to))?;
    let mut entries = fs::read_dir(to).map_err(Error::io("list", to))?;
    if entries.next().is_some() {
        let path = to.to_owned();
        return Err(Error::NotEmpty { path });
    }
    let mut attempts_left = ATTEMPTS;
    loop {
        match copy(path, to) {
            Err(error) if attempts_left > 0 && is_gone(&error, path) => {
                attempts_left -= 1;
                clear(to)?;
            }
            Err(error) => {
                clear(to)?;
                return Err(error);
            }
            copied => return copied,
        }
    }
}

/// Returns whether a file of the index was not there.
fn is_gone(error: &Error, index: &Path) -> bool {
    let Error::Io { path, source, .. } = error else {
        return false;
    };
    source.kind() == io::ErrorKind::NotFound && path.starts_with(index)
}

/// Removes what a copy that failed has left; it was empty before.
fn clear(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(Error::io("list", folder))?;
    for entry in entries.flatten() {
        fs::remove_file(entry.path()).map_err(Error::io("remove", entry.path()))?;
    }
    Ok(())
}

fn copy(path: &Path, to: &Path) -> Result<Snapshot> {
    let index = Index::open(path)?;
    // The very bytes that are understood are copied.
    let meta = fs::read(path.join(META)).map_err(Error::io("read", path.join(META)))?;
    let metas = index.engine().load_metas()?;
    if fs::read(path.join(META)).ok().as_ref() != Some(&meta) {
        let source = io::Error::from(io::ErrorKind::NotFound);
        return Err(Error::io("read", path.join(META))(source));
    }
    let payload = Payload::check(metas.payload.as_deref(), path)?;
    let mut snapshot = Snapshot::default();
    let room = free_disk::room_of_all(path, &metas.segments);
    for segment in &metas.segments {
        snapshot.articles += u64::from(segment.num_docs());
        for (name, _) in segment_files(segment) {
            snapshot.link(path, to, &name, room)?;
        }
    }
    if !payload.copies.is_empty() {
        snapshot.link(path, to, &payload.copies, room)?;
    }
    if !payload.manifest.is_empty() {
        let bytes = copy_bytes(path, to, &payload.manifest, payload.manifest_bytes)?;
        snapshot.add(bytes);
    }
    sync_folder(to).map_err(Error::io("sync", to))?;
    // Before it is there the folder is no index.
    let unfinished = to.join(".tmp-meta.json");
    let write = || -> io::Result<()> {
        fs::write(&unfinished, &meta)?;
        File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, to.join(META))?;
        sync_folder(to)
    };
    write().map_err(Error::io("write", to.join(META)))?;
    snapshot.add(meta.len() as u64);
    Ok(snapshot)
}

impl Snapshot {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }

    /// Gives a file that never changes a second name; copies it where that cannot be, and first
    /// looks whether there is room for all of them.
    fn link(&mut self, path: &Path, to: &Path, name: &str, room: u64) -> Result<()> {
        let (from, target) = (path.join(name), to.join(name));
        match fs::hard_link(&from, &target) {
            Ok(()) => {
                self.linked += 1;
                let metadata = fs::metadata(&target).map_err(Error::io("read", &target))?;
                self.add(metadata.len());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::io("copy", from)(error));
            }
            // Another file system, or one without links.
            Err(_) => {
                if self.files == 0 {
                    free_disk::expect(to, room)?;
                }
                self.add(copy_bytes(path, to, name, u64::MAX)?);
            }
        }
        Ok(())
    }
}

/// Copies the first `bytes` of a file, or all of it where it has fewer; durable.
fn copy_bytes(path: &Path, to: &Path, name: &str, bytes: u64) -> Result<u64> {
    let from = path.join(name);
    let file = File::open(&from).map_err(Error::io("copy", &from))?;
    let target = to.join(name);
    let write = || -> io::Result<u64> {
        let mut options = OpenOptions::new();
        let mut copy = options.write(true).create_new(true).open(&target)?;
        let copied = io::copy(&mut file.take(bytes), &mut copy)?;
        copy.sync_all()?;
        Ok(copied)
    };
    write().map_err(Error::io("write", &target))
}
