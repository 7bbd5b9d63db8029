//! The data files of the dictionary, in memory.

use crate::pack::Packed;

/// The content of the data files, and what to tell about it.
pub(crate) struct Data {
    /// `uk.fst` and `uk.rules`.
    pub(crate) forms: Packed,
    /// `uk-endings.fst` and `uk-endings.rules`.
    pub(crate) endings: Packed,
    /// `uk.meta.json`.
    pub(crate) description: String,
    /// Counts and sizes, one a line.
    pub(crate) report: String,
}
