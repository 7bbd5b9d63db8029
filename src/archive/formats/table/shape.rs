//! What the cells of a column look like.

/// What all cells of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No cell was filled yet.
    Unknown,
    /// Digits alone.
    Number,
    /// Digits with the marks of dates and times.
    Date,
    Address,
    Text,
}

/// A name of a column is no longer, in characters.
const MAX_NAME_CHARS: usize = 60;

impl Shape {
    /// Returns the shape of a cell.
    pub(crate) fn of(cell: &str) -> Self {
        let cell = cell.trim();
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        let is_mark = |c: char| matches!(c, '.' | '-' | '/' | ':' | '+' | 'T' | 'Z' | ' ');
        if cell.is_empty() {
            Self::Unknown
        } else if digits == cell.len() {
            Self::Number
        } else if digits >= 4 && cell.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
            Self::Date
        } else if cell.starts_with("http://") || cell.starts_with("https://") {
            Self::Address
        } else {
            Self::Text
        }
    }

    /// Returns the shape of a column that also has this cell.
    pub(crate) fn with(self, cell: &str) -> Self {
        match (self, Self::of(cell)) {
            (shape, Self::Unknown) | (Self::Unknown, shape) => shape,
            (shape, other) if shape == other => shape,
            _ => Self::Text,
        }
    }

    /// Says whether a cell may stand in the column.
    pub(crate) fn fits(self, cell: &str) -> bool {
        match self {
            Self::Unknown | Self::Text => true,
            shape => matches!(Self::of(cell), Self::Unknown) || shape == Self::of(cell),
        }
    }

    /// Says whether few texts have the shape by accident.
    pub(crate) fn is_telling(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Address)
    }
}

/// Says whether a cell of the first row is no name of a column.
pub(crate) fn is_content(cell: &str) -> bool {
    let cell = cell.trim();
    Shape::of(cell).is_telling()
        || cell.chars().nth(MAX_NAME_CHARS).is_some()
        || cell.ends_with(['.', '!', '?', '…'])
}
