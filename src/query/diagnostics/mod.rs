//! diagnostics

pub mod error;
pub(crate) mod message;
pub mod notice;
