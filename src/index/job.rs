//! The indexing job: reads changed files, writes changed articles, removes those that are gone.

use crate::archive::{Archive, ArchiveFile, ContentHash, Format, ReadArticle, STANDARD_INPUT};
use crate::error::{ArticleError, Error, Problem, Result};
use crate::index::Index;
use crate::index::document::CollectedArticle;
use crate::index::known::{KnownArticle, KnownArticles};
use crate::index::manifest::Entry;
pub use crate::index::progress::{JobSummary, Progress};
use crate::index::stop::StopFlag;
use crate::index::writer::{Writer, WriterOptions};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// What an index job is to do.
#[derive(Debug, Clone, Default)]
pub struct JobOptions {
    /// The collection to put the articles into; by default that of their root.
    pub collection: Option<String>,
    /// Threads and memory.
    pub writer: WriterOptions,
    /// Keep articles whose file, or whose place in it, is gone.
    pub keep_missing: bool,
    /// Go on where a path holds no article files, and remove what the index holds from there.
    pub allow_empty: bool,
    /// Compare the content of every file, not only of those whose size or time of change differs.
    pub checksum: bool,
}

/// The collection of articles from the standard input.
const STANDARD_INPUT_COLLECTION: &str = "stdin";
/// A commit is due after so much text: it bounds both what a crash repeats and what waits in
/// memory.
const COMMIT_BYTES: u64 = 256 << 20;
/// Time between commits.
const COMMIT_EVERY: Duration = Duration::from_mins(1);

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
/// [`Error::Busy`], [`Error::Engine`], [`Error::Io`] where the index cannot be written. Problems of
/// single files or lines are told to `progress` and counted instead.
pub fn run(
    index: &Index,
    archive: &Archive,
    options: &JobOptions,
    progress: &mut dyn Progress,
) -> Result<JobSummary> {
    let started = Instant::now();
    let mut writer = Writer::open(index, options.writer)?;
    let remembered;
    let archive = match archive.map() {
        Some(map) => {
            writer.set_map(map);
            archive
        }
        None => {
            remembered = archive.clone().with_map(writer.map().clone());
            &remembered
        }
    };
    let manifest = writer.manifest();
    let known = KnownArticles::read(&index.reader()?.searcher(), &|path| {
        path == STANDARD_INPUT || manifest.get(path).is_some()
    })?;
    let mut job = Job {
        known,
        roots: archive.roots(),
        options,
        summary: JobSummary::default(),
        done_bytes: 0,
        text_bytes: 0,
        last_commit: started,
        order: HashMap::new(),
        stop: progress.stop_flag(),
        progress,
    };
    let walk = job.walk(archive);
    if !job.stop.is_raised() {
        job.check_roots(archive, &walk)?;
    }
    let bytes = walk.files.iter().map(|file| file.size_bytes).sum();
    job.progress.start(walk.files.len() as u64, bytes);
    for file in &walk.files {
        if job.stop.is_raised() {
            break;
        }
        job.file(&mut writer, file)?;
        job.done_bytes += file.size_bytes;
        job.progress.advance(job.done_bytes, &job.summary);
    }
    // Raised later it comes too late: all is read.
    job.summary.is_interrupted = job.stop.is_raised();
    job.progress.finishing();
    if !job.options.keep_missing && !job.summary.is_interrupted {
        job.remove_vanished(&mut writer, archive, &walk)?;
    }
    writer.commit()?;
    if job.summary.is_interrupted {
        writer.leave()?;
    } else {
        writer.finish()?;
    }
    job.summary.elapsed = started.elapsed();
    Ok(job.summary)
}

struct Walk {
    files: Vec<ArchiveFile>,
    unreadable: Vec<PathBuf>,
}

struct Job<'a> {
    known: KnownArticles,
    roots: &'a [PathBuf],
    options: &'a JobOptions,
    progress: &'a mut dyn Progress,
    summary: JobSummary,
    done_bytes: u64,
    text_bytes: u64,
    last_commit: Instant,
    /// Place of each file in the walk.
    order: HashMap<String, usize>,
    stop: StopFlag,
}

