//! Tables as CSV that a spreadsheet opens as it is meant.

use crate::render::sanitize::one_line;
use std::borrow::Cow;
use std::io::{self, Write};

/// How to write a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetOptions {
    /// Whether the file begins with U+FEFF. Spreadsheets take the file for UTF-8 by it, and would
    /// show Ukrainian letters as others without it; most programs pass over it.
    pub has_bom: bool,
    /// What stands between cells.
    pub separator: u8,
}

impl Default for SheetOptions {
    fn default() -> Self {
        Self {
            has_bom: true,
            separator: b',',
        }
    }
}

/// A table that is written row by row, by RFC 4180.
pub struct Sheet<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    /// Starts a table.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn new(mut out: W, options: SheetOptions) -> io::Result<Self> {
        if options.has_bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let writer = csv::WriterBuilder::new()
            .delimiter(options.separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        Ok(Self { writer })
    }

    /// Writes a row; see [`harmless`].
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        for cell in cells {
            let field = self.writer.write_field(harmless(cell).as_ref());
            field.map_err(of_csv)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(of_csv)
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Where the output cannot be written to.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Returns the error of the output as it was: a reader that went away must be known as such.
pub(crate) fn of_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Returns `cell` with an apostrophe before it if a spreadsheet would take it for a formula, on one
/// line and without what a terminal would obey.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let shown = one_line(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An output whose reader went away.
    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_known_as_such() {
        let options = SheetOptions {
            has_bom: false,
            separator: b',',
        };
        let mut sheet = Sheet::new(Gone, options).unwrap();
        let long = "а".repeat(1 << 20);
        let error = sheet.row([long.as_str(), "б"]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    fn sheet(options: SheetOptions, rows: &[&[&str]]) -> String {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out, options).unwrap();
        for row in rows {
            sheet.row(row.iter().copied()).unwrap();
        }
        sheet.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_with_commas_and_quotes_come_through() {
        assert_eq!(
            sheet(SheetOptions::default(), &[&["мир, «воля»", "a \"b\"", ""]]),
            "\u{feff}\"мир, «воля»\",\"a \"\"b\"\"\",\r\n"
        );
        let plain = SheetOptions {
            has_bom: false,
            separator: b';',
        };
        assert_eq!(sheet(plain, &[&["мир;", "7"]]), "\"мир;\";7\r\n");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for cell in ["=1+1", "+1", "-війна", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("мир -війна"), "мир -війна");
        assert_eq!(harmless("а\u{1b}б\nв"), "а\u{fffd}б в");
    }
}
