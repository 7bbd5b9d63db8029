//! An index in an `OpenSearch` cluster, for archives that outgrow one machine.
//!
//! The cluster keeps the articles with the tokens of our own analysis, finds those that match and
//! counts them. What it finds is put into an [index in memory](crate::index::in_memory), where our
//! own engine scores it, marks what matched and cuts snippets: so nothing of that is written twice,
//! and answers are the same as from a folder. See docs/opensearch.md.
//!
//! | module | what it holds |
//! |---|---|
//! | `address` | `opensearch+https://host:9200/name` |
//! | `credentials` | who asks, and whom it trusts |
//! | `exchange` | one request to one node |
//! | `client` | requests to all nodes, tried again, within a time limit |
//! | `tokens` | the analysed text as the cluster takes it |
//! | `document` | an article as a document, and back |
//! | `mapping` | the fields and the analysis, and what filled an index |
//! | `request` | a plan in the language of the cluster |
//! | `ordered` | articles in an order of which a place is found again |
//! | `cluster_index` | an index in a cluster: made, opened, asked |
//! | `administration` | made, put in the place of another one |
//! | `paging` | all documents of a query, in pages of one state of it |
//! | `word_counts` | how many articles have a word |
//! | `value_counts` | how many articles have each value or day |
//! | `bulk` | many changes in one request |
//! | `summary` | what an index holds |
//! | `writer` | articles into the cluster, in parallel |
//! | `file_records` | what is known of files, kept in the cluster |
//! | `held` | what the cluster holds when a job starts |
//! | `sink` | where an index job writes |
//! | [`job`] | an archive into a cluster |
//! | [`removal`] | articles taken out by the user |
//! | [`reindex`] | an index made anew from its articles |
//! | `copying` | an index in a folder into the cluster |
//! | `places` | cursors |
//! | `question` | a request translated |
//! | `cluster_searcher` | answers requests |
//! | `similar` | articles like another one |
//! | `answers` | counts, lines, articles and streams of hits |

mod address;
mod administration;
mod answers;
mod bulk;
mod client;
mod cluster_index;
mod cluster_searcher;
mod copying;
mod credentials;
mod document;
mod exchange;
mod file_records;
mod held;
pub mod job;
mod mapping;
mod ordered;
mod paging;
mod places;
mod question;
pub mod reindex;
pub mod removal;
mod request;
mod similar;
mod sink;
mod summary;
mod tokens;
mod value_counts;
mod word_counts;
mod writer;

pub use crate::cluster::address::ClusterAddress;
pub use crate::cluster::bulk::Written;
pub use crate::cluster::cluster_index::ClusterIndex;
pub use crate::cluster::cluster_searcher::ClusterSearcher;
pub use crate::cluster::copying::{CopySummary, copy};
pub use crate::cluster::credentials::Credentials;
pub use crate::cluster::document::{Collected, Sent};
pub use crate::cluster::mapping::Layout;
pub use crate::cluster::writer::ClusterWriter;
