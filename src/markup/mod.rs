//! markup

pub(crate) mod blocks;
pub(crate) mod html;
pub(crate) mod nesting;
pub(crate) mod page;
pub(crate) mod paragraphs;
