//! One commit of an index, opened for searching.

use crate::copies::Clusters;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::document::StoredArticle;
use crate::index::document_store;
use crate::index::repeats::Repeats;
use crate::plan::Plan;
use crate::plan::cache::word_cache::WordCache;
use crate::schema::Part;
use crate::search::columns::Columns;
use crate::search::copies::publishers::FirstPublishers;
use std::io;
use std::sync::{Arc, OnceLock};
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, TantivyError};

/// How many blocks of the texts of a segment stay unpacked.
const CACHED_BLOCKS: usize = 100;

/// Answers questions from one commit of an index. Can be shared between threads.
pub struct Searcher {
    pub(crate) index: Index,
    pub(crate) engine: tantivy::Searcher,
    pub(crate) columns: Vec<Arc<Columns>>,
    /// The texts of each segment.
    stores: Vec<StoreReader>,
    /// What earlier queries found out of their words.
    pub(crate) cache: WordCache,
    /// Which articles are copies of others, once a question needs it.
    pub(crate) clusters: OnceLock<Arc<Clusters>>,
    pub(crate) publishers: OnceLock<Arc<FirstPublishers>>,
    /// Where articles stand that are held once, once a hit is made.
    pub(crate) repeats: OnceLock<Vec<Repeats>>,
    /// The larger index of which it has a part.
    pub(crate) whole: Option<Arc<dyn WholeIndex>>,
}

/// A larger index, of which a searcher has the articles that some question is about. It knows what
/// they do not tell.
pub(crate) trait WholeIndex: Send + Sync {
    /// Puts into the slots of `plan` how common their words are; slots without a part of their own
    /// are searched in `parts`.
    ///
    /// # Errors
    /// Where the index does not answer.
    fn count_words(&self, plan: &mut Plan, parts: &[Part]) -> Result<()>;
}

impl Searcher {
    /// Opens the last commit of `index`.
    ///
    /// # Errors
    /// [`Error::Damaged`] where its files are broken, [`Error::NoPermission`], [`Error::Engine`]
    /// where they cannot be read.
    pub fn open(index: &Index) -> Result<Self> {
        let unreadable = |error| match error {
            Error::Engine(error) if is_damage(&error) => Error::Damaged {
                path: index.path().to_owned(),
                what: error.to_string(),
            },
            Error::Engine(error) if is_denied(&error) => Error::NoPermission {
                path: index.path().to_owned(),
            },
            other => other,
        };
        let reader = index.reader().map_err(unreadable)?;
        let engine = reader.searcher();
        let columns = engine
            .segment_readers()
            .iter()
            .map(|reader| Columns::open(reader).map(Arc::new))
            .collect::<tantivy::Result<_>>()
            .map_err(|error| unreadable(Error::Engine(error)))?;
        let readers = engine.segment_readers().iter();
        let stores = readers.map(|reader| reader.get_store_reader(CACHED_BLOCKS));
        let stores = stores.collect::<io::Result<_>>();
        let stores = stores.map_err(|error| unreadable(Error::Engine(error.into())))?;
        Ok(Self {
            index: index.clone(),
            engine,
            columns,
            stores,
            cache: WordCache::default(),
            clusters: OnceLock::new(),
            publishers: OnceLock::new(),
            repeats: OnceLock::new(),
            whole: None,
        })
    }

    /// Returns the same, as a part of a larger index: what its articles are not, others may be, so
    /// that it offers nothing else and scores words by how common they are there.
    #[must_use]
    #[cfg_attr(
        not(feature = "opensearch"),
        expect(dead_code, reason = "only a cluster is searched in parts")
    )]
    pub(crate) fn part_of(mut self, whole: Arc<dyn WholeIndex>) -> Self {
        self.whole = Some(whole);
        self
    }

    /// Forgets what earlier queries found out of their words, some tens of megabytes at most after
    /// thousands of them; what is asked for again is found out anew.
    pub fn forget_words(&self) {
        self.cache.clear();
    }

    /// Returns how many articles the commit holds.
    pub fn article_count(&self) -> u64 {
        self.engine.num_docs()
    }

    /// Reads the article at `address`.
    ///
    /// # Errors
    /// Where it cannot be unpacked.
    pub(crate) fn stored_article(&self, address: DocAddress) -> tantivy::Result<StoredArticle> {
        let store = self.stores.get(address.segment_ord as usize);
        document_store::read(store.ok_or_else(no_segment)?, address.doc_id)
    }

    /// Returns the columns of the segment that `address` is in.
    pub(crate) fn columns_of(&self, address: DocAddress) -> tantivy::Result<&Columns> {
        let columns = self.columns.get(address.segment_ord as usize);
        columns.map(Arc::as_ref).ok_or_else(no_segment)
    }

    pub(crate) fn doc_count(&self) -> usize {
        usize::try_from(self.engine.num_docs()).unwrap_or(usize::MAX)
    }
}

fn no_segment() -> TantivyError {
    TantivyError::InvalidArgument("no such segment".to_owned())
}

/// Returns whether files are damaged, not only unreachable.
fn is_damage(error: &TantivyError) -> bool {
    let is_broken = |error: &io::Error| {
        use io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
        matches!(error.kind(), InvalidData | NotFound | UnexpectedEof)
    };
    match error {
        TantivyError::IoError(error) => is_broken(error),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => is_broken(io_error),
        TantivyError::OpenReadError(_)
        | TantivyError::DataCorruption(_)
        | TantivyError::IncompatibleIndex(_) => true,
        _ => false,
    }
}

/// Returns whether files may not be read by this user.
fn is_denied(error: &TantivyError) -> bool {
    let kind = match error {
        TantivyError::IoError(error) => error.kind(),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => io_error.kind(),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
            io_error.kind()
        }
        _ => return false,
    };
    kind == io::ErrorKind::PermissionDenied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_out_of_reach_for_now_are_not_called_broken() {
        for (kind, expected) in [
            (io::ErrorKind::PermissionDenied, false),
            (io::ErrorKind::Other, false),
            (io::ErrorKind::UnexpectedEof, true),
        ] {
            let error = TantivyError::IoError(Arc::new(kind.into()));
            assert_eq!(is_damage(&error), expected, "{kind:?}");
        }
    }
}
