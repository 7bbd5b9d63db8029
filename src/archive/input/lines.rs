//! A stream that knows the line it is at, and how much was read since a record began.

use crate::archive::input::MAX_ARTICLE_BYTES;
use std::io::{self, BufRead, Read};

/// A stream read by lines and records.
pub(crate) struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    line: u64,
    record_bytes: u64,
}

/// Says that a record is too long for an article.
#[derive(Debug, thiserror::Error)]
#[error("too long for an article")]
pub(crate) struct TooLong;

impl<'a> Lines<'a> {
    pub(crate) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        Self {
            input,
            line: 1,
            record_bytes: 0,
        }
    }

    /// Returns the line, counted from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Passes over everything up to and with `mark`, in any case of letters, however long it is;
    /// says whether it was found.
    pub(crate) fn skip_past(&mut self, mark: &[u8]) -> io::Result<bool> {
        let mut matched = 0;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let mut used = 0;
            for byte in chunk {
                used += 1;
                let is_next = |at: usize| {
                    mark.get(at)
                        .is_some_and(|expected| expected.eq_ignore_ascii_case(byte))
                };
                // The first byte of a mark stands nowhere else in it.
                matched = if is_next(matched) {
                    matched + 1
                } else {
                    usize::from(is_next(0))
                };
                if matched == mark.len() {
                    break;
                }
            }
            self.line += line_breaks(chunk.get(..used).unwrap_or_default());
            self.input.consume(used);
            if matched == mark.len() {
                return Ok(true);
            }
        }
    }

    /// Lets another record begin.
    pub(crate) fn begin_record(&mut self) {
        self.record_bytes = 0;
    }
}

impl BufRead for Lines<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.record_bytes > MAX_ARTICLE_BYTES {
            return Err(io::Error::other(TooLong));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed stands in the buffer, so nothing is read here and nothing fails.
        let consumed = self
            .input
            .fill_buf()
            .ok()
            .and_then(|held| held.get(..count));
        self.line += line_breaks(consumed.unwrap_or_default());
        self.record_bytes += u64::try_from(count).unwrap_or(u64::MAX);
        self.input.consume(count);
    }
}

impl Read for Lines<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(target)?;
        self.consume(count);
        Ok(count)
    }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}
