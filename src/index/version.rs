//! The versions that built an index. Every commit records them; opening compares them.

use crate::analysis;
use crate::analysis::ANALYZER_VERSION;
use crate::archive::{ContentHash, FieldMap};
use crate::error::{Error, Result};
use crate::index::manifest::Extent;
use crate::schema::FORMAT_VERSION;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a commit says of itself: the versions that built it and where its manifest ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Version of the index format.
    pub format: u32,
    /// Version of the analysis.
    pub analyzer: u32,
    /// Fingerprint of the dictionary and of the supplement to it.
    pub dictionary: String,
    /// Name of the manifest file beside the engine's files; empty before the first job.
    pub manifest: String,
    /// How much of the manifest belongs to the commit, in bytes.
    pub manifest_bytes: u64,
    /// The hash of these bytes; `None` in a commit of a program that kept none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest_hash: Option<ContentHash>,
    /// Name of the file of the clusters of copies and of exact repeats; empty where there are none.
    #[serde(default)]
    pub copies: String,
    /// Whether articles have changed since that file was made: the job has not ended.
    #[serde(default)]
    pub copies_are_old: bool,
    /// Which keys of foreign JSON and tables hold which fields; the next job reads by it again.
    #[serde(default, skip_serializing_if = "FieldMap::is_empty")]
    pub map: FieldMap,
}

impl Default for Payload {
    /// The versions of this program, and no manifest yet.
    fn default() -> Self {
        Self {
            format: FORMAT_VERSION,
            analyzer: ANALYZER_VERSION,
            dictionary: analysis::fingerprint().to_owned(),
            manifest: String::new(),
            manifest_bytes: 0,
            manifest_hash: None,
            copies: String::new(),
            copies_are_old: false,
            map: FieldMap::default(),
        }
    }
}

impl Payload {
    /// Reads the payload of a commit and compares its versions with this program's. An index that
    /// was made but never committed to has none and is empty.
    ///
    /// # Errors
    /// [`Error::OtherVersion`] names the first version that differs, [`Error::Damaged`] tells of a
    /// payload that is none.
    pub fn check(payload: Option<&str>, path: &Path) -> Result<Self> {
        let Some(text) = payload else {
            return Ok(Self::default());
        };
        let found: Self = serde_json::from_str(text).map_err(|error| Error::Damaged {
            path: path.to_owned(),
            what: format!("commit payload: {error}"),
        })?;
        let ours = Self::default();
        let versions = [
            ("format", found.format.to_string(), ours.format.to_string()),
            (
                "analyzer",
                found.analyzer.to_string(),
                ours.analyzer.to_string(),
            ),
            ("dictionary", found.dictionary.clone(), ours.dictionary),
        ];
        for (what, found, expected) in versions {
            if found != expected {
                return Err(Error::OtherVersion {
                    path: path.to_owned(),
                    what,
                    found,
                    expected,
                });
            }
        }
        Ok(found)
    }

    /// Returns how much of the manifest belongs to the commit.
    pub fn extent(&self) -> Extent {
        Extent {
            name: self.manifest.clone(),
            bytes: self.manifest_bytes,
            hash: self.manifest_hash,
        }
    }

    /// Returns the payload as the text that a commit keeps.
    pub fn to_text(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_of_this_program_is_accepted_as_it_was_written() {
        let payload = Payload {
            manifest: "manifest-1.jsonl".into(),
            manifest_bytes: 7,
            map: "title=headline,body=content.text".parse().unwrap(),
            ..Payload::default()
        };
        assert_eq!(
            Payload::check(Some(&payload.to_text()), Path::new("i")).unwrap(),
            payload
        );
        assert_eq!(
            Payload::check(None, Path::new("i")).unwrap(),
            Payload::default()
        );
    }

    #[test]
    fn another_version_is_refused_by_name_with_the_way_out() {
        let payload = Payload {
            analyzer: ANALYZER_VERSION + 1,
            ..Payload::default()
        };
        let error = Payload::check(Some(&payload.to_text()), Path::new("/tmp/i"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("analyzer") && error.contains("shukach reindex --index /tmp/i"),
            "{error}"
        );
        let payload = Payload {
            dictionary: "other".into(),
            ..Payload::default()
        };
        let error = Payload::check(Some(&payload.to_text()), Path::new("i"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("dictionary other"), "{error}");
    }

    #[test]
    fn a_payload_that_is_none_is_damage() {
        assert!(matches!(
            Payload::check(Some("{"), Path::new("i")),
            Err(Error::Damaged { .. })
        ));
    }
}
