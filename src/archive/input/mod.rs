//! A stream of bytes to read articles from, and what bounds it.
//!
//! | module | what it holds |
//! |---|---|
//! | `bounded_line` | a line of bounded length |
//! | `lines` | a stream that knows its line and the length of a record |
//! | `standard_input` | standard input, interruptible |
//! | `transcode` | bytes of any encoding as UTF-8 |

pub(crate) mod bounded_line;
pub(crate) mod lines;
pub(crate) mod standard_input;
pub(crate) mod transcode;

use crate::archive::flaw::Flaw;
use crate::error::Problem;
use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// The most bytes one article may have: 64 MiB, a thousand times the longest read of a paper.
///
/// It bounds the memory of a run. A longer line is skipped without being held, a longer file is not
/// read.
pub const MAX_ARTICLE_BYTES: u64 = 64 * 1024 * 1024;

/// How many times larger than what is read of the disk its unpacked content may be. Texts shrink to
/// a tenth, repetitive dumps to a fiftieth; only what was made to fill memory shrinks more.
pub const MAX_EXPANSION: u64 = 250;

/// Below this many unpacked bytes the expansion is not looked at.
const FREE_EXPANSION_BYTES: u64 = 64 * 1024 * 1024;

/// How many bytes are looked at to tell what a stream is, and how many are read at once.
pub(crate) const BUFFER_BYTES: usize = 64 * 1024;

/// A stream of bytes whose head can be looked at before it is read.
pub(crate) struct Input<'a> {
    inner: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// An error met while peeking; reported once the bytes before it are read.
    fault: Option<io::Error>,
}

impl<'a> Input<'a> {
    /// Makes an input of which `size_bytes` are expected; the buffer is no larger.
    pub(crate) fn new(inner: impl Read + 'a, size_bytes: Option<u64>) -> Self {
        let expected = size_bytes
            .and_then(|bytes| usize::try_from(bytes).ok())
            .unwrap_or(BUFFER_BYTES);
        Self {
            inner: Box::new(inner),
            // One more, so that the end shows without another call.
            buffer: vec![0; expected.saturating_add(1).clamp(512, BUFFER_BYTES)],
            start: 0,
            end: 0,
            fault: None,
        }
    }

    /// Returns the next bytes without taking them: a buffer full, or all that are left.
    pub(crate) fn head(&mut self) -> io::Result<&[u8]> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while let (None, Some(free @ [_, ..])) = (&self.fault, self.buffer.get_mut(self.end..)) {
            match self.inner.read(free) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.fault = Some(error),
            }
        }
        if self.end == 0
            && let Some(fault) = self.fault.take()
        {
            return Err(fault);
        }
        Ok(self.buffer.get(..self.end).unwrap_or_default())
    }

    /// Reads all that is left, unless it is too long for an article.
    pub(crate) fn whole(&mut self) -> Result<Vec<u8>, Flaw> {
        let mut bytes = Vec::with_capacity(self.end - self.start);
        self.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes)?;
        match u64::try_from(bytes.len()) {
            Ok(length) if length <= MAX_ARTICLE_BYTES => Ok(bytes),
            _ => Err(Problem::TooLarge {
                size_bytes: MAX_ARTICLE_BYTES + 1,
                max_bytes: MAX_ARTICLE_BYTES,
            }
            .into()),
        }
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            if let Some(fault) = self.fault.take() {
                return Err(fault);
            }
            self.start = 0;
            self.end = 0;
            self.end = self.inner.read(&mut self.buffer)?;
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }
}

impl Read for Input<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end && self.fault.is_none() && target.len() >= self.buffer.len() {
            return self.inner.read(target);
        }
        let count = self.fill_buf()?.read(target)?;
        self.consume(count);
        Ok(count)
    }
}

/// Counts what is read of a file and what it unpacks to.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    packed_bytes: Cell<u64>,
    unpacked_bytes: Cell<u64>,
}

impl Meter {
    fn add_packed(&self, count: usize) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.packed_bytes
            .set(self.packed_bytes.get().saturating_add(count));
    }

    fn add_unpacked(&self, count: usize) -> io::Result<()> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let unpacked = self.unpacked_bytes.get().saturating_add(count);
        self.unpacked_bytes.set(unpacked);
        let allowed = self.packed_bytes.get().saturating_mul(MAX_EXPANSION);
        if unpacked > FREE_EXPANSION_BYTES && unpacked > allowed {
            return Err(io::Error::other(Expansion));
        }
        Ok(())
    }
}

/// Says that a file unpacks to far more than it should.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {MAX_EXPANSION} times its size")]
pub(crate) struct Expansion;

/// A stream that ends where reading is stopped, and counts what comes through.
pub(crate) struct Watched<'a, R> {
    inner: R,
    is_stopped: &'a dyn Fn() -> bool,
    meter: &'a Meter,
    is_packed: bool,
}

impl<'a, R> Watched<'a, R> {
    /// Watches what comes from the disk.
    pub(crate) fn packed(inner: R, is_stopped: &'a dyn Fn() -> bool, meter: &'a Meter) -> Self {
        Self {
            inner,
            is_stopped,
            meter,
            is_packed: true,
        }
    }

    /// Watches what was unpacked.
    pub(crate) fn unpacked(inner: R, is_stopped: &'a dyn Fn() -> bool, meter: &'a Meter) -> Self {
        Self {
            inner,
            is_stopped,
            meter,
            is_packed: false,
        }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if (self.is_stopped)() {
            return Ok(0);
        }
        let count = self.inner.read(target)?;
        if self.is_packed {
            self.meter.add_packed(count);
        } else {
            self.meter.add_unpacked(count)?;
        }
        Ok(count)
    }
}

impl<R: io::Seek> io::Seek for Watched<'_, R> {
    fn seek(&mut self, position: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_seen_and_still_read() {
        let mut input = Input::new(io::Cursor::new("Міст відкрито"), Some(3));
        assert!(input.head().unwrap().starts_with("Міст".as_bytes()));
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        assert_eq!(text, "Міст відкрито");
    }

    #[test]
    fn a_stream_that_unpacks_to_too_much_is_a_fault() {
        let meter = Meter::default();
        let endless = Watched::unpacked(io::repeat(b'a'), &|| false, &meter);
        let mut input = Input::new(endless, None);
        let error = io::copy(&mut input, &mut io::sink()).unwrap_err();
        assert!(error.get_ref().unwrap().is::<Expansion>(), "{error}");
        assert!(meter.unpacked_bytes.get() < 2 * FREE_EXPANSION_BYTES);
    }

    #[test]
    fn a_stopped_stream_is_at_its_end() {
        let meter = Meter::default();
        let mut watched = Watched::packed(io::repeat(b'a'), &|| true, &meter);
        assert_eq!(watched.read(&mut [0; 4]).unwrap(), 0);
    }
}
