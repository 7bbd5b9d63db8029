//! Whether an index is what was written, and what is lost where it is not.
//!
//! | file | what |
//! |---|---|
//! | [`fault`] | what can be wrong, in words |
//! | `checksum` | the checksum of a file of the engine |
//! | [`files`] | all files of a commit against their checksums |
//! | `segment` | the files of a segment against each other |
//! | `words` | stored articles, analysed once more, against postings and columns |
//! | `articles` | all articles against manifest and clusters |

mod articles;
pub(crate) mod checksum;
pub mod fault;
pub mod files;
mod segment;
mod words;

use crate::error::containment::contained;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::directory::META;
use crate::index::verify::fault::{Contradiction, Finding};
use crate::index::verify::files::{CheckedFiles, name_of};
use crate::index::verify::words::Chosen;
use std::any::Any;
use std::path::Path;
use tantivy::{SegmentMeta, SegmentReader};

/// How often a check starts over because a writer has replaced files meanwhile.
const ATTEMPTS: u32 = 5;
/// About how many articles of an index are analysed once more, unless all are.
const SAMPLE: u64 = 1_000;

/// How many stored articles are analysed once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// About a thousand, spread evenly; takes about a second.
    #[default]
    Sample,
    /// All; takes longer than indexing them on one thread did.
    Full,
}

/// What was found of an index.
#[derive(Debug)]
pub struct Verification {
    /// What is wrong; nothing in a sound index.
    pub findings: Vec<Finding>,
    /// Why the articles could not be looked at, though the files may be sound: another version of
    /// the program wrote them.
    pub refusal: Option<Error>,
    /// Files of an older program that kept no checksum of them.
    pub without_checksum: Vec<String>,
    /// Files that were read.
    pub files: u64,
    /// How much they hold, in bytes.
    pub bytes: u64,
    /// Segments of the commit.
    pub segments: u64,
    /// Articles of the commit.
    pub articles: u64,
    /// Stored articles that were analysed once more and compared.
    pub compared: u64,
}

/// Compares all files of the last commit in `folder` with their checksums. Reads each once, without
/// mapping it into memory; also an index of another version.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::NoPermission`].
pub fn check_files(folder: &Path) -> Result<CheckedFiles> {
    settled(
        folder,
        || files::check_once(folder),
        CheckedFiles::has_findings,
    )
}

/// Does as [`check_files`] where the files must be sound.
///
/// # Errors
/// As [`check_files`], and [`Error::Damaged`] with the first fault.
pub fn expect_sound_files(folder: &Path) -> Result<()> {
    match check_files(folder)?.findings.first() {
        None => Ok(()),
        Some(finding) => Err(files::damaged(folder, finding)),
    }
}

/// Compares all files of the last commit in `folder` with their checksums, then segments, manifest
/// and clusters of copies with each other, and stored articles with what the index has of them.
/// Nothing is read of a segment with a damaged file but for its checksums. A writer may be at work.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::NoPermission`].
pub fn verify(folder: &Path, depth: Depth) -> Result<Verification> {
    let verify = || verify_once(folder, depth);
    settled(folder, verify, |verification| {
        !verification.findings.is_empty()
    })
}

/// Does `check` again where it has found something and a writer has committed meanwhile.
fn settled<T>(
    folder: &Path,
    check: impl Fn() -> Result<T>,
    has_findings: impl Fn(&T) -> bool,
) -> Result<T> {
    let meta = || std::fs::read(folder.join(META)).ok();
    let mut attempts_left = ATTEMPTS;
    loop {
        let before = meta();
        let checked = check()?;
        if !has_findings(&checked) || attempts_left == 0 || meta() == before {
            return Ok(checked);
        }
        attempts_left -= 1;
    }
}

fn verify_once(folder: &Path, depth: Depth) -> Result<Verification> {
    let checked = files::check_once(folder)?;
    let articles = checked.segments.iter().map(SegmentMeta::num_docs);
    let mut verification = Verification {
        files: checked.files,
        bytes: checked.bytes,
        segments: checked.segments.len() as u64,
        articles: articles.map(u64::from).sum(),
        compared: 0,
        findings: checked.findings.clone(),
        without_checksum: checked.without_checksum.clone(),
        refusal: None,
    };
    if checked.refusal.is_some() {
        verification.refusal = checked.refusal;
    } else if checked.payload.is_some() {
        verification.compare(folder, &checked, depth)?;
    }
    Ok(verification)
}

impl Verification {
    /// Returns whether all was looked at and nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty() && self.refusal.is_none()
    }

    fn compare(&mut self, folder: &Path, checked: &CheckedFiles, depth: Depth) -> Result<()> {
        let index = match contained(|| Index::open(folder)) {
            Ok(index) => index?,
            Err(panic) => {
                self.findings.push(gave_up(panic_message(panic.as_ref())));
                return Ok(());
            }
        };
        let step = usize::try_from(self.articles.div_ceil(SAMPLE)).unwrap_or(usize::MAX);
        let chosen = match depth {
            Depth::Sample => Chosen::Every(step.max(1)),
            Depth::Full => Chosen::All,
        };
        let is_sound = |meta: &&SegmentMeta| !checked.is_damaged(&name_of(meta));
        for meta in checked.segments.iter().filter(is_sound) {
            match attempt(|| compare_segment(&index, meta, chosen)) {
                Ok((findings, count)) => {
                    self.findings.extend(findings);
                    self.compared += count;
                }
                Err(error) => {
                    let articles = u64::from(meta.num_docs());
                    self.findings
                        .push(gave_up(error).within(&name_of(meta), articles));
                }
            }
        }
        let Some(payload) = checked
            .payload
            .as_ref()
            .filter(|_| self.findings.is_empty())
        else {
            return Ok(());
        };
        match attempt(|| articles::check(folder, payload, &index.reader()?.searcher())) {
            Ok(findings) => self.findings.extend(findings),
            Err(error) => self.findings.push(gave_up(error)),
        }
        Ok(())
    }
}

fn compare_segment(
    index: &Index,
    meta: &SegmentMeta,
    chosen: Chosen,
) -> tantivy::Result<(Vec<Finding>, u64)> {
    let segment = index.engine().segment(meta.clone());
    let reader = SegmentReader::open(&segment)?;
    let findings = segment::check(&reader, meta)?;
    if findings.is_empty() {
        words::check(&segment, &reader, chosen)
    } else {
        Ok((findings, 0))
    }
}

fn gave_up(error: String) -> Finding {
    Finding::contradiction(Contradiction::Engine(error))
}

/// Runs a comparison of what may be damaged; the error is what it failed or panicked with.
fn attempt<T, E: ToString>(
    compare: impl FnOnce() -> std::result::Result<T, E>,
) -> std::result::Result<T, String> {
    match contained(compare) {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(panic) => Err(panic_message(panic.as_ref())),
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_default()
}
