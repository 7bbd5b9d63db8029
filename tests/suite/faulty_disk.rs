//! A disk that fails, or loses what it was not asked to keep, before any change of a file.

use crate::crash::Numbers;
use shukach::index::gate::{Change, Gate};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What the disk does at the chosen change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is full, and stays so.
    Full,
    /// The change fails, the next one does not.
    Failing,
    /// Half of the bytes are written; the rest when it is asked again.
    ShortWrite,
    /// The change and all that follow fail, as in a process that was killed.
    Gone,
}

/// What a file holds, and what of it would be there after a power loss.
#[derive(Debug, Clone, Default)]
struct Content {
    now: Vec<u8>,
    durable: Vec<u8>,
}

type Names = BTreeMap<String, Arc<Mutex<Content>>>;

/// The files of a folder as the disk would have them after a power loss.
#[derive(Debug, Default)]
struct Model {
    now: Names,
    durable: Names,
}

/// Which of the changes that were not made durable a power loss keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// None.
    Nothing,
    /// All names, and of new contents nothing.
    Names,
    /// Some names, and of contents some first bytes.
    Some,
}

#[derive(Debug)]
struct State {
    passed: u64,
    has_failed: bool,
    model: Model,
}

/// A disk that fails at the change with the number `at`, counted from 0.
#[derive(Debug)]
pub(crate) struct FaultyDisk {
    at: u64,
    fault: Fault,
    state: Mutex<State>,
}

impl FaultyDisk {
    /// Takes over a folder, of which everything is durable.
    pub(crate) fn new(folder: &Path, fault: Fault, at: u64) -> Arc<Self> {
        let mut model = Model::default();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let bytes = fs::read(entry.path()).unwrap();
            let content = Content {
                now: bytes.clone(),
                durable: bytes,
            };
            let name = entry.file_name().into_string().unwrap();
            model.now.insert(name, Arc::new(Mutex::new(content)));
        }
        model.durable = model.now.clone();
        Arc::new(Self {
            at,
            fault,
            state: Mutex::new(State {
                passed: 0,
                has_failed: false,
                model,
            }),
        })
    }

    /// Returns whether the chosen change came.
    pub(crate) fn has_failed(&self) -> bool {
        self.state.lock().unwrap().has_failed
    }

    /// Writes what would be left into `folder`.
    pub(crate) fn lose_power(&self, folder: &Path, kept: Kept, numbers: &mut Numbers) {
        fs::create_dir_all(folder).unwrap();
        let state = self.state.lock().unwrap();
        let Model { now, durable } = &state.model;
        let mut left = durable.clone();
        let names: Vec<&String> = now.keys().chain(durable.keys()).collect();
        for name in names {
            let is_kept = match kept {
                Kept::Nothing => false,
                Kept::Names => true,
                Kept::Some => numbers.below(2) == 0,
            };
            if is_kept {
                match now.get(name) {
                    Some(content) => left.insert(name.clone(), Arc::clone(content)),
                    None => left.remove(name),
                };
            }
        }
        for (name, content) in left {
            let Content { now, durable } = &*content.lock().unwrap();
            let mut bytes = durable.clone();
            if kept == Kept::Some && now.starts_with(durable) {
                let more = (now.len() - durable.len()) as u64;
                let more = usize::try_from(numbers.below(more + 1)).unwrap();
                bytes.extend_from_slice(&now[durable.len()..durable.len() + more]);
            }
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

impl Gate for FaultyDisk {
    fn pass(&self, name: &Path, change: Change<'_>) -> io::Result<usize> {
        let mut state = self.state.lock().unwrap();
        let number = state.passed;
        state.passed += 1;
        let takes_space = matches!(
            change,
            Change::Create | Change::Append(_) | Change::Replace(_)
        );
        let fails = match self.fault {
            Fault::Full => number >= self.at && takes_space,
            Fault::Failing => number == self.at,
            Fault::ShortWrite => false,
            Fault::Gone => number >= self.at,
        };
        state.has_failed |= number >= self.at;
        if fails {
            let kind = match self.fault {
                Fault::Full => io::ErrorKind::StorageFull,
                _ => io::ErrorKind::Other,
            };
            return Err(io::Error::new(kind, "the disk fails in this test"));
        }
        let mut written = usize::MAX;
        if let Change::Append(bytes) = change {
            written = bytes.len();
            if self.fault == Fault::ShortWrite && number >= self.at {
                written = bytes.len().div_ceil(2);
            }
        }
        state.model.note(name.to_str().unwrap(), change, written);
        Ok(written)
    }
}

impl Model {
    fn note(&mut self, name: &str, change: Change<'_>, written: usize) {
        let content = || Arc::clone(&self.now[name]);
        match change {
            Change::Create => {
                self.now.insert(name.to_owned(), Arc::default());
            }
            Change::Append(bytes) => content()
                .lock()
                .unwrap()
                .now
                .extend_from_slice(&bytes[..written]),
            Change::Cut(length) => {
                let length = usize::try_from(length).unwrap();
                content().lock().unwrap().now.truncate(length);
            }
            Change::Sync => {
                let content = content();
                let mut content = content.lock().unwrap();
                let Content { now, durable } = &mut *content;
                durable.clone_from(now);
            }
            Change::Replace(bytes) => {
                let content = Content {
                    now: bytes.to_vec(),
                    durable: bytes.to_vec(),
                };
                self.now
                    .insert(name.to_owned(), Arc::new(Mutex::new(content)));
            }
            Change::Remove => {
                self.now.remove(name);
            }
            Change::SyncFolder => self.durable = self.now.clone(),
        }
    }
}
