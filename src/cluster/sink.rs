//! An index job into a cluster.
//!
//! Articles are sent while files are read. A commit waits until the cluster has taken them, then
//! takes out what is gone, and only then writes what is known of the files: so a killed job leaves
//! articles of files that are read again, never a file as read whose articles are missing. A file
//! that loses an article to another one is noted to be read again before that happens.

use crate::archive::{ContentHash, FieldMap, STANDARD_INPUT};
use crate::cluster::bulk::{Change, send, send_all};
use crate::cluster::cluster_index::{ClusterIndex, Documents};
use crate::cluster::document::{Sent, marker, name_of_key};
use crate::cluster::file_records::{FileRecords, change_of, change_of_map, name_of, shares};
use crate::cluster::held::{Held, marks};
use crate::cluster::writer::ClusterWriter;
use crate::error::{Error, Result};
use crate::index::document::CollectedArticle;
use crate::index::file_entry::Entry;
use crate::index::known::{KnownArticles, file_of};
use crate::index::manifest::Mark;
use crate::index::manifest::line::Line;
use crate::index::manifest::records::Records;
use crate::index::roots::Root;
use crate::index::share::Share;
use crate::index::sink::{Refused, Sink};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// An index in a cluster as a job writes to it.
pub(crate) struct ClusterSink {
    index: Arc<ClusterIndex>,
    threads: usize,
    share: Option<Share>,
    records: Records,
    map: FieldMap,
    /// What it held at the start, until the job asks for it.
    held: KnownArticles,
    /// Takes articles until the next commit.
    writer: Option<ClusterWriter>,
    /// That of the last change: each has its own, so they may arrive in any order.
    version: u64,
    /// Articles that are taken out, and marks, by their names.
    articles: BTreeMap<String, Change>,
    /// What is to be written of files, by the names of the documents.
    files: BTreeMap<String, Change>,
}

impl ClusterSink {
    /// Reads what `index` holds of the share that is asked for, or of the one that it has. Articles
    /// are analysed and sent on `threads` threads.
    ///
    /// # Errors
    /// [`Error::OtherShare`] where the index is divided otherwise; [`Error::Cluster`].
    pub(crate) fn open(
        index: &Arc<ClusterIndex>,
        share: Option<Share>,
        threads: usize,
    ) -> Result<Self> {
        index.refresh()?;
        let share = share_of(index, share)?;
        let files = FileRecords::read(index, share)?;
        let mut sink = Self::of_files(index, share, files);
        sink.threads = threads;
        let (marks, version_of_marks) = marks(index)?;
        for (key, mark) in marks {
            let mark = Some(mark);
            sink.records.take(Line::Removed { key, mark });
        }
        let held = Held::read(index, share, &sink.records)?;
        sink.version = sink.version.max(version_of_marks).max(held.version);
        sink.held = held.articles;
        for (path, collection) in held.unknown_files {
            if *path != *STANDARD_INPUT {
                let unread = ContentHash::from_bytes([0; 32]);
                sink.note_file(&path, Entry::new(collection.into(), unread))?;
            }
        }
        Ok(sink)
    }

    /// Makes one that knows of files alone, to take articles out.
    pub(crate) fn of_files(
        index: &Arc<ClusterIndex>,
        share: Option<Share>,
        files: FileRecords,
    ) -> Self {
        Self {
            index: Arc::clone(index),
            threads: 1,
            share,
            records: files.records,
            map: files.map,
            held: KnownArticles::default(),
            writer: None,
            // A clock that goes behind that of another worker makes no change an old one.
            version: files.version.max(now_us()),
            articles: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// Does as [`Sink::commit`] for a removal, which needs files to be forgotten before their
    /// articles are: what a killed one leaves is removed by the next, or read again.
    pub(crate) fn commit_removal(&mut self) -> Result<()> {
        let files = std::mem::take(&mut self.files).into_values();
        send_all(&self.index, Documents::Files, files)?.whole()?;
        self.commit().map(drop)
    }

    fn next_version(&mut self) -> u64 {
        self.version += 1;
        self.version
    }

    fn send(&mut self, collected: &CollectedArticle<'_>, is_new: bool) -> Result<()> {
        let version = self.next_version();
        let sent = Sent {
            is_new,
            ..Sent::new(collected, self.share)
        };
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => ClusterWriter::start(&self.index, self.threads)?,
        };
        if self.writer.insert(writer).write(sent, version) {
            return Ok(());
        }
        self.settle().map(drop)
    }

    /// Waits until the cluster has taken or refused the articles that were sent.
    fn settle(&mut self) -> Result<Vec<Refused>> {
        let Some(writer) = self.writer.take() else {
            return Ok(Vec::new());
        };
        let written = writer.finish()?;
        if written.refused > written.refusals.len() as u64 {
            // More than can be named; nothing but the first reason helps.
            return written.whole().map(|_| Vec::new());
        }
        Ok(written.refusals)
    }

    fn note(&mut self, line: Line) -> Change {
        let version = self.next_version();
        let change = change_of(&line, self.share, version);
        self.records.take(line);
        change
    }

    /// Has the files of refused articles read again by the next job.
    fn doubt_refused(&mut self, refused: &[Refused]) -> Result<()> {
        for one in refused {
            let path = file_of(&one.path.to_string_lossy(), &|path| {
                self.records.path_of(path)
            });
            if let Some(entry) = self.records.get(&path).cloned() {
                let entry = Entry {
                    articles: entry.articles.saturating_sub(1),
                    failed: entry.failed.saturating_add(1),
                    ..entry
                };
                self.note_file(&path, entry)?;
            }
        }
        Ok(())
    }
}

impl Sink for ClusterSink {
    fn place(&self) -> PathBuf {
        self.index.address().to_string().into()
    }

