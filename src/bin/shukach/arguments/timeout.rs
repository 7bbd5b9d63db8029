//! How long an answer may take, and how much memory.

use crate::arguments::resources::size;
use crate::arguments::waiting::duration;
use clap::Args;
use shukach::search::SearchRequest;
use std::time::Duration;

/// The limits of answers that may be partial.
#[derive(Debug, Args)]
pub(crate) struct SearchLimits {
    /// Answer with what is found after so long, and say so: 500ms, 5s; a bare number is
    /// milliseconds
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    timeout: Option<Duration>,
    /// Memory that the hits may take: 256M, 2G; the first of them are the answer then, and it says
    /// so; patterns that would take more are refused
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size)]
    max_memory: usize,
}

impl SearchLimits {
    /// Returns `request` within these limits.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        let bytes = u64::try_from(self.max_memory).unwrap_or(u64::MAX);
        request.timeout(self.timeout).max_memory(bytes)
    }
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
