//! The formats of exports, feeds and dumps, one a module.
//!
//! | module | what it holds |
//! |---|---|
//! | `feed` | RSS, Atom, RDF, news sitemaps |
//! | `table` | CSV and TSV |
//! | `web_archive` | WARC, ARC and WET |
//! | `http` | HTTP responses in web archives |
//! | `telegram` | messages of a Telegram export as HTML |
//! | `telegram_json` | … and as JSON |
//! | `wordpress` | WordPress exports (WXR) |
//! | `news_item` | NewsML-G2 and NITF |
//! | `media_wiki` | MediaWiki XML |
//! | `mail` | EML, mbox and MHTML |
//! | `office` | DOCX and ODT |
//! | `pdf` | PDF with text |

pub(crate) mod feed;
mod http;
pub(crate) mod mail;
pub(crate) mod media_wiki;
pub(crate) mod news_item;
pub(crate) mod office;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod table;
pub(crate) mod telegram;
pub(crate) mod telegram_json;
pub(crate) mod web_archive;
pub(crate) mod wordpress;
