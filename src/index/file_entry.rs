//! What is known of one file that was read.

use crate::archive::{ArchiveFile, ContentHash, FieldMap};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// How many articles of it another file has too, with the same id and content. Such a file is
    /// read again once another one loses articles.
    #[serde(default)]
    pub repeated: u32,
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
