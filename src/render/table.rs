//! Tables for spreadsheets and scripts.
//!
//! | dialect | between cells | quotes | byte order mark |
//! |---|---|---|---|
//! | CSV | `,` | where they are needed | yes: without one Excel takes Ukrainian for another encoding |
//! | TSV | a tab | never: `cut` and `awk` know none | no |
//!
//! A cell is one line: line breaks and tabs become spaces. Text that a spreadsheet would run as a
//! formula gets an apostrophe before it.

use crate::render::hit_field::Cell;
use crate::render::spreadsheet::{harmless, of_csv};
use std::io::{self, Write};

/// How cells are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// For spreadsheets.
    Csv,
    /// For scripts.
    Tsv,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes rows, each at once.
pub struct TableWriter<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> TableWriter<W> {
    /// Starts a table with the names of its columns.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn new(dialect: Dialect, heads: &[&str], mut out: W) -> io::Result<Self> {
        if dialect == Dialect::Csv {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        let mut table = Self::within(dialect, out);
        table.writer.write_record(heads).map_err(of_csv)?;
        Ok(table)
    }

    /// Goes on with a table that is begun.
    pub fn within(dialect: Dialect, out: W) -> Self {
        let mut builder = csv::WriterBuilder::new();
        if dialect == Dialect::Tsv {
            builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
        }
        Self {
            writer: builder.from_writer(out),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> io::Result<()> {
        for cell in cells {
            let written = match cell {
                Cell::Text(text) => self.writer.write_field(harmless(&text).as_bytes()),
                Cell::Number(number) => self.writer.write_field(number),
            };
            written.map_err(of_csv)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(of_csv)
    }

    /// Writes what is left of the last rows.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn finish(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(dialect: Dialect, cells: &[&str]) -> String {
        let mut out = Vec::new();
        let mut table = TableWriter::new(dialect, &["перша", "друга"], &mut out).unwrap();
        let text = |cell: &&str| Cell::Text((*cell).to_owned());
        table.row(cells.iter().map(text)).unwrap();
        table.finish().unwrap();
        drop(table);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_with_commas_and_quotes_are_quoted_for_spreadsheets_and_one_line_each() {
        assert_eq!(
            table(Dialect::Csv, &["кіт, \"пес\"", "рядок\nі ще"]),
            "\u{feff}перша,друга\n\"кіт, \"\"пес\"\"\",рядок і ще\n"
        );
        assert_eq!(
            table(Dialect::Tsv, &["кіт, \"пес\"", "а\tб\u{1b}[1m"]),
            "перша\tдруга\nкіт, \"пес\"\tа б\u{fffd}[1m\n"
        );
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for start in ["=", "+", "-", "@", "\t=", "\r="] {
            let shown = table(Dialect::Csv, &[&format!("{start}1+1"), "а"]);
            let cell = shown.lines().nth(1).unwrap();
            assert!(cell.starts_with('\''), "{shown:?}");
        }
        let mut out = Vec::new();
        let mut numbers = TableWriter::new(Dialect::Tsv, &["n"], &mut out).unwrap();
        numbers.row([Cell::Number("-0.5".to_owned())]).unwrap();
        numbers.finish().unwrap();
        drop(numbers);
        assert_eq!(out, b"n\n-0.5\n");
    }

    #[test]
    fn an_empty_cell_stays_a_cell() {
        assert_eq!(table(Dialect::Csv, &["", ""]), "\u{feff}перша,друга\n,\n");
    }
}
