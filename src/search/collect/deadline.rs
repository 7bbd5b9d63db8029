//! The time limit of an answer.

use crate::search::search_error::SearchError;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Looking at the clock for every article would take longer than most articles do.
const ARTICLES_BETWEEN_LOOKS: u32 = 256;

/// A deadline. Once it has passed, it stays so. Threads may share it.
#[derive(Debug)]
pub(crate) struct Deadline {
    end: Option<Instant>,
    until_look: AtomicU32,
    is_over: AtomicBool,
}

impl Deadline {
    /// Starts now; without a limit it never runs out.
    pub(crate) fn after(limit: Option<Duration>) -> Self {
        Self {
            end: limit.and_then(|limit| Instant::now().checked_add(limit)),
            until_look: AtomicU32::new(0),
            is_over: AtomicBool::new(false),
        }
    }

    /// Returns whether it can run out at all.
    pub(crate) fn is_set(&self) -> bool {
        self.end.is_some()
    }

    /// Returns whether time has run out; cheap enough to call for each article.
    pub(crate) fn is_over(&self) -> bool {
        let Some(end) = self.end else {
            return false;
        };
        // Threads that lose each other's counts look at the clock a little sooner or later.
        match self.until_look.load(Ordering::Relaxed) {
            0 => {
                self.until_look
                    .store(ARTICLES_BETWEEN_LOOKS, Ordering::Relaxed);
                if Instant::now() >= end {
                    self.is_over.store(true, Ordering::Relaxed);
                }
            }
            left => self.until_look.store(left - 1, Ordering::Relaxed),
        }
        self.is_over.load(Ordering::Relaxed)
    }

    /// Looks at the clock, for answers that are given whole or not at all.
    ///
    /// # Errors
    /// [`SearchError::TimeOver`].
    pub(crate) fn check(&self) -> Result<(), SearchError> {
        let is_past = self.end.is_some_and(|end| Instant::now() >= end);
        if is_past || self.has_stopped() {
            return Err(SearchError::TimeOver);
        }
        Ok(())
    }

    /// Returns whether time ran out while something was still to be done.
    pub(crate) fn has_stopped(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_out_only_where_there_is_a_limit() {
        assert!(!Deadline::after(None).is_over());
        assert!(Deadline::after(None).check().is_ok());
        assert!(Deadline::after(Some(Duration::ZERO)).is_over());
        let past = Deadline::after(Some(Duration::ZERO)).check();
        assert!(matches!(past, Err(SearchError::TimeOver)));
        let deadline = Deadline::after(Some(Duration::from_hours(1)));
        assert!(!deadline.is_over() && !deadline.has_stopped() && deadline.check().is_ok());
    }
}