impl Job<'_> {
    fn walk(&mut self, archive: &Archive) -> Walk {
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
                    self.order.insert(key(&file.path), walk.files.len());
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

    /// A path without any article file is a mistake, or a disk that is not mounted, before it is an
    /// order to remove everything.
    fn check_roots(&self, archive: &Archive, walk: &Walk) -> Result<()> {
        if self.options.allow_empty || !walk.unreadable.is_empty() {
            return Ok(());
        }
        for root in archive.roots() {
            if !walk.files.iter().any(|file| file.path.starts_with(root)) {
                let indexed = self
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

    fn file(&mut self, writer: &mut Writer, file: &ArchiveFile) -> Result<()> {
        let path = key(&file.path);
        if file.is_standard_input() {
            let reading = Reading {
                path,
                hash: None,
                read_ns: 0,
                collection: self.collection_of(file),
            };
            return self.read(writer, file, &reading);
        }
        let entry = writer.manifest().get(&path).cloned();
        if let Some(entry) = &entry
            && !self.options.checksum
            && entry.is_current(file)
        {
            self.unchanged(entry.articles);
            return Ok(());
        }
        let read_ns = now_ns();
        let stop = self.stop.clone();
        let hash = match file.content_hash(&|| stop.is_raised()) {
            // What was not read to its end has another hash.
            Ok(_) if stop.is_raised() => return Ok(()),
            Ok(hash) => hash,
            Err(error) => {
                self.fail(&error);
                return Ok(());
            }
        };
        self.summary.read_bytes += file.size_bytes;
        match entry {
            Some(entry)
                if entry.failed == 0 && entry.is_of_map(file) && entry.hash == hash.to_string() =>
            {
                self.unchanged(entry.articles);
                let modified_ns = file.modified_ns;
                writer.note_file(
                    &path,
                    Entry {
                        modified_ns,
                        read_ns,
                        ..entry
                    },
                )
            }
            entry => {
                // The ids of a file that is known keep the name they were made of.
                let mut file = file.clone();
                let collection = self.collection_of(&file);
                if let Some(entry) = entry {
                    file.name = entry.name;
                }
                self.read(
                    writer,
                    &file,
                    &Reading {
                        path,
                        hash: Some(hash),
                        read_ns,
                        collection,
                    },
                )
            }
        }
    }

    fn collection_of(&self, file: &ArchiveFile) -> String {
        if let Some(given) = &self.options.collection {
            return given.clone();
        }
        if file.is_standard_input() {
            return STANDARD_INPUT_COLLECTION.to_owned();
        }
        let covering = self.roots.iter().filter(|root| file.path.starts_with(root));
        let innermost = covering.max_by_key(|root| root.as_os_str().len());
        let name = innermost.and_then(|root| root.file_name());
        name.map_or_else(
            || "/".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    fn read(&mut self, writer: &mut Writer, file: &ArchiveFile, reading: &Reading) -> Result<()> {
        let before = (self.summary.found, self.summary.failed);
        let ordinal = self.known.path_ordinal(&reading.path);
        let done_bytes = self.done_bytes;
        let mut result = Ok(());
        let mut is_whole = true;
        let mut is_mapped = false;
        let stop = self.stop.clone();
        let left_aside = file.read_until(&|| stop.is_raised(), &mut |read| {
            if result.is_err() || stop.is_raised() {
                return;
            }
            match read {
                Ok(read) => {
                    self.note_doubts(&read);
                    is_mapped |= read.format.is_some_and(Format::is_mapped);
                    let article = &read.article;
                    let source = article
                        .published
                        .map_or("none", |date| date.date_source.as_str());
                    *self.summary.date_sources.entry(source).or_default() += 1;
                    result = self.article(writer, &read, (ordinal, &reading.collection));
                    self.text_bytes += article.body.len() as u64;
                    self.done_bytes = (self.done_bytes + article.body.len() as u64)
                        .min(done_bytes + file.size_bytes);
                    self.progress.advance(self.done_bytes, &self.summary);
                }
                Err(error) => {
                    is_whole &= is_of_a_part(&error);
                    self.fail(&error);
                }
            }
            if result.is_ok() && self.is_commit_due() {
                result = self.commit(writer);
            }
        });
        let read_bytes = self.done_bytes - done_bytes;
        self.done_bytes = done_bytes;
        result?;
        self.summary.skipped_files += left_aside.count();
        self.summary.left_aside.add(&left_aside);
        if stop.is_raised() {
            self.summary.read_bytes -= file.size_bytes - read_bytes;
            // Perhaps not all of it was read, so the next run reads it again.
            return Ok(());
        }
        // The standard input is another stream each time: nothing of it is gone, and nothing of it
        // is known.
        let Some(hash) = reading.hash else {
            return Ok(());
        };
        // A file that cannot be read now may be readable tomorrow: what it gave before stays.
        if is_whole && !self.options.keep_missing {
            let gone = self.known.take_gone(ordinal);
            self.remove(writer, &gone);
        }
        let entry = Entry {
            name: file.name.clone(),
            size_bytes: file.size_bytes,
            modified_ns: file.modified_ns,
            read_ns: reading.read_ns,
            hash: hash.to_string(),
            map: is_mapped.then(|| file.map.as_ref().clone()),
            articles: self.summary.found - before.0,
            failed: self.summary.failed - before.1,
        };
        writer.note_file(&reading.path, entry)
    }

    fn article(
        &mut self,
        writer: &mut Writer,
        read: &ReadArticle,
        (path, collection): (u32, &str),
    ) -> Result<()> {
        let collected = CollectedArticle::new(&read.article, collection);
        let (key, hash) = (collected.key(), collected.hash);
        let new = KnownArticle {
            path,
            hash,
            is_seen: true,
        };
        match self.known.get(key) {
            None => {
                writer.add(&collected)?;
                self.summary.added += 1;
            }
            Some(old) if old.is_seen && old.hash == hash => {
                self.summary.repeated += 1;
                return Ok(());
            }
            Some(old) if self.is_taken(old, path) => {
                let owner = PathBuf::from(self.known.path(old.path));
                let problem = Problem::DuplicateId {
                    id: read.article.id.as_str().to_owned(),
                    owner,
                };
                self.fail(&ArticleError {
                    path: PathBuf::from(self.known.path(path)),
                    inner_path: read.inner_path.clone(),
                    line: read.line,
                    byte: None,
                    problem,
                });
                return Ok(());
            }
            Some(old) if old.path == path && old.hash == hash => self.summary.unchanged += 1,
            Some(old) => {
                if old.path != path {
                    // Read the file that had the id until now again, so that it is reported.
                    writer.forget_file(self.known.path(old.path))?;
                }
                writer.replace(&collected)?;
                self.summary.updated += 1;
            }
        }
        self.summary.found += 1;
        self.known.insert(key, new);
        Ok(())
    }

    /// Returns whether an id belongs to an article other than the one just read from file `path`.
    fn is_taken(&self, old: KnownArticle, path: u32) -> bool {
        if old.is_seen || old.path == path {
            return old.is_seen;
        }
        let owner = self.known.path(old.path);
        match (self.order.get(owner), self.order.get(self.known.path(path))) {
            (Some(owner), Some(claimant)) => owner < claimant,
            (None, _) => Path::new(owner).exists(),
            (Some(_), None) => true,
        }
    }

    fn remove_vanished(
        &mut self,
        writer: &mut Writer,
        archive: &Archive,
        walk: &Walk,
    ) -> Result<()> {
        let is_hidden = |path: &str| {
            walk.unreadable
                .iter()
                .any(|folder| Path::new(path).starts_with(folder))
        };
        let mut vanished: Vec<String> = Vec::new();
        for root in archive.roots() {
            let paths = writer
                .manifest()
                .below(root)
                .map(|(path, _)| path.to_owned());
            vanished
                .extend(paths.filter(|path| !self.order.contains_key(path) && !is_hidden(path)));
        }
        for path in vanished {
            let ordinal = self.known.path_ordinal(&path);
            let gone = self.known.take_gone(ordinal);
            self.remove(writer, &gone);
            writer.forget_file(&path)?;
        }
        Ok(())
    }

    fn remove(&mut self, writer: &mut Writer, keys: &[u64]) {
        for key in keys {
            writer.remove(*key);
        }
        self.summary.removed += keys.len() as u64;
    }

    fn unchanged(&mut self, articles: u64) {
        self.summary.found += articles;
        self.summary.unchanged += articles;
    }

    fn fail(&mut self, error: &ArticleError) {
        self.summary.failed += 1;
        *self
            .summary
            .failures
            .entry(error.problem.code())
            .or_default() += 1;
        self.progress.failed(error);
    }

    fn note_doubts(&mut self, read: &ReadArticle) {
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

    fn is_commit_due(&self) -> bool {
        self.text_bytes > COMMIT_BYTES || self.last_commit.elapsed() > COMMIT_EVERY
    }

    fn commit(&mut self, writer: &mut Writer) -> Result<()> {
        writer.commit()?;
        self.text_bytes = 0;
        self.last_commit = Instant::now();
        Ok(())
    }
}

struct Reading {
    path: String,
    /// `None` for the standard input.
    hash: Option<ContentHash>,
    read_ns: i64,
    collection: String,
}

/// Says whether an error is of one article only, so that the other articles of the file are all
/// known.
fn is_of_a_part(error: &ArticleError) -> bool {
    let is_stream_lost = matches!(
        error.problem,
        Problem::Unreadable(_)
            | Problem::Truncated
            | Problem::BrokenArchive { .. }
            | Problem::BrokenXml { .. }
            | Problem::Expands { .. }
    );
    !is_stream_lost && (error.line.is_some() || error.inner_path.is_some())
}

fn key(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn now_ns() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
