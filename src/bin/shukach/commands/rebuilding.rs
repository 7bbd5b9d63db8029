//! What `reindex` and `repair` share: arguments, progress, output.

use crate::arguments::resources::ResourceArguments;
use crate::arguments::waiting::WaitingArguments;
use crate::commands::optimize::megabytes;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde::Serialize;
use shukach::index::rebuilding::reindex::Watcher;
use shukach::index::stop::StopFlag;
use shukach::index::writer::WriterOptions;
use shukach::locale::Locale;
use shukach::render;
use std::io::{self, IsTerminal, StdoutLock, Write};

#[derive(Debug, Args)]
pub(crate) struct RebuildingArguments {
    #[command(flatten)]
    waiting: WaitingArguments,
    #[command(flatten)]
    resources: ResourceArguments,
    /// Say nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

impl RebuildingArguments {
    /// Returns the option that was given and that a cluster has no use for.
    pub(crate) fn of_folders(&self) -> Option<&'static str> {
        let wait = self.waiting.wait.map(|_| "--wait");
        wait.or_else(|| self.resources.has_limit().then_some("--max-memory"))
    }

    /// Returns the options of the writer.
    pub(crate) fn options(&self) -> WriterOptions {
        self.resources.limit(self.waiting.writer())
    }

    /// Prints the summary as JSON or by `write_text`; with `--quiet` nothing but JSON.
    pub(crate) fn print(
        &self,
        summary: &impl Serialize,
        write_text: impl FnOnce(&mut StdoutLock<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            render::json::write(summary, &mut out)?;
        } else if !self.quiet {
            write_text(&mut out)?;
        }
        out.flush()
    }
}

/// Writes that the job was stopped before it changed the index.
pub(crate) fn write_interrupted(locale: Locale, out: &mut impl Write) -> io::Result<()> {
    let text = locale.choose(
        "interrupted; the index is as it was",
        "перервано; індекс такий, як був",
    );
    writeln!(out, "{text}")
}

/// Shows the progress of a rebuilding on standard error.
pub(crate) struct RebuildingView {
    bar: ProgressBar,
    is_quiet: bool,
    locale: Locale,
    stop: StopFlag,
}

impl RebuildingView {
    /// Makes a view; with `--quiet` or `--json` it shows nothing.
    pub(crate) fn new(arguments: &RebuildingArguments, locale: Locale, stop: StopFlag) -> Self {
        let is_quiet = arguments.quiet || arguments.json;
        let target = if !is_quiet && io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bar: ProgressBar::with_draw_target(Some(0), target),
            is_quiet,
            locale,
            stop,
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for RebuildingView {
    fn start(&mut self, articles: u64, bytes: u64) {
        self.bar.set_length(articles);
        if self.is_quiet || articles == 0 {
            return;
        }
        let megabytes = megabytes(bytes);
        match self.locale {
            Locale::English => eprintln!(
                "articles to rebuild: {articles}; this takes about {megabytes:.1} MB of free disk beside the index, which answers as before until the new one is whole"
            ),
            Locale::Ukrainian => eprintln!(
                "статей до перебудови: {articles}; потрібно близько {megabytes:.1} МБ вільного місця на диску; індекс відповідає, як і раніше, доки не готовий новий"
            ),
        }
    }

    fn advance(&mut self, articles: u64) {
        self.bar.set_position(articles);
    }

    fn finishing(&mut self) {
        self.bar.set_message(self.locale.choose("writing", "запис"));
    }

    fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }
}
