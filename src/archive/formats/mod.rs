//! The formats of exports, feeds and dumps, one a module.

pub(super) mod feed;
mod http;
pub(super) mod media_wiki;
pub(super) mod news_item;
pub(super) mod table;
pub(super) mod web_archive;
pub(super) mod wordpress;
