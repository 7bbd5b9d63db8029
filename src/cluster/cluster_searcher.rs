//! Answers requests from an index in a cluster.

use crate::cluster::address::ClusterAddress;
use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::credentials::Credentials;
use crate::cluster::document::Collected;
use crate::cluster::question::Question;
use crate::error::Result;
use crate::index::Index;
use crate::index::document::CollectedArticle;
use crate::query::{Notice, Warning};
use crate::search::answer::milliseconds;
use crate::search::facets::FacetCounter;
use crate::search::facets::counts::Counting;
use crate::search::facets::facet_counts::Counted;
use crate::search::memory::of_hit;
use crate::search::request::FacetRequest;
use crate::search::searcher::WholeIndex;
use crate::search::{Facets, SearchError, SearchRequest, SearchResponse, Searcher};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Hits of the cluster that our own engine sorts at a time: it knows how near words stand, which
/// the cluster does not.
pub(super) const STRETCH: usize = 200;

/// The most articles that are checked one by one.
pub(super) const MOST_CHECKED: u64 = 10_000;

/// How long counting all articles may take.
const TO_COUNT: Duration = Duration::from_secs(5);

/// The last place that the cluster reaches by `from`; deeper ones are paged to.
const DEEPEST: usize = 10_000;

/// Answers requests from an index in a cluster, as [`Searcher`] does from one in a folder.
pub struct ClusterSearcher {
    pub(super) index: Arc<ClusterIndex>,
}

impl ClusterSearcher {
    /// Prepares for searching the index at `address`. Asks nobody yet: whether the index is there
    /// and of this version, the first request finds out within its time limit.
    ///
    /// # Errors
    /// [`crate::error::ClusterProblem::BadAuthorities`] where the authorities cannot be read.
    pub fn open(address: ClusterAddress, credentials: Credentials) -> Result<Self> {
        Ok(Self {
            index: Arc::new(ClusterIndex::at(address, credentials)?.for_searches()),
        })
    }

    /// Returns the same index, which has this time from now on to answer everything.
    pub(super) fn within(&self, limit: Option<Duration>) -> Self {
        Self {
            index: Arc::new(self.index.within(limit)),
        }
    }

    /// Returns an answer that is whole when this time has passed.
    ///
    /// # Errors
    /// As [`ClusterIndex::open`], those of `answer`, and
    /// [`crate::error::ClusterProblem::TimeOver`].
    pub(super) fn in_time<T>(
        &self,
        limit: Option<Duration>,
        answer: impl FnOnce(&Self) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let limited = self.within(limit);
        limited.index.check()?;
        let answer = answer(&limited);
        if matches!(answer, Ok(_) | Err(SearchError::TimeOver)) {
            limited.index.check_time()?;
        }
        answer
    }

    /// Returns `request` as it is asked of articles in memory, of which the cluster has found all
    /// or some.
    pub(super) fn in_memory(&self, request: &SearchRequest) -> SearchRequest {
        SearchRequest {
            related: false,
            timeout: self.index.time_left(),
            ..request.clone()
        }
    }

    /// Returns how many articles the index holds; asks once, for some seconds at most.
    ///
    /// # Errors
    /// As [`ClusterIndex::open`], and [`crate::error::ClusterProblem::TimeOver`].
    pub fn article_count(&self) -> Result<u64> {
        let limited = self.within(Some(TO_COUNT));
        limited.index.check()?;
        limited.index.article_count()
    }

