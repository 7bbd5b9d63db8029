//! A line of a stream, of bounded length.

use std::io::{self, BufRead, Read};

/// What was read of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The line is in the buffer.
    Whole,
    /// The line was skipped; the size is without its end.
    TooLong { size_bytes: u64 },
    /// There are no more lines.
    End,
}

/// Reads a line, which ends in `mark`, into `buffer`, of which at most `max_bytes` and one more are
/// ever held.
pub(crate) fn next_line(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    mark: u8,
    max_bytes: u64,
) -> io::Result<Line> {
    buffer.clear();
    let read_bytes = input.take(max_bytes + 1).read_until(mark, buffer)?;
    if read_bytes == 0 {
        return Ok(Line::End);
    }
    if buffer.last() == Some(&mark)
        || u64::try_from(read_bytes).is_ok_and(|bytes| bytes <= max_bytes)
    {
        return Ok(Line::Whole);
    }
    // The buffer of a giant is given back at once.
    let held_bytes = std::mem::take(buffer).len();
    let mut skipped_bytes = 0_u64;
    loop {
        let chunk = input.fill_buf()?;
        let end = chunk.iter().position(|byte| *byte == mark);
        let used = end.map_or(chunk.len(), |end| end + 1);
        let is_last = end.is_some() || chunk.is_empty();
        skipped_bytes += u64::try_from(end.unwrap_or(used)).unwrap_or(u64::MAX);
        input.consume(used);
        if is_last {
            let size_bytes =
                skipped_bytes.saturating_add(u64::try_from(held_bytes).unwrap_or(u64::MAX));
            return Ok(Line::TooLong { size_bytes });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_measured() {
        let mut input = BufReader::with_capacity(3, &b"12345\n1234567890123\n12345"[..]);
        let mut buffer = Vec::new();
        let mut next = || next_line(&mut input, &mut buffer, b'\n', 5).unwrap();
        assert_eq!(next(), Line::Whole);
        assert_eq!(next(), Line::TooLong { size_bytes: 13 });
        assert_eq!(next(), Line::Whole);
        assert_eq!(next(), Line::End);
    }
}
