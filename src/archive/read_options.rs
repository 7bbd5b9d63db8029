//! How the files of an archive are read.

use crate::archive::fields::field_map::FieldMap;
use crate::archive::format::Format;
use crate::encoding::Charset;
use jiff::civil;
use std::sync::Arc;
use std::time::Duration;

/// How long reading one article may take: a hundred times what the largest page does.
pub const TIME_LIMIT: Duration = Duration::from_mins(1);

/// What holds for all files of an archive.
#[derive(Debug, Clone)]
pub(crate) struct ReadOptions {
    /// The day of reading: no date lies behind it.
    pub(crate) today: civil::Date,
    /// The format of every file, whatever it looks like.
    pub(crate) format: Option<Format>,
    /// The encoding of every file, whatever it looks like.
    pub(crate) charset: Option<Charset>,
    /// Keys that hold fields in JSON and tables, where they were given.
    pub(crate) map: Option<Arc<FieldMap>>,
    /// How long reading one article may take.
    pub(crate) time_limit: Duration,
}
