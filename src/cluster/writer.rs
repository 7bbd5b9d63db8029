//! Articles into the cluster: analysed and sent by several threads.

use crate::cluster::bulk::{Change, REQUEST_BYTES, Written, send};
use crate::cluster::cluster_index::{ClusterIndex, Documents};
use crate::cluster::document::Sent;
use crate::error::{Error, Result};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// How many articles wait for each thread.
const QUEUE: usize = 64;

/// Writes articles to a cluster. What is written twice stands there once; an older version never
/// takes the place of a newer one.
pub struct ClusterWriter {
    queue: SyncSender<(Sent, u64)>,
    threads: Vec<JoinHandle<Result<Written>>>,
}

impl ClusterWriter {
    /// Starts `threads` threads.
    ///
    /// # Errors
    /// [`Error::Io`] where the system gives none.
    pub fn start(index: &Arc<ClusterIndex>, threads: usize) -> Result<Self> {
        let threads = threads.max(1);
        let (queue, articles) = sync_channel(QUEUE * threads);
        let articles = Arc::new(Mutex::new(articles));
        let start = |number: usize| {
            let (index, articles) = (Arc::clone(index), Arc::clone(&articles));
            let builder = std::thread::Builder::new().name(format!("writer-{number}"));
            builder
                .spawn(move || write_all(&index, &articles))
                .map_err(Error::io("start", "a thread"))
        };
        Ok(Self {
            queue,
            threads: (0..threads).map(start).collect::<Result<_>>()?,
        })
    }

    /// Writes an article, unless the cluster has it in a newer `version`. Waits where the cluster
    /// is slower; `false` where it takes no more, which [`ClusterWriter::finish`] explains.
    pub fn write(&self, article: Sent, version: u64) -> bool {
        self.queue.send((article, version)).is_ok()
    }

    /// Waits until everything is written.
    ///
    /// # Errors
    /// [`Error::Cluster`] where the cluster no longer answers.
    pub fn finish(self) -> Result<Written> {
        drop(self.queue);
        let mut written = Written::default();
        let mut failed = None;
        for thread in self.threads {
            match thread.join() {
                Ok(Ok(some)) => written.add(some),
                Ok(Err(error)) => failed = Some(error),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(written),
        }
    }
}

fn write_all(index: &ClusterIndex, articles: &Mutex<Receiver<(Sent, u64)>>) -> Result<Written> {
    let mut written = Written::default();
    let mut waiting = Vec::new();
    let mut bytes = 0;
    loop {
        let next = articles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok((article, version)) = next else {
            written.add(send(index, Documents::Articles, waiting)?);
            return Ok(written);
        };
        let change = Change::of_article(&article, version);
        bytes += change.text.len();
        waiting.push(change);
        if bytes >= REQUEST_BYTES {
            let full = std::mem::take(&mut waiting);
            written.add(send(index, Documents::Articles, full)?);
            bytes = 0;
        }
    }
}
