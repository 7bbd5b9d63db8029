//! One file into the index: read if it changed, its articles compared with those that are known.

use crate::archive::{ArchiveFile, ContentHash, Format, ReadArticle};
use crate::error::{ArticleError, Problem, Result};
use crate::index::document::CollectedArticle;
use crate::index::file_entry::Entry;
use crate::index::job::state::{Job, Walk, link, path_text};
use crate::index::known::KnownArticle;
use crate::index::manifest::Mark;
use crate::index::roots::default_collection;
use crate::index::writer::Writer;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The collection of articles from the standard input, unless one is given.
const STANDARD_INPUT_COLLECTION: &str = "stdin";

/// One file that is being read.
struct Reading {
    path: String,
    /// Ordinal of the path among the known ones.
    ordinal: u32,
    /// `None` for the standard input.
    hash: Option<ContentHash>,
    read_ns: i64,
    collection: Arc<str>,
    /// Where the file was before, if it was moved.
    moved_from: Option<Arc<str>>,
    /// The keys of articles that were removed for good from the file where it was before, by the
    /// hash of their content.
    former_marks: HashMap<u64, u64>,
}

impl Job<'_> {
    /// Reads `file` unless it is unchanged.
    pub(crate) fn file(&mut self, writer: &mut Writer, file: &ArchiveFile) -> Result<()> {
        let path = path_text(&file.path);
        let ordinal = self.known.path_ordinal(&path);
        if file.is_standard_input() {
            let given = self.options.collection.as_ref();
            let collection = given.map_or(STANDARD_INPUT_COLLECTION, |name| name.as_str());
            let reading = Reading {
                path,
                ordinal,
                hash: None,
                read_ns: 0,
                collection: collection.into(),
                moved_from: None,
                former_marks: HashMap::new(),
            };
            return self.read(writer, file, &reading);
        }
        let link = link(file);
        let place = writer
            .manifest()
            .roots()
            .place(link.as_deref().unwrap_or(&path));
        let collection = match &place {
            Some(place) => place.collection.as_str().into(),
            None => default_collection(&file.root).into(),
        };
        let entry = writer.manifest().get(&path).cloned();
        let is_same_place = |entry: &Entry| {
            let comes_back = self.options.restore && entry.withheld > 0;
            let is_same = entry.collection == collection && entry.link == link;
            is_same && !comes_back && !self.is_second_pass
        };
        let is_kept = entry.as_ref().is_some_and(is_same_place);
        if let Some(entry) = &entry
            && is_kept
            && !self.options.checksum
            && entry.is_current(file)
        {
            self.unchanged(&path, entry);
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
        let is_new = entry.is_none();
        if let Some(entry) = entry
            && is_kept
            && entry.failed == 0
            && entry.is_read_as(file)
            && entry.hash == hash
        {
            self.unchanged(&path, &entry);
            let entry = Entry {
                modified_ns: file.modified_ns,
                changed_ns: file.changed_ns,
                inode: file.inode,
                read_ns,
                ..entry
            };
            return writer.note_file(&path, entry);
        }
        let mut file = file.clone();
        if let Some(place) = place {
            file.name = place.name;
            file.below_root = place.below_root;
        }
        let moved_from = is_new.then(|| self.gone.take(hash, &path)).flatten();
        let reading = Reading {
            path,
            ordinal,
            hash: Some(hash),
            read_ns,
            collection,
            former_marks: former_marks(writer, moved_from.as_deref()),
            moved_from,
        };
        self.read(writer, &file, &reading)
    }

    fn read(&mut self, writer: &mut Writer, file: &ArchiveFile, reading: &Reading) -> Result<()> {
        let before = (self.summary.found, self.summary.failed);
        let withheld_before = self.summary.withheld;
        self.repeats_elsewhere = 0;
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
                    result = self.article(writer, &read, reading);
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
            self.summary.removed += self.remove_gone(writer, reading.ordinal);
        }
        if let Some(former) = &reading.moved_from {
            self.forget_former_place(writer, former)?;
        }
        let counted = |now: u64, before: u64| u32::try_from(now - before).unwrap_or(u32::MAX);
        let entry = Entry {
            collection: Arc::clone(&reading.collection),
            link: self.walked.get(&reading.path).cloned().flatten(),
            size_bytes: file.size_bytes,
            modified_ns: file.modified_ns,
            changed_ns: file.changed_ns,
            inode: file.inode,
            read_ns: reading.read_ns,
            hash,
            map: is_mapped.then(|| file.map.as_ref().clone()),
            articles: counted(self.summary.found, before.0),
            failed: counted(self.summary.failed, before.1),
            repeated: self.repeats_elsewhere,
            withheld: counted(self.summary.withheld, withheld_before),
        };
        writer.note_file(&reading.path, entry)
    }

    /// Reads files whose articles another file had too, and may have lost, as theirs.
    pub(crate) fn read_doubted(&mut self, writer: &mut Writer, walk: &Walk) -> Result<()> {
        let doubted = self.doubted(writer.manifest(), walk);
        self.is_second_pass = true;
        for file in doubted {
            self.file(writer, file)?;
        }
        if self.has_lost {
            writer.doubt_repeats(&|path| self.walked.contains_key(path))?;
        }
        Ok(())
    }

    /// Takes what the file gave at the place where it was before.
    fn forget_former_place(&mut self, writer: &mut Writer, former: &str) -> Result<()> {
        let ordinal = self.known.path_ordinal(former);
        self.remove_gone(writer, ordinal);
        writer.forget_file(former)
    }

    fn article(
        &mut self,
        writer: &mut Writer,
        read: &ReadArticle,
        reading: &Reading,
    ) -> Result<()> {
        let collected = CollectedArticle::new(&read.article, &reading.collection);
        let (key, hash, path) = (collected.key, collected.hash, reading.ordinal);
        if self.is_withheld(writer, &collected, reading)? {
            self.summary.withheld += 1;
            return Ok(());
        }
        let line = read.line.and_then(|line| u32::try_from(line).ok());
        let new = KnownArticle {
            path,
            hash,
            line: line.and_then(NonZeroU32::new),
            is_seen: true,
        };
        let is_moved = reading.moved_from.is_some();
        match self.known.get(key) {
            None => {
                writer.add(&collected)?;
                let count = if is_moved {
                    &mut self.summary.moved
                } else {
                    &mut self.summary.added
                };
                *count += 1;
            }
            Some(old) if old.hash == hash && self.is_taken(writer, old, path) => {
                self.summary.repeated += 1;
                self.repeats_elsewhere += u32::from(old.path != path);
                return Ok(());
            }
            Some(old) if self.is_taken(writer, old, path) => {
                let line = match old.line {
                    Some(line) => Some(u64::from(line.get())),
                    None => self
                        .owner_lines
                        .of(self.known.path(old.path), &collected, &self.stop),
                };
                self.fail(&ArticleError {
                    path: PathBuf::from(self.known.path(path)),
                    inner_path: read.inner_path.clone(),
                    line: read.line,
                    byte: None,
                    problem: Problem::DuplicateId {
                        id: read.article.id.as_str().to_owned(),
                        collection: reading.collection.to_string(),
                        owner: PathBuf::from(self.known.path(old.path)),
                        line,
                    },
                });
                return Ok(());
            }
            Some(old) if old.path == path && old.hash == hash => self.summary.unchanged += 1,
            Some(old) => {
                let owner = self.known.path(old.path);
                if old.path != path && reading.moved_from.as_deref() != Some(owner) {
                    // Read the file that had the id until now again, so that it is reported.
                    writer.forget_file(owner)?;
                }
                self.has_lost |= old.hash != hash;
                writer.replace(&collected)?;
                let count = if is_moved && old.hash == hash {
                    &mut self.summary.moved
                } else {
                    &mut self.summary.updated
                };
                *count += 1;
            }
        }
        self.summary.found += 1;
        self.known.insert(key, new);
        Ok(())
    }

    /// Says whether an article was removed for good. One whose id is made of the path, and whose
    /// file was moved, has another id now; its mark goes with it.
    fn is_withheld(
        &self,
        writer: &mut Writer,
        collected: &CollectedArticle<'_>,
        reading: &Reading,
    ) -> Result<bool> {
        let marks = writer.manifest().marks();
        if marks.is_empty() {
            return Ok(false);
        }
        let key = collected.key;
        let marked = if marks.contains_key(&key) {
            Some(key)
        } else {
            reading.former_marks.get(&collected.hash).copied()
        };
        let Some(marked) = marked else {
            return Ok(false);
        };
        let mark = Mark {
            id: collected.article.id.as_str().to_owned(),
            collection: collected.collection.to_owned(),
            path: reading.path.clone(),
            hash: collected.hash,
        };
        if self.options.restore {
            writer.set_mark(marked, None)?;
            return Ok(false);
        }
        if marked != key {
            writer.set_mark(marked, None)?;
        }
        if writer.manifest().marks().get(&key) != Some(&mark) {
            writer.set_mark(key, Some(mark))?;
        }
        Ok(true)
    }

    /// Returns whether an id belongs to an article other than the one just read from file `path`.
    fn is_taken(&self, writer: &Writer, old: KnownArticle, path: u32) -> bool {
        if old.is_seen || old.path == path {
            return old.is_seen;
        }
        let (owner, claimant) = (self.known.path(old.path), self.known.path(path));
        let is_there = self.walked.contains_key(owner) || Path::new(owner).exists();
        let manifest = writer.manifest();
        is_there && self.rank(manifest, owner) < self.rank(manifest, claimant)
    }
}

fn former_marks(writer: &Writer, moved_from: Option<&str>) -> HashMap<u64, u64> {
    let Some(former) = moved_from else {
        return HashMap::new();
    };
    let marks = writer.manifest().marks().iter();
    let marks = marks.filter(|(_, mark)| mark.path == former);
    marks.map(|(key, mark)| (mark.hash, *key)).collect()
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
            | Problem::ParserFailed
    );
    !is_stream_lost && (error.line.is_some() || error.inner_path.is_some())
}

fn now_ns() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
