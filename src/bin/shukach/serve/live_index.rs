//! The last commit of the indexes; newer ones are opened while it is served.

use shukach::error::Result;
use shukach::index::Index;
use shukach::search::Searcher;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A commit, open for as long as a request needs it.
pub(crate) struct Opened {
    pub(crate) searcher: Searcher,
    /// What tells it from other commits.
    pub(crate) state: String,
}

/// The commit that new requests are answered from.
pub(crate) struct LiveIndex {
    paths: Vec<PathBuf>,
    current: RwLock<Arc<Opened>>,
    reopened: AtomicU64,
}

impl LiveIndex {
    /// Opens the last commit of the indexes in `paths`.
    pub(crate) fn open(paths: Vec<PathBuf>) -> Result<Self> {
        let opened = opened(&paths)?;
        Ok(Self {
            paths,
            current: RwLock::new(Arc::new(opened)),
            reopened: AtomicU64::new(0),
        })
    }

    /// Returns the commit to answer from. Who holds it keeps its files.
    pub(crate) fn current(&self) -> Arc<Opened> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }

    /// Opens a newer commit, if there is one. The one in use stays where it cannot be opened.
    pub(crate) fn refresh(&self) -> Result<()> {
        if Index::fingerprint(&self.paths)? == self.current().state {
            return Ok(());
        }
        let opened = Arc::new(opened(&self.paths)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = opened;
        self.reopened.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Returns how often a newer commit was opened.
    pub(crate) fn reopened(&self) -> u64 {
        self.reopened.load(Ordering::Relaxed)
    }
}

/// Opens a commit and its fingerprint, which must not be that of another one.
fn opened(paths: &[PathBuf]) -> Result<Opened> {
    let mut state = Index::fingerprint(paths)?;
    loop {
        let searcher = Searcher::open(&Index::open_all(paths)?)?;
        let behind = Index::fingerprint(paths)?;
        if behind == state {
            return Ok(Opened { searcher, state });
        }
        state = behind;
    }
}
