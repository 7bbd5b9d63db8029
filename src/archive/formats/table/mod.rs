//! Tables: an article per row, its fields named by the columns.
//!
//! | module | what it holds |
//! |---|---|
//! | `rows` | rows, also behind a quote that is not closed |
//! | `columns` | the names of columns |
//! | `shape` | what cells look like |

mod columns;
mod rows;
mod shape;
#[cfg(test)]
mod tests;

use crate::archive::fields;
use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::formats::table::rows::{Dialect, Row, Rows};
use crate::archive::json::key;
use crate::archive::read_article::ReadArticle;
use crate::error::{Doubt, Field, Problem};
use std::io::{self, BufRead};

/// What may stand between columns; where two occur equally often in the header, the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many bytes of the header line are looked at for the delimiter.
const HEADER_BYTES: usize = 8 * 1024;

/// Rows sampled to guess what the columns of a table without a header hold.
const SAMPLE_ROWS: usize = 20;

/// Reads the articles of a table.
pub(crate) fn articles(
    file: &ArchiveFile,
    mut input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let (dialect, lines_before) = match dialect(&mut *input) {
        Ok(found) => found,
        Err(error) => return each(Err(error.into())),
    };
    let mut table = Table {
        file,
        delimiter: char::from(dialect.delimiter),
        columns: Vec::new(),
        doubts: Vec::new(),
        each,
    };
    table.read(&mut Rows::new(input, dialect, lines_before));
}

struct Table<'a> {
    file: &'a ArchiveFile,
    delimiter: char,
    columns: Vec<String>,
    /// What is not sure about the table; it stands by the first article.
    doubts: Vec<Doubt>,
    each: &'a mut dyn FnMut(Result<ReadArticle, Flaw>),
}

impl Table<'_> {
    fn read(&mut self, rows: &mut Rows<'_>) {
        let Some(first) = self.next(rows) else {
            return;
        };
        rows.set_columns(first.cells.len());
        if columns::is_header(&first.cells, &self.file.map) {
            if first.is_cut {
                self.doubts.push(Problem::UnclosedQuote.into());
            }
            self.columns = names(&first.cells);
        } else {
            let sample = self.sample(first, rows);
            let guessed = columns::guessed(&sample, &self.file.map, self.file.today);
            let Some(columns) = guessed else {
                let what = "a table without a header that names a title or a text";
                return (self.each)(Err(Problem::NoArticles { what }.into()));
            };
            let columns_read = columns.join(", ");
            self.doubts.push(Problem::NoHeader { columns_read }.into());
            self.columns = columns;
            for row in &sample {
                self.article(row);
            }
        }
        while let Some(row) = self.next(rows) {
            rows.learn(&row);
            // Tables that were put one behind another repeat their header.
            if !is_header_again(&row.cells, &self.columns) {
                self.article(&row);
            }
        }
    }

    fn sample(&mut self, first: Row, rows: &mut Rows<'_>) -> Vec<Row> {
        let mut sample = vec![first];
        while sample.len() < SAMPLE_ROWS
            && let Some(row) = self.next(rows)
        {
            rows.learn(&row);
            sample.push(row);
        }
        sample
    }

    /// Returns the next row that can be read; what is wrong with others is handed out.
    fn next(&mut self, rows: &mut Rows<'_>) -> Option<Row> {
        loop {
            match rows.next_row() {
                Ok(row) => return row,
                Err(flaw) => {
                    let is_end = !matches!(flaw.problem, Problem::TooLarge { .. });
                    (self.each)(Err(flaw));
                    if is_end {
                        return None;
                    }
                }
            }
        }
    }

    fn has_text_column(&self) -> bool {
        let is_text = |field| matches!(field, Field::Title | Field::Lead | Field::Body);
        let of_map = self.file.map.pairs().iter();
        let of_map = of_map.filter(|(_, key)| self.columns.contains(key));
        let known = self
            .columns
            .iter()
            .filter_map(|column| key::meaning(column));
        of_map
            .map(|(field, _)| *field)
            .chain(known.map(|known| known.field))
            .any(is_text)
    }

    fn article(&mut self, row: &Row) {
        let mut fields = Record::default();
        let columns = self.columns.len();
        // Many programs end every row with delimiters.
        let filled = row.cells.iter().rposition(|cell| !cell.trim().is_empty());
        let cells = filled.map_or(0, |at| at + 1);
        let has_extra_cells = cells > columns;
        for (at, (column, cell)) in (1..).zip(self.columns.iter().zip(&row.cells)) {
            if has_extra_cells && at == columns {
                let rest = row.cells.get(at - 1..cells).unwrap_or_default();
                fields.set(column, Some(rest.join(&self.delimiter.to_string())));
            } else {
                fields.set(column, Some(cell));
            }
        }
        let mut read = fields.article(self.file, Share::Part);
        if let Ok(read) = &mut read {
            read.doubts.append(&mut self.doubts);
            if row.is_cut {
                read.doubts.push(Problem::UnclosedQuote.into());
            }
            if has_extra_cells {
                read.doubts
                    .push(Problem::ExtraCells { columns, cells }.into());
            }
        }
        let read = read.map_err(|flaw| match flaw.problem {
            Problem::NoText if !self.has_text_column() => {
                fields::unknown_keys(self.columns.iter().map(String::as_str)).into()
            }
            _ => flaw,
        });
        (self.each)(ReadArticle::at_line(read, row.line));
    }
}

