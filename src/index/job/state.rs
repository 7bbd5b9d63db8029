//! A job under way: what it knows and what it has counted.

use crate::archive::{Archive, ArchiveFile, ReadArticle};
use crate::error::{ArticleError, Problem, Result};
use crate::index::file_entry::{Entry, Repeat};
use crate::index::job::holders::Holders;
use crate::index::job::moved_files::GoneFiles;
use crate::index::job::options::JobOptions;
use crate::index::known::KnownArticles;
use crate::index::manifest::records::Records;
use crate::index::progress::{JobSummary, Progress};
use crate::index::sink::{Refused, Sink};
use crate::index::stop::StopFlag;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A commit is due after so much text: it bounds both what a crash repeats and what waits in
/// memory.
const COMMIT_BYTES: u64 = 256 << 20;
/// Time between commits.
const COMMIT_EVERY: Duration = Duration::from_mins(1);

/// What a walk through the roots has found.
pub(crate) struct Walk {
    /// The files, in order.
    pub(crate) files: Vec<ArchiveFile>,
    /// Files and folders that could not be listed.
    pub(crate) unreadable: Vec<PathBuf>,
}

impl Walk {
    /// Says whether nothing is known of what lies at `path`, as the folder around it could not be
    /// listed.
    pub(crate) fn is_hidden(&self, path: &str) -> bool {
        let mut folders = self.unreadable.iter();
        folders.any(|folder| Path::new(path).starts_with(folder))
    }
}

/// A job under way.
pub(crate) struct Job<'a> {
    pub(crate) known: KnownArticles,
    pub(crate) options: &'a JobOptions,
    pub(crate) progress: &'a mut dyn Progress,
    pub(crate) summary: JobSummary,
    pub(crate) done_bytes: u64,
    pub(crate) text_bytes: u64,
    pub(crate) last_commit: Instant,
    /// All files of the walk; with the link that led to it where a file lies elsewhere.
    pub(crate) walked: HashMap<String, Option<String>>,
    /// Known files that are no longer below the roots.
    pub(crate) vanished: BTreeSet<Arc<str>>,
    /// Unchanged files with articles for which those of other files stand.
    pub(crate) kept_repeats: HashSet<String>,
    /// Files outside the walk with articles for which a lost one stood.
    pub(crate) doubted_elsewhere: BTreeSet<Arc<str>>,
    pub(crate) gone: GoneFiles,
    pub(crate) holders: Holders,
    /// Articles of the file that is being read for which another one stands.
    pub(crate) repeats: Vec<Repeat>,
    pub(crate) stop: StopFlag,
}

