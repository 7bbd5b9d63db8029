//! The formats of exports, feeds and dumps, one a module.

mod encoded_words;
pub(crate) mod feed;
mod http;
pub(crate) mod mail;
pub(crate) mod media_wiki;
pub(crate) mod news_item;
pub(crate) mod office;
pub(crate) mod table;
pub(crate) mod telegram;
pub(crate) mod telegram_json;
pub(crate) mod web_archive;
pub(crate) mod wordpress;
