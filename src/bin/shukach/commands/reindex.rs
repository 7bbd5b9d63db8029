//! `shukach reindex`.

#[cfg(feature = "opensearch")]
use crate::arguments::credentials::credentials;
use crate::arguments::index_folder::{ClusterAddress, IndexPlace, unsupported};
use crate::commands::optimize::sizes;
use crate::commands::rebuilding::{RebuildingArguments, RebuildingView, write_interrupted};
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use clap::Args;
use serde::Serialize;
use shukach::index::rebuilding::reindex;
use shukach::index::rebuilding::reindex::{Rebuilt, Versions};
use shukach::locale::Locale;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

/// The version of the shape of the summary. Within a version fields are only added.
const SUMMARY_VERSION: u32 = 1;

/// Letters of the fingerprint of a dictionary that people compare.
const SHOWN_FINGERPRINT: usize = 8;

pub(crate) fn run(arguments: &ReindexArguments, locale: Locale) -> Result<Exit, Failure> {
    let started = Instant::now();
    let path = arguments.folder.path();
    let address = arguments.folder.address()?;
    let arguments = &arguments.rebuilding;
    let (_patience, stop) = Patience::of_job();
    let mut view = RebuildingView::new(arguments, locale, stop);
    let outcome = match address {
        None => reindex::run(&path, arguments.options(), &mut view),
        Some(address) => {
            if let Some(option) = arguments.of_folders() {
                return Err(unsupported(option).into());
            }
            run_in_cluster(address, arguments.options().threads, &mut view)?
        }
    };
    view.end();
    let rebuilt = outcome?;
    let seconds = started.elapsed().as_secs_f64();
    arguments.print(&Summary::of(&rebuilt, &path, seconds), |out| {
        write_text(&rebuilt, (seconds, locale), out)
    })?;
    Ok(if rebuilt.is_interrupted {
        Exit::Interrupted
    } else {
        Exit::Success
    })
}

#[cfg(feature = "opensearch")]
fn run_in_cluster(
    address: ClusterAddress,
    threads: usize,
    view: &mut RebuildingView,
) -> Result<shukach::error::Result<Rebuilt>, Failure> {
    let credentials = credentials()?;
    Ok(shukach::cluster::reindex::run(
        address,
        credentials,
        threads,
        view,
    ))
}

#[cfg(not(feature = "opensearch"))]
fn run_in_cluster(
    address: ClusterAddress,
    _: usize,
    _: &mut RebuildingView,
) -> Result<shukach::error::Result<Rebuilt>, Failure> {
    match address {}
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    schema_version: u32,
    index: String,
    articles: u64,
    from: VersionsSummary<'a>,
    to: VersionsSummary<'a>,
    bytes_before: u64,
    bytes_after: u64,
    interrupted: bool,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct VersionsSummary<'a> {
    format: u32,
    analyzer: u32,
    dictionary: &'a str,
}

impl<'a> VersionsSummary<'a> {
    fn of(versions: &'a Versions) -> Self {
        Self {
            format: versions.format,
            analyzer: versions.analyzer,
            dictionary: &versions.dictionary,
        }
    }
}

impl<'a> Summary<'a> {
    fn of(rebuilt: &'a Rebuilt, index: &Path, seconds: f64) -> Self {
        Self {
            schema_version: SUMMARY_VERSION,
            index: index.to_string_lossy().into_owned(),
            articles: rebuilt.articles,
            from: VersionsSummary::of(&rebuilt.from),
            to: VersionsSummary::of(&rebuilt.to),
            bytes_before: rebuilt.bytes_before,
            bytes_after: rebuilt.bytes_after,
            interrupted: rebuilt.is_interrupted,
            seconds,
        }
    }
}

fn write_text(
    rebuilt: &Rebuilt,
    (seconds, locale): (f64, Locale),
    out: &mut impl Write,
) -> io::Result<()> {
    if rebuilt.is_interrupted {
        return write_interrupted(locale, out);
    }
    let articles = rebuilt.articles;
    let sizes = sizes(rebuilt.bytes_before, rebuilt.bytes_after, locale);
    let versions = versions(&rebuilt.from, &rebuilt.to, locale);
    match locale {
        Locale::English => writeln!(out, "articles rebuilt: {articles}; {versions}"),
        Locale::Ukrainian => writeln!(out, "статей перебудовано: {articles}; {versions}"),
    }?;
    let second = locale.choose("s", "с");
    writeln!(out, "{sizes}; {seconds:.2} {second}")
}

/// Returns in words what differs between two versions.
fn versions(from: &Versions, to: &Versions, locale: Locale) -> String {
    let fingerprint = |text: &str| -> String { text.chars().take(SHOWN_FINGERPRINT).collect() };
    let all = [
        (
            locale.choose("format", "формат"),
            from.format.to_string(),
            to.format.to_string(),
        ),
        (
            locale.choose("analyzer", "аналізатор"),
            from.analyzer.to_string(),
            to.analyzer.to_string(),
        ),
        (
            locale.choose("dictionary", "словник"),
            fingerprint(&from.dictionary),
            fingerprint(&to.dictionary),
        ),
    ];
    let changed = all.iter().filter(|(_, from, to)| from != to);
    let changed: Vec<String> = changed
        .map(|(name, from, to)| format!("{name} {from} → {to}"))
        .collect();
    if changed.is_empty() {
        locale
            .choose("of the same version", "тієї самої версії")
            .to_owned()
    } else {
        changed.join(", ")
    }
}

pub(crate) const REINDEX_EXAMPLES: &str = "\
Examples:
  shukach reindex
  shukach reindex --index /tmp/index --json
  shukach reindex --index opensearch+https://host1:9200,host2:9200/news";

#[derive(Debug, Args)]
#[command(after_help = REINDEX_EXAMPLES)]
pub(crate) struct ReindexArguments {
    #[command(flatten)]
    folder: IndexPlace,
    #[command(flatten)]
    rebuilding: RebuildingArguments,
}
