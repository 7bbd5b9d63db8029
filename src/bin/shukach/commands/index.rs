//! `shukach index`.

#[cfg(feature = "opensearch")]
use crate::arguments::credentials::credentials;
use crate::arguments::index_folder::{ClusterAddress, IndexPlace, unsupported};
use crate::arguments::layout::LayoutArguments;
use crate::arguments::reading::ReadingArguments;
use crate::arguments::resources::ResourceArguments;
use crate::arguments::waiting::WaitingArguments;
use crate::commands::inspect::{write_left_aside_counts, write_passed_over, write_row};
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use crate::terminal::progress::{Listed, ProgressChoice, ProgressView, Volume};
use crate::terminal::report::Report;
use clap::Args;
use serde::Serialize;
#[cfg(feature = "opensearch")]
use shukach::cluster;
#[cfg(feature = "opensearch")]
use shukach::cluster::ClusterIndex;
use shukach::index::collection::Collection;
use shukach::index::job::{JobOptions, JobSummary};
use shukach::index::share::Share;
use shukach::index::stop::StopFlag;
use shukach::index::{Index, job};
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render;
use shukach::render::sanitize::one_line;
use shukach::render::wording::stored_once;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::path::PathBuf;
#[cfg(feature = "opensearch")]
use std::sync::Arc;

pub(crate) fn run(arguments: &IndexArguments, locale: Locale) -> Result<Exit, Failure> {
    let (_patience, stop) = Patience::of_job();
    run_job(arguments, &stop, Telling::Always, locale)
}

/// When the summary of a job is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// After every job.
    Always,
    /// Only after one that changed the index or failed to read something.
    #[cfg(feature = "watch")]
    Changes,
}

impl Telling {
    fn tells(self, summary: &JobSummary) -> bool {
        let changed = summary.added + summary.updated + summary.moved + summary.removed;
        self == Self::Always || changed + summary.failed > 0
    }
}

/// Runs one job until it is done or `stop` is raised.
pub(crate) fn run_job(
    arguments: &IndexArguments,
    stop: &StopFlag,
    telling: Telling,
    locale: Locale,
) -> Result<Exit, Failure> {
    let archive = arguments.reading.archive(locale)?;
    let path = arguments.folder.path();
    let index = arguments.open(locale)?;
    let options = JobOptions {
        collection: arguments.collection.clone(),
        share: arguments.share,
        restore: arguments.restore,
        keep_missing: arguments.keep_missing,
        allow_empty: arguments.allow_empty,
        checksum: arguments.checksum,
        writer: arguments.resources.limit(arguments.waiting.writer()),
        commit_bytes: None,
    };
    let report = arguments.report.as_deref();
    let report = report
        .map(|path| Report::create(path, locale))
        .transpose()?;
    let volume = match (arguments.quiet, arguments.verbose) {
        (true, _) => Volume::Quiet,
        (false, true) => Volume::Verbose,
        (false, false) if telling == Telling::Always => Volume::Usual,
        (false, false) => Volume::Failures,
    };
    let mut view =
        ProgressView::new(volume, arguments.progress, locale, stop.clone()).with_report(report);
    let outcome = match &index {
        Opened::Folder(index) => job::run(index, &archive, &options, &mut view),
        #[cfg(feature = "opensearch")]
        Opened::Cluster(index) => cluster::job::run(index, &archive, &options, &mut view),
    };
    let (failures, report) = view.into_failures();
    if let Some(report) = report {
        report.finish()?;
    }
    let summary = outcome?;
    let mut out = io::stdout().lock();
    if !telling.tells(&summary) {
        return Ok(Exit::Success);
    }
    if arguments.json {
        render::json::write(&Summary::of(&summary, &path, failures), &mut out)?;
    } else if !arguments.quiet {
        write_text(&summary, &path, locale, &mut out)?;
        if arguments.verbose {
            let left_aside = summary.left_aside.by_extension().iter();
            write_left_aside_counts(left_aside, locale, &mut out)?;
        }
    }
    out.flush()?;
    Ok(if summary.is_interrupted {
        Exit::Interrupted
    } else if summary.failed > 0 {
        Exit::SomeFailed
    } else {
        Exit::Success
    })
}

/// The index that a job writes to.
enum Opened {
    Folder(Box<Index>),
    #[cfg(feature = "opensearch")]
    Cluster(Arc<ClusterIndex>),
}

