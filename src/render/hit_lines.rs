//! Hits in forms that are written one by one: nothing of an earlier hit is kept.

use crate::render::chosen::{HitLine, SummaryLine};
use crate::render::hit_field::{HitField, depth_of};
use crate::render::markdown;
use crate::render::sanitize::{is_active, json};
use crate::render::table::{Dialect, TableWriter};
use crate::search::{Depth, Hit, SearchResponse};
use serde::Serialize;
use std::borrow::Cow;
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

/// What hits look like, each on its own: nothing of an earlier one is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineForm {
    format: LineFormat,
    /// Of JSON all where there are none.
    fields: Vec<HitField>,
}

impl LineForm {
    /// Without `fields` the form has those of its own choice.
    pub fn new(format: LineFormat, fields: &[HitField]) -> Self {
        let default: &[HitField] = match format {
            LineFormat::Ndjson | LineFormat::Ids(_) => &[],
            LineFormat::Table(_) => &HitField::OF_TABLES,
            LineFormat::Markdown => &HitField::OF_LISTS,
        };
        Self {
            format,
            fields: if fields.is_empty() { default } else { fields }.to_vec(),
        }
    }

    /// Returns how much of each hit it shows.
    pub fn depth(&self) -> Depth {
        match self.format {
            LineFormat::Ids(_) => Depth::Columns,
            LineFormat::Ndjson if self.fields.is_empty() => Depth::Matches,
            // The headline is marked and links to the article.
            LineFormat::Markdown if self.fields.contains(&HitField::Title) => Depth::Matches,
            _ => depth_of(&self.fields).unwrap_or(Depth::Columns),
        }
    }

    /// Returns `hits` as they are written.
    ///
    /// # Errors
    /// Where a hit has no such form.
    pub fn lines(&self, hits: &[Hit]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        match self.format {
            LineFormat::Ndjson => {
                for hit in hits {
                    write_line(&HitLine::new(hit, &self.fields), &mut out)?;
                }
            }
            LineFormat::Table(dialect) => {
                let mut table = TableWriter::within(dialect, &mut out);
                for hit in hits {
                    table.row(self.fields.iter().map(|field| field.cell(hit)))?;
                }
                table.finish()?;
            }
            LineFormat::Markdown => {
                for hit in hits {
                    markdown::write_hit(hit, &self.fields, &mut out)?;
                }
            }
            LineFormat::Ids(end) => {
                for hit in hits {
                    // A line break in an id would look like the end of it.
                    let shown = if end == 0 {
                        Cow::Borrowed(hit.id.as_str())
                    } else {
                        Cow::Owned(hit.id.replace(is_active, "\u{fffd}"))
                    };
                    out.extend_from_slice(shown.as_bytes());
                    out.push(end);
                }
            }
        }
        Ok(out)
    }
}

/// Writes hits, with what stands before and behind them.
pub struct HitLines<W: Write> {
    form: LineForm,
    out: W,
}

impl<W: Write> HitLines<W> {
    /// Starts with what stands before the first hit.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn new(form: LineForm, mut out: W) -> io::Result<Self> {
        if let LineFormat::Table(dialect) = form.format {
            let heads: Vec<&str> = form.fields.iter().map(|field| field.name()).collect();
            TableWriter::new(dialect, &heads, &mut out)?.finish()?;
        }
        Ok(Self { form, out })
    }

    /// Writes hits.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn hits(&mut self, hits: &[Hit]) -> io::Result<()> {
        let lines = self.form.lines(hits)?;
        self.made(&lines)
    }

    /// Writes hits that [`LineForm::lines`] has made.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn made(&mut self, lines: &[u8]) -> io::Result<()> {
        self.out.write_all(lines)
    }

    /// Writes what stands behind the last hit; of `response` the hits are not used.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn finish(&mut self, response: &SearchResponse) -> io::Result<()> {
        match self.form.format {
            LineFormat::Ndjson => write_line(&SummaryLine::of(response)?, &mut self.out),
            LineFormat::Table(_) | LineFormat::Markdown | LineFormat::Ids(_) => Ok(()),
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
