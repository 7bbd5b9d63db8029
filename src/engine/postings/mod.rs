//! Postings lists: from the terms of a slot to documents, frequencies and positions.
//!
//! | file | what it does |
//! |---|---|
//! | `bit_set` | documents as one bit each |
//! | `block_cursor` | a cursor over the blocks of a list |
//! | `block_postings` | the blocks of one term, or of several rare terms merged |
//! | `field_norms` | what a mention counts, by the length of the part |
//! | `mention_bound` | how many mentions it takes to pass a threshold |
//! | `merged_postings` | the forms of a pattern as one list that knows which forms a document has |
//! | `postings_union` | the union of postings, each document once with its values joined |
//! | `scored_postings` | documents with any form of a pattern and their scores |
//! | `slot_postings` | a cursor over any of the terms of a slot, with positions |
//! | `slot_terms` | the terms of a slot in all segments: their idf and postings |
//! | `term_lookup` | finds the terms of a slot in the dictionaries of a segment |
//! | `term_postings` | a cursor over one term in one part, with positions |

pub(crate) mod bit_set;
pub(crate) mod block_cursor;
pub(crate) mod block_postings;
pub(crate) mod field_norms;
pub(crate) mod mention_bound;
pub(crate) mod merged_postings;
pub(crate) mod postings_union;
pub(crate) mod scored_postings;
pub(crate) mod slot_postings;
pub(crate) mod slot_terms;
pub(crate) mod term_lookup;
pub(crate) mod term_postings;
