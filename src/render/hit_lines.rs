//! Hits in forms that are written one by one: nothing of an earlier hit is kept.

use super::chosen::{HitLine, SummaryLine};
use super::hit_field::{Cell, HitField};
use super::markdown;
use super::sanitize::{is_active, json};
use super::table::{Dialect, TableWriter};
use crate::search::{Hit, SearchResponse};
use serde::Serialize;
use std::io::{self, Write};

/// A form of hits that can be written one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFormat {
    /// A JSON object a line: each hit, then a summary.
    Ndjson,
    /// A row a hit.
    Table(Dialect),
    /// A list in Markdown.
    Markdown,
    /// The id of each hit, with this byte behind it.
    Ids(u8),
}

/// Writes hits one by one.
pub enum HitLines<W: Write> {
    /// A JSON object a line. With no fields chosen: all of them.
    Ndjson(W, Vec<HitField>),
    /// A row a hit.
    Table(Box<TableWriter<W>>, Vec<HitField>),
    /// A list in Markdown.
    Markdown(W, Vec<HitField>),
    /// Ids, each with this byte behind it.
    Ids(W, u8),
}

impl<W: Write> HitLines<W> {
    /// Starts with what stands before the first hit. Without `fields` the form has those of its own choice.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn new(format: LineFormat, fields: &[HitField], out: W) -> io::Result<Self> {
        let or = |default: &[HitField]| if fields.is_empty() { default } else { fields }.to_vec();
        Ok(match format {
            LineFormat::Ndjson => Self::Ndjson(out, or(&[])),
            LineFormat::Table(dialect) => {
                let fields = or(&HitField::OF_TABLES);
                let heads: Vec<&str> = fields.iter().map(|field| field.name()).collect();
                Self::Table(Box::new(TableWriter::new(dialect, &heads, out)?), fields)
            }
            LineFormat::Markdown => Self::Markdown(out, or(&HitField::OF_LISTS)),
            LineFormat::Ids(end) => Self::Ids(out, end),
        })
    }

    /// Writes a hit.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        match self {
            Self::Ndjson(out, fields) => write_line(&HitLine::new(hit, fields), out),
            Self::Table(table, fields) => {
                let cells: Vec<Cell> = fields.iter().map(|field| field.cell(hit)).collect();
                table.row(cells)
            }
            Self::Markdown(out, fields) => markdown::write_hit(hit, fields, out),
            Self::Ids(out, end) => {
                // A line break in an id would look like the end of it.
                let shown = if *end == 0 {
                    hit.id.clone()
                } else {
                    hit.id.replace(is_active, "\u{fffd}")
                };
                out.write_all(shown.as_bytes())?;
                out.write_all(&[*end])
            }
        }
    }

    /// Writes what stands behind the last hit; of `response` the hits are not used.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn finish(&mut self, response: &SearchResponse) -> io::Result<()> {
        match self {
            Self::Ndjson(out, _) => write_line(&SummaryLine::of(response)?, out),
            Self::Table(table, _) => table.finish(),
            Self::Markdown(..) | Self::Ids(..) => Ok(()),
        }
    }
}

/// Writes `value` as JSON on one line.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_line(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    let line = serde_json::to_string(value).map_err(io::Error::other)?;
    writeln!(out, "{}", json(&line))
}
