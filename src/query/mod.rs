//! From the text of a query to something that runs.
//!
//! | step | file | from → to |
//! |---|---|---|
//! | cut into words, phrases and operators | [`lexer`] | text → tokens |
//! | … fields, dates and patterns in it | [`field`], [`period`], [`pattern`] | |
//! | read the structure | [`parser`] | tokens → [`Query`] |
//! | … and mend what is faulty | `repair` | |
//! | … or translate it first from that of another system | [`translation`] | text → [`Query`] |
//! | which words it asks for | `walk` | |
//! | analyse the words | [`plan`] | [`Query`] → [`Plan`] |
//! | … with their other spellings | `spelling` | words → phrases |
//! | look up what patterns stand for | [`expand`] | patterns → forms of the index |
//! | … and which words begin alike, where any will do | [`related`] | keys → keys of the index |
//! | … all of it once for each word that comes again | [`word_memo`], [`term_places`] | |
//! | bind to the index | [`compile`] | [`Plan`] → the engine's query |
//!
//! What was wrong is an [`error`], what is worth knowing a [`notice`]; `message` puts both into words. A
//! query is printed by `print` and shown as a tree by [`tree`].
//!
//! [`bag`] (single words), [`phrase`], [`span_query`], [`condition`] and [`proximity`] are the query types of our own that a plan
//! compiles to, over the [`postings`] of alternatives; [`span`] says what every operator on positions means,
//! and [`ranking`](crate::ranking) holds every number that decides the order of hits.

pub mod ast;
pub mod diagnostics;
pub mod field;
pub mod lexer;
pub mod options;
pub mod parser;
pub mod pattern;
pub mod period;
mod print;
pub mod translation;
pub mod tree;
mod visit;

pub use crate::plan::cache::word_cache::WordMemo;
pub use crate::plan::{Plan, Slot, Widening};
pub use crate::query::ast::Query;
pub use crate::query::diagnostics::error::{QueryError, QueryErrorReport, QueryProblem};
pub use crate::query::diagnostics::notice::{Notice, Remark};
pub use crate::query::options::ParseOptions;
pub use crate::query::parser::{ParsedQuery, parse};

/// How the words of a query that no operator joins go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// Every word must be there.
    #[default]
    All,
    /// One word must be there; the more, the higher the hit.
    Any,
}
