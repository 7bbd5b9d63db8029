//! Where an index job writes: an index in a folder, or one in a cluster.

use crate::archive::FieldMap;
use crate::error::Result;
use crate::index::document::CollectedArticle;
use crate::index::file_entry::Entry;
use crate::index::known::KnownArticles;
use crate::index::manifest::Mark;
use crate::index::manifest::records::Records;
use crate::index::roots::Root;
use std::path::PathBuf;

/// An article that was written and that the index did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its key.
    pub key: u64,
    /// Its id.
    pub id: String,
    /// The file that it came from, with the path within it where that is a container.
    pub path: PathBuf,
    /// The line that it begins in, where it does not have the file to itself.
    pub line: Option<u64>,
    /// What the index said.
    pub reason: String,
    /// Whether the index has no older version of it.
    pub is_new: bool,
}

/// What a job writes to. It knows the files that were read and takes changes; they last once they
/// are committed. Killed before, the next job finds what was committed, and perhaps more articles:
/// never the entry of a file whose articles are missing.
pub trait Sink {
    /// Returns the folder or the address, for messages.
    fn place(&self) -> PathBuf;

    /// Returns what is known of the files that were read.
    fn manifest(&self) -> &Records;

    /// Reads what it holds of articles; once.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Cluster`].
    fn known_articles(&mut self) -> Result<KnownArticles>;

    /// Returns the map of fields that it was last read by.
    fn map(&self) -> &FieldMap;

    /// Keeps the map of fields that it is read by from now on.
    fn set_map(&mut self, map: &FieldMap);

    /// Adds an article whose key it does not hold.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Cluster`] where it takes no more.
    fn add(&mut self, collected: &CollectedArticle<'_>) -> Result<()>;

    /// Puts an article in the place of the one with its key, in one step.
    ///
    /// # Errors
    /// As [`Sink::add`].
    fn replace(&mut self, collected: &CollectedArticle<'_>) -> Result<()>;

    /// Takes the article with this key out.
    fn remove(&mut self, key: u64);

    /// Notes what was read of a file.
    ///
    /// # Errors
    /// As [`Sink::commit`].
    fn note_file(&mut self, path: &str, entry: Entry) -> Result<()>;

    /// Notes that a file has to be read again, before any change of articles that comes later.
    ///
    /// # Errors
    /// As [`Sink::commit`].
    fn doubt_file(&mut self, path: &str, entry: Entry) -> Result<()>;

    /// Forgets that a file was read.
    ///
    /// # Errors
    /// As [`Sink::commit`].
    fn forget_file(&mut self, path: &str) -> Result<()>;

    /// Notes a root; with `None` forgets it.
    ///
    /// # Errors
    /// As [`Sink::commit`].
    fn set_root(&mut self, ordinal: u32, root: Option<Root>) -> Result<()>;

    /// Notes that an article is not to come back; with `None` that it may.
    ///
    /// # Errors
    /// As [`Sink::commit`].
    fn set_mark(&mut self, key: u64, mark: Option<Mark>) -> Result<()>;

    /// Makes all changes so far durable; returns the articles that were not taken, whose files are
    /// then to be read again.
    ///
    /// # Errors
    /// [`crate::Error::Io`], [`crate::Error::Engine`], [`crate::Error::Cluster`]; the last commit
    /// then still stands.
    fn commit(&mut self) -> Result<Vec<Refused>>;
}
