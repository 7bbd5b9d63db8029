//! The numbers of the commonest forms.
//!
//! Three words in four of a text are among the commonest few thousand. A direct-mapped cache that
//! fits into the second level of the processor's own gives their numbers for one hash and one
//! comparison; the table of all terms misses the processor's caches three times.

use crate::index::segment::term_table::{TermTable, hash};

/// How many forms are kept; a power of two.
const LINES: usize = 1 << 13;
/// The longest form that is kept, in bytes; a line has 32.
const LINE_BYTES: usize = 27;

/// Forms seen lately with their numbers in one table.
#[derive(Debug, Default)]
pub(super) struct FormCache {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Line {
    form: [u8; LINE_BYTES],
    /// 0 where no form is kept.
    length: u8,
    number: u32,
}

impl FormCache {
    /// Returns the number of `form` in `table`, always the same one.
    pub(super) fn number_of(&mut self, form: &[u8], table: &mut TermTable) -> u32 {
        let hash = hash(form);
        if self.lines.is_empty() {
            self.lines = vec![Line::default(); LINES];
        }
        // The high bits of the hash are its best ones.
        let place = usize::try_from(hash >> 40).unwrap_or(0) & (LINES - 1);
        let Some(line) = self.lines.get_mut(place).filter(|_| !form.is_empty()) else {
            return table.number_of_hashed(hash, form);
        };
        let length = usize::from(line.length);
        if length == form.len() && line.form.get(..length) == Some(form) {
            return line.number;
        }
        let number = table.number_of_hashed(hash, form);
        if let (Some(kept), Ok(length)) = (line.form.get_mut(..form.len()), form.len().try_into()) {
            kept.copy_from_slice(form);
            line.length = length;
            line.number = number;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cache_gives_what_the_table_gives(forms in proptest::collection::vec("[а-г]{0,3}|[a-z]{20,40}", 0..80)) {
            let (mut cache, mut cached, mut table) = (FormCache::default(), TermTable::default(), TermTable::default());
            for form in forms.iter().chain(&forms) {
                let form = form.as_bytes();
                prop_assert_eq!(cache.number_of(form, &mut cached), table.number_of(form));
            }
        }
    }
}
