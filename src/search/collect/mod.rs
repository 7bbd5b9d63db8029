//! collect

pub mod best;
pub mod deadline;
pub(crate) mod exact_forms;
pub(crate) mod tie_break;
pub mod top_k;
