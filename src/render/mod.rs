//! Answers as text: pure functions of an answer into a writer, one file per format.
//!
//! Text from archives is untrusted: whatever a terminal would obey is made visible before it is
//! written.
//!
//! | module | what it holds |
//! |---|---|
//! | [`text`] | an answer for people |
//! | [`json`] | JSON |
//! | [`hit_lines`] | one hit a line: NDJSON, CSV, TSV, ids |
//! | [`markdown`] | Markdown |
//! | [`trec`] | TREC runs |
//! | [`verification`] | an index verified |
//! | [`counts`] | counts of several queries |
//! | [`timeline`] | bars over time |
//! | [`bars`] | one bar a row |
//! | [`facets`] | facets |
//! | [`kwic`] | concordances |
//! | [`more_like`] | similar articles |
//! | [`article`] | a whole article |
//! | [`explanation`] | where scores come from |
//! | [`parse`] | how a query was read |
//! | [`analyze`] | words and keys of a text |
//! | [`suggestions`] | did you mean |
//! | [`chosen`] | chosen fields of JSON answers |
//! | [`hit_field`] | the fields of a hit |
//! | [`table`] | tables in text |
//! | [`spreadsheet`] | cells that no spreadsheet runs |
//! | [`layout`] | width, indents, wrapping |
//! | [`style`] | colours and marks |
//! | [`link`] | links to articles |
//! | [`sanitize`] | control characters of untrusted text |
//! | [`shell`] | commands to copy |
//! | [`wording`] | words that several outputs share |

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
#[cfg(test)]
mod tests;
pub mod text;
pub mod timeline;
pub mod trec;
pub mod verification;
pub mod wording;
