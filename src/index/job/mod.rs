//! The indexing job: reads changed files, writes changed articles, removes those that are gone.
//!
//! | file | what |
//! |---|---|
//! | `options` | what a job is to do |
//! | `state` | what it knows and has counted; the walk |
//! | `elsewhere` | files outside the walk that are read again |
//! | `holders` | which files have repeats of which articles |
//! | `registration` | its roots among those that are registered |
//! | `other_shares` | files that other workers take |
//! | `moved_files` | known files that are gone and found elsewhere |
//! | `reading` | one file into the index |
//! | `vanished` | what is no longer there is taken out |

mod elsewhere;
mod holders;
mod moved_files;
mod options;
mod other_shares;
mod reading;
mod registration;
mod state;
mod vanished;

pub use crate::index::job::options::JobOptions;
pub use crate::index::progress::{JobSummary, Progress};

use crate::archive::{Archive, ArchiveFile};
use crate::error::{Error, Result};
use crate::index::job::holders::Holders;
use crate::index::job::moved_files::GoneFiles;
use crate::index::job::state::{Job, Walk, path_text};
use crate::index::sink::Sink;
use crate::index::writer::Writer;
use crate::index::{Index, verify};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::time::Instant;

/// Brings `index` up to date with `archive`.
///
/// Articles are upserted by their collection and id. A killed job loses nothing that was committed,
/// and running it again gives what an undisturbed run would have given. Where two files claim one
/// id, the first in the order of the walk has it, and the other is reported.
///
/// Once the flag of `progress` is raised, nothing more is read, nothing is removed because it was
/// not seen, and what was read is committed: running it again does the rest.
///
/// # Errors
/// [`Error::NoArticleFiles`], [`Error::NothingLeft`] where a path holds no article files;
/// [`Error::OtherShare`], [`Error::ShareOfStandardInput`] where a share is asked for that cannot be
/// taken;
/// [`Error::Busy`], [`Error::Engine`], [`Error::Io`] where the index cannot be written;
/// [`Error::Damaged`] where it is not what was written. Problems of
/// single files or lines are told to `progress` and counted instead.
pub fn run(
    index: &Index,
    archive: &Archive,
    options: &JobOptions,
    progress: &mut dyn Progress,
) -> Result<JobSummary> {
    let started = Instant::now();
    if options.checksum {
        verify::expect_sound_files(index.path())?;
    }
    let mut writer = Writer::open(index, options.writer)?;
    let mut summary = run_into(&mut writer, archive, options, progress)?;
    if summary.is_interrupted {
        writer.leave()?;
    } else {
        writer.finish()?;
    }
    summary.elapsed = started.elapsed();
    Ok(summary)
}

/// Does as [`run`], into any sink, which is left as the last commit made it.
///
/// # Errors
/// As [`run`], and what the sink fails with.
pub fn run_into(
    writer: &mut dyn Sink,
    archive: &Archive,
    options: &JobOptions,
    progress: &mut dyn Progress,
) -> Result<JobSummary> {
    let started = Instant::now();
    other_shares::check(writer, archive, options)?;
    let remembered;
    let archive = if let Some(map) = archive.map() {
        writer.set_map(map);
        archive
    } else {
        remembered = archive.clone().with_map(writer.map().clone());
        &remembered
    };
    let mut job = Job {
        known: writer.known_articles()?,
        options,
        summary: JobSummary::default(),
        done_bytes: 0,
        text_bytes: 0,
        last_commit: started,
        walked: HashMap::new(),
        vanished: BTreeSet::new(),
        kept_repeats: HashSet::new(),
        doubted_elsewhere: BTreeSet::new(),
        gone: GoneFiles::default(),
        holders: Holders::of(writer.manifest()),
        repeats: Vec::new(),
        stop: progress.stop_flag(),
        progress,
    };
    let mut walk = job.walk(archive);
    if !job.stop.is_raised() {
        check_roots(&job, archive, &walk)?;
        registration::register(writer, archive, &walk.files, options)?;
        job.leave_other_shares(writer.manifest(), &mut walk);
        let manifest = writer.manifest();
        job.gone = GoneFiles::find(manifest, &walk.files, &|path| {
            job.walked.contains_key(path) || walk.is_hidden(path)
        });
        sort(&job, writer, &mut walk);
        if !options.keep_missing {
            job.find_vanished(writer, archive, &walk)?;
        }
    }
    let bytes = walk.files.iter().map(|file| file.size_bytes).sum();
    job.progress.start(walk.files.len() as u64, bytes);
    for file in &walk.files {
        if job.stop.is_raised() {
            break;
        }
        job.file(writer, file)?;
        job.done_bytes += file.size_bytes;
        job.progress.advance(job.done_bytes, &job.summary);
    }
    // Raised later it comes too late: all is read.
    job.summary.is_interrupted = job.stop.is_raised();
    job.progress.finishing();
    if !job.options.keep_missing && !job.summary.is_interrupted {
        job.remove_vanished(writer, archive)?;
    }
    for file in job.doubted(writer.manifest(), &walk) {
        job.file(writer, file)?;
    }
    if !job.summary.is_interrupted {
        job.read_elsewhere(writer, archive)?;
    }
    job.commit(writer)?;
    job.summary.elapsed = started.elapsed();
    Ok(job.summary)
}

/// Puts the files into the order in which a job over all registered roots would read them.
fn sort(job: &Job<'_>, writer: &dyn Sink, walk: &mut Walk) {
    let manifest = writer.manifest();
    let rank = |file: &ArchiveFile| job.rank(manifest, &path_text(&file.path));
    walk.files.sort_by_cached_key(rank);
}

/// A path without any article file is a mistake, or a disk that is not mounted, before it is an
/// order to remove everything.
fn check_roots(job: &Job<'_>, archive: &Archive, walk: &Walk) -> Result<()> {
    if job.options.allow_empty || !walk.unreadable.is_empty() {
        return Ok(());
    }
    for root in archive.roots() {
        if !walk.files.iter().any(|file| *file.root == **root) {
            let indexed = job
                .known
                .count_below(|path| Path::new(path).starts_with(root));
            let path = root.clone();
            return Err(match indexed {
                0 => Error::NoArticleFiles { path },
                indexed => Error::NothingLeft { path, indexed },
            });
        }
    }
    Ok(())
}
