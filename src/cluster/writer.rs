//! Articles into the cluster: analysed and sent by several threads, each answer read.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::document::Collected;
use crate::error::Result;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The size in bytes at which a request is sent.
const REQUEST_BYTES: usize = 4 << 20;
/// How many articles wait for each thread.
const QUEUE: usize = 64;
/// How often articles are sent that the cluster is too busy to take.
const ATTEMPTS: u32 = 10;
/// The first pause before they are sent again; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The most refusals that are kept in words.
const MOST_REFUSALS: usize = 20;

/// What became of the articles that were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// How many the cluster has taken.
    pub written: u64,
    /// How many it has in a newer version.
    pub stale: u64,
    /// How many it refused.
    pub refused: u64,
    /// Why, for the first of them.
    pub refusals: Vec<String>,
}

impl Written {
    fn add(&mut self, other: Self) {
        self.written += other.written;
        self.stale += other.stale;
        self.refused += other.refused;
        self.refusals.extend(other.refusals);
        self.refusals.truncate(MOST_REFUSALS);
    }

    fn refuse(&mut self, id: &str, reason: &str) {
        self.refused += 1;
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals.push(format!("{id}: {reason}"));
        }
    }
}

/// Writes articles to a cluster. What is written twice stands there once; an older version never
/// takes the place of a newer one.
pub struct ClusterWriter {
    queue: SyncSender<(Collected, u64)>,
    threads: Vec<JoinHandle<Result<Written>>>,
}

impl ClusterWriter {
    /// Starts `threads` threads.
    ///
    /// # Errors
    /// [`crate::Error::Io`] where the system gives none.
    pub fn start(index: &Arc<ClusterIndex>, threads: usize) -> Result<Self> {
        let threads = threads.max(1);
        let (queue, articles) = sync_channel(QUEUE * threads);
        let articles = Arc::new(Mutex::new(articles));
        let start = |number: usize| {
            let (index, articles) = (Arc::clone(index), Arc::clone(&articles));
            let builder = std::thread::Builder::new().name(format!("writer-{number}"));
            builder
                .spawn(move || write_all(&index, &articles))
                .map_err(crate::error::Error::io("start", "a thread"))
        };
        Ok(Self {
            queue,
            threads: (0..threads).map(start).collect::<Result<_>>()?,
        })
    }

    /// Writes an article, unless the cluster has it in a newer `version`. Waits where the cluster
    /// is slower; `false` where it takes no more, which [`ClusterWriter::finish`] explains.
    pub fn write(&self, article: Collected, version: u64) -> bool {
        self.queue.send((article, version)).is_ok()
    }

    /// Waits until everything is written.
    ///
    /// # Errors
    /// [`crate::Error::Cluster`] where the cluster no longer answers.
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

/// The lines of a document.
struct Lines {
    id: String,
    text: String,
}

fn write_all(
    index: &ClusterIndex,
    articles: &Mutex<Receiver<(Collected, u64)>>,
) -> Result<Written> {
    let mut written = Written::default();
    let mut waiting: Vec<Lines> = Vec::new();
    let mut bytes = 0;
    loop {
        let next = articles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok((article, version)) = next else {
            written.add(send(index, waiting)?);
            return Ok(written);
        };
        let head = json!({"index": {
            "_id": article.name(), "version": version, "version_type": "external_gte",
        }});
        let mut text = head.to_string();
        // Writing to a text cannot fail.
        let _ = write!(text, "\n{}\n", article.to_document());
        bytes += text.len();
        waiting.push(Lines {
            id: article.article.id.to_string(),
            text,
        });
        if bytes >= REQUEST_BYTES {
            written.add(send(index, std::mem::take(&mut waiting))?);
            bytes = 0;
        }
    }
}

/// Sends documents until the cluster has taken or refused each. Where it is not known whether a
/// request arrived, it is sent again: the same version may come twice.
fn send(index: &ClusterIndex, mut waiting: Vec<Lines>) -> Result<Written> {
    let mut written = Written::default();
    let mut pause = FIRST_PAUSE;
    for attempt in 1.. {
        if waiting.is_empty() {
            break;
        }
        let lines: String = waiting.iter().map(|lines| lines.text.as_str()).collect();
        let answer = index.bulk(&lines)?;
        if answer.status >= 300 {
            return Err(crate::cluster::exchange::refused(&answer).into());
        }
        let items = answer.body["items"].as_array();
        let mut items = items.into_iter().flatten();
        let mut again = Vec::new();
        for lines in waiting {
            let item = items.next().map_or(&Value::Null, |item| &item["index"]);
            match item["status"].as_u64() {
                Some(200 | 201) => written.written += 1,
                Some(409) => written.stale += 1,
                Some(429 | 502..=504) | None if attempt < ATTEMPTS => again.push(lines),
                _ => {
                    let reason = &item["error"]["reason"];
                    written.refuse(&lines.id, reason.as_str().unwrap_or("no answer"));
                }
            }
        }
        waiting = again;
        if !waiting.is_empty() {
            std::thread::sleep(pause);
            pause *= 2;
        }
    }
    Ok(written)
}
