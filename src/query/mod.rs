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

#[cfg(test)]
mod agreement;
pub mod ast;
pub mod bag;
mod boolean;
pub mod compile;
pub mod condition;
mod doc_bits;
pub mod doc_filter;
pub mod error;
pub mod expand;
pub mod field;
pub mod form_places;
pub mod found_list;
pub mod found_slot;
pub mod found_term;
pub mod freq_blocks;
pub mod freq_list;
mod impact_bounds;
pub mod lexer;
mod merged;
mod merged_terms;
mod message;
pub mod notice;
pub mod options;
pub mod parser;
pub mod part_scale;
pub mod pattern;
pub mod period;
pub mod phrase;
pub mod plan;
pub mod postings;
mod print;
pub mod proximity;
pub mod recency;
pub mod related;
mod repair;
pub mod scored_list;
pub mod shares;
pub mod slot_lists;
pub mod span;
pub mod span_postings;
pub mod span_query;
mod spelling;
pub mod term_places;
pub mod tier;
pub mod translation;
pub mod tree;
mod walk;
pub mod word_memo;
mod words_together;

pub use ast::Query;
pub use error::{QueryError, QueryErrorReport, QueryProblem};
pub use notice::{Notice, Remark};
pub use options::ParseOptions;
pub use parser::{ParsedQuery, parse};
pub use plan::{Plan, Slot, Widening};
pub use word_memo::WordMemo;

/// How the words of a query that no operator joins go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// Every word must be there.
    #[default]
    All,
    /// One word must be there; the more, the higher the hit.
    Any,
}
