//! terminal

pub(crate) mod destination;
pub(crate) mod interrupt;
pub(crate) mod output;
pub(crate) mod pager;
pub(crate) mod progress;
