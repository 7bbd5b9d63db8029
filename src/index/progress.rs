//! What an index job reports, while it runs and at its end.

use crate::archive::{LeftAside, ReadArticle};
use crate::error::ArticleError;
use crate::index::share::Share;
use crate::index::stop::StopFlag;
use std::collections::BTreeMap;
use std::time::Duration;

/// What an index job did. Counts are articles unless the name says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobSummary {
    /// The share of the files that the index takes, where it does not take all.
    pub share: Option<Share>,
    /// Article files found, those of other shares left out.
    pub files: u64,
    /// Article files of other shares.
    pub files_of_other_shares: u64,
    /// Files of no known format, left aside.
    pub skipped_files: u64,
    /// Articles found, read or known to be unchanged.
    pub found: u64,
    /// New ones.
    pub added: u64,
    /// Ones that differ from what the index held.
    pub updated: u64,
    /// Ones that do not.
    pub unchanged: u64,
    /// Exact repeats of other articles, which stand for them.
    pub repeated: u64,
    /// Ones whose file was found again elsewhere, by its content.
    pub moved: u64,
    /// Ones that vanished.
    pub removed: u64,
    /// Ones left out because they were removed for good, by their id or by a query.
    pub withheld: u64,
    /// Files and lines that gave no article.
    pub failed: u64,
    /// The same by the code of the problem.
    pub failures: BTreeMap<&'static str, u64>,
    /// Articles that came in with a doubt.
    pub doubtful: u64,
    /// Doubts by the code of the problem; an article counts once for each code.
    pub doubts: BTreeMap<&'static str, u64>,
    /// Articles that were read, by where their date comes from; `none` for those without.
    pub date_sources: BTreeMap<&'static str, u64>,
    /// Files of no known format by the ending of their names.
    pub left_aside: LeftAside,
    /// Size of the files read, in bytes.
    pub read_bytes: u64,
    /// Time taken.
    pub elapsed: Duration,
    /// Whether the job was interrupted before it had seen the whole archive; what it had read is
    /// kept.
    pub is_interrupted: bool,
}

impl JobSummary {
    /// Returns the speed of the whole job, in megabytes of the files read per second.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a speed for people has one decimal"
    )]
    pub fn mb_per_second(&self) -> f64 {
        self.read_bytes as f64 / 1e6 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Hears how a job goes on. The library draws nothing itself; `()` hears nothing.
pub trait Progress {
    /// The archive was walked: the number of files, and their size in bytes.
    fn start(&mut self, _files: u64, _bytes: u64) {}
    /// Progress, in bytes and in articles, including those that failed.
    fn advance(&mut self, _done_bytes: u64, _summary: &JobSummary) {}
    /// One file or line gave no article.
    fn failed(&mut self, _error: &ArticleError) {}
    /// One article came in, but its reader was not sure of all of it: it has doubts.
    fn doubted(&mut self, _read: &ReadArticle) {}
    /// Everything is read; what remains is writing and merging.
    fn finishing(&mut self) {}
    /// Returns the flag that ends the job early once it is raised; without one, nothing does.
    fn stop_flag(&self) -> StopFlag {
        StopFlag::default()
    }
}

impl Progress for () {}
