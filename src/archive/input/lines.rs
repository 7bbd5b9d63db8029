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
        let breaks = consumed
            .unwrap_or_default()
            .iter()
            .map(|byte| u64::from(*byte == b'\n'));
        self.line += breaks.sum::<u64>();
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
