//! The rows of a table, one after another, also behind a quote that nobody closed.

use crate::archive::flaw::Flaw;
use crate::archive::formats::table::shape::Shape;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::input::bounded_line::{Line, next_line};
use crate::error::Problem;
use csv::{ReaderBuilder, StringRecord};
use std::collections::VecDeque;
use std::io::BufRead;

/// A cell with this many lines that look like rows has an unclosed quote.
const MAX_INNER_ROWS: usize = 50;

/// How rows are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// What stands before a quote inside quotes, where that is not another quote.
    pub(crate) escape: Option<u8>,
    /// The last byte of a line: `\r` in files of old Macintoshes.
    pub(crate) line_end: u8,
}

/// A row and where it begins.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    pub(crate) line: u64,
    /// A quote in it is not closed; the row was cut where the next one begins.
    pub(crate) is_cut: bool,
}

/// Reads rows; see [`Rows::next_row`].
pub(crate) struct Rows<'a> {
    input: Box<dyn BufRead + 'a>,
    dialect: Dialect,
    /// Lines that were read ahead.
    waiting: VecDeque<Vec<u8>>,
    /// The number of the last line that was taken.
    line: u64,
    /// What is known of the columns; nothing before the header is read.
    shapes: Vec<Shape>,
    /// A row was given up, and its end is looked for.
    is_lost: bool,
    /// An error met while reading ahead; reported once the lines before it are read.
    fault: Option<Flaw>,
}

impl<'a> Rows<'a> {
    /// Reads `input` from `line` on.
    pub(crate) fn new(input: Box<dyn BufRead + 'a>, dialect: Dialect, lines_before: u64) -> Self {
        Self {
            input,
            dialect,
            waiting: VecDeque::new(),
            line: lines_before,
            shapes: Vec::new(),
            is_lost: false,
            fault: None,
        }
    }

    /// Sets how many columns the table has.
    pub(crate) fn set_columns(&mut self, count: usize) {
        self.shapes = vec![Shape::Unknown; count];
    }

    /// Learns from a row that was read well what the columns hold.
    pub(crate) fn learn(&mut self, row: &Row) {
        if row.cells.len() == self.shapes.len() {
            for (shape, cell) in self.shapes.iter_mut().zip(&row.cells) {
                *shape = shape.with(cell);
            }
        }
    }

