//! The sample archive, indexed once for all tests that only read.

use crate::archive_fixture::{Outcome, index_into, shared_folder, threads};
use crate::cli_fixture::{Ran, run_in};
use shukach::index::Index;
use shukach::index::job::JobOptions;
use shukach::search::Searcher;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The index of the sample archive.
pub(crate) struct Sample {
    folder: TempDir,
    pub(crate) outcome: Outcome,
    pub(crate) searcher: Searcher,
}

impl Sample {
    fn build() -> Self {
        let folder = shared_folder();
        let index = folder.path().join("index");
        let options = JobOptions {
            writer: threads(2),
            ..JobOptions::default()
        };
        let outcome = index_into(&index, &[archive()], options).unwrap();
        let searcher = Searcher::open(&Index::open(&index).unwrap()).unwrap();
        Self {
            folder,
            outcome,
            searcher,
        }
    }

    /// Runs `shukach … --index INDEX`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let index = self.index_path();
        let mut all = arguments.to_vec();
        all.extend(["--index", index.to_str().unwrap()]);
        run_in(self.folder.path(), &all)
    }

    /// Returns the folder of the index.
    pub(crate) fn index_path(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Returns the temporary folder around the index.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Returns the index of the sample archive.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(Sample::build)
}

/// Returns the folder of the sample archive.
pub(crate) fn archive() -> PathBuf {
    repository().join("tests/archive")
}

/// Returns the folder of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
