//! The query language: the text of a query becomes a [`Query`]. Knows neither the index nor the
//! engine.
//!
//! | step | module | from → to |
//! |---|---|---|
//! | how to read: match mode, lenient, literal | [`options`] | |
//! | cut into words, phrases and operators | [`lexer`] | text → lexemes |
//! | fields, dates and patterns in lexemes | [`field`], [`period`], [`pattern`], [`value_pattern`] | |
//! | parse, strictly or mending faults | `parse` | text → [`Query`] |
//! | read the structure | [`parser`] | lexemes → [`Query`] |
//! | translate from another query language | [`translation`] | text → [`Query`] |
//! | the tree itself and who walks it | [`ast`], `visit` | |
//! | print it, show it as a tree | `print`, [`tree`] | [`Query`] → text |
//! | errors and notices with their words | [`diagnostics`] | |
//! | `optional` | function words that need not be there | |

pub mod ast;
pub mod diagnostics;
pub mod field;
pub mod lexer;
pub(crate) mod optional;
pub mod options;
pub mod parse;
pub mod parser;
pub mod pattern;
pub mod period;
mod print;
pub mod translation;
pub mod tree;
pub mod value_pattern;
mod visit;

pub use crate::query::ast::Query;
pub use crate::query::diagnostics::error::{QueryError, QueryErrorReport, QueryProblem};
pub use crate::query::diagnostics::notice::{Notice, Warning};
pub use crate::query::options::{MatchMode, ParseOptions};
pub use crate::query::parse::parse;
pub use crate::query::parser::parsed::ParsedQuery;
