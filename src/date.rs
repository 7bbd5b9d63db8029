//! Dates as exact as they were given.

/// A date of publication: a year, a month, a day or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    /// A whole year.
    Year(i16),
}
