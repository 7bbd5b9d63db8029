//! The help in Ukrainian: a Ukrainian text for each English one.
//!
//! The English text is the key, so that a changed one has no Ukrainian text any more and a test
//! says so.
//!
//! | module | what it holds |
//! |---|---|
//! | `commands` | texts of commands |
//! | `arguments` | texts of arguments |
//! | `indexing` | texts of arguments about what is indexed and removed |
//! | `limits` | limits of time and memory |
//! | `copying` | texts of `shukach copy` |
//! | `pages` | long texts |
//! | `serving` | texts of `shukach serve` |

mod arguments;
mod commands;
mod copying;
mod indexing;
mod limits;
mod pages;
mod serving;

/// A text that has no Ukrainian one; tests collect them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Untranslated(pub(crate) String);

/// Returns all texts.
fn texts() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    commands::TEXTS
        .iter()
        .chain(arguments::TEXTS)
        .chain(indexing::TEXTS)
        .chain(limits::TEXTS)
        .chain(copying::TEXTS)
        .chain(pages::TEXTS)
        .chain(serving::TEXTS)
}

/// Returns the Ukrainian text for `english`.
pub(crate) fn of(english: &str) -> Result<&'static str, Untranslated> {
    texts()
        .find(|(key, _)| *key == english)
        .map(|(_, ukrainian)| *ukrainian)
        .ok_or_else(|| Untranslated(english.to_owned()))
}

#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    texts().map(|(english, _)| *english)
}
