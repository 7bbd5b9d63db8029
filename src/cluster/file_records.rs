//! What is known of the files that were read, kept in the cluster beside the articles: the lines of
//! a manifest, each a document of its own.
//!
//! Every share of an archive has its own, so that workers on shares need not know of each other.

use crate::archive::FieldMap;
use crate::cluster::bulk::Change;
use crate::cluster::cluster_index::{ClusterIndex, Documents, hits_of};
use crate::error::{Error, Result};
use crate::index::manifest::line::Line;
use crate::index::manifest::records::Records;
use crate::index::share::Share;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many records a page has.
const PAGE: usize = 5_000;
/// What stands for the share of an index that takes all files.
const WHOLE: &str = "whole";

/// What the cluster knows of the files of a share.
#[derive(Debug, Default)]
pub(crate) struct FileRecords {
    pub(crate) records: Records,
    pub(crate) map: FieldMap,
    /// The newest version of all of them.
    pub(crate) version: u64,
}

impl FileRecords {
    /// Reads them.
    ///
    /// # Errors
    /// [`crate::error::ClusterProblem::Garbled`] where one is none of ours, and as
    /// [`ClusterIndex::search`].
    pub(crate) fn read(index: &ClusterIndex, share: Option<Share>) -> Result<Self> {
        let mut all = Self::default();
        let body = json!({
            "query": {"term": {"share": share_name(share)}},
            "sort": [{"key": "asc"}], "size": PAGE, "version": true,
        });
        index.for_each_hits::<Error>(Documents::Files, &body, &mut |found| {
            for hit in hits_of(found) {
                all.version = all.version.max(hit["_version"].as_u64().unwrap_or(0));
                let source = Source::deserialize(&hit["_source"]);
                let source = source.map_err(|error| index.garbled(&error.to_string()))?;
                match source.record {
                    Record::Line(line) => all.records.take(line),
                    Record::Map(map) => all.map = map,
                }
            }
            Ok(true)
        })?;
        Ok(all)
    }
}

/// Returns the shares that the index holds, `None` for one that takes all files: those with roots.
///
/// # Errors
/// As [`ClusterIndex::search`].
pub(crate) fn shares(index: &ClusterIndex) -> Result<BTreeSet<Option<String>>> {
    let mut shares = BTreeSet::new();
    let body = json!({
        "query": {"term": {"kind": "root"}}, "sort": [{"key": "asc"}], "size": PAGE,
        "_source": ["share"],
    });
    index.for_each_hits::<Error>(Documents::Files, &body, &mut |found| {
        let names = hits_of(found).filter_map(|hit| hit["_source"]["share"].as_str());
        shares.extend(names.map(|name| (name != WHOLE).then(|| name.to_owned())));
        Ok(true)
    })?;
    Ok(shares)
}

/// A document of the index of files.
#[derive(Debug, Deserialize)]
struct Source {
    record: Record,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Record {
    Map(FieldMap),
    #[serde(untagged)]
    Line(Line),
}

/// Returns the name of a line's document.
pub(crate) fn name_of(line: &Line, share: Option<Share>) -> String {
    let share = share_name(share);
    match line {
        Line::File { path, .. } => {
            let mut hasher = blake3::Hasher::new();
            for text in [share.as_bytes(), b"\0", path.as_bytes()] {
                hasher.update(text);
            }
            format!("file-{}", hasher.finalize().to_hex())
        }
        Line::Root { ordinal, .. } => format!("root-{share}-{ordinal}"),
        Line::Removed { key, .. } => format!("mark-{key:016x}"),
    }
}

/// Makes the change that a line stands for.
pub(crate) fn change_of(line: &Line, share: Option<Share>, version: u64) -> Change {
    let name = name_of(line, share);
    let kind = match line {
        Line::File { entry: Some(_), .. } => "file",
        Line::Root { root: Some(_), .. } => "root",
        _ => return Change::of_document(&name, version, None),
    };
    let document = document(&name, kind, share, line);
    Change::of_document(&name, version, Some(&document))
}

/// Makes the change that keeps a map of fields.
pub(crate) fn change_of_map(map: &FieldMap, share: Option<Share>, version: u64) -> Change {
    let name = format!("map-{}", share_name(share));
    let document = document(&name, "map", share, &json!({"map": map}));
    Change::of_document(&name, version, Some(&document))
}

fn document(name: &str, kind: &str, share: Option<Share>, record: &impl Serialize) -> Value {
    json!({"key": name, "kind": kind, "share": share_name(share), "record": record})
}

fn share_name(share: Option<Share>) -> String {
    share.map_or_else(|| WHOLE.to_owned(), |share| share.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::ContentHash;
    use crate::index::file_entry::Entry;

    #[test]
    fn a_record_comes_back_from_its_document() {
        let line = || Line::File {
            path: "/архів/1.txt".to_owned(),
            entry: Some(Entry::new("архів".into(), ContentHash::from_bytes([7; 32]))),
        };
        let share: Option<Share> = "3/16".parse().ok();
        let change = change_of(&line(), share, 5);
        let source = change.text.lines().nth(1).unwrap();
        let read: Source = serde_json::from_str(source).unwrap();
        let Record::Line(Line::File { path, entry }) = read.record else {
            panic!("{source}")
        };
        assert_eq!(path, "/архів/1.txt");
        assert_eq!(entry.unwrap().hash, ContentHash::from_bytes([7; 32]));
        assert_ne!(name_of(&line(), share), name_of(&line(), None));
        let change = change_of_map(&FieldMap::default(), share, 5);
        let read: Source = serde_json::from_str(change.text.lines().nth(1).unwrap()).unwrap();
        assert!(matches!(read.record, Record::Map(_)));
    }
}
