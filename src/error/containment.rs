//! Panics of parsers that are not ours: each costs one article and not the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

thread_local! {
    static IS_CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether a panic in this thread would be caught and reported as a problem of an article,
/// so that a panic hook need say nothing.
pub fn is_contained() -> bool {
    IS_CONTAINED.get()
}

/// Runs a parser.
///
/// # Errors
///
/// Returns what it panicked with. Nothing of what it touched may be used then.
pub(crate) fn contained<T>(parse: impl FnOnce() -> T) -> thread::Result<T> {
    let outer = IS_CONTAINED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(parse));
    IS_CONTAINED.set(outer);
    outcome
}

/// Runs code of a caller from within a parser: its panics are not ours to hide.
pub(crate) fn uncontained(call: impl FnOnce()) {
    let outer = IS_CONTAINED.replace(false);
    call();
    IS_CONTAINED.set(outer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_parser_is_contained() {
        assert!(!is_contained());
        assert!(contained(is_contained).unwrap());
        contained(|| uncontained(|| assert!(!is_contained()))).unwrap();
        assert!(!is_contained());
        assert!(contained(|| Vec::<u8>::new()[0]).is_err());
        assert!(!is_contained());
    }
}
