//! The folder of the index, or of several that are searched as one.

#[cfg(feature = "opensearch")]
use crate::arguments::credentials::credentials;
use crate::arguments::opened::Opened;
use crate::exit::Failure;
use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
#[cfg(feature = "opensearch")]
pub(crate) use shukach::cluster::ClusterAddress;
#[cfg(feature = "opensearch")]
use shukach::cluster::ClusterSearcher;
use shukach::error::{ClusterProblem, Error};
use shukach::index::Index;
use shukach::locale::Locale;
use shukach::search::Searcher;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

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

/// The index that a command changes, in a folder or in a cluster.
#[derive(Debug, Args)]
pub(crate) struct IndexPlace {
    #[arg(
        help = "Folder of the index, or its address in a cluster: opensearch+https://host:9200/name [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        long,
        value_name = "DIR",
        value_parser = OsStringValueParser::new().try_map(one_place)
    )]
    index: Option<PathBuf>,
}

impl IndexPlace {
    /// Returns the folder of the index, or its address.
    pub(crate) fn path(&self) -> PathBuf {
        self.index.clone().unwrap_or_else(default_folder)
    }

    /// Returns its address, where it is in a cluster.
    pub(crate) fn address(&self) -> Result<Option<ClusterAddress>, Failure> {
        let address = self.index.as_deref().filter(|path| is_address(path));
        address.map(address_of).transpose()
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

    /// Opens them for searching, or an index in a cluster.
    pub(crate) fn open(&self) -> Result<Opened, Failure> {
        open(&self.paths())
    }
}

/// Opens indexes in folders as one, or an index in a cluster.
pub(crate) fn open(paths: &[PathBuf]) -> Result<Opened, Failure> {
    match paths {
        [address] if is_address(address) => open_cluster(address),
        paths if paths.iter().any(|path| is_address(path)) => {
            Err(unsupported("several indexes at once").into())
        }
        paths => {
            let searcher = Searcher::open(&Index::open_all(paths)?)?;
            Ok(Opened::Folder(Box::new(searcher)))
        }
    }
}

/// Returns whether a path is meant as the address of an index in a cluster.
pub(crate) fn is_address(path: &Path) -> bool {
    path.to_str()
        .is_some_and(|text| text.starts_with("opensearch+"))
}

/// What a program built without the feature answers.
#[cfg(not(feature = "opensearch"))]
const WITHOUT_FEATURE: &str = "this program was built without the feature opensearch";

/// An address, which a program built without the feature has none of.
#[cfg(not(feature = "opensearch"))]
pub(crate) enum ClusterAddress {}

/// Returns that an index in a cluster cannot do something.
pub(crate) fn unsupported(what: &'static str) -> Error {
    Error::Cluster(ClusterProblem::Unsupported { what })
}

#[cfg(feature = "opensearch")]
fn address_of(path: &Path) -> Result<ClusterAddress, Failure> {
    Ok(ClusterAddress::parse(&path.to_string_lossy()).map_err(Error::from)?)
}

#[cfg(not(feature = "opensearch"))]
fn address_of(_: &Path) -> Result<ClusterAddress, Failure> {
    Err(unsupported(WITHOUT_FEATURE).into())
}

#[cfg(feature = "opensearch")]
fn open_cluster(address: &Path) -> Result<Opened, Failure> {
    let searcher = ClusterSearcher::open(address_of(address)?, credentials()?)?;
    Ok(Opened::Cluster(Box::new(searcher)))
}

#[cfg(not(feature = "opensearch"))]
fn open_cluster(_: &Path) -> Result<Opened, Failure> {
    Err(unsupported(WITHOUT_FEATURE).into())
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

/// Why a command that changes an index is refused what is no folder.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NoFolder {
    /// Several folders.
    Several,
    /// The address of an index in a cluster.
    Address,
}

impl NoFolder {
    /// Returns a message with the remedy.
    pub(crate) fn message(self, locale: Locale) -> &'static str {
        match self {
            Self::Several => locale.choose(
            "this command works on one index; SHUKACH_INDEX names several, so choose with --index",
            "ця команда працює з одним індексом, а SHUKACH_INDEX називає кілька; виберіть через --index",
            ),
            Self::Address => locale.choose(
                "this command works on an index in a folder; docs/opensearch.md says which work on one in a cluster",
                "ця команда працює з індексом у теці; які працюють з індексом у кластері, пише docs/opensearch.md",
            ),
        }
    }
}

impl fmt::Display for NoFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Locale::English))
    }
}

impl std::error::Error for NoFolder {}

fn one_folder(folder: OsString) -> Result<PathBuf, NoFolder> {
    if is_address(Path::new(&folder)) {
        return Err(NoFolder::Address);
    }
    one_place(folder)
}

fn one_place(folder: OsString) -> Result<PathBuf, NoFolder> {
    if is_address(Path::new(&folder)) {
        return Ok(folder.into());
    }
    let is_list = env::var_os(VARIABLE).as_ref() == Some(&folder)
        && env::split_paths(&folder).nth(1).is_some();
    if is_list {
        return Err(NoFolder::Several);
    }
    Ok(folder.into())
}