impl Job<'_> {
    pub(crate) fn walk(&mut self, archive: &Archive) -> Walk {
        let mut walk = Walk {
            files: Vec::new(),
            unreadable: Vec::new(),
        };
        let mut files = archive.files();
        for file in files.by_ref() {
            if self.stop.is_raised() {
                break;
            }
            match file {
                Ok(file) => {
                    self.walked.insert(path_text(&file.path), link(&file));
                    walk.files.push(file);
                }
                Err(error) => {
                    self.fail(&error);
                    walk.unreadable.push(error.path);
                }
            }
        }
        self.summary.files = walk.files.len() as u64;
        self.summary.skipped_files = files.left_aside().count();
        self.summary.left_aside = files.left_aside().clone();
        walk
    }

    /// Returns the unchanged files of the walk that have to be read again, as articles are lost
    /// that stood for some of theirs.
    pub(crate) fn doubted<'w>(
        &mut self,
        manifest: &Records,
        walk: &'w Walk,
    ) -> Vec<&'w ArchiveFile> {
        let mut doubted = Vec::new();
        for file in &walk.files {
            let path = path_text(&file.path);
            if let Some(entry) = manifest.get(&path).filter(|entry| entry.failed > 0)
                && self.kept_repeats.remove(&path)
            {
                self.recount(entry);
                doubted.push(file);
            }
        }
        doubted
    }

    /// Notes that the index loses the article with this key, or what stands under it, so that the
    /// files that have it too are read again.
    pub(crate) fn lose(&mut self, writer: &mut dyn Sink, key: u64) -> Result<()> {
        for path in self.holders.take(key) {
            let Some(mut entry) = writer.manifest().get(&path).cloned() else {
                continue;
            };
            if self.kept_repeats.contains(&*path) {
                let lost = entry.repeats.iter().filter(|repeat| repeat.holder == key);
                self.summary.repeated -= lost.count() as u64;
            }
            if entry.lose_holders(&|holder| holder == key) {
                writer.doubt_file(&path, entry)?;
                self.doubt_elsewhere(&path);
            }
        }
        Ok(())
    }

    /// Returns where a file stands among all files of the index: roots in the order in which they
    /// were registered, then by path. The first of two articles with one id is the one that counts.
    pub(crate) fn rank(&self, manifest: &Records, path: &str) -> (u32, PathBuf) {
        let walked = self.walked.get(path).and_then(Option::as_deref);
        let known = || manifest.get(path).and_then(|entry| entry.link.as_deref());
        let place = walked.or_else(known).unwrap_or(path);
        let root = manifest.roots().covering(place);
        let ordinal = root.map_or(u32::MAX, |(ordinal, _)| ordinal);
        (ordinal, PathBuf::from(place))
    }

    /// Has a file read again at the end of the job, where the walk does not lead to it.
    pub(crate) fn doubt_elsewhere(&mut self, path: &str) {
        if !self.walked.contains_key(path) && !self.vanished.contains(path) {
            self.doubted_elsewhere.insert(path.into());
        }
    }

    /// Takes out what the file of this ordinal gave in an earlier job and no file has given in this
    /// one; returns how many articles that were.
    pub(crate) fn remove_gone(&mut self, writer: &mut dyn Sink, path: u32) -> Result<u64> {
        let gone = self.known.take_gone(path);
        for key in &gone {
            writer.remove(*key);
            self.lose(writer, *key)?;
        }
        Ok(gone.len() as u64)
    }

    pub(crate) fn unchanged(&mut self, path: &str, entry: &Entry) {
        if !entry.repeats.is_empty() {
            self.kept_repeats.insert(path.to_owned());
        }
        self.summary.found += u64::from(entry.articles);
        self.summary.unchanged += u64::from(entry.articles);
        self.summary.repeated += entry.repeats.len() as u64;
        self.summary.withheld += u64::from(entry.withheld);
    }

    /// Takes back what [`Job::unchanged`] has counted of a file that is read after all.
    fn recount(&mut self, entry: &Entry) {
        self.summary.found -= u64::from(entry.articles);
        self.summary.unchanged -= u64::from(entry.articles);
        self.summary.repeated -= entry.repeats.len() as u64;
        self.summary.withheld -= u64::from(entry.withheld);
    }

    pub(crate) fn fail(&mut self, error: &ArticleError) {
        self.summary.failed += 1;
        *self
            .summary
            .failures
            .entry(error.problem.code())
            .or_default() += 1;
        self.progress.failed(error);
    }

    pub(crate) fn note_doubts(&mut self, read: &ReadArticle) {
        if read.doubts.is_empty() {
            return;
        }
        self.summary.doubtful += 1;
        let codes: BTreeSet<_> = read
            .doubts
            .iter()
            .map(|doubt| doubt.problem.code())
            .collect();
        for code in codes {
            *self.summary.doubts.entry(code).or_default() += 1;
        }
        self.progress.doubted(read);
    }

    pub(crate) fn is_commit_due(&self) -> bool {
        let due_bytes = self.options.commit_bytes.unwrap_or(COMMIT_BYTES);
        self.text_bytes > due_bytes || self.last_commit.elapsed() > COMMIT_EVERY
    }

    pub(crate) fn commit(&mut self, writer: &mut dyn Sink) -> Result<()> {
        for refused in writer.commit()? {
            self.take_back(refused);
        }
        self.text_bytes = 0;
        self.last_commit = Instant::now();
        Ok(())
    }

    /// Takes back what was counted of an article that the index has not taken.
    fn take_back(&mut self, refused: Refused) {
        let counted = if refused.is_new {
            self.known.remove(refused.key);
            &mut self.summary.added
        } else {
            &mut self.summary.updated
        };
        *counted = counted.saturating_sub(1);
        self.summary.found = self.summary.found.saturating_sub(1);
        self.fail(&ArticleError {
            path: refused.path,
            inner_path: None,
            line: refused.line,
            byte: None,
            problem: Problem::Refused {
                id: refused.id,
                reason: refused.reason,
            },
        });
    }
}

/// Returns the link that led to a file, where it lies elsewhere.
pub(crate) fn link(file: &ArchiveFile) -> Option<String> {
    if file.is_standard_input() {
        return None;
    }
    // What is given by itself is its own root.
    let walked = if file.is_given {
        file.root.to_path_buf()
    } else {
        path_below(&file.root, &file.below_root)
    };
    (walked != file.path).then(|| path_text(&walked))
}

/// Returns the path of a file below a root, in the way of the system.
pub(crate) fn path_below(root: &Path, below_root: &str) -> PathBuf {
    let mut path = root.to_path_buf();
    path.extend(below_root.split('/'));
    path
}

/// Returns a path as the index and the manifest have it.
pub(crate) fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Returns whether an error is of one article only, so that the other articles of the file are all
/// known.
pub(crate) fn is_of_a_part(error: &ArticleError) -> bool {
    let is_stream_lost = matches!(
        error.problem,
        Problem::Unreadable(_)
            | Problem::Truncated
            | Problem::BrokenArchive { .. }
            | Problem::BrokenXml { .. }
            | Problem::Expands { .. }
            | Problem::ParserFailed
    );
    !is_stream_lost && (error.line.is_some() || error.inner_path.is_some())
}
