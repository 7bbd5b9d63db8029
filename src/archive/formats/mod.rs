//! The formats of exports, feeds and dumps, one a module.

mod encoded_words;
pub(super) mod feed;
mod http;
pub(super) mod mail;
pub(super) mod media_wiki;
pub(super) mod news_item;
pub(super) mod office;
pub(super) mod table;
pub(super) mod telegram;
pub(super) mod telegram_json;
pub(super) mod web_archive;
pub(super) mod wordpress;
