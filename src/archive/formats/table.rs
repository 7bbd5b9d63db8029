//! Tables with a header line: an article per row, its fields named by the columns.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::input::lines::{Lines, TooLong};
use crate::archive::read_article::ReadArticle;
use crate::error::{Doubt, Problem};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use std::io::{self, BufRead};

/// What may stand between columns; where two occur equally often in the header, the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many bytes of the header line are looked at for the delimiter.
const HEADER_BYTES: usize = 8 * 1024;

/// Reads the articles of a table.
pub(crate) fn articles(
    file: &ArchiveFile,
    mut input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let delimiter = match delimiter(&mut *input) {
        Ok(delimiter) => delimiter,
        Err(error) => return each(Err(error.into())),
    };
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Lines::new(input));
    let mut header: Option<Vec<String>> = None;
    let mut row = StringRecord::new();
    loop {
        rows.get_mut().begin_record();
        match rows.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return each(Err(flaw(error))),
        }
        let line = row.position().map_or(0, csv::Position::line);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &header else {
            header = Some(row.iter().map(column_name).collect());
            continue;
        };
        // Tables that were put one behind another repeat their header.
        if row.iter().map(column_name).eq(columns.iter().cloned()) {
            continue;
        }
        let mut fields = Record::default();
        let has_extra_cells = row.len() > columns.len();
        let rest = || row.iter().skip(columns.len() - 1).collect::<Vec<_>>();
        for (at, (column, cell)) in (1..).zip(columns.iter().zip(&row)) {
            if has_extra_cells && at == columns.len() {
                let delimiter = char::from(delimiter).to_string();
                fields.set(column, Some(rest().join(&delimiter)));
            } else {
                fields.set(column, Some(cell));
            }
        }
        let mut read = fields.article(file, Share::Part);
        if let Ok(read) = &mut read
            && has_extra_cells
        {
            read.doubts.push(Doubt::from(Problem::ExtraCells {
                columns: columns.len(),
                cells: row.len(),
            }));
        }
        each(ReadArticle::at_line(read, line));
    }
}

/// Finds the delimiter in the first line, and passes over the `sep=;` that spreadsheets write
/// before it.
fn delimiter(input: &mut dyn BufRead) -> io::Result<u8> {
    let head = input.fill_buf()?;
    let head = head.get(..HEADER_BYTES).unwrap_or(head);
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let whole_line = line.len() + 1;
    if let Some([delimiter, ..]) = line.strip_prefix(b"sep=") {
        let delimiter = *delimiter;
        input.consume(whole_line);
        return Ok(delimiter);
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
    Ok(found.map_or(b',', |(delimiter, _)| *delimiter))
}

fn column_name(cell: &str) -> String {
    cell.trim().trim_start_matches('\u{FEFF}').to_owned()
}

fn flaw(error: csv::Error) -> Flaw {
    let line = error.position().map(csv::Position::line);
    let problem = match error.into_kind() {
        ErrorKind::Io(error) if is_too_long(&error) => Problem::TooLarge {
            size_bytes: MAX_ARTICLE_BYTES + 1,
            max_bytes: MAX_ARTICLE_BYTES,
        },
        ErrorKind::Io(error) => error.into(),
        other => Problem::BrokenArchive {
            reason: format!("{other:?}"),
        },
    };
    Flaw { line, problem }
}

fn is_too_long(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<TooLong>)
}
