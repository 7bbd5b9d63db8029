//! What all requests share.

use crate::exit::Failure;
use crate::serve::arguments::{LogForm, ServeArguments};
use crate::serve::live_index::LiveIndex;
use crate::serve::metrics::{Gauge, Metrics};
use crate::serve::workers::Workers;
use shukach::locale::Locale;
use std::fs;

/// What all requests share.
pub(crate) struct Site {
    pub(crate) live: LiveIndex,
    pub(crate) workers: Workers,
    /// Workers of exports, apart: a slow reader must not keep searches waiting.
    pub(crate) exports: Workers,
    pub(crate) metrics: Metrics,
    /// The language of clients that name none.
    pub(crate) locale: Locale,
    pub(crate) shows_paths: bool,
    pub(crate) log: LogForm,
    /// Its host names, besides localhost and IP addresses.
    pub(crate) hosts: Vec<String>,
    /// Origins whose pages may use the API.
    pub(crate) cors: Vec<String>,
    /// The access token, if there is one.
    pub(crate) token: Option<String>,
}

/// How many exports run at a time.
const EXPORTS: usize = 4;

impl Site {
    /// Opens the indexes.
    pub(crate) fn open(arguments: &ServeArguments, locale: Locale) -> Result<Self, Failure> {
        let token = arguments.token(locale)?;
        let (queue, limit) = (arguments.queue, arguments.time_limit);
        Ok(Self {
            live: LiveIndex::open(arguments.folder.paths())?,
            workers: Workers::new(arguments.searches(), queue, limit),
            exports: Workers::new(EXPORTS, EXPORTS, limit),
            metrics: Metrics::new(),
            locale,
            shows_paths: arguments.show_paths,
            log: arguments.log,
            hosts: arguments.host.clone(),
            cors: arguments.cors.clone(),
            token,
        })
    }

    /// Returns the counts and times of requests, and what goes on now.
    pub(crate) fn metrics_text(&self) -> String {
        let number = |count: usize| count as u64;
        let gauge = |name, help, value| Gauge { name, help, value };
        let mut gauges = vec![
            gauge(
                "shukach_articles",
                "Articles served.",
                self.live.current().articles,
            ),
            gauge(
                "shukach_commits_opened",
                "Newer commits opened since the start.",
                self.live.reopened(),
            ),
            gauge(
                "shukach_searches_running",
                "Searches that run.",
                number(self.workers.running()),
            ),
            gauge(
                "shukach_searches_waiting",
                "Searches in the queue.",
                number(self.workers.waiting()),
            ),
            gauge(
                "shukach_exports_running",
                "Exports being written.",
                number(self.exports.running()),
            ),
        ];
        if let Some(is_reachable) = self.live.is_reachable() {
            gauges.push(gauge(
                "shukach_cluster_reachable",
                "Whether the cluster answered when it was asked last.",
                u64::from(is_reachable),
            ));
        }
        if let Some(bytes) = resident_bytes() {
            gauges.push(gauge(
                "process_resident_memory_bytes",
                "Resident memory.",
                bytes,
            ));
        }
        self.metrics.text(&gauges)
    }
}

/// Returns the resident memory, on Linux.
fn resident_bytes() -> Option<u64> {
    let status = fs::read("/proc/self/status").ok()?;
    let status = String::from_utf8(status).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
