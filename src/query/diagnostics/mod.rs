//! What is wrong with a query, and what is worth knowing about how it was read.
//!
//! | module | what it holds |
//! |---|---|
//! | [`error`] | errors with codes and places |
//! | [`notice`] | warnings with codes |
//! | `message` | both in words, English and Ukrainian |

pub mod error;
pub(crate) mod message;
pub mod notice;
