//! What earlier queries looked up about their words.
//!
//! People search for the same words again and again: with one word more, for another period, for
//! the next page. What is kept depends on the word alone. Hits are never kept.

use crate::plan::cache::term_cache::TermCache;
use crate::plan::slot::Slot;
use crate::query::diagnostics::notice::Warning;
use lru::LruCache;
use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The longest text whose readings are kept, in bytes: a long phrase hardly ever comes again, and
/// would take much room.
const LONGEST_BYTES: usize = 256;
/// So many words are kept; each takes one to four kilobytes.
const WORDS: NonZeroUsize = NonZeroUsize::new(4096).unwrap();
/// So many patterns are kept; each takes up to half a megabyte.
const PATTERNS: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// An expanded slot with its notices.
pub(crate) type Expansion = (Slot, Vec<Warning>);

/// Keeps what was found out of the words that were asked for last, in one state of an index.
/// Threads share it; where it is full, what was not asked for the longest is forgotten.
#[derive(Debug)]
pub struct WordCache {
    readings: LruMap<String, Arc<[Vec<Slot>]>>,
    related: LruMap<Slot, Arc<Vec<String>>>,
    expansions: LruMap<String, Arc<Expansion>>,
    term_caches: LruMap<Slot, TermCache>,
}

impl Default for WordCache {
    /// Knows of no word.
    fn default() -> Self {
        Self {
            readings: LruMap::new(WORDS),
            related: LruMap::new(WORDS),
            expansions: LruMap::new(PATTERNS),
            term_caches: LruMap::new(WORDS),
        }
    }
}

impl WordCache {
    /// Forgets all words.
    pub fn clear(&self) {
        self.readings.clear();
        self.related.clear();
        self.expansions.clear();
        self.term_caches.clear();
    }

    /// Returns what may stand for the words of `text`, with variants and transliterations or
    /// without; `find` finds it the first time, and each time for a text of more than 256 bytes.
    pub fn readings(
        &self,
        text: &str,
        variants: bool,
        transliterations: bool,
        find: impl FnOnce() -> Vec<Vec<Slot>>,
    ) -> Arc<[Vec<Slot>]> {
        if text.len() > LONGEST_BYTES {
            return find().into();
        }
        let key = format!("{}{}{text}", u8::from(variants), u8::from(transliterations));
        let found: Result<_, Infallible> = self.readings.get(key.as_str(), || Ok(find().into()));
        found.unwrap_or_else(|never| match never {})
    }

    /// Returns the spellings of `slot` together with its related words; `find` finds them the first
    /// time.
    ///
    /// # Errors
    /// Those of `find`.
    pub fn related(
        &self,
        slot: &Slot,
        find: impl FnOnce() -> tantivy::Result<Vec<String>>,
    ) -> tantivy::Result<Arc<Vec<String>>> {
        self.related.get(slot, || find().map(Arc::new))
    }

    /// Returns what a `pattern` stands for; `find` finds it the first time.
    ///
    /// # Errors
    /// Those of `find`.
    pub fn expansion(
        &self,
        pattern: &str,
        find: impl FnOnce() -> tantivy::Result<Expansion>,
    ) -> tantivy::Result<Arc<Expansion>> {
        self.expansions.get(pattern, || find().map(Arc::new))
    }

    /// Lets `slot` keep where its terms are, together with all slots of the same terms.
    pub fn cache_terms(&self, slot: &mut Slot) {
        if slot.patterns.is_empty() && slot.pattern_terms.is_none() {
            let term_cache: Result<_, Infallible> =
                self.term_caches.get(slot, || Ok(TermCache::default()));
            slot.term_cache = term_cache.ok();
        }
    }
}

/// What is known of the last words.
struct LruMap<K, V>(Mutex<LruCache<K, V>>);

impl<K, V> fmt::Debug for LruMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LruMap").finish_non_exhaustive()
    }
}

impl<K: Hash + Eq, V: Clone> LruMap<K, V> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(capacity)))
    }

    fn get<Q, E>(&self, word: &Q, find: impl FnOnce() -> Result<V, E>) -> Result<V, E>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = self.lock().get(word) {
            return Ok(known.clone());
        }
        let found = find()?;
        self.lock().put(word.to_owned(), found.clone());
        Ok(found)
    }

    fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<K, V>> {
        // Nothing that panics runs while it is locked, so what a lock holds is always whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use crate::plan::Widening;
    use crate::query::{ParseOptions, parse};
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::cell::Cell;

    #[test]
    fn what_is_known_is_not_found_again_and_what_failed_is() {
        let cache = WordCache::default();
        let asked = Cell::new(0);
        let failing = || {
            asked.set(asked.get() + 1);
            Err(tantivy::TantivyError::InvalidArgument(String::new()))
        };
        let finding = || {
            asked.set(asked.get() + 1);
            Ok(vec!["гаранті".to_owned()])
        };
        let slot = Slot::of_keys(vec!["гарантія".to_owned()]);
        assert!(cache.related(&slot, failing).is_err());
        for _ in 0..3 {
            assert_eq!(*cache.related(&slot, finding).unwrap(), ["гаранті"]);
        }
        assert_eq!(asked.get(), 2);
        cache.clear();
        assert_eq!(*cache.related(&slot, finding).unwrap(), ["гаранті"]);
        assert_eq!(asked.get(), 3);
    }

    #[test]
    fn readings_of_a_long_text_are_not_kept() {
        let cache = WordCache::default();
        let asked = Cell::new(0);
        for letters in [LONGEST_BYTES, LONGEST_BYTES + 1] {
            for _ in 0..2 {
                cache.readings(&"a".repeat(letters), true, true, || {
                    asked.set(asked.get() + 1);
                    Vec::new()
                });
            }
        }
        assert_eq!(asked.get(), 3);
    }

    #[test]
    fn slots_of_the_same_terms_keep_their_places_together() {
        let cache = WordCache::default();
        let of = |form: &str| {
            let mut slot = Slot::of_form(form.to_owned());
            cache.cache_terms(&mut slot);
            slot.term_cache.unwrap()
        };
        assert!(of("слово").is_same(&of("слово")));
        assert!(!of("слово").is_same(&of("слова")));
    }

    #[test]
    fn what_was_not_asked_for_the_longest_is_forgotten() {
        let cache = LruMap::new(NonZeroUsize::new(2).unwrap());
        let get = |word: &str, value: u8| cache.get(word, || Ok::<u8, Infallible>(value)).unwrap();
        assert_eq!(
            [get("a", 1), get("b", 2), get("a", 9), get("c", 3)],
            [1, 2, 1, 3]
        );
        assert_eq!([get("a", 9), get("b", 9)], [1, 9]);
    }

    proptest! {
        #[test]
        fn a_plan_is_the_same_whatever_was_asked_before(
            queries in prop::collection::vec("(київ|Зеленського|проєкт|вебсайт|мир|kyiv|«новий вебсайт»)( (київ|ліс|проєкт|ґанок)){0,2}", 1..6),
            variants in any::<bool>(),
            transliterations in any::<bool>(),
        ) {
            let cache = WordCache::default();
            for variants in [!variants, variants] {
                for query in &queries {
                    let parsed = parse(query, &ParseOptions::new(date(2026, 1, 1))).unwrap();
                    let plain = Widening { variants, transliterations, ..Widening::NONE };
                    let known = Widening { cache: Some(&cache), ..plain };
                    prop_assert_eq!(Plan::widened(&parsed.query, known), Plan::widened(&parsed.query, plain));
                }
            }
        }
    }
}
