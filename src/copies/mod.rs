//! Copies: which articles are prints of one text, as agencies' news in many outlets.
//!
//! | file | what |
//! |---|---|
//! | `words` | the words of a text, as hashes |
//! | [`signature`] | 96 bytes for a text that tell how much of it another one has |
//! | [`similarity`] | how like two texts are, and what makes the one a copy of the other |
//! | [`repeats`] | articles that a reader cannot tell from one another |
//! | [`clusters`] | articles that are copies of one another, the earliest first |

pub mod clusters;
pub mod repeats;
pub mod signature;
pub mod similarity;
pub(crate) mod words;

pub use crate::copies::clusters::{Clusters, Member, Print};
pub use crate::copies::signature::Signature;
