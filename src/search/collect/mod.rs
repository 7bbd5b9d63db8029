//! Collects the best hits of a prepared query.
//!
//! | module | what it holds |
//! |---|---|
//! | [`best`] | the best by score or by date, over all segments |
//! | [`top_k`] | a heap of the best so far |
//! | `tie_break` | order of hits with equal scores |
//! | `exact_forms` | how many query words stand in an article as typed |
//! | [`deadline`] | stops a search that takes too long |

pub(crate) mod best;
pub(crate) mod deadline;
pub(crate) mod exact_forms;
pub(crate) mod tie_break;
pub(crate) mod top_k;
