//! Where the segments have the terms of a slot; kept for later queries with the same word.

use crate::plan::cache::segment_term::{Scope, SegmentTerm};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::Result;
use tantivy::index::SegmentId;

/// The terms that a segment has, as [`Scope::look_up`] gives them.
pub(crate) type SegmentTerms = Arc<[SegmentTerm]>;

/// What was looked up for the terms of a slot. Copies share it, threads too.
#[derive(Clone, Default)]
pub(crate) struct TermCache(Arc<Known>);

#[derive(Default)]
struct Known {
    found: Mutex<Vec<(SegmentId, Scope, SegmentTerms)>>,
    of_own: OnceLock<TermCache>,
}

impl TermCache {
    /// Returns the terms of the slot that a segment has, which `find` looks up the first time.
    ///
    /// # Errors
    /// Those of `find`.
    pub(crate) fn get(
        &self,
        segment: SegmentId,
        scope: &Scope,
        find: impl FnOnce() -> Result<Vec<SegmentTerm>>,
    ) -> Result<SegmentTerms> {
        // Nothing that panics runs while it is locked, so what a lock holds is always whole.
        let lock = || self.0.found.lock().unwrap_or_else(PoisonError::into_inner);
        let is_asked = |known: &&(SegmentId, Scope, _)| known.0 == segment && known.1 == *scope;
        if let Some((.., terms)) = lock().iter().find(is_asked) {
            return Ok(Arc::clone(terms));
        }
        let terms = SegmentTerms::from(find()?);
        lock().push((segment, scope.clone(), Arc::clone(&terms)));
        Ok(terms)
    }

    /// Returns whether both are cached together.
    #[cfg(test)]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Returns the places of those of its own terms that articles have.
    #[must_use]
    pub(crate) fn of_own(&self) -> Self {
        self.0.of_own.get_or_init(Self::default).clone()
    }
}

/// What is known of a slot does not make it another one.
impl PartialEq for TermCache {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TermCache {}

impl fmt::Debug for TermCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TermCache").finish_non_exhaustive()
    }
}
