//! Counts, lines of a concordance, single articles and streams of hits from a cluster.

use crate::cluster::cluster_searcher::{ClusterSearcher, MOST_CHECKED, STRETCH};
use crate::cluster::document::{Collected, name};
use crate::cluster::ordered::Ordered;
use crate::cluster::question::{Question, filtered, refuse_first_publisher};
use crate::error::{ClusterProblem, Error, Result};
use crate::query::Notice;
use crate::search::facets::FacetCounter;
use crate::search::facets::counts::{Counting, counts};
use crate::search::facets::grid::Grid;
use crate::search::{
    Answering, ArticleResponse, CompletionsResponse, CountsRequest, CountsResponse, FailedQuery,
    Hit, IndexSummary, KwicRequest, KwicResponse, KwicSort, MoreLikeResponse, NamedQuery,
    QueryCounts, SearchError, SearchRequest, SearchResponse, Searcher, Sort, StreamOrder,
    WithNotices,
};
use serde_json::json;
use std::time::Duration;

impl Answering for ClusterSearcher {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.in_time(request.timeout, |index| index.answer(request))
    }

    /// Fails: the cluster cannot list its words.
    fn with_suggestions(
        &self,
        _: &SearchRequest,
    ) -> Result<(SearchRequest, Vec<Notice>), SearchError> {
        let what = "--accept-suggestions";
        Err(Error::from(ClusterProblem::Unsupported { what }).into())
    }

    fn count(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError> {
        self.in_time(request.timeout, |index| index.total(request))
    }

    fn has_hits(&self, request: &SearchRequest) -> Result<bool, SearchError> {
        Ok(self.count(request)?.value > 0)
    }

    fn counts(&self, asked: &CountsRequest) -> Result<CountsResponse, Vec<FailedQuery>> {
        let limited = self.within(asked.request.timeout);
        let whole = |error: Error| {
            let error = error.into();
            vec![FailedQuery { ordinal: 0, error }]
        };
        refuse_first_publisher(asked.column).map_err(whole)?;
        limited.index.check().map_err(whole)?;
        let response = counts(&limited, asked)?;
        limited.index.check_time().map_err(whole)?;
        Ok(response)
    }

    fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<WithNotices<Vec<(String, f32)>>, SearchError> {
        let response = self.search(&SearchRequest {
            depth: crate::search::Depth::Columns,
            timeline: None,
            ..request.clone()
        })?;
        let hits = response.hits.into_iter();
        Ok(WithNotices {
            value: hits.map(|hit| (hit.id, hit.score)).collect(),
            notices: response.notices,
        })
    }

    /// Lines by source and by words around are of all articles, which must be few.
    fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        self.in_time(request.search.timeout, |index| index.lines(request))
    }

    fn show(&self, id: &str, request: &SearchRequest) -> Result<ArticleResponse, SearchError> {
        self.in_time(request.timeout, |index| {
            index.called(id)?.show(id, &index.in_memory(request))
        })
    }

    fn more_like(
        &self,
        id: &str,
        request: &SearchRequest,
    ) -> Result<MoreLikeResponse, SearchError> {
        self.in_time(request.timeout, |index| index.alike(id, request))
    }

    fn check_article(&self, _: &str) -> Result<(), SearchError> {
        let what = "--copies";
        Err(Error::from(ClusterProblem::Unsupported { what }).into())
    }

    /// Fails: the cluster cannot list its words.
    fn completions(&self, _: &SearchRequest) -> Result<CompletionsResponse, SearchError> {
        let what = "suggest";
        Err(Error::from(ClusterProblem::Unsupported { what }).into())
    }

    fn summary(&self) -> Result<IndexSummary> {
        self.index.check()?;
        self.index.summary()
    }

    fn for_all_hits<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let limited = self.within(request.timeout);
        limited.index.check().map_err(SearchError::from)?;
        limited.stream(request, order, make, each)?;
        let in_time = limited.index.check_time();
        in_time.map_err(|error| SearchError::from(error).into())
    }
}

impl ClusterSearcher {
    /// Counts the articles of a request.
    fn total(&self, request: &SearchRequest) -> Result<WithNotices<u64>, SearchError> {
        let question = Question::of(request, &self.index)?;
        if !question.found.is_exact {
            return self.candidates(&question)?.count(&self.in_memory(request));
        }
        let request = SearchRequest {
            timeline: None,
            ..request.clone()
        };
        let (total, estimates) = self.index.total_and_estimates(&question.found.query)?;
        let mut notices = question.notices(&request, estimates);
        self.note_silence(&request, &mut notices);
        Ok(WithNotices {
            value: total,
            notices,
        })
    }

