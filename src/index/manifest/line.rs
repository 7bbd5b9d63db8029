//! One line of a manifest.

use crate::index::file_entry::Entry;
use crate::index::roots::Root;
use serde::{Deserialize, Serialize};

// Paths are kept as text: JSON knows no other, and the index has the same text in its field `path`.
// Bytes that are not UTF-8 become U+FFFD there; such a file is read all the same, by its real name.

/// An article that was removed by its id or by a query: it does not come back when its file is read
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its id.
    pub id: String,
    /// Its collection.
    pub collection: String,
    /// The file that it came from.
    pub path: String,
    /// Hash of its content.
    pub hash: u64,
    /// What exact repeats of it have too, which stay away as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_hash: Option<u64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line {
    /// `None` forgets the file.
    File { path: String, entry: Option<Entry> },
    /// `None` forgets the root.
    Root { ordinal: u32, root: Option<Root> },
    /// `None` lets the article come back.
    Removed { key: u64, mark: Option<Mark> },
}
