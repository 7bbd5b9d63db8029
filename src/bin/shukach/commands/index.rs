//! `shukach index`.

use crate::arguments::shared::IndexFolder;
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use crate::terminal::progress::{Listed, ProgressView};
use clap::Args;
use serde::Serialize;
use shukach::archive::Archive;
use shukach::index::job::{JobOptions, JobSummary};
use shukach::index::writer::WriterOptions;
use shukach::index::{Index, job};
use shukach::locale::{Locale, ukrainian_plural};
use shukach::render;
use std::io::{self, Write};
use std::path::Path;
use std::path::PathBuf;

pub(crate) fn run(arguments: &IndexArguments, locale: Locale) -> Result<Exit, Failure> {
    let archive = Archive::open(&arguments.paths)?;
    let path = arguments.folder.path();
    let index = Index::open_or_create(&path)?;
    let mut options = JobOptions {
        keep_missing: arguments.keep_missing,
        allow_empty: arguments.allow_empty,
        checksum: arguments.checksum,
        writer: WriterOptions::default(),
    };
    if let Some(threads) = arguments.threads {
        options.writer.threads = usize::from(threads);
    }
    let (_patience, stop) = Patience::of_job();
    let mut view = ProgressView::new(arguments.quiet, locale, stop);
    let outcome = job::run(&index, &archive, options, &mut view);
    let failures = view.into_failures();
    let summary = outcome?;
    let mut out = io::stdout().lock();
    if arguments.json {
        render::json::write(&Summary::of(&summary, &path, failures), &mut out)?;
    } else if !arguments.quiet {
        write_text(&summary, &path, locale, &mut out)?;
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

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary {
    schema_version: u32,
    index: String,
    files: u64,
    skipped_files: u64,
    found: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    removed: u64,
    failed: u64,
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
            files: summary.files,
            skipped_files: summary.skipped_files,
            found: summary.found,
            added: summary.added,
            updated: summary.updated,
            unchanged: summary.unchanged,
            removed: summary.removed,
            failed: summary.failed,
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
    if summary.is_interrupted {
        let told = locale.choose(
            "interrupted before all was read; what was read is in the index, and the same command goes on from here",
            "перервано, доки прочитано не все; прочитане вже в індексі, а та сама команда продовжить звідси",
        );
        writeln!(out, "{told}")?;
    }
    Ok(())
}

fn write_english(summary: &JobSummary, index: &Path, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} articles in {} files: {} added, {} updated, {} unchanged, {} removed, {} failed",
        summary.found,
        summary.files,
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.removed,
        summary.failed
    )?;
    if summary.skipped_files > 0 {
        writeln!(
            out,
            "{} files of other formats left aside",
            summary.skipped_files
        )?;
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
        writeln!(out, "пропущено файлів інших форматів: {skipped}")?;
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
  shukach index ~/archive --checksum --json";

#[derive(Debug, Args)]
#[command(after_help = INDEX_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct IndexArguments {
    /// Files or folders to read: .txt .md .html .json .jsonl .ndjson
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    /// Keep articles whose file is gone
    #[arg(long)]
    pub(crate) keep_missing: bool,
    /// Go on where a path holds no article files, and remove what the index holds from there
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// Compare the content of every file, not only of those whose size or time of change differs
    #[arg(long)]
    pub(crate) checksum: bool,
    /// Threads that analyse and write [default: one a processor, at most 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
    /// Show no progress and list no failures
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
