//! Answers as text: pure functions of an answer into a writer, one file per format.
//!
//! Text from archives is untrusted: whatever a terminal would obey is made visible before it is
//! written.

pub mod analyze;
pub mod article;
pub mod bars;
pub mod chosen;
pub mod counts;
pub mod explanation;
pub mod facets;
pub mod hit_field;
pub mod hit_lines;
pub mod json;
pub mod kwic;
pub mod layout;
pub mod link;
pub mod markdown;
pub mod more_like;
pub mod parse;
pub mod sanitize;
pub mod shell;
pub mod spreadsheet;
pub mod style;
pub mod suggestions;
pub mod table;
pub mod text;
pub mod timeline;
pub mod trec;
pub mod wording;
