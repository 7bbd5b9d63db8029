//! `shukach snapshot`.

use crate::arguments::index_folder::IndexFolder;
use crate::exit::{Exit, Failure};
use clap::Args;
use serde::Serialize;
use shukach::index::snapshot::snapshot;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render;
use shukach::render::sanitize::one_line;
use std::io::{self, Write};
use std::path::PathBuf;

pub(crate) fn run(arguments: &SnapshotArguments, locale: Locale) -> Result<Exit, Failure> {
    let index = arguments.folder.path();
    let snapshot = snapshot(&index, &arguments.to)?;
    let folder = arguments.to.to_string_lossy().into_owned();
    let mut out = io::stdout().lock();
    if arguments.json {
        let report = Report {
            schema_version: 1,
            index: index.to_string_lossy().into_owned(),
            snapshot: folder,
            articles: snapshot.articles,
            files: snapshot.files,
            linked: snapshot.linked,
            bytes: snapshot.bytes,
        };
        render::json::write(&report, &mut out)?;
    } else {
        let (articles, files) = (snapshot.articles, snapshot.files);
        let told = match locale {
            Locale::English => format!(
                "{} in {}, {} of them linked; snapshot in",
                english_count(articles, "article"),
                english_count(files, "file"),
                snapshot.linked
            ),
            Locale::Ukrainian => format!(
                "{articles} {} у {files} {}, за посиланням: {}; знімок у",
                ukrainian_plural(articles, ["стаття", "статті", "статей"]),
                ukrainian_plural(files, ["файлі", "файлах", "файлах"]),
                snapshot.linked
            ),
        };
        writeln!(out, "{told} {}", one_line(&folder))?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// What was copied, as JSON.
#[derive(Debug, Serialize)]
struct Report {
    schema_version: u32,
    index: String,
    snapshot: String,
    articles: u64,
    files: u64,
    linked: u64,
    bytes: u64,
}

pub(crate) const SNAPSHOT_EXAMPLES: &str = "\
Examples:
  shukach snapshot ~/backup/monday
  shukach snapshot ~/backup/monday --index /tmp/index --json
  shukach search 'міст' --index ~/backup/monday";

#[derive(Debug, Args)]
#[command(after_help = SNAPSHOT_EXAMPLES)]
pub(crate) struct SnapshotArguments {
    /// New or empty folder for the snapshot
    #[arg(value_name = "DIR")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}
