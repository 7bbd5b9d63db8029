//! How long a command that writes waits for another one.

use clap::Args;
use jiff::SignedDuration;
use shukach::index::writer::WriterOptions;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct WaitingArguments {
    /// Wait so long while another process writes to the index: 60s, 5m
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) wait: Option<Duration>,
}

impl WaitingArguments {
    /// Returns the options of a writer that waits so long.
    pub(crate) fn writer(&self) -> WriterOptions {
        WriterOptions {
            wait: self.wait.unwrap_or_default(),
            ..WriterOptions::default()
        }
    }
}

/// Reads a length of time: `60s`, `5m`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let duration: SignedDuration = text
        .parse()
        .map_err(|error: jiff::Error| error.to_string())?;
    Duration::try_from(duration).map_err(|error| error.to_string())
}
