//! `shukach repair`.

use crate::arguments::index_folder::IndexFolder;
use crate::commands::rebuilding::{RebuildingArguments, RebuildingView, write_interrupted};
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use crate::terminal::progress::{ProgressChoice, ProgressView, Volume};
use clap::Args;
use serde::Serialize;
use shukach::index::rebuilding::repair;
use shukach::index::rebuilding::repair::Repaired;
use shukach::locale::Locale;
use shukach::render::sanitize::one_line;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

/// The version of the shape of the summary. Within a version fields are only added.
const SUMMARY_VERSION: u32 = 1;
/// Lost articles that the text names.
const NAMED_ARTICLES: usize = 20;
/// Lost articles that the JSON names.
const LISTED_ARTICLES: usize = 1_000;

pub(crate) fn run(arguments: &RepairArguments, locale: Locale) -> Result<Exit, Failure> {
    let started = Instant::now();
    let path = arguments.folder.path();
    let arguments = &arguments.rebuilding;
    let options = arguments.options();
    let (_patience, stop) = Patience::of_job();
    let mut view = RebuildingView::new(arguments, locale, stop.clone());
    let volume = if arguments.quiet {
        Volume::Quiet
    } else {
        Volume::Failures
    };
    let mut reading = ProgressView::new(volume, ProgressChoice::Auto, locale, stop);
    let outcome = repair::run(&path, options, &mut view, &mut reading);
    view.end();
    let repaired = outcome?;
    let seconds = started.elapsed().as_secs_f64();
    arguments.print(&Summary::of(&repaired, &path, seconds), |out| {
        write_text(&repaired, locale, out)
    })?;
    let read_again = repaired.read_again.as_ref();
    let is_interrupted = read_again.is_some_and(|read| read.is_interrupted);
    Ok(if repaired.is_interrupted || is_interrupted {
        Exit::Interrupted
    } else if repaired.is_whole() {
        Exit::Success
    } else {
        Exit::SomeFailed
    })
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    schema_version: u32,
    index: String,
    damaged: Vec<Damaged<'a>>,
    kept: u64,
    rebuilt: u64,
    read_again: Option<ReadAgain>,
    lost: u64,
    lost_articles: Vec<Lost<'a>>,
    lost_of_files: Vec<LostOfFile<'a>>,
    lost_unnamed: u64,
    lost_segments: u64,
    incomplete: u64,
    removals_in_doubt: bool,
    lost_manifest_lines: u64,
    whole: bool,
    interrupted: bool,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct Damaged<'a> {
    file: Option<&'a str>,
    code: &'static str,
}

#[derive(Debug, Serialize)]
struct ReadAgain {
    files: u64,
    added: u64,
    updated: u64,
    failed: u64,
}

#[derive(Debug, Serialize)]
struct Lost<'a> {
    id: &'a str,
    collection: &'a str,
    path: &'a str,
}

#[derive(Debug, Serialize)]
struct LostOfFile<'a> {
    path: &'a str,
    articles: u64,
}

impl<'a> Summary<'a> {
    fn of(repaired: &'a Repaired, index: &Path, seconds: f64) -> Self {
        let damaged = repaired.findings.iter().map(|finding| Damaged {
            file: finding.file_name(),
            code: finding.code(),
        });
        let lost = repaired.lost.iter().take(LISTED_ARTICLES);
        let lost = lost.map(|article| Lost {
            id: &article.id,
            collection: &article.collection,
            path: &article.path,
        });
        let of_files = repaired.lost_of_files.iter().map(|of_file| LostOfFile {
            path: &of_file.path,
            articles: of_file.articles,
        });
        let read_again = repaired.read_again.as_ref();
        let read_again = read_again.map(|read| ReadAgain {
            files: read.files,
            added: read.added,
            updated: read.updated,
            failed: read.failed,
        });
        Self {
            schema_version: SUMMARY_VERSION,
            index: index.to_string_lossy().into_owned(),
            damaged: damaged.collect(),
            kept: repaired.kept,
            rebuilt: repaired.rebuilt,
            read_again,
            lost: repaired.lost_count(),
            lost_articles: lost.collect(),
            lost_of_files: of_files.collect(),
            lost_unnamed: repaired.lost_unnamed,
            lost_segments: repaired.lost_segments,
            incomplete: repaired.incomplete,
            removals_in_doubt: repaired.removals_in_doubt,
            lost_manifest_lines: repaired.lost_lines,
            whole: repaired.is_whole(),
            interrupted: repaired.is_interrupted,
            seconds,
        }
    }
}

