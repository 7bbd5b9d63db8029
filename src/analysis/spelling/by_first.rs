//! Short tables of beginnings, looked up by their first letter.

use rustc_hash::FxHashMap;

/// Entries by the first letter of the text that each stands under.
#[derive(Debug)]
pub(crate) struct ByFirst<T>(FxHashMap<char, Vec<T>>);

impl<T> ByFirst<T> {
    /// Sorts out `entries` by what `text` says of each; those without a letter are left out. They
    /// keep their order.
    pub(crate) fn new(entries: impl IntoIterator<Item = T>, text: impl Fn(&T) -> &str) -> Self {
        let mut by_first: FxHashMap<char, Vec<T>> = FxHashMap::default();
        for entry in entries {
            if let Some(first) = text(&entry).chars().next() {
                by_first.entry(first).or_default().push(entry);
            }
        }
        Self(by_first)
    }

    /// Returns the entries whose text begins as `word` does: those that may be a beginning of it.
    pub(crate) fn of(&self, word: &str) -> &[T] {
        let first = word.chars().next();
        let entries = first.and_then(|first| self.0.get(&first));
        entries.map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_their_first_letter_in_their_order() {
        let table = ByFirst::new(["ів", "їв", "ій", ""], |text| text);
        assert_eq!(table.of("ідея"), ["ів", "ій"]);
        assert_eq!(table.of("їжак"), ["їв"]);
        assert!(table.of("").is_empty() && table.of("i").is_empty());
    }
}
