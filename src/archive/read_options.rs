//! How the files of an archive are read.

use super::encoding::Charset;
use super::field_map::FieldMap;
use super::format::Format;
use jiff::civil;
use std::sync::Arc;

/// What holds for all files of an archive.
#[derive(Debug, Clone)]
pub(super) struct ReadOptions {
    /// The day of reading: no date lies behind it.
    pub(super) today: civil::Date,
    /// The format of every file, whatever it looks like.
    pub(super) format: Option<Format>,
    /// The encoding of every file, whatever it looks like.
    pub(super) charset: Option<Charset>,
    /// Keys that hold fields in JSON and tables.
    pub(super) map: Arc<FieldMap>,
}
