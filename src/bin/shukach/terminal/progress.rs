//! Shows the progress of an index job: a bar on a terminal, plain lines elsewhere.

use crate::terminal::report::{Report, write_line};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use shukach::ArticleError;
use shukach::archive::ReadArticle;
use shukach::index::job::{JobSummary, Progress};
use shukach::index::stop::StopFlag;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render::sanitize::one_line;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How often a plain line shows the progress of the job.
const PLAIN_EVERY: Duration = Duration::from_secs(10);
/// How often a line for programs does.
const JSON_EVERY: Duration = Duration::from_millis(500);
/// Failures that are listed; the rest is only counted.
pub(crate) const MAX_LISTED: u64 = 1_000;

/// How the progress of a job is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressChoice {
    /// A bar on a terminal, plain lines elsewhere
    Auto,
    /// Lines of JSON
    Json,
}

/// How much is printed; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Volume {
    /// Nothing.
    Quiet,
    /// Failures.
    Failures,
    /// Progress and failures.
    Usual,
    /// Doubts as well.
    Verbose,
}

/// A line of progress for programs.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event {
    Start {
        files: u64,
        bytes: u64,
    },
    Progress {
        done_bytes: u64,
        bytes: u64,
        found: u64,
        failed: u64,
        doubtful: u64,
    },
    Finishing,
}

/// Shows the progress on standard error.
pub(crate) struct ProgressView {
    bar: ProgressBar,
    is_terminal: bool,
    volume: Volume,
    is_json: bool,
    report: Option<Report>,
    locale: Locale,
    stop: StopFlag,
    total_bytes: u64,
    last_line: Instant,
    failures: Vec<Listed>,
    failed: u64,
}

/// One failure as the JSON summary lists it.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    path: String,
    inner_path: Option<String>,
    line: Option<u64>,
    code: &'static str,
    reason: String,
}

impl ProgressView {
    /// Makes a view; a quiet one shows nothing.
    pub(crate) fn new(
        volume: Volume,
        choice: ProgressChoice,
        locale: Locale,
        stop: StopFlag,
    ) -> Self {
        let is_json = choice == ProgressChoice::Json && volume != Volume::Quiet;
        let is_terminal = stderr().is_terminal() && volume >= Volume::Usual && !is_json;
        let target = if is_terminal {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        Self {
            bar,
            is_terminal,
            volume,
            is_json,
            report: None,
            locale,
            stop,
            total_bytes: 0,
            last_line: Instant::now(),
            failures: Vec::new(),
            failed: 0,
        }
    }

    /// Writes failures and doubts to `report` as well.
    pub(crate) fn with_report(self, report: Option<Report>) -> Self {
        Self { report, ..self }
    }

    /// Returns the failures, at most [`MAX_LISTED`] of them, and the report.
    pub(crate) fn into_failures(self) -> (Vec<Listed>, Option<Report>) {
        self.bar.finish_and_clear();
        if self.failed > MAX_LISTED && self.is_plain() {
            let more = self.failed - MAX_LISTED;
            match self.locale {
                Locale::English => eprintln!("failed: {more} more"),
                Locale::Ukrainian => eprintln!("не прочитано: ще {more}"),
            }
        }
        (self.failures, self.report)
    }
}

impl ProgressView {
    /// Returns whether lines for people are printed.
    fn is_plain(&self) -> bool {
        self.volume != Volume::Quiet && !self.is_json
    }

    fn tell(event: &Event) {
        // Standard error that cannot be written to has no reader.
        let _ = write_line(event, &mut stderr().lock());
    }

    fn counts(&self, summary: &JobSummary) -> String {
        let (found, failed) = (summary.found, summary.failed);
        match self.locale {
            Locale::English => {
                let found = english_count(found, "article");
                format!("{found}, {failed} failed")
            }
            Locale::Ukrainian => {
                let noun = ukrainian_plural(found, ["стаття", "статті", "статей"]);
                format!("{found} {noun}, не прочитано {failed}")
            }
        }
    }
}

impl Progress for ProgressView {
    fn start(&mut self, files: u64, bytes: u64) {
        self.total_bytes = bytes;
        self.bar.set_length(bytes);
        let left = self.locale.choose("ETA", "ще");
        let template =
            format!("{{wide_bar}} {{percent}} % {{decimal_bytes_per_sec}} {{msg}} {left} {{eta}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            self.bar.set_style(style);
        }
        if self.is_json {
            Self::tell(&Event::Start { files, bytes });
        } else if !self.is_terminal && self.is_plain() && self.volume >= Volume::Usual {
            let megabytes = bytes / 1_000_000;
            match self.locale {
                Locale::English => {
                    let files = english_count(files, "file");
                    eprintln!("indexing {files}, {megabytes} MB");
                }
                Locale::Ukrainian => {
                    let noun = ukrainian_plural(files, ["файл", "файли", "файлів"]);
                    eprintln!("індексую {files} {noun}, {megabytes} МБ");
                }
            }
        }
    }

    fn advance(&mut self, done_bytes: u64, summary: &JobSummary) {
        self.bar.set_position(done_bytes);
        if self.is_terminal {
            self.bar.set_message(self.counts(summary));
        } else if self.is_json && self.last_line.elapsed() >= JSON_EVERY {
            self.last_line = Instant::now();
            Self::tell(&Event::Progress {
                done_bytes,
                bytes: self.total_bytes,
                found: summary.found,
                failed: summary.failed,
                doubtful: summary.doubtful,
            });
        } else if self.is_plain() && self.last_line.elapsed() >= PLAIN_EVERY {
            self.last_line = Instant::now();
            let percent = done_bytes * 100 / self.total_bytes.max(1);
            eprintln!("{percent} %: {}", self.counts(summary));
        }
    }

    fn failed(&mut self, error: &ArticleError) {
        if let Some(report) = &mut self.report {
            report.add_failure(error);
        }
        self.failed += 1;
        if self.failed > MAX_LISTED {
            return;
        }
        if self.is_plain() {
            let line = one_line(&error.message(self.locale)).into_owned();
            let word = self.locale.choose("failed", "не прочитано");
            self.bar.suspend(|| eprintln!("{word}: {line}"));
        }
        self.failures.push(Listed {
            path: error.path.to_string_lossy().into_owned(),
            inner_path: error.inner_path.clone(),
            line: error.line,
            code: error.problem.code(),
            reason: error.problem.to_string(),
        });
    }

    fn doubted(&mut self, read: &ReadArticle) {
        if let Some(report) = &mut self.report {
            report.add_doubts(read);
        }
        if self.volume != Volume::Verbose || self.is_json {
            return;
        }
        let word = self.locale.choose("in doubt", "сумнівно");
        for doubt in &read.doubts {
            let line = read.line.map(|line| format!(":{line}"));
            let path = read.article.path.display();
            let told = format!(
                "{path}{}: {}",
                line.unwrap_or_default(),
                doubt.message(self.locale)
            );
            self.bar
                .suspend(|| eprintln!("{word}: {}", one_line(&told)));
        }
    }

    fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }

    fn finishing(&mut self) {
        if self.is_json {
            Self::tell(&Event::Finishing);
        } else if self.stop.is_raised() && self.is_plain() {
            let told = self.locale.choose(
                "interrupted: writing what was read; Ctrl-C again ends it at once",
                "перервано: записується те, що прочитано; ще раз Ctrl-C – і все скінчиться одразу",
            );
            self.bar.suspend(|| eprintln!("{told}"));
        }
        self.bar.set_message(self.locale.choose("writing", "запис"));
    }
}
