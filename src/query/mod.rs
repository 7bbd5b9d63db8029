//! From the text of a query to something that runs.
//!
//! | step | file | from → to |
//! |---|---|---|
//! | cut into words, phrases and operators | [`lexer`] | text → tokens |
//! | read the structure | [`parser`] | tokens → [`Query`] |
//! | analyse the words | [`plan`] | [`Query`] → [`Plan`] |
//! | … with their other spellings | `spelling` | words → phrases |
//! | bind to the index | [`compile`] | [`Plan`] → the engine's query |
//!
//! [`bag`] (single words), [`phrase`] and [`proximity`] are the query types of our own that a plan compiles to, over
//! the [`postings`] of alternatives; [`ranking`] holds every number that decides the order of hits.

#[cfg(test)]
mod agreement;
pub mod ast;
pub mod bag;
pub mod compile;
pub mod doc_filter;
pub mod error;
pub mod found_slot;
pub mod freq_list;
pub mod lexer;
pub mod parser;
pub mod part_scale;
pub mod phrase;
pub mod plan;
pub mod postings;
pub mod proximity;
pub mod ranking;
pub mod slot_lists;
mod spelling;

pub use ast::{Exactness, Query};
pub use error::{QueryError, QueryProblem};
pub use parser::{Notice, ParsedQuery, parse};
pub use plan::{Plan, Slot, Widening};

/// How the words of a query that no operator joins go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// Every word must be there.
    #[default]
    All,
    /// One word must be there; the more, the higher the hit.
    Any,
}
