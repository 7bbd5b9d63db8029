//! Conditions that a document meets or not, whatever its words.
//!
//! | file | what it does |
//! |---|---|
//! | `boolean` | AND, OR and NOT of conditions as bit sets |
//! | `condition_query` | conditions on dates and columns as a query |
//! | `doc_filter` | a condition that queries may ask before they score |

pub(crate) mod boolean;
pub(crate) mod condition_query;
pub(crate) mod doc_filter;
