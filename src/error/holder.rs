//! The process that writes to an index.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The process that writes to an index, as it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub pid: u32,
    /// Name of its computer.
    pub host: String,
    /// When it began: 2026-03-26T18:15:14Z.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pid, host, since } = self;
        write!(f, "process {pid} on {host} since {since}")
    }
}
