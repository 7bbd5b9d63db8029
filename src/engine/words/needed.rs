//! Whether all words must match or any.

/// Which of the words must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    /// All of them.
    All,
    /// At least one.
    Any,
}
