//! All places of an article that was read several times and is held once.

use crate::error::Result;
use crate::index::repeats::{Repeated, Repeats};
use crate::schema::fields;
use crate::search::response::Place;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use tantivy::{DocAddress, Term};

impl Searcher {
    /// Returns the exact repeats of the index; the first call maps their file into memory.
    ///
    /// # Errors
    /// [`crate::Error::Io`], [`crate::Error::Damaged`] where it cannot be read.
    pub(crate) fn exact_repeats(&self) -> Result<&[Repeats]> {
        if let Some(repeats) = self.repeats.get() {
            return Ok(repeats);
        }
        let repeats = self.index.repeats()?;
        Ok(self.repeats.get_or_init(|| repeats))
    }

    /// Returns the places of the article with this key, `own` first; none where that is the only
    /// one. Whoever finds an article need not find its other places: where their file is damaged,
    /// which `verify` tells, there are none.
    pub(crate) fn all_places(&self, key: Option<u64>, own: impl FnOnce() -> Place) -> Vec<Place> {
        let (Some(key), Ok(repeats)) = (key, self.exact_repeats()) else {
            return Vec::new();
        };
        let others = repeats.iter().flat_map(|repeats| repeats.of(key));
        let mut others = others.peekable();
        if others.peek().is_none() {
            return Vec::new();
        }
        let others = others.map(|Repeated { id, path, line, .. }| Place { id, path, line });
        std::iter::once(own()).chain(others).collect()
    }

    /// Returns the articles that stand for the one called `name`: an id, `COLLECTION:ID` or a path.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn holders_of(
        &self,
        name: &str,
    ) -> std::result::Result<Vec<DocAddress>, SearchError> {
        let mut keys: Vec<u64> = Vec::new();
        for (key, one) in self.exact_repeats()?.iter().flat_map(Repeats::iter) {
            if (one.is_named(name) || one.path == name) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        let mut holders = Vec::new();
        for key in keys {
            holders.extend(self.articles_of(&Term::from_field_u64(fields().key, key))?);
        }
        Ok(holders)
    }
}
