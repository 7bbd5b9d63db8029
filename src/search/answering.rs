//! What answers requests: an index in a folder, or one in a cluster.

use crate::error::Result;
use crate::query::Notice;
use crate::search::facets::counts::{CountsRequest, CountsResponse, FailedQuery};
use crate::search::index_summary::IndexSummary;
use crate::search::notices::WithNotices;
use crate::search::pages::stream::StreamOrder;
use crate::search::request::{KwicRequest, SearchRequest};
use crate::search::response::{
    ArticleResponse, Hit, KwicResponse, MoreLikeResponse, SearchResponse,
};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::search::suggest::completion::CompletionsResponse;

/// Answers requests. What each costs, [`Searcher`] says of an index in a folder.
pub trait Answering: Sync {
    /// Answers a request.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError>;

    /// Returns `request` with every word that no article has replaced by what was most likely
    /// meant, and a notice for each.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn with_suggestions(
        &self,
        request: &SearchRequest,
    ) -> Result<(SearchRequest, Vec<Notice>), SearchError>;

    /// Returns how many articles match.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn count(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError>;

    /// Returns whether any article matches.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn has_hits(&self, request: &SearchRequest) -> Result<bool, SearchError>;

    /// Returns the ids and scores of the best articles.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<WithNotices<Vec<(String, f32)>>, SearchError>;

    /// Counts the articles of several queries.
    ///
    /// # Errors
    /// Every query that cannot be answered, and not only the first.
    fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>>;

    /// Answers with lines of a concordance.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError>;

    /// Returns the article called `id`, with what matches the query of `request` marked.
    ///
    /// # Errors
    /// As [`Searcher::show`].
    fn show(&self, id: &str, request: &SearchRequest) -> Result<ArticleResponse, SearchError>;

    /// Finds the articles most like the one called `id`.
    ///
    /// # Errors
    /// As [`Searcher::more_like`].
    fn more_like(&self, id: &str, request: &SearchRequest)
    -> Result<MoreLikeResponse, SearchError>;

    /// Checks that an article is called `id`, to ask for its copies.
    ///
    /// # Errors
    /// As [`Searcher::check_article`].
    fn check_article(&self, id: &str) -> Result<(), SearchError>;

    /// Returns forms of words that begin as the last word of the query does.
    ///
    /// # Errors
    /// As [`Searcher::completions`].
    fn completions(&self, request: &SearchRequest) -> Result<CompletionsResponse, SearchError>;

    /// Sums up what the index holds.
    ///
    /// # Errors
    /// As [`Searcher::summary`].
    fn summary(&self) -> Result<IndexSummary>;

    /// Calls `make` with every hit, some of them at a time, and `each` with what it makes of them,
    /// in order.
    ///
    /// # Errors
    /// As [`Searcher::search`], and those of `make` and `each`, which end it.
    fn for_all_hits<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E>;
}

impl Answering for Searcher {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.search(request)
    }

    fn with_suggestions(
        &self,
        request: &SearchRequest,
    ) -> Result<(SearchRequest, Vec<Notice>), SearchError> {
        self.with_suggestions(request)
    }

    fn count(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError> {
        self.count(request)
    }

    fn has_hits(&self, request: &SearchRequest) -> Result<bool, SearchError> {
        self.has_hits(request)
    }

    fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<WithNotices<Vec<(String, f32)>>, SearchError> {
        let ranking = self.ranking(request)?;
        let hits = ranking.value.iter();
        Ok(WithNotices {
            value: hits
                .map(|(id, score)| (id.text().to_owned(), *score))
                .collect(),
            notices: ranking.notices,
        })
    }

    fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>> {
        self.counts(asked)
    }

    fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        self.kwic(request)
    }

    fn show(&self, id: &str, request: &SearchRequest) -> Result<ArticleResponse, SearchError> {
        self.show(id, request)
    }

    fn more_like(
        &self,
        id: &str,
        request: &SearchRequest,
    ) -> Result<MoreLikeResponse, SearchError> {
        self.more_like(id, request)
    }

    fn check_article(&self, id: &str) -> Result<(), SearchError> {
        self.check_article(id)
    }

    fn completions(&self, request: &SearchRequest) -> Result<CompletionsResponse, SearchError> {
        self.completions(request)
    }

    fn summary(&self) -> Result<IndexSummary> {
        self.summary()
    }

    fn for_all_hits<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_all_hits(request, order, make, each)
    }
}