    fn manifest(&self) -> &Records {
        &self.records
    }

    fn known_articles(&mut self) -> Result<KnownArticles> {
        Ok(std::mem::take(&mut self.held))
    }

    fn map(&self) -> &FieldMap {
        &self.map
    }

    fn set_map(&mut self, map: &FieldMap) {
        if self.map != *map {
            self.map = map.clone();
            let version = self.next_version();
            let change = change_of_map(map, self.share, version);
            self.files.insert("map".to_owned(), change);
        }
    }

    fn add(&mut self, collected: &CollectedArticle<'_>) -> Result<()> {
        self.send(collected, true)
    }

    fn replace(&mut self, collected: &CollectedArticle<'_>) -> Result<()> {
        self.send(collected, false)
    }

    fn remove(&mut self, key: u64) {
        let version = self.next_version();
        let name = name_of_key(key);
        let change = Change::of_document(&name, version, None);
        self.articles.insert(name, change);
    }

    fn note_file(&mut self, path: &str, entry: Entry) -> Result<()> {
        let line = Line::File {
            path: path.to_owned(),
            entry: Some(entry),
        };
        let name = name_of(&line, self.share);
        let change = self.note(line);
        self.files.insert(name, change);
        Ok(())
    }

    fn doubt_file(&mut self, path: &str, entry: Entry) -> Result<()> {
        self.note_file(path, entry)?;
        let line = Line::File {
            path: path.to_owned(),
            entry: None,
        };
        let change = self.files.remove(&name_of(&line, self.share));
        let changes = change.into_iter().collect();
        send(&self.index, Documents::Files, changes)?.whole()?;
        Ok(())
    }

    fn forget_file(&mut self, path: &str) -> Result<()> {
        let line = Line::File {
            path: path.to_owned(),
            entry: None,
        };
        let name = name_of(&line, self.share);
        let change = self.note(line);
        self.files.insert(name, change);
        Ok(())
    }

    /// A root is kept at once: its label stands in the ids of the articles.
    fn set_root(&mut self, ordinal: u32, root: Option<Root>) -> Result<()> {
        let change = self.note(Line::Root { ordinal, root });
        send(&self.index, Documents::Files, vec![change])?.whole()?;
        Ok(())
    }

    fn set_mark(&mut self, key: u64, mark: Option<Mark>) -> Result<()> {
        let version = self.next_version();
        let name = name_of_key(key);
        let document = mark.as_ref().map(|mark| marker(key, mark, self.share));
        let change = Change::of_document(&name, version, document.as_ref());
        self.articles.insert(name, change);
        self.records.take(Line::Removed { key, mark });
        Ok(())
    }

    fn commit(&mut self) -> Result<Vec<Refused>> {
        let refused = self.settle()?;
        let articles = std::mem::take(&mut self.articles).into_values();
        send_all(&self.index, Documents::Articles, articles)?.whole()?;
        self.doubt_refused(&refused)?;
        let files = std::mem::take(&mut self.files).into_values();
        send_all(&self.index, Documents::Files, files)?.whole()?;
        Ok(refused)
    }
}

impl std::fmt::Debug for ClusterSink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClusterSink")
            .field("index", &self.index.address())
            .finish_non_exhaustive()
    }
}

/// Returns the share that a job takes: the one that is asked for, or the only one that there is.
fn share_of(index: &ClusterIndex, asked: Option<Share>) -> Result<Option<Share>> {
    let held = shares(index)?;
    let other = |found: &Option<String>| Error::OtherShare {
        path: index.address().to_string().into(),
        found: found.clone(),
        asked: asked.map_or_else(|| "1/1".to_owned(), |share| share.to_string()),
    };
    let Some(asked) = asked else {
        let mut all = held.iter();
        return match (all.next(), all.next()) {
            (None, _) | (Some(None), None) => Ok(None),
            (Some(Some(only)), None) => Ok(only.parse().ok()),
            (Some(first), Some(_)) => Err(other(first)),
        };
    };
    let is_of_same = |held: &Option<String>| {
        let held: Option<Share> = held.as_ref().and_then(|held| held.parse().ok());
        held.is_some_and(|held| held.is_beside(asked))
    };
    match held.iter().find(|held| !is_of_same(held)) {
        Some(found) => Err(other(found)),
        None => Ok(Some(asked)),
    }
}

/// Returns the time in microseconds since 1970.
pub(crate) fn now_us() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    u64::try_from(since.unwrap_or_default().as_micros()).unwrap_or(u64::MAX)
}
