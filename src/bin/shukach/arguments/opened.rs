//! An index that was opened for searching, in a folder or in a cluster.

#[cfg(feature = "opensearch")]
use shukach::cluster::ClusterSearcher;
use shukach::error::Result;
use shukach::query::Notice;
use shukach::search::{
    Answering, ArticleResponse, CompletionsResponse, CountsRequest, CountsResponse, FailedQuery,
    Hit, IndexSummary, KwicRequest, KwicResponse, MoreLikeResponse, SearchError, SearchRequest,
    SearchResponse, Searcher, StreamOrder, WithNotices,
};

/// An index that was opened for searching.
pub(crate) enum Opened {
    /// One in a folder, or several as one.
    Folder(Box<Searcher>),
    /// One in a cluster.
    #[cfg(feature = "opensearch")]
    Cluster(Box<ClusterSearcher>),
}

impl Opened {
    /// Returns how many articles it holds.
    ///
    /// # Errors
    /// Where a cluster does not answer.
    #[cfg(feature = "serve")]
    pub(crate) fn article_count(&self) -> Result<u64> {
        match self {
            Self::Folder(index) => Ok(index.article_count()),
            #[cfg(feature = "opensearch")]
            Self::Cluster(index) => index.article_count(),
        }
    }

    /// Returns the same index in a cluster, of which everything is asked anew; `None` for one in a
    /// folder, which never changes once it is open.
    #[cfg(feature = "serve")]
    pub(crate) fn anew(&self) -> Option<Self> {
        match self {
            Self::Folder(_) => None,
            #[cfg(feature = "opensearch")]
            Self::Cluster(index) => Some(Self::Cluster(Box::new(index.anew()))),
        }
    }

    /// Returns whether it is in a cluster.
    #[cfg(feature = "serve")]
    pub(crate) fn is_in_cluster(&self) -> bool {
        !matches!(self, Self::Folder(_))
    }
}

/// Asks the index that was opened.
macro_rules! ask {
    ($opened:expr, $method:ident($($argument:expr),*)) => {
        match $opened {
            Opened::Folder(index) => Answering::$method(&**index, $($argument),*),
            #[cfg(feature = "opensearch")]
            Opened::Cluster(index) => Answering::$method(&**index, $($argument),*),
        }
    };
}

impl Answering for Opened {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        ask!(self, search(request))
    }

    fn with_suggestions(
        &self,
        request: &SearchRequest,
    ) -> Result<(SearchRequest, Vec<Notice>), SearchError> {
        ask!(self, with_suggestions(request))
    }

    fn count(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError> {
        ask!(self, count(request))
    }

    fn has_hits(&self, request: &SearchRequest) -> Result<bool, SearchError> {
        ask!(self, has_hits(request))
    }

    fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<WithNotices<Vec<(String, f32)>>, SearchError> {
        ask!(self, ranking(request))
    }

    fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>> {
        ask!(self, counts(asked))
    }

    fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        ask!(self, kwic(request))
    }

    fn show(&self, id: &str, request: &SearchRequest) -> Result<ArticleResponse, SearchError> {
        ask!(self, show(id, request))
    }

    fn more_like(
        &self,
        id: &str,
        request: &SearchRequest,
    ) -> Result<MoreLikeResponse, SearchError> {
        ask!(self, more_like(id, request))
    }

    fn check_article(&self, id: &str) -> Result<(), SearchError> {
        ask!(self, check_article(id))
    }

    fn completions(&self, request: &SearchRequest) -> Result<CompletionsResponse, SearchError> {
        ask!(self, completions(request))
    }

    fn summary(&self) -> Result<IndexSummary> {
        ask!(self, summary())
    }

    fn for_all_hits<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        ask!(self, for_all_hits(request, order, make, each))
    }
}
