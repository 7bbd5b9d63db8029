//! One file into the index: read if it changed, its articles compared with those that are known.

use crate::archive::{ArchiveFile, ContentHash, Format, ReadArticle};
use crate::error::{ArticleError, Problem, Result};
use crate::index::document::CollectedArticle;
use crate::index::file_entry::{Entry, Repeat};
use crate::index::job::state::{Job, is_of_a_part, link, path_text};
use crate::index::known::{KnownArticle, line_of};
use crate::index::manifest::Mark;
use crate::index::roots::default_collection;
use crate::index::sink::Sink;
use std::collections::HashMap;
use std::num::{NonZeroU32, NonZeroU64};
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
    pub(crate) fn file(&mut self, writer: &mut dyn Sink, file: &ArchiveFile) -> Result<()> {
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
            entry.collection == collection && entry.link == link && !comes_back
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
        // One that a killed job had begun is new.
        let is_new = entry.as_ref().is_none_or(|entry| entry.read_ns == 0);
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

    fn read(&mut self, writer: &mut dyn Sink, file: &ArchiveFile, reading: &Reading) -> Result<()> {
        let before = (self.summary.found, self.summary.failed);
        let withheld_before = self.summary.withheld;
        self.repeats.clear();
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
                result = self.commit_within(writer, reading);
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
            self.summary.removed += self.remove_gone(writer, reading.ordinal)?;
        }
        if let Some(former) = &reading.moved_from {
            self.forget_former_place(writer, former)?;
        }
        let counted = |now: u64, before: u64| u32::try_from(now - before).unwrap_or(u32::MAX);
        let path: Arc<str> = reading.path.as_str().into();
        for repeat in &self.repeats {
            self.holders.add(repeat.holder, &path);
        }
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
            repeats: std::mem::take(&mut self.repeats),
            withheld: counted(self.summary.withheld, withheld_before),
        };
        writer.note_file(&reading.path, entry)
    }

    /// Commits while a file is being read. The manifest must know every file that the index has
    /// articles of, so that they go where it is gone when the next job starts.
    fn commit_within(&mut self, writer: &mut dyn Sink, reading: &Reading) -> Result<()> {
        if let Some(hash) = reading.hash
            && writer.manifest().get(&reading.path).is_none()
        {
            let begun = Entry::new(Arc::clone(&reading.collection), hash);
            writer.note_file(&reading.path, begun)?;
        }
        self.commit(writer)
    }

    /// Takes what the file gave at the place where it was before.
    fn forget_former_place(&mut self, writer: &mut dyn Sink, former: &str) -> Result<()> {
        let ordinal = self.known.path_ordinal(former);
        self.remove_gone(writer, ordinal)?;
        writer.forget_file(former)
    }

    fn article(
        &mut self,
        writer: &mut dyn Sink,
        read: &ReadArticle,
        reading: &Reading,
    ) -> Result<()> {
        let mut collected = CollectedArticle::of_read(read, &reading.collection);
        if reading.hash.is_none() {
            // Another place of it could be read again, the standard input could not.
            collected.repeat_hash = None;
        }
        let (key, hash, path) = (collected.key, collected.hash, reading.ordinal);
        if self.is_withheld(writer, &collected, reading)? {
            self.summary.withheld += 1;
            return Ok(());
        }
        let new = KnownArticle {
            path,
            hash,
            repeat_hash: collected.repeat_hash.and_then(NonZeroU64::new),
            line: collected.line.and_then(line_of),
            is_seen: true,
        };
        if let Some(holder) = self.holder(writer, key, new)? {
            return self.repeat(writer, (holder, key), read, reading);
        }
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
                return self.repeat(writer, (key, key), read, reading);
            }
            Some(old) if self.is_taken(writer, old, path) => {
                self.fail(&self.duplicate(read, old, reading));
                return Ok(());
            }
            Some(old)
                if old
                    == (KnownArticle {
                        is_seen: false,
                        ..new
                    }) =>
            {
                self.summary.unchanged += 1;
            }
            Some(old) => {
                if old.path != path && !self.is_moved_from(old, reading) {
                    // Its article is reported, or is a repeat of this one.
                    let owner = self.known.path(old.path).to_owned();
                    lose_article(writer, &owner)?;
                    if old.hash == hash {
                        self.doubt_elsewhere(&owner);
                    }
                }
                if old.hash != hash {
                    self.lose(writer, key)?;
                }
                writer.replace(&collected)?;
                let count = if old.path == path && old.hash == hash {
                    // Only its line is another.
                    &mut self.summary.unchanged
                } else if is_moved && old.hash == hash {
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

    /// Returns the key of the article that stands for this one, of which it is a repeat. Where this
    /// one comes before it, it stands for it from now on.
    fn holder(
        &mut self,
        writer: &mut dyn Sink,
        key: u64,
        new: KnownArticle,
    ) -> Result<Option<u64>> {
        let Some(hash) = new.repeat_hash else {
            return Ok(None);
        };
        let mut others = self.known.with_repeat_hash(hash);
        others.retain(|(other, _)| *other != key);
        for (other, known) in &others {
            if self.is_taken(writer, *known, new.path) {
                return Ok(Some(*other));
            }
        }
        for (other, known) in others {
            self.take_out(writer, other, known)?;
        }
        Ok(None)
    }

    /// Notes an article for which the one with key `holder` stands.
    fn repeat(
        &mut self,
        writer: &mut dyn Sink,
        (holder, key): (u64, u64),
        read: &ReadArticle,
        reading: &Reading,
    ) -> Result<()> {
        self.summary.repeated += 1;
        self.repeats.push(Repeat {
            holder,
            id: read.article.id.as_str().into(),
            inner_path: read.inner_path.as_deref().map(Into::into),
            line: read.line.and_then(line_of).map(NonZeroU32::get),
        });
        // It may have been held itself before.
        match self.known.get(key) {
            Some(own) if holder != key && own.path == reading.ordinal && !own.is_seen => {
                self.take_out(writer, key, own)
            }
            _ => Ok(()),
        }
    }

    /// Takes an article out of the index for which another one will stand.
    fn take_out(&mut self, writer: &mut dyn Sink, key: u64, known: KnownArticle) -> Result<()> {
        writer.remove(key);
        self.known.remove(key);
        let owner = self.known.path(known.path).to_owned();
        lose_article(writer, &owner)?;
        self.doubt_elsewhere(&owner);
        self.lose(writer, key)
    }

    fn is_moved_from(&self, old: KnownArticle, reading: &Reading) -> bool {
        reading.moved_from.as_deref() == Some(self.known.path(old.path))
    }

    /// Returns the report of an article whose id another one has.
    fn duplicate(&self, read: &ReadArticle, old: KnownArticle, reading: &Reading) -> ArticleError {
        ArticleError {
            path: PathBuf::from(&reading.path),
            inner_path: read.inner_path.clone(),
            line: read.line,
            byte: None,
            problem: Problem::DuplicateId {
                id: read.article.id.as_str().to_owned(),
                collection: reading.collection.to_string(),
                owner: PathBuf::from(self.known.path(old.path)),
                line: old.line.map(|line| u64::from(line.get())),
            },
        }
    }

    /// Says whether an article was removed for good. One whose id is made of the path, and whose
    /// file was moved, has another id now; its mark goes with it.
    fn is_withheld(
        &self,
        writer: &mut dyn Sink,
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
            return self.is_repeat_withheld(writer, collected);
        };
        let before = marks.get(&marked);
        let mark = Mark {
            id: collected.article.id.as_str().to_owned(),
            collection: collected.collection.to_owned(),
            path: reading.path.clone(),
            hash: collected.hash,
            // The text that was removed stays away, wherever it stands.
            repeat_hash: before.and_then(|mark| mark.repeat_hash),
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

    /// Returns whether an article is a repeat of one that was removed for good.
    fn is_repeat_withheld(
        &self,
        writer: &mut dyn Sink,
        collected: &CollectedArticle<'_>,
    ) -> Result<bool> {
        let Some(hash) = collected.repeat_hash else {
            return Ok(false);
        };
        let marks = writer.manifest().marks_of_repeats(hash);
        if self.options.restore {
            for key in &marks {
                writer.set_mark(*key, None)?;
            }
        }
        Ok(!marks.is_empty() && !self.options.restore)
    }

    /// Returns whether an article, known by its id or as an exact repeat, comes before the one just
    /// read from file `path`.
    fn is_taken(&self, writer: &dyn Sink, old: KnownArticle, path: u32) -> bool {
        if old.path == path {
            return old.is_seen;
        }
        let (owner, claimant) = (self.known.path(old.path), self.known.path(path));
        let is_there = self.walked.contains_key(owner)
            || (!self.vanished.contains(owner) && Path::new(owner).exists());
        let manifest = writer.manifest();
        (old.is_seen || is_there) && self.rank(manifest, owner) < self.rank(manifest, claimant)
    }
}

/// Has a file read again that has lost an article to another one before it.
fn lose_article(writer: &mut dyn Sink, path: &str) -> Result<()> {
    let Some(entry) = writer.manifest().get(path).cloned() else {
        return Ok(());
    };
    let entry = Entry {
        articles: entry.articles.saturating_sub(1),
        failed: entry.failed.max(1),
        ..entry
    };
    writer.doubt_file(path, entry)
}

fn former_marks(writer: &dyn Sink, moved_from: Option<&str>) -> HashMap<u64, u64> {
    let Some(former) = moved_from else {
        return HashMap::new();
    };
    let marks = writer.manifest().marks().iter();
    let marks = marks.filter(|(_, mark)| mark.path == former);
    marks.map(|(key, mark)| (mark.hash, *key)).collect()
}

fn now_ns() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
