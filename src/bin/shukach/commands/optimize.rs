//! `shukach optimize`.

use crate::arguments::index_folder::IndexFolder;
use crate::arguments::waiting::WaitingArguments;
use crate::exit::{Exit, Failure};
use clap::Args;
use serde::Serialize;
use shukach::index::optimization::Extent;
use shukach::index::{Index, optimization};
use shukach::locale::Locale;
use shukach::render;
use std::io::{self, Write};

/// The version of the shape of the summary. Within a version fields are only added.
const SUMMARY_VERSION: u32 = 1;

pub(crate) fn run(arguments: &OptimizeArguments, locale: Locale) -> Result<Exit, Failure> {
    let path = arguments.folder.path();
    let index = Index::open(&path)?;
    let (before, after) = optimization::run(&index, arguments.waiting.writer())?;
    let mut out = io::stdout().lock();
    if arguments.json {
        let summary = Summary {
            schema_version: SUMMARY_VERSION,
            index: path.to_string_lossy().into_owned(),
            articles: after.articles,
            reclaimed: before.deleted.saturating_sub(after.deleted),
            segments_before: before.segments,
            segments_after: after.segments,
            bytes_before: before.bytes,
            bytes_after: after.bytes,
        };
        render::json::write(&summary, &mut out)?;
    } else {
        write_text(before, after, locale, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary {
    schema_version: u32,
    index: String,
    articles: u64,
    reclaimed: u64,
    segments_before: usize,
    segments_after: usize,
    bytes_before: u64,
    bytes_after: u64,
}

fn write_text(
    before: Extent,
    after: Extent,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let (articles, deleted) = (after.articles, before.deleted);
    match locale {
        Locale::English => writeln!(
            out,
            "articles: {articles}; deleted ones reclaimed: {deleted}; segments: {} before, {} now",
            before.segments, after.segments
        )?,
        Locale::Ukrainian => writeln!(
            out,
            "статей: {articles}; звільнено місце видалених: {deleted}; сегментів: було {}, стало {}",
            before.segments, after.segments
        )?,
    }
    writeln!(out, "{}", sizes(before.bytes, after.bytes, locale))
}

/// Returns the size of an index before and after something in words.
pub(crate) fn sizes(before: u64, after: u64, locale: Locale) -> String {
    let (before, after) = (megabytes(before), megabytes(after));
    match locale {
        Locale::English => format!("{before:.1} MB before, {after:.1} MB now"),
        Locale::Ukrainian => format!("було {before:.1} МБ, стало {after:.1} МБ"),
    }
}

/// Returns bytes in megabytes.
#[expect(
    clippy::cast_precision_loss,
    reason = "a size for people has one decimal"
)]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

pub(crate) const OPTIMIZE_EXAMPLES: &str = "\
Examples:
  shukach optimize
  shukach optimize --index /tmp/index --json";

#[derive(Debug, Args)]
#[command(after_help = OPTIMIZE_EXAMPLES)]
pub(crate) struct OptimizeArguments {
    #[command(flatten)]
    folder: IndexFolder,
    #[command(flatten)]
    waiting: WaitingArguments,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}
