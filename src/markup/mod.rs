//! Markup and wrapped lines → paragraphs of text. Knows nothing of articles.
//!
//! | module | what it holds |
//! |---|---|
//! | `html` | text fields that hold HTML |
//! | `blocks` | paragraphs and headings of a text |
//! | `nesting` | bounds of depth and size |
//! | `page` | a page without navigation |
//! | `paragraphs` | joins hard-wrapped lines |

pub(crate) mod blocks;
pub(crate) mod html;
pub(crate) mod nesting;
pub(crate) mod page;
pub(crate) mod paragraphs;