impl IndexArguments {
    /// Opens the index, or makes an empty one.
    fn open(&self, locale: Locale) -> Result<Opened, Failure> {
        let Some(address) = self.folder.address()? else {
            if let Some(option) = self.layout.given() {
                let told = locale.choose(
                    "lays out an index in a cluster, and this one is in a folder",
                    "влаштовує індекс у кластері, а цей — у теці",
                );
                return Err(Failure::Usage(format!("{option} {told}")));
            }
            let index = Index::open_or_create(&self.folder.path())?;
            return Ok(Opened::Folder(Box::new(index)));
        };
        if self.resources.has_limit() {
            return Err(unsupported("--max-memory").into());
        }
        if self.waiting.wait.is_some() {
            return Err(unsupported("--wait").into());
        }
        open_in_cluster(address, &self.layout)
    }
}

#[cfg(feature = "opensearch")]
fn open_in_cluster(address: ClusterAddress, layout: &LayoutArguments) -> Result<Opened, Failure> {
    let index = ClusterIndex::open_or_create(address, credentials()?, layout.layout())?;
    Ok(Opened::Cluster(Arc::new(index)))
}

#[cfg(not(feature = "opensearch"))]
fn open_in_cluster(address: ClusterAddress, _: &LayoutArguments) -> Result<Opened, Failure> {
    match address {}
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary {
    schema_version: u32,
    index: String,
    share: Option<String>,
    files: u64,
    files_of_other_shares: u64,
    skipped_files: u64,
    found: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    moved: u64,
    removed: u64,
    withheld: u64,
    repeated: u64,
    failed: u64,
    /// By code.
    failures_by_code: BTreeMap<&'static str, u64>,
    doubtful: u64,
    /// By code.
    doubts: BTreeMap<&'static str, u64>,
    date_sources: BTreeMap<&'static str, u64>,
    left_aside: BTreeMap<String, u64>,
    left_aside_indexes: Vec<String>,
    /// Records that are no articles, by kind.
    passed_over: BTreeMap<&'static str, u64>,
    interrupted: bool,
    seconds: f64,
    mb_per_second: f64,
    failures: Vec<Listed>,
}

impl Summary {
    fn of(summary: &JobSummary, index: &Path, failures: Vec<Listed>) -> Self {
        Self {
            schema_version: 1,
            index: index.to_string_lossy().into_owned(),
            share: summary.share.map(|share| share.to_string()),
            files: summary.files,
            files_of_other_shares: summary.files_of_other_shares,
            skipped_files: summary.skipped_files,
            found: summary.found,
            added: summary.added,
            updated: summary.updated,
            unchanged: summary.unchanged,
            moved: summary.moved,
            removed: summary.removed,
            withheld: summary.withheld,
            repeated: summary.repeated,
            failed: summary.failed,
            failures_by_code: summary.failures.clone(),
            doubtful: summary.doubtful,
            doubts: summary.doubts.clone(),
            date_sources: summary.date_sources.clone(),
            left_aside: summary.left_aside.by_extension().clone(),
            left_aside_indexes: index_folders(summary).collect(),
            passed_over: summary.left_aside.by_kind().clone(),
            interrupted: summary.is_interrupted,
            seconds: summary.elapsed.as_secs_f64(),
            mb_per_second: summary.mb_per_second(),
            failures,
        }
    }
}

fn write_text(
    summary: &JobSummary,
    index: &Path,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    match locale {
        Locale::English => write_english(summary, index, out)?,
        Locale::Ukrainian => write_ukrainian(summary, index, out)?,
    }
    if let Some(share) = summary.share {
        let others = summary.files_of_other_shares;
        let (word, left) = (
            locale.choose("share", "частка"),
            locale.choose("files of other shares", "файлів інших часток"),
        );
        writeln!(out, "{word} {share}; {left}: {others}")?;
    }
    for (count, word) in [
        (
            summary.moved,
            locale.choose("found again at another path", "знайдено за іншим шляхом"),
        ),
        (
            summary.withheld,
            locale.choose(
                "removed before and left out; to take them back: --restore",
                "вилучено раніше й пропущено; щоб повернути: --restore",
            ),
        ),
    ] {
        if count > 0 {
            writeln!(out, "{word}: {count}")?;
        }
    }
    for folder in index_folders(summary) {
        let word = locale.choose("index left aside", "пропущено індекс");
        writeln!(out, "{word}: {}", one_line(&folder))?;
    }
    if summary.repeated > 0 {
        writeln!(out, "{}", stored_once(summary.repeated, locale))?;
    }
    for (name, counts) in [
        (locale.choose("failed", "не прочитано"), &summary.failures),
        (locale.choose("in doubt", "сумнівно"), &summary.doubts),
        (
            locale.choose("dates from", "дати звідки"),
            &summary.date_sources,
        ),
    ] {
        let counts = counts.iter().map(|(code, count)| (*code, *count));
        write_row(name, counts.collect(), out)?;
    }
    write_passed_over(summary.left_aside.by_kind(), locale, out)?;
    if summary.is_interrupted {
        let told = locale.choose(
            "interrupted before all was read; what was read is in the index, and the same command goes on from here",
            "перервано, доки прочитано не все; прочитане вже в індексі, а та сама команда продовжить звідси",
        );
        writeln!(out, "{told}")?;
    }
    Ok(())
}

fn index_folders(summary: &JobSummary) -> impl Iterator<Item = String> {
    let folders = summary.left_aside.indexes().iter();
    folders.map(|folder| folder.to_string_lossy().into_owned())
}

fn write_english(summary: &JobSummary, index: &Path, out: &mut impl Write) -> io::Result<()> {
    let articles = english_count(summary.found, "article");
    let files = english_count(summary.files, "file");
    writeln!(
        out,
        "{articles} in {files}: {} added, {} updated, {} unchanged, {} removed, {} failed",
        summary.added, summary.updated, summary.unchanged, summary.removed, summary.failed
    )?;
    if summary.skipped_files > 0 {
        let files = english_count(summary.skipped_files, "file");
        writeln!(out, "{files} of other formats left aside")?;
    }
    writeln!(
        out,
        "{:.2} s, {:.1} MB/s, index in {}",
        summary.elapsed.as_secs_f64(),
        summary.mb_per_second(),
        index.display()
    )
}

fn write_ukrainian(summary: &JobSummary, index: &Path, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} {} у {} {}: додано {}, змінено {}, без змін {}, вилучено {}, не прочитано {}",
        summary.found,
        ukrainian_plural(summary.found, ["стаття", "статті", "статей"]),
        summary.files,
        ukrainian_plural(summary.files, ["файлі", "файлах", "файлах"]),
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.removed,
        summary.failed
    )?;
    if summary.skipped_files > 0 {
        let skipped = summary.skipped_files;
        let noun = ukrainian_plural(skipped, ["файл", "файли", "файлів"]);
        writeln!(out, "пропущено {skipped} {noun} інших форматів")?;
    }
    writeln!(
        out,
        "{:.2} с, {:.1} МБ/с, індекс у {}",
        summary.elapsed.as_secs_f64(),
        summary.mb_per_second(),
        index.display()
    )
}

