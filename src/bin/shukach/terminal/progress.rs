//! Shows the progress of an index job: a bar on a terminal, plain lines elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shukach::ArticleError;
use shukach::index::job::{JobSummary, Progress};
use shukach::index::stop::StopFlag;
use shukach::locale::Locale;
use shukach::render::sanitize::one_line;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How often a plain line shows the progress of the job.
const PLAIN_EVERY: Duration = Duration::from_secs(10);
/// Failures that are listed; the rest is only counted.
pub(crate) const MAX_LISTED: u64 = 1_000;

/// Shows the progress on standard error.
pub(crate) struct ProgressView {
    bar: ProgressBar,
    is_terminal: bool,
    is_quiet: bool,
    locale: Locale,
    stop: StopFlag,
    total_bytes: u64,
    last_line: Instant,
    failures: Vec<Listed>,
    failed: u64,
}

/// One failure as the JSON summary lists it.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Listed {
    path: String,
    line: Option<u64>,
    reason: String,
}

impl ProgressView {
    /// Makes a view; a quiet one shows nothing.
    pub(crate) fn new(is_quiet: bool, locale: Locale, stop: StopFlag) -> Self {
        let is_terminal = stderr().is_terminal() && !is_quiet;
        let target = if is_terminal {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        Self {
            bar,
            is_terminal,
            is_quiet,
            locale,
            stop,
            total_bytes: 0,
            last_line: Instant::now(),
            failures: Vec::new(),
            failed: 0,
        }
    }

    /// Returns the failures, at most [`MAX_LISTED`] of them.
    pub(crate) fn into_failures(self) -> Vec<Listed> {
        self.bar.finish_and_clear();
        if self.failed > MAX_LISTED && !self.is_quiet {
            let more = self.failed - MAX_LISTED;
            match self.locale {
                Locale::English => eprintln!("failed: {more} more files or lines"),
                Locale::Ukrainian => eprintln!("не прочитано: ще {more} файлів чи рядків"),
            }
        }
        self.failures
    }
}

impl ProgressView {
    fn counts(&self, summary: &JobSummary) -> String {
        let (found, failed) = (summary.found, summary.failed);
        match self.locale {
            Locale::English => format!("{found} articles, {failed} failed"),
            Locale::Ukrainian => format!("статей: {found}, невдач: {failed}"),
        }
    }
}

impl Progress for ProgressView {
    fn start(&mut self, files: u64, bytes: u64) {
        self.total_bytes = bytes;
        self.bar.set_length(bytes);
        let left = self.locale.choose("ETA", "ще");
        let template = format!(
            "{{bar:30}} {{bytes}}/{{total_bytes}} {{bytes_per_sec}} {{msg}} {left} {{eta}}"
        );
        if let Ok(style) = ProgressStyle::with_template(&template) {
            self.bar.set_style(style);
        }
        if !self.is_terminal && !self.is_quiet {
            let megabytes = bytes / 1_000_000;
            match self.locale {
                Locale::English => eprintln!("indexing {files} files, {megabytes} MB"),
                Locale::Ukrainian => eprintln!("файлів: {files}, {megabytes} МБ"),
            }
        }
    }

    fn advance(&mut self, done_bytes: u64, summary: &JobSummary) {
        self.bar.set_position(done_bytes);
        if self.is_terminal {
            self.bar.set_message(self.counts(summary));
        } else if !self.is_quiet && self.last_line.elapsed() >= PLAIN_EVERY {
            self.last_line = Instant::now();
            let percent = done_bytes * 100 / self.total_bytes.max(1);
            eprintln!("{percent} %: {}", self.counts(summary));
        }
    }

    fn failed(&mut self, error: &ArticleError) {
        self.failed += 1;
        if self.failed > MAX_LISTED {
            return;
        }
        if !self.is_quiet {
            let line = one_line(&error.message(self.locale)).into_owned();
            let word = self.locale.choose("failed", "не прочитано");
            self.bar.suspend(|| eprintln!("{word}: {line}"));
        }
        self.failures.push(Listed {
            path: error.path.to_string_lossy().into_owned(),
            line: error.line,
            reason: error.problem.to_string(),
        });
    }

    fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }

    fn finishing(&mut self) {
        if self.stop.is_raised() && !self.is_quiet {
            let told = self.locale.choose(
                "interrupted: writing what was read; Ctrl-C again ends it at once",
                "перервано: записується те, що прочитано; ще раз Ctrl-C – і все скінчиться одразу",
            );
            self.bar.suspend(|| eprintln!("{told}"));
        }
        self.bar.set_message(self.locale.choose("writing", "запис"));
    }
}
