//! Which parts of the segments are damaged.

use crate::index::verify::fault::{FileKind, Finding};
use std::collections::BTreeMap;

/// The damaged parts of a segment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of its own")]
pub(crate) struct Damage {
    /// The texts as they were read.
    pub(crate) texts: bool,
    /// Ids, dates, sources and other values.
    pub(crate) columns: bool,
    /// Terms and postings, which have most of these values too.
    pub(crate) terms: bool,
    /// What is made of the texts alone: positions and lengths.
    pub(crate) places: bool,
    /// Which articles were removed.
    pub(crate) removals: bool,
}

impl Damage {
    /// Notes that a file is damaged.
    pub(crate) fn note(&mut self, kind: FileKind) {
        match kind {
            FileKind::Texts => self.texts = true,
            FileKind::Columns => self.columns = true,
            FileKind::Terms | FileKind::Postings => self.terms = true,
            FileKind::Positions | FileKind::Lengths => self.places = true,
            FileKind::Removals => self.removals = true,
            FileKind::Commit | FileKind::Manifest | FileKind::Copies => {}
        }
    }
}

/// Returns the damaged segments, by the name that their files begin with.
pub(crate) fn of_segments(findings: &[Finding]) -> BTreeMap<String, Damage> {
    let mut damaged: BTreeMap<String, Damage> = BTreeMap::new();
    for finding in findings {
        if let (Some(segment), Some(kind)) = (&finding.segment, finding.kind()) {
            damaged.entry(segment.clone()).or_default().note(kind);
        }
    }
    damaged
}
