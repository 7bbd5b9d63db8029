//! The index that requests are answered from: the last commit of those in folders, newer ones are
//! opened while it is served; or one in a cluster, which is looked at from time to time.

use crate::arguments::index_folder::{is_address, open};
use crate::arguments::opened::Opened;
use crate::exit::Failure;
use shukach::index::Index;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How often a cluster is asked how many articles it has.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// A state of the index, open for as long as a request needs it.
pub(crate) struct Served {
    pub(crate) searcher: Opened,
    pub(crate) articles: u64,
    /// What tells a commit from others; none for an index in a cluster, which may change meanwhile.
    pub(crate) state: Option<String>,
}

/// The state that new requests are answered from.
pub(crate) struct LiveIndex {
    paths: Vec<PathBuf>,
    current: RwLock<Arc<Served>>,
    reopened: AtomicU64,
    /// When a cluster was asked last.
    asked: Mutex<Instant>,
    /// Whether it answered then.
    is_reachable: AtomicBool,
}

impl LiveIndex {
    /// Opens the last commit of the indexes in `paths`, or the index in a cluster.
    pub(crate) fn open(paths: Vec<PathBuf>) -> Result<Self, Failure> {
        let served = served(&paths)?;
        Ok(Self {
            paths,
            current: RwLock::new(Arc::new(served)),
            reopened: AtomicU64::new(0),
            asked: Mutex::new(Instant::now()),
            is_reachable: AtomicBool::new(true),
        })
    }

    /// Returns the state to answer from. Who holds a commit keeps its files.
    pub(crate) fn current(&self) -> Arc<Served> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }

    /// Opens a newer commit, if there is one, or asks the cluster again. What is in use stays where
    /// that fails.
    pub(crate) fn refresh(&self) -> Result<(), Failure> {
        let current = self.current();
        let Some(state) = &current.state else {
            return self.ask_again(&current.searcher);
        };
        if Index::fingerprint(&self.paths)? == *state {
            return Ok(());
        }
        self.replace(served(&self.paths)?);
        self.reopened.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn ask_again(&self, known: &Opened) -> Result<(), Failure> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(searcher) = known.anew().filter(|_| asked.elapsed() >= ASK_EVERY) else {
            return Ok(());
        };
        let counted = searcher.article_count();
        *asked = Instant::now();
        self.is_reachable.store(counted.is_ok(), Ordering::Relaxed);
        self.replace(Served {
            articles: counted?,
            searcher,
            state: None,
        });
        Ok(())
    }

    fn replace(&self, served: Served) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(served);
    }

    /// Returns how often a newer commit was opened.
    pub(crate) fn reopened(&self) -> u64 {
        self.reopened.load(Ordering::Relaxed)
    }

    /// Returns whether a cluster answered when it was asked last; `None` for indexes in folders.
    pub(crate) fn is_reachable(&self) -> Option<bool> {
        let is_in_cluster = self.current().searcher.is_in_cluster();
        is_in_cluster.then(|| self.is_reachable.load(Ordering::Relaxed))
    }
}

/// Opens a commit and its fingerprint, which must not be that of another one; or an index in a
/// cluster.
fn served(paths: &[PathBuf]) -> Result<Served, Failure> {
    let is_in_cluster = paths.iter().any(|path| is_address(path));
    let state = || {
        (!is_in_cluster)
            .then(|| Index::fingerprint(paths))
            .transpose()
    };
    let mut before = state()?;
    loop {
        let searcher = open(paths)?;
        let behind = state()?;
        if behind == before {
            return Ok(Served {
                articles: searcher.article_count()?,
                searcher,
                state: before,
            });
        }
        before = behind;
    }
}