    /// Reads the next row that is not blank; `None` at the end.
    ///
    /// A quoted cell may have any number of lines. Where its quote is never closed, or closed where
    /// another cell begins, the row ends before the first line that is a row by itself: it has a
    /// cell for every column, each of the shape that the column has.
    ///
    /// # Errors
    ///
    /// Fails where a row is too long for an article, and where the stream cannot be read; after the
    /// first the next row can be asked for.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row>, Flaw> {
        loop {
            let Some(first) = self.next_line()? else {
                return Ok(None);
            };
            if first.trim_ascii().is_empty() || (self.is_lost && !self.is_row(&first)) {
                continue;
            }
            self.is_lost = false;
            let line = self.line;
            let row = match self.dialect.quotes(&first) {
                quotes if quotes.is_open() => self.long_row(first, quotes)?,
                quotes if quotes.is_odd => (self.cut_cells(&[first]), true),
                _ => (self.dialect.cells(&first, true), false),
            };
            let (cells, is_cut) = row;
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(Row {
                    cells,
                    line,
                    is_cut,
                }));
            }
        }
    }

    /// Reads a row of which a quoted cell goes on in the next line.
    fn long_row(&mut self, first: Vec<u8>, quotes: Quotes) -> Result<(Vec<String>, bool), Flaw> {
        let line = self.line;
        let shapes = self.shapes_with(&first);
        let mut quotes = quotes;
        let mut size_bytes = first.len();
        let mut lines = vec![first];
        let mut inner_rows = Vec::new();
        let is_too_large = |size: usize| u64::try_from(size).is_ok_and(|s| s > MAX_ARTICLE_BYTES);
        while quotes.is_open()
            && inner_rows.len() < MAX_INNER_ROWS
            && !is_too_large(size_bytes)
            && self.fault.is_none()
        {
            let next = match self.next_line() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(flaw) => {
                    self.is_lost = false;
                    self.line -= 1;
                    self.fault = Some(flaw);
                    break;
                }
            };
            quotes.read(&next);
            if self.is_row(&next) || self.is_faulty_row(&next, &shapes) {
                inner_rows.push(lines.len());
            }
            size_bytes += next.len();
            lines.push(next);
        }
        let cells = self.dialect.cells(&lines.concat(), true);
        let is_of_columns = self.shapes.is_empty() || cells.len() == self.shapes.len();
        if !quotes.is_faulty() && is_of_columns {
            return Ok((cells, false));
        }
        // Where all quotes are closed, a comma in a text says less than the shape of a column does.
        let has_shape = self.shapes.iter().any(|shape| shape.is_telling());
        let cut = inner_rows.first().copied();
        let cut = cut.filter(|_| has_shape || quotes.is_faulty());
        // The header alone cannot be compared with anything.
        let cut = cut.or((self.shapes.is_empty() && quotes.is_open()).then_some(1));
        let Some(cut) = cut else {
            if is_too_large(size_bytes) {
                self.is_lost = !self.shapes.is_empty();
                let problem = Problem::TooLarge {
                    size_bytes: u64::try_from(size_bytes).unwrap_or(u64::MAX),
                    max_bytes: MAX_ARTICLE_BYTES,
                };
                return Err(Flaw::at(line, problem));
            }
            let is_open = quotes.is_open();
            let cells = if is_open {
                self.cut_cells(&lines)
            } else {
                cells
            };
            return Ok((cells, is_open));
        };
        let behind = lines.split_off(cut);
        self.line -= u64::try_from(behind.len()).unwrap_or_default();
        for line in behind.into_iter().rev() {
            self.waiting.push_front(line);
        }
        Ok((self.cut_cells(&lines), true))
    }

    /// Returns the cells of a row whose quote is not closed: the quote is a mark of the text,
    /// unless it keeps delimiters or lines together.
    fn cut_cells(&self, lines: &[Vec<u8>]) -> Vec<String> {
        let text = lines.concat();
        let quoted = self.dialect.cells(&text, true);
        if lines.len() > 1 {
            return quoted;
        }
        let unquoted = self.dialect.cells(&text, false);
        let is_of_columns = |cells: &[String]| cells.len() == self.shapes.len();
        if is_of_columns(&quoted) && !is_of_columns(&unquoted) {
            return quoted;
        }
        unquoted.iter().map(|cell| without_quotes(cell)).collect()
    }

    /// Says whether a line is a row by itself.
    fn is_row(&self, line: &[u8]) -> bool {
        let quotes = self.dialect.quotes(line);
        if self.shapes.is_empty() || quotes.is_faulty() || quotes.cells != self.shapes.len() {
            return false;
        }
        let cells = self.dialect.cells(line, true);
        let mut pairs = self.shapes.iter().zip(&cells);
        pairs.all(|(shape, cell)| shape.fits(cell))
    }

    /// Returns the shapes of the columns and of the cells that a line has where quotes mean
    /// nothing.
    fn shapes_with(&self, line: &[u8]) -> Vec<Shape> {
        let cells = self.dialect.cells(line, false);
        let mut shapes = self.shapes.clone();
        if cells.len() == shapes.len() {
            for (shape, cell) in shapes.iter_mut().zip(&cells) {
                *shape = shape.with(cell);
            }
        }
        shapes
    }

    /// Says whether a line is a row by itself of which the quotes are wrong too: then a column of a
    /// shape must bear it out.
    fn is_faulty_row(&self, line: &[u8], shapes: &[Shape]) -> bool {
        if shapes.is_empty() || !self.dialect.quotes(line).is_faulty() {
            return false;
        }
        let cells = self.dialect.cells(line, false);
        let mut pairs = shapes.iter().zip(&cells);
        let bears_out =
            |(shape, cell): (&Shape, &String)| shape.is_telling() && Shape::of(cell) == *shape;
        cells.len() == shapes.len()
            && pairs.clone().all(|(shape, cell)| shape.fits(cell))
            && pairs.any(bears_out)
    }

    /// Takes the next line. One that is too long is passed over with a flaw.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, Flaw> {
        self.line += 1;
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        if let Some(fault) = self.fault.take() {
            self.is_lost = !self.shapes.is_empty();
            return Err(fault);
        }
        let mut line = Vec::new();
        let end = self.dialect.line_end;
        match next_line(&mut *self.input, &mut line, end, MAX_ARTICLE_BYTES) {
            Ok(Line::Whole) => {
                if let Some(last) = line.last_mut().filter(|last| **last == end) {
                    *last = b'\n';
                }
                Ok(Some(line))
            }
            Ok(Line::End) => {
                self.line -= 1;
                Ok(None)
            }
            Ok(Line::TooLong { size_bytes }) => {
                self.is_lost = !self.shapes.is_empty();
                let max_bytes = MAX_ARTICLE_BYTES;
                let problem = Problem::TooLarge {
                    size_bytes,
                    max_bytes,
                };
                Err(Flaw::at(self.line, problem))
            }
            Err(error) => Err(Flaw::at(self.line, error.into())),
        }
    }
}

