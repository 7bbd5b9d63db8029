//! `shukach watch`: an index that follows its files.
//!
//! | module | what it holds |
//! |---|---|
//! | `changes` | when files have changed |

mod changes;

use crate::arguments::index_folder::unsupported;
use crate::arguments::waiting::duration;
use crate::commands::index::{self, IndexArguments, Telling};
use crate::commands::watch::changes::Changes;
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use clap::Args;
use shukach::index::stop::StopFlag;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often it is looked whether to end and whether a path has come or gone.
const TICK: Duration = Duration::from_millis(500);
/// How often files are read again where the system tells of no changes.
const POLL: Duration = Duration::from_secs(30);
/// How long to wait for another writer where nothing else is said.
const WAIT: Duration = Duration::from_mins(1);

const EXAMPLES: &str = "\
Examples:
  shukach watch ~/archive
  shukach watch /srv/news /srv/telegram --index /var/lib/shukach --json
  shukach watch /mnt/newsroom --poll 5m
  shukach watch ~/archive --once

Each job is as shukach index: only what changed is read, and one writer at a time is open, for as long as a job takes.
Searches are never held up. A path that goes away, as when a disk is taken out, keeps its articles and is read again when
it is back. Ctrl-C or the end of the system ends the watching with 0, after what was read is written.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WatchArguments {
    #[command(flatten)]
    index: IndexArguments,
    /// Read what has changed and exit; for cron
    #[arg(long)]
    once: bool,
    /// Look for changes this often instead of listening for them, as network drives need
    #[arg(long, value_name = "TIME", value_parser = duration)]
    poll: Option<Duration>,
    /// How long files must be left alone before they are read
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "2s")]
    settle: Duration,
    /// Check all files this often, even if no change was reported
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10m")]
    rescan: Duration,
}

pub(crate) fn run(arguments: WatchArguments, locale: Locale) -> Result<Exit, Failure> {
    let roots = arguments.index.reading.paths.clone();
    if roots.iter().any(|root| root == Path::new("-")) {
        let told = locale.choose(
            "standard input cannot be watched; give files or folders",
            "за стандартним вводом стежити не можна; дайте файли або теки",
        );
        return Err(Failure::Usage(told.to_owned()));
    }
    if arguments.once {
        return index::run(&arguments.index, locale);
    }
    if arguments.index.folder.address()?.is_some() {
        return Err(unsupported("watch without --once").into());
    }
    let (_patience, stop) = Patience::of_job();
    let mut watch = Watch {
        roots,
        missing: Vec::new(),
        stop,
        locale,
        arguments,
    };
    watch.run()
}

struct Watch {
    /// The paths as they were given.
    roots: Vec<PathBuf>,
    /// Those that were not there when the last job began.
    missing: Vec<PathBuf>,
    arguments: WatchArguments,
    stop: StopFlag,
    locale: Locale,
}

impl Watch {
    fn run(&mut self) -> Result<Exit, Failure> {
        self.arguments.index.waiting.wait.get_or_insert(WAIT);
        // Listened to before the first job, so that nothing is missed; what cannot be done at all
        // is seen at once.
        let mut changes = self.changes();
        index::run_job(
            &self.arguments.index,
            &self.stop,
            Telling::Always,
            self.locale,
        )?;
        let mut last_job = Instant::now();
        self.announce(&changes);
        while !self.stop.is_raised() {
            let was_listening = changes.is_listening();
            let has_changed = changes.wait(TICK, self.arguments.settle);
            let has_moved = changes.follow();
            if was_listening && !changes.is_listening() {
                self.announce(&changes);
            }
            let is_due = last_job.elapsed() >= self.every(&changes);
            if !self.stop.is_raised() && (has_changed || has_moved || is_due) {
                self.job();
                last_job = Instant::now();
            }
        }
        Ok(Exit::Success)
    }

    /// Listens to the system, unless polling is asked for.
    fn changes(&self) -> Changes {
        let own_files = [
            Some(self.arguments.index.folder.path()),
            self.arguments.index.report.clone(),
        ];
        let own_files: Vec<PathBuf> = own_files.into_iter().flatten().collect();
        if self.arguments.poll.is_some() {
            return Changes::unheard();
        }
        Changes::listen(&self.roots, &own_files)
    }

    /// Returns how often all files are looked at.
    fn every(&self, changes: &Changes) -> Duration {
        let poll = self.arguments.poll.unwrap_or(POLL);
        if changes.is_listening() {
            self.arguments.rescan
        } else {
            poll
        }
    }

    fn announce(&self, changes: &Changes) {
        if self.arguments.index.quiet {
            return;
        }
        let count = self.roots.len() as u64;
        let seconds = self.every(changes).as_secs();
        let told = match (self.locale, changes.is_listening()) {
            (Locale::English, true) => format!("watching {}", english_count(count, "path")),
            (Locale::English, false) => format!(
                "looking at {} every {}",
                english_count(count, "path"),
                english_count(seconds, "second")
            ),
            (Locale::Ukrainian, true) => {
                let noun = ukrainian_plural(count, ["шляхом", "шляхами", "шляхами"]);
                format!("стежу за {count} {noun}")
            }
            (Locale::Ukrainian, false) => {
                let noun = ukrainian_plural(count, ["шлях", "шляхи", "шляхів"]);
                format!("переглядаю {count} {noun} раз на {seconds} с")
            }
        };
        eprintln!("{told}");
        for problem in changes.problems() {
            eprintln!("{problem}");
        }
    }

    /// Runs a job over the paths that exist. Errors are printed, and the next job tries again.
    fn job(&mut self) {
        let (there, missing): (Vec<PathBuf>, Vec<PathBuf>) =
            self.roots.iter().cloned().partition(|root| root.exists());
        self.tell_missing(&missing);
        self.missing = missing;
        if there.is_empty() {
            return;
        }
        self.arguments.index.reading.paths = there;
        let done = index::run_job(
            &self.arguments.index,
            &self.stop,
            Telling::Changes,
            self.locale,
        );
        if let Err(failure) = done {
            if self.arguments.index.json {
                failure.report_json(self.locale);
            } else {
                failure.report(self.locale);
            }
        }
    }

    fn tell_missing(&self, missing: &[PathBuf]) {
        let gone = missing.iter().filter(|path| !self.missing.contains(path));
        for path in gone {
            let path = path.display();
            let told = match self.locale {
                Locale::English => format!("{path} is gone; its articles stay until it is back"),
                Locale::Ukrainian => {
                    format!("{path} зник; його статті лишаються, доки він повернеться")
                }
            };
            if self.arguments.index.json {
                Failure::Usage(told).report_json(self.locale);
            } else {
                eprintln!("{told}");
            }
        }
    }
}
