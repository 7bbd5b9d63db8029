//! Plain text and Markdown, with the front matter before them.
//!
//! | module | what it holds |
//! |---|---|
//! | `text` | plain text |
//! | `markdown` | Markdown |
//! | `front_matter` | YAML, TOML, JSON and `Key:` lines before the text |

pub(crate) mod front_matter;
pub(crate) mod markdown;
pub(crate) mod text;
