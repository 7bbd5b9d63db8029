//! Where a value of JSON ends, found in pieces of any size.

use memchr::memchr2;

/// How far a value is read.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    depth: u64,
    is_string: bool,
    is_escaped: bool,
}

impl Scan {
    /// Returns how many bytes of `chunk` belong to the value, and whether it ends there.
    pub(crate) fn read(&mut self, chunk: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while let Some(byte) = chunk.get(at) {
            if self.is_escaped {
                self.is_escaped = false;
            } else if self.is_string {
                let rest = chunk.get(at..).unwrap_or_default();
                let Some(found) = memchr2(b'"', b'\\', rest) else {
                    return (chunk.len(), false);
                };
                self.is_string = rest.get(found) == Some(&b'\\');
                self.is_escaped = self.is_string;
                at += found;
            } else {
                match byte {
                    b'"' => self.is_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return (at + 1, true);
                        }
                    }
                    _ => {}
                }
            }
            at += 1;
        }
        (chunk.len(), false)
    }
}
