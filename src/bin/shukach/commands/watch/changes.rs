//! Tells when files have changed: by the events of the system, where it has them.

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// However busy the files are, changes are not held back for longer.
const MOST_DELAY: Duration = Duration::from_secs(30);

/// What tells a folder from another one at the same path: its device and its number there.
type Identity = (u64, u64);

/// A path that is listened to.
struct Root {
    path: PathBuf,
    /// What is listened to there, by its own name.
    listened: Option<(PathBuf, Identity)>,
}

/// The changes of files.
pub(crate) struct Changes {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    /// Keeps the channel open where nobody sends.
    open: Sender<()>,
    roots: Vec<Root>,
    problems: Vec<String>,
}

impl Changes {
    /// Hears of nothing.
    pub(crate) fn unheard() -> Self {
        let (sender, events) = channel();
        Self {
            watcher: None,
            events,
            open: sender,
            roots: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Listens to all files below `roots`, but for `own_files`, which a job writes itself. Where
    /// the system tells of no changes, nothing is heard.
    pub(crate) fn listen(roots: &[PathBuf], own_files: &[PathBuf]) -> Self {
        let mut changes = Self::unheard();
        let (sender, events) = channel();
        let heard = sender.clone();
        let own_files: Vec<PathBuf> = own_files.iter().map(|path| canonical(path)).collect();
        let handler = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| !is_of_archive(&event, &own_files)) {
                return;
            }
            // Nobody waits any more once the program ends.
            let _ = heard.send(());
        };
        match notify::recommended_watcher(handler) {
            Ok(watcher) => changes.watcher = Some(watcher),
            Err(error) => changes.problems.push(error.to_string()),
        }
        changes.events = events;
        changes.open = sender;
        changes.roots = roots
            .iter()
            .map(|path| Root {
                path: path.clone(),
                listened: None,
            })
            .collect();
        changes.follow();
        changes
    }

    /// Returns whether changes are heard of.
    pub(crate) fn is_listening(&self) -> bool {
        self.watcher.is_some()
    }

    /// Returns why changes are not heard of.
    pub(crate) fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Waits for a change, at most so long; then until files have been left alone for `settle`.
    /// Returns whether there was one.
    pub(crate) fn wait(&self, most: Duration, settle: Duration) -> bool {
        if self.events.recv_timeout(most).is_err() {
            return false;
        }
        let started = Instant::now();
        while started.elapsed() < MOST_DELAY && self.events.recv_timeout(settle).is_ok() {}
        true
    }

    /// Listens to what is at the paths now, where that is another folder than before or none.
    /// Returns whether it was. Where the system refuses, nothing is listened to any more.
    pub(crate) fn follow(&mut self) -> bool {
        let Some(watcher) = &mut self.watcher else {
            return false;
        };
        let mut has_moved = false;
        for root in &mut self.roots {
            let now = identity(&root.path);
            if now == root.listened.as_ref().map(|(_, identity)| *identity) {
                continue;
            }
            has_moved = true;
            if let Some((path, _)) = root.listened.take() {
                // What is gone is no longer listened to anyway.
                let _ = watcher.unwatch(&path);
            }
            let Some(now) = now else {
                continue;
            };
            let path = canonical(&root.path);
            match watcher.watch(&path, RecursiveMode::Recursive) {
                Ok(()) => root.listened = Some((path, now)),
                Err(error) => {
                    self.problems.push(error.to_string());
                    self.watcher = None;
                    return true;
                }
            }
        }
        has_moved
    }
}

/// Returns whether an event is a change of a file that is none of a job's own.
fn is_of_archive(event: &Event, own_files: &[PathBuf]) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let is_own = |path: &PathBuf| own_files.iter().any(|own| path.starts_with(own));
    event.need_rescan() || !event.paths.iter().all(is_own)
}

/// Returns a path without links and dots, as far as it is there.
fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(canonical) = fs::canonicalize(&absolute) {
        return canonical;
    }
    // What is not there yet lies in a folder that may be.
    match (
        absolute.parent().map(fs::canonicalize),
        absolute.file_name(),
    ) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => absolute,
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.exists().then_some((0, 0))
}
