//! What is known of one file that was read.

use crate::archive::{ArchiveFile, ContentHash, FieldMap};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An article that another one stands for, as nobody can tell them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The key of the article that the index holds.
    pub holder: u64,
    /// The id that it would have if it were the first.
    pub id: Box<str>,
    /// The path within the file, where that is a container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner_path: Option<Box<str>>,
    /// The line that it begins in, where it does not have the file to itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The collection of its articles.
    #[serde(with = "shared_text")]
    pub collection: Arc<str>,
    /// The link through which it was found below a root, where it lies elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Time of the last change of its content, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Time of the last change of any kind (ctime); 0 where the system keeps none.
    pub changed_ns: i64,
    /// Its number in the file system; 0 where there is none.
    pub inode: u64,
    /// When it was read, in nanoseconds since 1970.
    pub read_ns: i64,
    /// Hash of the content.
    pub hash: ContentHash,
    /// The map of fields that its JSON or tables were read by; `None` where it holds neither, so
    /// that another map would change nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<FieldMap>,
    /// How many articles it gave.
    pub articles: u32,
    /// How many articles of it failed; such a file is read again each time, so that it is reported
    /// again.
    pub failed: u32,
    /// Articles of it that another one stands for, which is the one that the index holds. Where
    /// that one is lost, the file is read again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<Repeat>,
    /// How many articles of it were removed for good.
    #[serde(default)]
    pub withheld: u32,
}

/// A file changed so soon after it was read may keep its time of change: clocks of file systems
/// tick coarsely, some every two seconds. Within this time the content decides.
const COARSE_TICK_NS: i64 = 2_000_000_000;
/// A time with a fraction of a second comes from the clock of the system, which ticks at least a
/// hundred times a second.
const FINE_TICK_NS: i64 = 50_000_000;

impl Entry {
    /// Makes an entry of a file of which nothing was read to its end, so that it is read again.
    pub fn new(collection: Arc<str>, hash: ContentHash) -> Self {
        Self {
            collection,
            link: None,
            size_bytes: 0,
            modified_ns: 0,
            changed_ns: 0,
            inode: 0,
            read_ns: 0,
            hash,
            map: None,
            articles: 0,
            failed: 1,
            repeats: Vec::new(),
            withheld: 0,
        }
    }

    /// Has the file read again, whenever that is, because the articles of these keys are lost,
    /// which stood for some of its own; returns whether it has any such.
    pub fn lose_holders(&mut self, is_lost: &dyn Fn(u64) -> bool) -> bool {
        let before = self.repeats.len();
        self.repeats.retain(|repeat| !is_lost(repeat.holder));
        let has_lost = self.repeats.len() < before;
        if has_lost {
            self.failed = self.failed.max(1);
        }
        has_lost
    }

    /// Returns whether `file` is what was read then, in the same way, without looking at its
    /// content: size and times are the same, and it is the same file.
    pub fn is_current(&self, file: &ArchiveFile) -> bool {
        let (last_ns, tick_ns) = match self.changed_ns {
            0 => (self.modified_ns, COARSE_TICK_NS),
            changed if changed % 1_000_000_000 == 0 => (changed, COARSE_TICK_NS),
            changed => (changed, FINE_TICK_NS),
        };
        self.failed == 0
            && self.is_read_as(file)
            && self.size_bytes == file.size_bytes
            && self.modified_ns == file.modified_ns
            && self.changed_ns == file.changed_ns
            && self.inode == file.inode
            && self.read_ns - last_ns > tick_ns
    }

    /// Returns whether reading by the map that `file` is to be read by would give the same.
    pub fn is_read_as(&self, file: &ArchiveFile) -> bool {
        self.map.as_ref().is_none_or(|map| *map == *file.map)
    }
}

/// Thousands of entries share a text; in a line of JSON it is a text like any other.
mod shared_text {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(from).map(Arc::from)
    }
}
