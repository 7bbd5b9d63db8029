//! Answers as one JSON document.

use crate::render::sanitize;
use serde::Serialize;
use std::io::{self, Write};

/// Writes `answer` as indented JSON and a line break.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(answer: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(answer).map_err(io::Error::other)?;
    writeln!(out, "{}", sanitize::json(&text))
}
