//! collect

pub(crate) mod best;
pub(crate) mod deadline;
pub(crate) mod exact_forms;
pub(crate) mod tie_break;
pub(crate) mod top_k;
