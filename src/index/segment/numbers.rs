//! Numbers of a variable length, seven bits to a byte, the lowest first.

/// Appends `number` to `buffer`.
pub(super) fn push(buffer: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        buffer.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    buffer.push(number.to_le_bytes()[0]);
}

/// Numbers that were written by [`push`], one after the other.
#[derive(Debug)]
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl Numbers<'_> {
    /// Returns whether there are no more.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the next number; 0 behind the last.
    pub(super) fn next(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                break;
            }
            shift += 7;
        }
        number
    }

    /// Leaves `count` numbers out.
    pub(super) fn skip(&mut self, count: u32) {
        for _ in 0..count {
            self.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_as_they_were(numbers in proptest::collection::vec(prop_oneof![0..300_u32, any::<u32>()], 0..20)) {
            let mut buffer = Vec::new();
            for number in &numbers {
                push(&mut buffer, *number);
            }
            let mut reader = Numbers(&buffer);
            let back: Vec<u32> = numbers.iter().map(|_| reader.next()).collect();
            prop_assert!(reader.is_empty());
            prop_assert_eq!(back, numbers);
        }
    }
}
