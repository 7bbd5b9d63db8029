//! The data files of the Ukrainian language, which are part of the program.
//!
//! The tool `shukach-dictionary` makes them.

use crate::analysis::dictionary::rules::RuleTables;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// `uk.fst`: from a form to the ordinal of its set in [`FORM_RULES`].
pub(crate) static FORMS: &[u8] = include_bytes!("../data/uk.fst");
/// `uk.rules`: from a form to its lemmas.
pub(crate) static FORM_RULES: &[u8] = include_bytes!("../data/uk.rules");
/// `uk-endings.fst`: from an ending, read backwards, to the ordinal of its set in [`ENDING_RULES`].
pub(crate) static ENDINGS: &[u8] = include_bytes!("../data/uk-endings.fst");
/// `uk-endings.rules`: from an unknown form to its keys.
pub(crate) static ENDING_RULES: &[u8] = include_bytes!("../data/uk-endings.rules");

/// What the data are and where they come from; the content of `uk.meta.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description<'a> {
    /// The list of forms and their lemmas.
    #[serde(borrow)]
    pub dictionary: Source<'a>,
    /// The counts that tell which of several lemmas is the likely one.
    pub frequencies: Source<'a>,
    /// Count of distinct forms.
    pub forms: usize,
    /// Count of distinct lemmas.
    pub lemmas: usize,
    /// Count of distinct pairs of a form and a lemma.
    pub pairs: usize,
    /// Count of endings by which keys of unknown forms are guessed.
    pub endings: usize,
    /// The first 16 hexadecimal digits of the BLAKE3 hash of the other files one behind the other:
    /// `uk.fst`, `uk.rules`, `uk-endings.fst`, `uk-endings.rules`.
    pub fingerprint: &'a str,
}

/// Where some data come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source<'a> {
    /// Name and version, such as `morfologik-ukrainian-search 4.9.1`.
    pub version: &'a str,
    /// Who made it.
    pub copyright: &'a str,
    /// SPDX identifier of its licence.
    pub license: &'a str,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: &'a str,
}

/// A map to sets of rules, and the rules.
#[derive(Debug)]
pub(crate) struct Tables {
    /// From codes of letters to the ordinal of a set.
    pub(crate) sets: fst::Map<&'static [u8]>,
    /// The rules and their sets.
    pub(crate) rules: RuleTables<'static>,
}

impl Tables {
    /// Opens a pair of data files; `None` if one of them is damaged.
    pub(crate) fn open(sets: &'static [u8], rules: &'static [u8]) -> Option<Self> {
        Some(Self {
            sets: fst::Map::new(sets).ok()?,
            rules: RuleTables::open(rules)?,
        })
    }
}

/// Returns what the data are; empty if `uk.meta.json` is damaged.
pub fn description() -> &'static Description<'static> {
    static DESCRIPTION: OnceLock<Description<'static>> = OnceLock::new();
    DESCRIPTION.get_or_init(|| {
        serde_json::from_slice(include_bytes!("../data/uk.meta.json")).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_match_their_fingerprint() {
        let mut hasher = blake3::Hasher::new();
        for data in [FORMS, FORM_RULES, ENDINGS, ENDING_RULES] {
            hasher.update(data);
        }
        let hash = hasher.finalize().to_hex();
        assert_eq!(Some(description().fingerprint), hash.as_str().get(..16));
    }

    #[test]
    fn the_data_tell_their_sources() {
        let Description {
            dictionary,
            frequencies,
            ..
        } = description();
        assert_eq!(dictionary.version, "morfologik-ukrainian-search 4.9.1");
        assert_eq!(dictionary.license, "Apache-2.0");
        assert_eq!(frequencies.license, "CC-BY-4.0");
    }

    #[test]
    fn files_of_another_kind_are_not_opened() {
        assert!(Tables::open(b"", FORM_RULES).is_none());
        assert!(Tables::open(FORMS, b"").is_none());
        assert!(Tables::open(FORM_RULES, FORMS).is_none());
    }

    #[test]
    fn the_maps_are_whole() {
        for map in [FORMS, ENDINGS] {
            fst::Map::new(map).unwrap().as_fst().verify().unwrap();
        }
    }
}
