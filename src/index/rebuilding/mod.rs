//! An index made anew from what it holds itself.
//!
//! The new one is built in a hidden folder within the index folder, under the lock of the index.
//! Then its files are moved beside the old ones, and `meta.json` is replaced: in that one step the
//! new index takes the place of the old one. Readers go on with the old one until they open it
//! again, and what a killed process leaves is removed by whoever writes next.
//!
//! | file | what |
//! |---|---|
//! | [`reindex`] | the whole index, for this version of the program |
//! | [`repair`] | what is damaged of an index, of what is left of it |
//! | `stored_index` | an index of any version, under its lock |
//! | `stored_manifest` | a manifest of any version |
//! | `values` | the ids, sources and other values of a segment |
//! | `stored_articles` | the articles of a segment, from its columns and its store |
//! | `unfinished` | the folder that a new index is built in |
//! | `swap` | puts the new files in the place of the old ones |

pub mod reindex;
pub mod repair;
pub(crate) mod stored_articles;
mod stored_index;
pub(crate) mod stored_manifest;
mod swap;
pub(crate) mod unfinished;
mod values;