pub(crate) const INDEX_EXAMPLES: &str = "\
Examples:
  shukach index ~/archive
  shukach index ~/archive/2025 ~/archive/telegram.jsonl --index /tmp/index
  shukach index ~/archive --checksum --json
  zstdcat dump.jsonl.zst | shukach index -
  shukach index ~/archive --index opensearch+https://host1:9200,host2:9200/news --share 3/16";

#[derive(Debug, Args)]
#[command(after_help = INDEX_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct IndexArguments {
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    #[command(flatten)]
    pub(crate) folder: IndexPlace,
    #[command(flatten)]
    pub(crate) layout: LayoutArguments,
    /// Put everything into the collection of this name [default: the last part of each path]
    #[arg(long, value_name = "NAME")]
    pub(crate) collection: Option<Collection>,
    /// Take one share of the files, into an index of its own: 3/16 is the third of sixteen
    /// [default: the share that the index has, or all files]
    #[arg(long, value_name = "N/OF")]
    pub(crate) share: Option<Share>,
    #[command(flatten)]
    pub(crate) waiting: WaitingArguments,
    /// Let articles come back that were removed by their id or by a query
    #[arg(long)]
    pub(crate) restore: bool,
    /// Keep articles whose file is gone
    #[arg(long)]
    pub(crate) keep_missing: bool,
    /// Go on where a path holds no article files, and remove what the index holds from there
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// Compare the content of every file, not only of those whose size, times or inode differ, and
    /// the files of the index with their checksums
    #[arg(long)]
    pub(crate) checksum: bool,
    #[command(flatten)]
    pub(crate) resources: ResourceArguments,
    /// Write a line of JSON for each input that failed or is in doubt
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// How to show progress on standard error
    #[arg(long, value_name = "WAY", default_value = "auto")]
    pub(crate) progress: ProgressChoice,
    /// Show no progress and list no failures
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// List doubts as well, and the files left aside by the ending of their names
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