/// Returns a cell without the quotes around it, of which one may be missing.
fn without_quotes(cell: &str) -> String {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').unwrap_or(cell);
    let inner = match inner.strip_suffix('"') {
        Some(shorter) if inner.len() < cell.len() => shorter,
        _ => inner,
    };
    inner.replace("\"\"", "\"")
}

impl Dialect {
    fn quotes(self, line: &[u8]) -> Quotes {
        let mut quotes = Quotes {
            dialect: self,
            state: State::Start,
            is_odd: false,
            cells: 1,
        };
        quotes.read(line);
        quotes
    }

    /// Takes a row apart.
    fn cells(self, row: &[u8], has_quotes: bool) -> Vec<String> {
        let mut rows = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .escape(self.escape)
            .quoting(has_quotes)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(row.len().min(8 * 1024))
            .from_reader(row);
        let mut record = StringRecord::new();
        let mut cells: Vec<String> = Vec::new();
        // The row is whole and the stream is UTF-8, so nothing fails. A lone `\r` ends a record for
        // the parser, but not the row.
        while let Ok(true) = rows.read_record(&mut record) {
            let mut more = record.iter().map(str::to_owned);
            if let Some(last) = cells.last_mut() {
                last.push('\n');
                last.push_str(&more.next().unwrap_or_default());
            }
            cells.extend(more);
        }
        cells
    }
}

/// Where in the quotes of a row its text stands.
#[derive(Debug, Clone, Copy)]
struct Quotes {
    dialect: Dialect,
    state: State,
    /// A text goes on behind a closing quote.
    is_odd: bool,
    cells: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Escaped,
    /// Behind a quote that closes, unless another follows.
    Closed,
}

impl Quotes {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Quoted | State::Escaped)
    }

    fn is_faulty(&self) -> bool {
        self.is_open() || self.is_odd
    }

    fn read(&mut self, line: &[u8]) {
        for byte in line {
            let is_end = *byte == self.dialect.delimiter;
            self.state = match (self.state, byte) {
                (State::Quoted, byte) if Some(*byte) == self.dialect.escape => State::Escaped,
                (State::Quoted, b'"') => State::Closed,
                (State::Quoted | State::Escaped, _) | (State::Closed, b'"') => State::Quoted,
                _ if is_end => {
                    self.cells += 1;
                    State::Start
                }
                (_, b'\n') => State::Start,
                (State::Start, b'"') => State::Quoted,
                (State::Closed, b'\r' | b' ') => State::Closed,
                (State::Closed, _) => {
                    self.is_odd = true;
                    State::Plain
                }
                (State::Start | State::Plain, _) => State::Plain,
            };
        }
    }
}
