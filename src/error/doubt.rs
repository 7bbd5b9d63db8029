//! What reading left in doubt about an article that came in all the same.

use crate::error::{Field, Problem};
use crate::locale::Locale;
use std::fmt;

/// One thing about an article that its reader was not sure of. The article is complete but for what
/// the doubt names.
///
/// The file is that of the article.
#[derive(Debug)]
pub struct Doubt {
    /// The field of the article that was left out or mended, where it is one.
    pub field: Option<Field>,
    /// The line in the file, counted from 1, where it is known.
    pub line: Option<u64>,
    /// The offset in the file in bytes, counted from 0, where it is known.
    pub byte: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

impl Doubt {
    /// Makes a doubt about `field`.
    pub fn of(field: Field, problem: Problem) -> Self {
        Self {
            field: Some(field),
            ..Self::from(problem)
        }
    }

    /// Returns the doubt with its line, unless it has one.
    #[must_use]
    pub fn at_line(self, line: Option<u64>) -> Self {
        Self {
            line: self.line.or(line),
            ..self
        }
    }

    /// Says in the language of the user what is in doubt; in English the same as `to_string`.
    pub fn message(&self, locale: Locale) -> String {
        self.problem.message(locale)
    }
}

impl From<Problem> for Doubt {
    fn from(problem: Problem) -> Self {
        Self {
            field: None,
            line: None,
            byte: None,
            problem,
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}