    /// Returns the same index, of which everything is asked anew: it may have changed since.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self {
            index: Arc::new(self.index.anew()),
        }
    }

    /// Returns a searcher of these articles, a part of the index.
    pub(super) fn part(&self, articles: &[Collected]) -> Result<Searcher> {
        let is_time_left = |_: &&Collected| self.index.check_time().is_ok();
        let collected = articles.iter().take_while(is_time_left);
        let collected = collected.map(|one| CollectedArticle {
            line: one.line,
            ..CollectedArticle::new(&one.article, &one.collection)
        });
        let index = Index::in_memory(collected)?;
        self.index.check_time()?;
        let whole: Arc<dyn WholeIndex> = Arc::clone(&self.index) as Arc<dyn WholeIndex>;
        Ok(Searcher::open(&index)?.part_of(whole))
    }

    /// Returns a searcher of all articles that may match, where the cluster cannot tell which do.
    pub(super) fn candidates(&self, question: &Question) -> Result<Searcher> {
        let found = self.index.fetch_all(&question.found.query, MOST_CHECKED)?;
        self.part(&found)
    }

    /// Adds the notice that nodes were silent.
    pub(super) fn note_silence(&self, request: &SearchRequest, notices: &mut Vec<Notice>) {
        let nodes = self.index.silent_nodes().join(", ");
        if !nodes.is_empty() {
            notices.push(Warning::SilentNodes { nodes }.notice(request.locale));
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// As [`Searcher::search`], and [`crate::Error::Cluster`].
    pub(super) fn answer(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let started = Instant::now();
        let mut question = Question::of(request, &self.index)?;
        let (counts, estimates) = if question.found.is_exact && request.track_total {
            let hits = self.index.count_facets(&question.found.query, request)?;
            let (total, estimates) = (hits.total(), hits.estimates());
            let all = if request.facets.has_shares {
                Some(self.all_counted(&question, request)?)
            } else {
                None
            };
            let counted = Counted {
                hits: &hits,
                all: all.as_ref(),
                query: &question.parsed.query,
            };
            (Some((total, counted.answer(request))), estimates)
        } else {
            (None, 0)
        };
        let total = counts.as_ref().map(|(total, _)| *total);
        let place = self.place(&question, request, total)?;
        let page = &place.request;
        let mut response = if question.found.is_exact {
            self.best(&question, page, total)?
        } else {
            self.of_candidates(&question, page)?
        };
        if question.found.is_exact {
            let (total, facets): (Option<u64>, Option<Facets>) = counts.unzip();
            response.total = total;
            response.facets = facets;
            if response.partial {
                let megabytes = request.max_memory >> 20;
                question
                    .parsed
                    .warnings
                    .push(Warning::MemoryLimit { megabytes });
            }
            response.notices = question.notices(request, estimates);
        }
        self.note_silence(request, &mut response.notices);
        place.end(&mut response);
        response.took_ms = milliseconds(started);
        Ok(response)
    }

    /// Answers a question of which the cluster cannot tell the articles.
    fn of_candidates(
        &self,
        question: &Question,
        request: &SearchRequest,
    ) -> Result<SearchResponse, SearchError> {
        let asked = self.in_memory(request);
        let candidates = self.candidates(question)?;
        let mut response = candidates.search(&asked)?;
        if request.track_total && request.facets.has_shares {
            // Shares are of more articles than those that were looked at.
            let counted = Counted {
                hits: &candidates.counter(&asked)?,
                all: Some(&self.all_counted(question, request)?),
                query: &question.parsed.query,
            };
            response.facets = Some(counted.answer(request));
        }
        Ok(response)
    }

    /// Counts all articles that the filters let through.
    fn all_counted(
        &self,
        question: &Question,
        request: &SearchRequest,
    ) -> Result<FacetCounter, SearchError> {
        if question.filtered.is_exact {
            return Ok(self.index.count_facets(&question.filtered.query, request)?);
        }
        let all = self
            .index
            .fetch_all(&question.filtered.query, MOST_CHECKED)?;
        self.part(&all)?.count_all(&self.in_memory(request))
    }

    /// Returns the answer with the page of hits of a question that the cluster answers exactly; of
    /// `total` articles, where that is known.
    fn best(
        &self,
        question: &Question,
        request: &SearchRequest,
        total: Option<u64>,
    ) -> Result<SearchResponse, SearchError> {
        let total = total.and_then(|total| usize::try_from(total).ok());
        let total = total.unwrap_or(usize::MAX);
        let end = request.offset.saturating_add(request.limit).min(total);
        let mut answer: Option<SearchResponse> = None;
        let mut place = request.offset;
        let mut memory = request.max_memory;
        while place < end {
            let start = place - place % STRETCH;
            let articles = self.stretch(question, request, start)?;
            let asked = SearchRequest {
                offset: place - start,
                limit: (end - place).min(STRETCH - (place - start)),
                timeline: None,
                facets: FacetRequest::default(),
                max_memory: memory,
                ..self.in_memory(request)
            };
            let mut part = self.part(&articles)?.search(&asked)?;
            let taken: usize = part.hits.iter().map(of_hit).sum();
            memory = memory.saturating_sub(taken as u64);
            for (rank, hit) in (place as u64 + 1..).zip(&mut part.hits) {
                hit.rank = rank;
            }
            place += part.hits.len();
            let is_last = part.partial || part.hits.is_empty() || articles.len() < STRETCH;
            match &mut answer {
                Some(answer) => {
                    answer.hits.append(&mut part.hits);
                    answer.partial |= part.partial;
                }
                None => answer = Some(part),
            }
            if is_last {
                break;
            }
        }
        match answer {
            Some(answer) => Ok(answer),
            None => self.part(&[])?.search(&self.in_memory(request).limit(0)),
        }
    }

    /// Reads the articles of one stretch, which begins at place `start`.
    pub(super) fn stretch(
        &self,
        question: &Question,
        request: &SearchRequest,
        start: usize,
    ) -> Result<Vec<Collected>> {
        let all = question.ordered(request);
        if start + STRETCH <= DEEPEST {
            return self.index.fetch(&all, start, STRETCH);
        }
        let mut passed = 0;
        let mut found = Vec::with_capacity(STRETCH);
        self.index
            .for_each_page::<crate::error::Error>(&all, STRETCH, &mut |page| {
                let before = start.saturating_sub(passed).min(page.len());
                passed += page.len();
                let wanted = STRETCH - found.len();
                found.extend(page.into_iter().skip(before).take(wanted));
                Ok(found.len() < STRETCH)
            })?;
        Ok(found)
    }
}
