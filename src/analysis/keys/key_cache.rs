//! The keys of the words of running text, most of which come again soon.
//!
//! Four words in five of a text are among the commonest few thousand. A direct-mapped cache gives
//! their keys for one hash and one comparison, instead of a walk through the dictionary's
//! automaton.

use crate::analysis::keys::{Context, Keys};
use crate::analysis::language::Language;
use std::hash::Hasher;

/// How many words are kept; a power of two.
const LINES: usize = 1 << 17;
/// The longest form with its keys that is kept, in bytes.
const LINE_BYTES: usize = 78;
/// The most keys that are kept of a word.
const LINE_KEYS: usize = 6;

/// The keys of words seen lately. Takes 12 MiB from the first word on; make one per thread.
#[derive(Debug, Default)]
pub struct KeyCache {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    hash: u64,
    context: Context,
    form_bytes: u8,
    key_count: u8,
    /// Where each key ends, in bytes behind the form.
    ends: [u8; LINE_KEYS],
    /// The form and its keys.
    bytes: [u8; LINE_BYTES],
}

impl Line {
    const EMPTY: Self = Self {
        hash: 0,
        context: Context {
            language: Language::Other,
            is_capitalised: false,
            acronym_chars: 0,
        },
        form_bytes: 0,
        key_count: 0,
        ends: [0; LINE_KEYS],
        bytes: [0; LINE_BYTES],
    };
}

impl KeyCache {
    /// Puts the keys of `form` into `keys` if they are cached; returns whether they were.
    pub fn get(&self, form: &str, context: impl Into<Context>, keys: &mut Keys) -> bool {
        let context = context.into();
        let hash = hash(form, context);
        let Some(line) = self.lines.get(place(hash)) else {
            return false;
        };
        if line.hash != hash || line.context != context || line.key_count == 0 {
            return false;
        }
        let (known, rest) = line.bytes.split_at(usize::from(line.form_bytes));
        let ends = line
            .ends
            .iter()
            .take(usize::from(line.key_count))
            .map(|end| usize::from(*end));
        let text = rest
            .get(..ends.clone().next_back().unwrap_or(0))
            .and_then(|text| str::from_utf8(text).ok());
        match text {
            Some(text) if known == form.as_bytes() => {
                keys.replace(text, ends);
                true
            }
            _ => false,
        }
    }

    /// Keeps the keys of `form` in the place of whichever word had it; those of a very long word
    /// are not kept.
    pub fn put(&mut self, form: &str, context: impl Into<Context>, keys: &Keys) {
        if self.lines.is_empty() {
            self.lines = vec![Line::EMPTY; LINES];
        }
        let context = context.into();
        let hash = hash(form, context);
        let (text, ends) = keys.as_parts();
        if form.len() + text.len() > LINE_BYTES || ends.len() > LINE_KEYS {
            return;
        }
        let mut line = Line {
            hash,
            context,
            ..Line::EMPTY
        };
        let (known, rest) = line.bytes.split_at_mut(form.len());
        known.copy_from_slice(form.as_bytes());
        if let Some(place) = rest.get_mut(..text.len()) {
            place.copy_from_slice(text.as_bytes());
        }
        // Both fit into a byte: a line is shorter than 256.
        line.form_bytes = u8::try_from(form.len()).unwrap_or(0);
        line.key_count = u8::try_from(ends.len()).unwrap_or(0);
        for (kept, end) in line.ends.iter_mut().zip(ends) {
            *kept = u8::try_from(*end).unwrap_or(0);
        }
        if let Some(place) = self.lines.get_mut(place(hash)) {
            *place = line;
        }
    }
}

/// The same word with and without a capital has a line of its own: the commonest ones stand in both
/// ways.
fn hash(form: &str, context: Context) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(form.as_bytes());
    hasher.write_u8(u8::from(context.is_capitalised));
    hasher.finish()
}

/// The high bits of the hash are its best ones.
fn place(hash: u64) -> usize {
    usize::try_from(hash >> 40).unwrap_or(0) & (LINES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::keys::KeyAnalyzer;
    use proptest::prelude::*;

    #[test]
    fn a_language_of_its_own_has_keys_of_its_own() {
        let (mut cache, mut keys) = (KeyCache::default(), Keys::default());
        KeyAnalyzer::default().index_keys("мира", Language::Russian, &mut keys);
        cache.put("мира", Language::Russian, &keys);
        assert!(cache.get("мира", Language::Russian, &mut keys));
        assert!(!cache.get("мира", Language::Ukrainian, &mut keys));
    }

    proptest! {
        #[test]
        fn the_cache_gives_what_the_analyzer_gives(forms in proptest::collection::vec("[а-гіїє']{1,4}|[a-z]{1,60}|[ґ0-9а-я]{1,50}", 1..80)) {
            let (mut cache, mut analyzer) = (KeyCache::default(), KeyAnalyzer::default());
            let (mut direct, mut cached) = (Keys::default(), Keys::default());
            for form in forms.iter().chain(&forms) {
                analyzer.index_keys(form, Language::Ukrainian, &mut direct);
                if cache.get(form, Language::Ukrainian, &mut cached) {
                    prop_assert_eq!(&direct, &cached);
                }
                cache.put(form, Language::Ukrainian, &direct);
            }
        }
    }
}
