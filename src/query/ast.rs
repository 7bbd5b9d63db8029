//! The query as it was understood.

use crate::text::ByteRange;
use std::fmt;

/// How a word must stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// In any inflected form.
    Inflected,
    /// In this form, whatever the case of its letters.
    Exact,
}

/// A query, or a part of one. Two are equal if they mean the same, wherever they stood in the text.
#[derive(Debug, Clone)]
pub enum Query {
    /// A word. Analysis may find several in it (`Івано-Франківськ`); they must then stand side by side.
    Word {
        /// The word as it was typed, without its marks.
        text: String,
        /// How it must stand in the text.
        exactness: Exactness,
        /// Where it stands in the query, in bytes.
        range: ByteRange,
    },
    /// Words that must stand side by side, in this order.
    Phrase {
        /// What stood between the quotes.
        text: String,
        /// How its words must stand in the text.
        exactness: Exactness,
        /// Where it stands in the query, in bytes.
        range: ByteRange,
    },
    /// All of these.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Word {
                    text: a,
                    exactness: x,
                    ..
                },
                Self::Word {
                    text: b,
                    exactness: y,
                    ..
                },
            )
            | (
                Self::Phrase {
                    text: a,
                    exactness: x,
                    ..
                },
                Self::Phrase {
                    text: b,
                    exactness: y,
                    ..
                },
            ) => a == b && x == y,
            (Self::And(a), Self::And(b)) | (Self::Or(a), Self::Or(b)) => a == b,
            (Self::Not(a), Self::Not(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Query {}

impl fmt::Display for Query {
    /// Writes the query so that parsing it gives the same query again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = |exactness: &Exactness| {
            if *exactness == Exactness::Exact {
                "="
            } else {
                ""
            }
        };
        match self {
            Self::Word {
                text, exactness, ..
            } => write!(f, "{}{text}", mark(exactness)),
            Self::Phrase {
                text, exactness, ..
            } => write!(f, "{}\"{text}\"", mark(exactness)),
            Self::And(queries) => write_joined(f, queries, " AND "),
            Self::Or(queries) => write_joined(f, queries, " OR "),
            Self::Not(query) => match **query {
                Self::Word { .. } | Self::Phrase { .. } => write!(f, "NOT {query}"),
                _ => write!(f, "NOT ({query})"),
            },
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, queries: &[Query], joint: &str) -> fmt::Result {
    for (ordinal, query) in queries.iter().enumerate() {
        if ordinal > 0 {
            f.write_str(joint)?;
        }
        match query {
            Query::And(_) | Query::Or(_) => write!(f, "({query})")?,
            _ => write!(f, "{query}")?,
        }
    }
    Ok(())
}
