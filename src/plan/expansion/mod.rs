//! Terms of the index that a slot stands for besides its own.
//!
//! | file | what it does |
//! |---|---|
//! | `pattern_terms` | where segments have the forms of patterns |
//! | `patterns` | wildcards and fuzzy words → the forms that the index has |
//! | `shared_prefix` | words with the same beginning, as weaker alternatives |
//! | `term_union` | the terms of several dictionaries in one order |

pub(crate) mod pattern_terms;
pub(crate) mod patterns;
pub(crate) mod shared_prefix;
pub(crate) mod term_union;