    /// Returns the lines of a concordance.
    fn lines(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        let search = &request.search;
        let question = Question::of(search, &self.index)?;
        let asked = KwicRequest {
            search: self.in_memory(search),
            ..request.clone()
        };
        if !question.found.is_exact {
            return self.candidates(&question)?.kwic(&asked);
        }
        let total = self.index.total(&question.found.query)?;
        let needs_all = matches!(
            request.sort,
            KwicSort::Left | KwicSort::Right | KwicSort::Source
        );
        let articles = if needs_all || total <= STRETCH as u64 {
            self.index.fetch_all(&question.found.query, MOST_CHECKED)?
        } else {
            // Each article has a line, but for conditions alone.
            let ordered = SearchRequest {
                sort: match request.sort {
                    KwicSort::Oldest => Sort::Oldest,
                    KwicSort::Newest => Sort::Newest,
                    _ => Sort::Score,
                },
                ..search.clone()
            };
            let wanted = search.offset.saturating_add(search.limit);
            let mut articles = Vec::new();
            while articles.len() < wanted {
                let mut more = self.stretch(&question, &ordered, articles.len())?;
                let is_last = more.len() < STRETCH;
                articles.append(&mut more);
                if articles.len() as u64 > MOST_CHECKED {
                    let problem = ClusterProblem::TooMany {
                        articles: wanted as u64,
                        limit: MOST_CHECKED,
                    };
                    return Err(Error::from(problem).into());
                }
                if is_last {
                    break;
                }
            }
            articles
        };
        let is_all = articles.len() as u64 == total;
        let mut response = self.part(&articles)?.kwic(&asked)?;
        response.articles = total;
        response.occurrences = response.occurrences.filter(|_| is_all);
        response.notices = question.notices(
            &SearchRequest {
                timeline: None,
                track_total: true,
                ..search.clone()
            },
            0,
        );
        self.note_silence(search, &mut response.notices);
        Ok(response)
    }

    /// Does as [`Answering::for_all_hits`] within the time that is left.
    fn stream<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let question = Question::of(request, &self.index)?;
        let asked = self.in_memory(request);
        if !question.found.is_exact {
            let candidates = self.candidates(&question).map_err(SearchError::from)?;
            return candidates.for_all_hits(&asked, order, make, each);
        }
        let in_order = StreamOrder::Request;
        let mut rank = 0;
        let mut page = |articles: Vec<Collected>| -> Result<bool, Wrapped<E>> {
            let part = self
                .part(&articles)
                .map_err(|error| Wrapped(SearchError::from(error).into()))?;
            let ranked = |hits: &[Hit]| {
                let mut hits = hits.to_vec();
                for hit in &mut hits {
                    hit.rank += rank;
                }
                make(&hits)
            };
            part.for_all_hits(&asked, in_order, &ranked, each)
                .map_err(Wrapped)?;
            rank += articles.len() as u64;
            Ok(true)
        };
        self.index
            .for_each_page(&question.ordered(request), STRETCH, &mut page)
            .map_err(|Wrapped(error)| error)
    }

    /// Returns a searcher of the articles that may be called `id`.
    pub(super) fn called(&self, id: &str) -> Result<Searcher> {
        let mut ways = vec![json!({"term": {"id": id}}), json!({"term": {"path": id}})];
        // Both a collection and an id may hold colons.
        let colons = id.match_indices(':').map(|(at, _)| id.split_at(at));
        let names = colons.map(|(collection, id)| {
            json!({"term": {"key": name(collection, id.strip_prefix(':').unwrap_or_default())}})
        });
        ways.extend(names);
        let query = json!({"bool": {
            "should": ways, "minimum_should_match": 1, "must_not": [{"term": {"removed": true}}],
        }});
        let found = self.index.fetch(&Ordered::by_key(query), 0, STRETCH)?;
        self.part(&found)
    }
}

/// An error of whoever reads the hits.
struct Wrapped<E>(E);

impl<E: From<SearchError>> From<Error> for Wrapped<E> {
    fn from(error: Error) -> Self {
        Self(SearchError::from(error).into())
    }
}

impl Counting for ClusterSearcher {
    fn counter(&self, request: &SearchRequest) -> Result<FacetCounter, SearchError> {
        let question = Question::of(request, &self.index)?;
        if question.found.is_exact {
            return Ok(self.index.count_facets(&question.found.query, request)?);
        }
        self.candidates(&question)?
            .counter(&self.in_memory(request))
    }

    fn counts_of(
        &self,
        named: &NamedQuery,
        asked: &CountsRequest,
        _: Option<Duration>,
    ) -> Result<(QueryCounts, Grid), SearchError> {
        let request = SearchRequest {
            query: named.query.clone(),
            ..asked.request.clone()
        };
        let question = Question::of(&request, &self.index)?;
        if !question.found.is_exact {
            let asked = asked.clone().request(self.in_memory(&asked.request));
            return self
                .candidates(&question)?
                .counts_of(named, &asked, self.index.time_left());
        }
        let mut counts = QueryCounts::begin(named, &question.parsed, request.locale);
        let (column, period) = (asked.column, asked.period());
        let query = &question.found.query;
        let grid = self.index.grid(query, column, period, &request.zone)?;
        counts.count(&grid, request.locale);
        Ok((counts, grid))
    }

    fn grid_of_all(&self, asked: &CountsRequest) -> Result<Grid, SearchError> {
        let filtered = filtered(&asked.request)?;
        if filtered.is_exact {
            let zone = &asked.request.zone;
            return Ok(self
                .index
                .grid(&filtered.query, asked.column, asked.period(), zone)?);
        }
        let all = self.index.fetch_all(&filtered.query, MOST_CHECKED)?;
        let asked = asked.clone().request(self.in_memory(&asked.request));
        self.part(&all)?.grid_of_all(&asked)
    }
}
