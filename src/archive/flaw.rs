//! What is wrong with one article, while only the caller knows the file.

use crate::error::Problem;

/// A problem and the line it was found on.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) line: Option<u64>,
    pub(crate) problem: Problem,
}

impl Flaw {
    pub(crate) fn at(line: u64, problem: Problem) -> Self {
        Self {
            line: Some(line),
            problem,
        }
    }
}

impl<P: Into<Problem>> From<P> for Flaw {
    fn from(problem: P) -> Self {
        Self {
            line: None,
            problem: problem.into(),
        }
    }
}
