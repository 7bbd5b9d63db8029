//! Postings of some articles of a segment, sorted and written aside, so that memory is bounded.
//!
//! A run has a section for each field of texts, in the order of the schema; a section has its terms
//! in the order of their bytes. A term is its length plus one and its bytes, then the length of its
//! postings and the postings: for each article the distance to the one before, how often the term
//! stands there (or its impact), and the positions. A length of 0 ends the section.
//!
//! The files have no name and are gone with the process, however it ends.

use crate::index::segment::numbers::{Numbers, push};
use crate::index::segment::text_postings::Postings;
use std::fs::File;
use std::io;
use std::io::{BufReader, BufWriter, Read, Result, Seek, Write};
use std::path::Path;

/// How much of a run is read or written at once, in bytes.
const BUFFER_BYTES: usize = 1 << 18;

/// A run that is being written.
pub(super) struct RunWriter {
    file: BufWriter<File>,
    postings: Vec<u8>,
    head: Vec<u8>,
}

impl RunWriter {
    /// Starts a run in the folder `scratch`.
    pub(super) fn new(scratch: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(scratch)?;
        Ok(Self {
            file: BufWriter::with_capacity(BUFFER_BYTES, file),
            postings: Vec::new(),
            head: Vec::new(),
        })
    }

    /// Writes a term with its postings.
    pub(super) fn write_term(&mut self, term: &[u8], postings: &Postings) -> Result<()> {
        self.postings.clear();
        let mut positions = postings.positions.iter();
        let mut before = 0;
        for (doc, count) in &postings.docs {
            push(&mut self.postings, doc - before);
            push(&mut self.postings, *count);
            before = *doc;
            if postings.has_positions {
                for position in positions.by_ref().take(*count as usize) {
                    push(&mut self.postings, *position);
                }
            }
        }
        self.head.clear();
        push(&mut self.head, length(term) + 1);
        self.head.extend_from_slice(term);
        push(&mut self.head, length(&self.postings));
        self.file.write_all(&self.head)?;
        self.file.write_all(&self.postings)
    }

    /// Ends the section of a field.
    pub(super) fn end_section(&mut self) -> Result<()> {
        self.file.write_all(&[0])
    }

    /// Ends the run, to be read from its start.
    pub(super) fn finish(self) -> Result<RunReader> {
        let mut file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(RunReader {
            file: BufReader::with_capacity(BUFFER_BYTES, file),
            term: Vec::new(),
            postings: Vec::new(),
        })
    }
}

/// A run that is read from its start to its end.
#[derive(Debug)]
pub(super) struct RunReader {
    file: BufReader<File>,
    term: Vec<u8>,
    postings: Vec<u8>,
}

impl RunReader {
    /// Goes to the next term; `false` at the end of the section.
    pub(super) fn next_term(&mut self) -> Result<bool> {
        let Some(length) = self.number()?.checked_sub(1) else {
            self.term.clear();
            return Ok(false);
        };
        self.term.resize(length as usize, 0);
        self.file.read_exact(&mut self.term)?;
        let length = self.number()?;
        self.postings.resize(length as usize, 0);
        self.file.read_exact(&mut self.postings)?;
        Ok(true)
    }

    /// Returns the term.
    pub(super) fn term(&self) -> &[u8] {
        &self.term
    }

    /// Adds the postings of the term to `postings`.
    pub(super) fn read_postings(&self, postings: &mut Postings) {
        let mut numbers = Numbers(&self.postings);
        let mut doc = 0;
        while !numbers.is_empty() {
            doc += numbers.next();
            let count = numbers.next();
            postings.docs.push((doc, count));
            if postings.has_positions {
                let positions = (0..count).map(|_| numbers.next());
                postings.positions.extend(positions);
            }
        }
    }

    fn number(&mut self) -> Result<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let mut byte = [0];
            self.file.read_exact(&mut byte)?;
            number |= u32::from(byte[0] & 0x7f) << shift;
            if byte[0] < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
