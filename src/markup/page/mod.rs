//! A page without what is not its article.
//!
//! | module | what it holds |
//! |---|---|
//! | `text` | walks the text of a page |
//! | `noise` | navigation, teasers, comments |
//! | `body` | the containers of the body |
//! | `title` | the headline without the name of the site |

pub(crate) mod body;
pub(crate) mod noise;
pub(crate) mod text;
pub(crate) mod title;