fn write_text(repaired: &Repaired, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    if repaired.findings.is_empty() {
        let told = locale.choose("nothing is damaged", "нічого не пошкоджено");
        return writeln!(out, "{told}");
    }
    let word = locale.choose("damaged", "пошкоджено");
    for finding in &repaired.findings {
        writeln!(out, "{word}: {}", one_line(&finding.message(locale)))?;
    }
    if repaired.is_interrupted {
        return write_interrupted(locale, out);
    }
    let (kept, rebuilt) = (repaired.kept, repaired.rebuilt);
    match locale {
        Locale::English => writeln!(out, "articles kept: {kept}; rebuilt: {rebuilt}")?,
        Locale::Ukrainian => writeln!(out, "статей збережено: {kept}; перебудовано: {rebuilt}")?,
    }
    if let Some(read) = &repaired.read_again {
        let (files, added, updated) = (read.files, read.added, read.updated);
        match locale {
            Locale::English => writeln!(
                out,
                "files read again: {files}; articles added: {added}, updated: {updated}"
            )?,
            Locale::Ukrainian => writeln!(
                out,
                "файлів прочитано знову: {files}; статей додано: {added}, змінено: {updated}"
            )?,
        }
    }
    write_losses(repaired, locale, out)
}

fn write_losses(repaired: &Repaired, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    for (count, word) in [
        (
            repaired.lost_count(),
            locale.choose("articles lost", "утрачено статей"),
        ),
        (
            repaired.lost_segments,
            locale.choose(
                "segments lost with all their articles",
                "утрачено сегментів з усіма статтями",
            ),
        ),
        (
            repaired.incomplete,
            locale.choose(
                "articles that may have lost tags, the order of authors or days as written, and their files are gone",
                "статей, що могли втратити теги, порядок авторів чи дні, як їх написано, а файлів уже немає",
            ),
        ),
        (
            repaired.lost_lines,
            locale.choose("lines of the manifest lost", "утрачено рядків маніфесту"),
        ),
    ] {
        if count > 0 {
            writeln!(out, "{word}: {count}")?;
        }
    }
    if repaired.removals_in_doubt {
        let told = locale.choose(
            "articles that were removed for good may be back: what is known of them was damaged",
            "вилучені назавжди статті могли повернутися: записи про них пошкоджено",
        );
        writeln!(out, "{told}")?;
    }
    for article in repaired.lost.iter().take(NAMED_ARTICLES) {
        let name = format!("{}:{}", article.collection, article.id);
        writeln!(out, "  {}  {}", one_line(&name), one_line(&article.path))?;
    }
    for of_file in repaired.lost_of_files.iter().take(NAMED_ARTICLES) {
        let (path, articles) = (one_line(&of_file.path), of_file.articles);
        writeln!(out, "  {path}: {articles}")?;
    }
    Ok(())
}

pub(crate) const REPAIR_EXAMPLES: &str = "\
Examples:
  shukach repair
  shukach repair --index /tmp/index --json";

#[derive(Debug, Args)]
#[command(after_help = REPAIR_EXAMPLES)]
pub(crate) struct RepairArguments {
    #[command(flatten)]
    folder: IndexFolder,
    #[command(flatten)]
    rebuilding: RebuildingArguments,
}
