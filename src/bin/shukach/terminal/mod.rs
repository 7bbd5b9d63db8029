//! terminal

pub(crate) mod colour;
pub(crate) mod destination;
pub(crate) mod interrupt;
pub(crate) mod locale;
pub(crate) mod notices;
pub(crate) mod output;
pub(crate) mod pager;
pub(crate) mod progress;
