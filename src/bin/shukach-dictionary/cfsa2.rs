//! Reads the strings of a Morfologik automaton in the format CFSA2.
//!
//! `\fsa`, 0xC6, two bytes of flags, a count of labels and the labels, then the arcs. A state is a
//! run of arcs up to one marked as last. An arc is a byte of flags whose low five bits are an index
//! into the labels (0: the label is the next byte), then the offset of its target as a
//! variable-length number, unless the target is the state that follows the run. Offset 0 is the end
//! of all strings. The arc at offset 0 leads to the root.

use crate::error::Error;

const MAGIC: &[u8] = b"\\fsa\xC6";
const FLAG_NUMBERS: u16 = 1 << 8;

const TARGET_NEXT: u8 = 0x80;
const LAST: u8 = 0x40;
const FINAL: u8 = 0x20;
const LABEL: u8 = 0x1F;

const TRUNCATED: Error = Error::Automaton("it ends too early");

/// An automaton whose strings can be listed.
#[derive(Debug)]
pub(crate) struct Automaton<'a> {
    labels: &'a [u8],
    arcs: &'a [u8],
}

/// One arc, with the offset of the byte behind it.
struct Arc {
    label: u8,
    flags: u8,
    /// `None`: the state behind the run.
    target: Option<usize>,
    end: usize,
}

impl<'a> Automaton<'a> {
    /// Opens the bytes of a file.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(Error::Automaton("another magic number"))?;
        let (&[high, low, label_count], rest) = rest.split_first_chunk().ok_or(TRUNCATED)?;
        if u16::from_be_bytes([high, low]) & FLAG_NUMBERS != 0 {
            return Err(Error::Automaton("its states are numbered"));
        }
        let (labels, arcs) = rest.split_at_checked(label_count.into()).ok_or(TRUNCATED)?;
        Ok(Self { labels, arcs })
    }

    /// Calls `each` with every string, until one call fails.
    pub(crate) fn strings(
        &self,
        each: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // What is left to visit of each state on the way from the root, and the labels on that way.
        let mut states = vec![Some(self.target(&self.arc(0)?)?)];
        let mut string = Vec::new();
        while let Some(state) = states.last_mut() {
            let Some(offset) = *state else {
                states.pop();
                continue;
            };
            let arc = self.arc(offset)?;
            *state = (arc.flags & LAST == 0).then_some(arc.end);
            string.truncate(states.len() - 1);
            string.push(arc.label);
            if arc.flags & FINAL != 0 {
                each(&string)?;
            }
            match self.target(&arc)? {
                0 => (),
                // A longer way than there are bytes means a circle.
                _ if states.len() > self.arcs.len() => return Err(Error::Automaton("a circle")),
                target => states.push(Some(target)),
            }
        }
        Ok(())
    }

    fn target(&self, arc: &Arc) -> Result<usize, Error> {
        if let Some(target) = arc.target {
            return Ok(target);
        }
        let (mut flags, mut end) = (arc.flags, arc.end);
        while flags & LAST == 0 {
            Arc { flags, end, .. } = self.arc(end)?;
        }
        Ok(end)
    }

    fn arc(&self, offset: usize) -> Result<Arc, Error> {
        let mut end = offset;
        let flags = self.byte(&mut end)?;
        let label = match flags & LABEL {
            0 => self.byte(&mut end)?,
            index => *self.labels.get(usize::from(index)).ok_or(TRUNCATED)?,
        };
        let target = match flags & TARGET_NEXT {
            0 => Some(self.number(&mut end)?),
            _ => None,
        };
        Ok(Arc {
            label,
            flags,
            target,
            end,
        })
    }

    fn number(&self, offset: &mut usize) -> Result<usize, Error> {
        let mut number = 0;
        for shift in (0..usize::BITS - 7).step_by(7) {
            let byte = self.byte(offset)?;
            number |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Error::Automaton("a number without end"))
    }

    fn byte(&self, offset: &mut usize) -> Result<u8, Error> {
        let byte = *self.arcs.get(*offset).ok_or(TRUNCATED)?;
        *offset += 1;
        Ok(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a`, `ab`, `c`, with `a` as a label of the list and the others spelt out.
    const SAMPLE: &[u8] = b"\\fsa\xC6\x00\x07\x02?a\
        \x40^\x03\
        \x21\x08\
        \x60c\x00\
        \x60b\x00";

    fn strings(bytes: &[u8]) -> Result<Vec<String>, Error> {
        let mut all = Vec::new();
        Automaton::open(bytes)?.strings(&mut |string| {
            all.push(String::from_utf8_lossy(string).into_owned());
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn all_strings_are_listed() {
        assert_eq!(strings(SAMPLE).unwrap(), ["a", "ab", "c"]);
    }

    #[test]
    fn a_target_may_be_the_state_behind_the_run() {
        let next = b"\\fsa\xC6\x00\x07\x02?a\xC0^\xA1\x60c\x00\x60b\x00";
        assert_eq!(strings(next).unwrap(), ["a", "ab", "c"]);
    }

    #[test]
    fn what_is_no_automaton_or_not_complete_is_refused() {
        for bytes in [b"", &b"PK"[..], &SAMPLE[..9], &SAMPLE[..SAMPLE.len() - 4]] {
            assert!(strings(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_circle_is_refused() {
        assert!(strings(b"\\fsa\xC6\x00\x07\x02?a\x40^\x03\x41\x03").is_err());
    }
}