/// Finds how rows are written by the first line, and passes over the `sep=;` that spreadsheets
/// write before it. Returns also how many lines were passed over.
fn dialect(input: &mut dyn BufRead) -> io::Result<(Dialect, u64)> {
    let head = input.fill_buf()?;
    let escape = has_escapes(head).then_some(b'\\');
    let start = head.get(..HEADER_BYTES).unwrap_or(head);
    let has_old_ends = head.contains(&b'\r') && !head.contains(&b'\n');
    let line_end = if has_old_ends { b'\r' } else { b'\n' };
    let line = start
        .split(|byte| *byte == line_end)
        .next()
        .unwrap_or_default();
    let whole_line = line.len() + 1;
    if let Some([delimiter, ..]) = line.strip_prefix(b"sep=") {
        let delimiter = *delimiter;
        input.consume(whole_line);
        let dialect = Dialect {
            delimiter,
            escape,
            line_end,
        };
        return Ok((dialect, 1));
    }
    let mut is_quoted = false;
    let mut counts = [0_usize; DELIMITERS.len()];
    for byte in line {
        is_quoted ^= *byte == b'"';
        for (delimiter, count) in DELIMITERS.iter().zip(&mut counts) {
            *count += usize::from(!is_quoted && byte == delimiter);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let found = DELIMITERS
        .iter()
        .zip(counts)
        .find(|(_, count)| *count == most);
    let delimiter = found.map_or(b',', |(delimiter, _)| *delimiter);
    let dialect = Dialect {
        delimiter,
        escape,
        line_end,
    };
    Ok((dialect, 0))
}

/// Says whether quotes stand as `\"` inside quotes, as databases write them: a word follows.
fn has_escapes(head: &[u8]) -> bool {
    let is_escape = |window: &[u8]| match window {
        [b'\\', b'"', next] => next.is_ascii_alphanumeric() || !next.is_ascii(),
        _ => false,
    };
    head.windows(3).any(is_escape)
}

fn is_header_again(cells: &[String], columns: &[String]) -> bool {
    let mut pairs = cells.iter().zip(columns);
    cells.len() == columns.len() && pairs.all(|(cell, column)| name(cell) == column)
}

fn names(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| name(cell).to_owned()).collect()
}

fn name(cell: &str) -> &str {
    cell.trim().trim_start_matches('\u{FEFF}')
}
