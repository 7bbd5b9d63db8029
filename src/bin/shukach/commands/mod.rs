//! One file a command.
//!
//! | module | what it holds |
//! |---|---|
//! | `index` | `shukach index` |
//! | `search` | `shukach search` |
//! | `list` | `shukach list` |
//! | `desk` | writes the answers of `search` and `list` |
//! | `count` | `shukach count` and `timeline` |
//! | `kwic` | `shukach kwic` |
//! | `remove` | `shukach remove` |
//! | `rebuilding` | what `reindex` and `repair` share |
//! | `reindex` | `shukach reindex` |
//! | `repair` | `shukach repair` |
//! | `optimize` | `shukach optimize` |
//! | `show` | `shukach show` |
//! | `more_like` | `shukach more-like` |
//! | `info` | `shukach info` |
//! | `verify` | `shukach verify` |
//! | `copy` | `shukach copy` |
//! | `snapshot` | `shukach snapshot` |
//! | `parse` | `shukach parse` |
//! | `translate` | `shukach translate` |
//! | `analyze` | `shukach analyze` |
//! | `demo` | `shukach demo` |
//! | `generate` | `shukach completions` and `man` |
//! | `watch` | `shukach watch` |
//! | `inspect` | `shukach inspect` |

pub(crate) mod analyze;
#[cfg(feature = "opensearch")]
pub(crate) mod copy;
pub(crate) mod count;
pub(crate) mod demo;
pub(crate) mod desk;
pub(crate) mod generate;
pub(crate) mod index;
pub(crate) mod info;
pub(crate) mod inspect;
pub(crate) mod kwic;
pub(crate) mod list;
pub(crate) mod more_like;
pub(crate) mod optimize;
pub(crate) mod parse;
pub(crate) mod rebuilding;
pub(crate) mod reindex;
pub(crate) mod remove;
pub(crate) mod repair;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod snapshot;
pub(crate) mod translate;
pub(crate) mod verify;
#[cfg(feature = "watch")]
pub(crate) mod watch;
