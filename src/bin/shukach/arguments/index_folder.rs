//! The folder of the index, or of several that are searched as one.

use crate::exit::Failure;
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use shukach::index::Index;
use shukach::locale::Locale;
use shukach::search::Searcher;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

/// The index that a command works on.
#[derive(Debug, Args)]
pub(crate) struct IndexFolder {
    #[arg(
        help = "Folder of the index [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        long,
        value_name = "DIR",
        value_parser = OsStringValueParser::new().try_map(one_folder)
    )]
    index: Option<PathBuf>,
}

impl IndexFolder {
    /// Returns the folder of the index.
    pub(crate) fn path(&self) -> PathBuf {
        self.index.clone().unwrap_or_else(default_folder)
    }
}

/// The indexes that a command reads, as one.
#[derive(Debug, Args)]
pub(crate) struct IndexFolders {
    #[arg(
        help = "Folder of the index; several are searched as one [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        long,
        value_name = "DIR"
    )]
    index: Vec<PathBuf>,
}

impl IndexFolders {
    /// Returns the folders, at least one.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        if self.index.is_empty() {
            return vec![default_folder()];
        }
        self.index.clone()
    }

    /// Opens them for searching.
    pub(crate) fn searcher(&self) -> Result<Searcher, Failure> {
        Ok(Searcher::open(&Index::open_all(&self.paths())?)?)
    }
}

/// Returns the folder where no other is named.
pub(crate) fn default_folder() -> PathBuf {
    let home = env::var_os("HOME")
        .or_else(|| env::var_os("USERPROFILE"))
        .map_or_else(|| ".".into(), PathBuf::from);
    let share = env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty());
    share
        .map_or_else(|| home.join(".local/share"), PathBuf::from)
        .join("shukach")
}

/// The variable that may list several folders.
const VARIABLE: &str = "SHUKACH_INDEX";

/// Why a command that changes an index is refused several.
#[derive(Debug)]
pub(crate) struct SeveralFolders;

impl SeveralFolders {
    /// Returns a message with the remedy.
    pub(crate) fn message(locale: Locale) -> &'static str {
        locale.choose(
            "this command works on one index; SHUKACH_INDEX names several, so choose with --index",
            "ця команда працює з одним індексом, а SHUKACH_INDEX називає кілька; виберіть через --index",
        )
    }
}

impl fmt::Display for SeveralFolders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::message(Locale::English))
    }
}

impl std::error::Error for SeveralFolders {}

fn one_folder(folder: OsString) -> Result<PathBuf, SeveralFolders> {
    let is_list = env::var_os(VARIABLE).as_ref() == Some(&folder)
        && env::split_paths(&folder).nth(1).is_some();
    if is_list {
        return Err(SeveralFolders);
    }
    Ok(folder.into())
}
