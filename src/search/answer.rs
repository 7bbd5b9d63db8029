//! Answers a request: the best hits and the counts in parallel, then notices and suggestions.

use crate::error::Result;
use crate::query::options::MatchMode;
use crate::query::{Notice, ParseOptions, Warning, parse};
use crate::search::columns::lazy_id::LazyId;
use crate::search::memory::Budget;
use crate::search::notices::{WithNotices, notices};
use crate::search::request::SearchRequest;
use crate::search::response::{RESPONSE_VERSION, SearchResponse};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::search::suggest::spelling::SpellingCandidates;
use crate::search::suggest::vocabulary::Vocabulary;
use crate::search::suggest::{Advice, Suggester};
use std::time::Instant;

impl Searcher {
    /// Answers a request.
    ///
    /// # Errors
    /// [`SearchError::Query`] where the query cannot be understood, [`SearchError::EmptyPeriod`],
    /// [`SearchError::Index`].
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let started = Instant::now();
        if request.accept_suggestions {
            let (mended, notices) = self.with_suggestions(request)?;
            let mut response = self.search(&mended)?;
            response.query.clone_from(&request.query);
            response.notices.splice(0..0, notices);
            response.took_ms = milliseconds(started);
            return Ok(response);
        }
        let (mut parsed, mut prepared) = self.prepare(request)?;
        // Positions are read once for ranks and counts. Without counts pruning reads fewer of them,
        // but seldom looks at the clock.
        let reads_all = request.track_total || prepared.deadline.is_set();
        if reads_all {
            self.cache_hits(&mut prepared)?;
        }
        let understood = parsed.query.to_string();
        let best = || -> Result<_, SearchError> {
            let mut page = self.page(&prepared, request, &understood)?;
            let from_page = SearchRequest {
                offset: page.offset,
                ..request.clone()
            };
            let wanted = page.candidates.len();
            // Half of it is for explanations, where there are any.
            let share = request.max_memory >> u32::from(request.explain);
            let mut budget = Budget::of(share);
            let mut hits = self.hits(&prepared, &from_page, &page.candidates, &mut budget)?;
            if request.explain {
                let mut budget = Budget::of(share);
                let explained = page.candidates.iter().zip(&mut hits);
                let count = self.explain(&parsed.query, request, explained, &mut budget)?;
                hits.truncate(count);
            }
            page.cut(hits.len());
            let is_cut = hits.len() < wanted;
            Ok((page, hits, is_cut))
        };
        let counts = || -> Result<_, SearchError> {
            let counter = self.count_facets(&prepared, request)?;
            let facets = self.facets(&counter, request, &parsed.query)?;
            Ok((Some(counter.total()), Some(facets), counter.estimates()))
        };
        let (best, counts) = if request.track_total {
            in_parallel(best, counts)
        } else {
            (best(), Ok((None, None, 0)))
        };
        let ((page, hits, is_cut), (total, facets, estimates)) = (best?, counts?);
        if is_cut {
            let megabytes = request.max_memory >> 20;
            parsed.warnings.push(Warning::MemoryLimit { megabytes });
        }
        let next_cursor = self.next_cursor(&page, request, &understood);
        let finds_nothing = total.map_or(page.is_all_and_empty(request), |total| total == 0);
        // Articles not searched may have every word, as those elsewhere, and an empty index has
        // none.
        let knows_little = self.engine.num_docs() == 0 || self.whole.is_some();
        let advice = if prepared.deadline.has_stopped() || knows_little {
            Advice::default()
        } else {
            self.suggester(request, |suggester| {
                suggester.advise(&parsed.query, finds_nothing)
            })?
        };
        Ok(SearchResponse {
            schema_version: RESPONSE_VERSION,
            query_id: None,
            query: request.query.clone(),
            understood,
            total,
            copies: prepared.copies,
            is_unique: request.unique,
            partial: prepared.deadline.has_stopped() || is_cut,
            took_ms: milliseconds(started),
            hits,
            facets,
            notices: notices(&parsed, &prepared, request, estimates),
            words_without_hits: advice.words_without_hits,
            suggestions: advice.suggestions,
            words_alone: advice.words_alone,
            match_any_hits: advice.match_any_hits,
            next_cursor,
        })
    }

    /// Returns `request` with every word that no article has replaced by what was most likely
    /// meant, and a notice for each. It no longer accepts suggestions.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn with_suggestions(
        &self,
        request: &SearchRequest,
    ) -> Result<(SearchRequest, Vec<Notice>), SearchError> {
        let parsed = parse(&request.query, &request.parse_options())?;
        let replaced = self.suggester(request, |suggester| suggester.replaced(&parsed.query))?;
        let mended = SearchRequest {
            query: replaced.query,
            accept_suggestions: false,
            ..request.clone()
        };
        Ok((mended, replaced.notices))
    }

    pub(crate) fn suggester<T>(
        &self,
        request: &SearchRequest,
        ask: impl FnOnce(&Suggester<'_>) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let count = |request: &SearchRequest| self.total(request);
        ask(&Suggester {
            request,
            columns: &self.columns,
            candidates: SpellingCandidates {
                vocabulary: Vocabulary::new(&self.engine, &request.parts),
                widening: request.widening(&self.cache),
                options: ParseOptions {
                    match_mode: MatchMode::All,
                    is_literal: true,
                    ..request.options
                },
            },
            count: &count,
        })
    }

    /// Returns how many articles `request` finds; none where its query is none.
    pub(crate) fn total(&self, request: &SearchRequest) -> Result<u64, SearchError> {
        // Whether copies are shown changes no count.
        let request = &SearchRequest {
            collapse: false,
            ..request.clone()
        };
        match self.compiled(request) {
            Ok((_, prepared)) => Ok(self.hit_count(&prepared)?),
            Err(SearchError::Query(_)) => Ok(0),
            Err(other) => Err(other),
        }
    }

    /// Returns the ids and scores of the best articles, and nothing else of them. An id is read
    /// when it is asked for. The query is taken as it stands; see [`Searcher::with_suggestions`].
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<WithNotices<Vec<(LazyId<'_>, f32)>>, SearchError> {
        let (parsed, prepared) = self.prepare(request)?;
        let candidates = self.best(&prepared, request)?;
        let scores = self.scores(&prepared, &candidates)?;
        let ids = candidates.into_iter().map(|candidate| candidate.tie.id);
        Ok(WithNotices {
            value: ids.zip(scores).skip(request.offset).collect(),
            notices: notices(&parsed, &prepared, request, 0),
        })
    }
}

/// Runs `there` in a thread of its own while it runs `here`.
pub(crate) fn in_parallel<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    std::thread::scope(|scope| {
        let running = scope.spawn(there);
        let result = here();
        match running.join() {
            Ok(other) => (result, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

pub(crate) fn milliseconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
}
