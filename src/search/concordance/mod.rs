//! Keyword in context: every match between the words around it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`kwic`] | answers a request for a concordance |
//! | `lines` | the lines of one article |
//! | [`collation`] | Ukrainian alphabetical order |

pub(crate) mod collation;
pub(crate) mod kwic;
pub(crate) mod lines;
