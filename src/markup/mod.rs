//! Markup and wrapped lines → paragraphs of text. Knows nothing of articles.
//!
//! | module | what it holds |
//! |---|---|
//! | `html` | text fields that hold HTML |
//! | `blocks` | paragraphs and headings of a text |
//! | `json_mend` | JSON that people write into pages, mended |
//! | `nesting` | bounds of depth and size |
//! | `page` | a page without navigation |
//! | `paragraphs` | joins hard-wrapped lines |
//! | `script` | values of scripts as JSON |
//! | `wiki` | wiki markup |

pub(crate) mod blocks;
pub(crate) mod html;
pub(crate) mod json_mend;
pub(crate) mod nesting;
pub(crate) mod page;
pub(crate) mod paragraphs;
pub(crate) mod script;
pub(crate) mod wiki;
