//! Queries that find what another query finds and change its scores.
//!
//! | file | what it does |
//! |---|---|
//! | `proximity` | adds a bonus where neighbouring words of the query stand near each other |
//! | `recency` | lowers the score with the age of the article |
//! | `rescoring` | the scorer of both: the documents of one scorer, with other scores |

pub(crate) mod proximity;
pub(crate) mod recency;
mod rescoring;
