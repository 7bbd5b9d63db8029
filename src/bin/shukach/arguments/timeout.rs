//! How long an answer may take.

use crate::arguments::waiting::duration;
use clap::Args;
use std::time::Duration;

/// The time limit of answers that may be partial.
#[derive(Debug, Args)]
pub(crate) struct SearchTimeout {
    /// Answer with what is found after so long, and say so: 500ms, 5s; a bare number is
    /// milliseconds
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    pub(crate) timeout: Option<Duration>,
}

/// The time limit of answers that are whole or an error.
#[derive(Debug, Args)]
pub(crate) struct WholeTimeout {
    /// Give up after so long, without a part of the answer: 500ms, 5s; a bare number is
    /// milliseconds
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    timeout: Option<Duration>,
}

impl WholeTimeout {
    /// Returns the shorter of this limit and `other`.
    pub(crate) fn or_sooner(&self, other: Option<Duration>) -> Option<Duration> {
        [self.timeout, other].into_iter().flatten().min()
    }
}

/// Reads a time limit: `500ms`, `5s`; a bare number is milliseconds.
fn time_limit(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(millis) => Ok(Duration::from_millis(millis)),
        Err(_) => duration(text),
    }
}
