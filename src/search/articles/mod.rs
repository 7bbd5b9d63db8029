//! One article, whole or as the start of a search.
//!
//! | module | what it holds |
//! |---|---|
//! | [`find_article`] | finds an article by its id or path |
//! | [`places`] | where an article stands that was read several times |
//! | [`show`] | the whole article, with the words of a query marked |
//! | [`key_terms`] | the terms that set an article apart: frequent in it, rare elsewhere |
//! | [`more_like`] | articles that share these terms |

pub(crate) mod find_article;
pub(crate) mod key_terms;
pub(crate) mod more_like;
pub(crate) mod places;
pub(crate) mod show;
