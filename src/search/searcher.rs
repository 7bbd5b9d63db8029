//! The engine behind `shukach search` and `shukach info`.

use crate::engine::boosts::recency::RecencyQuery;
use crate::engine::cached_hits::FoundQuery;
use crate::engine::compile;
use crate::engine::words::words_query::BagQuery;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::plan::Plan;
use crate::plan::cache::word_cache::WordMemo;
use crate::query::{MatchMode, Notice, ParseOptions, ParsedQuery, QueryError, QueryProblem, parse};
use crate::search::collect::deadline::Deadline;
use crate::search::collect::exact_forms::{ExactForms, typed_forms};
use crate::search::collect::tie_break::Tie;
use crate::search::collect::top_k::{Candidate, SortKey, Top};
use crate::search::columns::Columns;
use crate::search::columns::filter::Filter;
use crate::search::columns::lazy_id::LazyId;
use crate::search::notices::{Noted, notices};
use crate::search::request::{SearchError, SearchRequest, Sort};
use crate::search::response::{RESPONSE_VERSION, SearchResponse};
use crate::search::suggest::similar_values;
use crate::search::suggest::spelling::Candidates;
use crate::search::suggest::vocabulary::Vocabulary;
use crate::search::suggest::{Advice, Suggester};
use crate::text::ByteRange;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;
use tantivy::directory::error::OpenReadError;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, Score, TERMINATED, TantivyError};

/// Answers questions from one commit of an index. Can be shared between threads.
pub struct Searcher {
    pub(crate) index: Index,
    pub(crate) engine: tantivy::Searcher,
    pub(crate) columns: Vec<Arc<Columns>>,
    /// What earlier queries found out of their words.
    pub(crate) memo: WordMemo,
}

/// A query ready to run.
pub(crate) struct Prepared {
    pub(crate) plan: Plan,
    /// The forms of its words as they were typed.
    pub(crate) forms: Vec<String>,
    pub(crate) query: Box<dyn Query>,
    pub(crate) filter: Filter,
    pub(crate) deadline: Deadline,
}

impl Searcher {
    /// Opens the last commit of `index`.
    ///
    /// # Errors
    /// [`Error::Damaged`] where its files are broken, [`Error::Engine`] where they cannot be read.
    pub fn open(index: &Index) -> Result<Self> {
        let unreadable = |error| match error {
            Error::Engine(error) if is_damage(&error) => Error::Damaged {
                path: index.path().to_owned(),
                what: error.to_string(),
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
        Ok(Self {
            index: index.clone(),
            engine,
            columns,
            memo: WordMemo::default(),
        })
    }

    /// Forgets what earlier queries found out of their words, some tens of megabytes at most after thousands of them; what is
    /// asked for again is found out anew.
    pub fn forget_words(&self) {
        self.memo.clear();
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`SearchError::Query`] where the query cannot be understood, [`SearchError::EmptyPeriod`],
    /// [`SearchError::Index`].
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let started = Instant::now();
        if request.accept_suggestions {
            let (mended, notices) = self.mended(request)?;
            let mut response = self.search(&mended)?;
            response.query.clone_from(&request.query);
            response.notices.splice(0..0, notices);
            response.took_ms = milliseconds(started);
            return Ok(response);
        }
        let (parsed, mut prepared) = self.prepare(request)?;
        if prepared.plan.reads_positions() {
            // They are read once for the ranks and for the counts.
            prepared.query = Box::new(FoundQuery::run(
                prepared.query.as_ref(),
                &self.engine,
                || prepared.deadline.is_over(),
            )?);
        }
        let understood = parsed.query.to_string();
        let best = || -> Result<_, SearchError> {
            let page = self.page(&prepared, request, &understood)?;
            let from_page = SearchRequest {
                offset: page.offset,
                ..request.clone()
            };
            let mut hits = self.hits(&prepared, &from_page, &page.candidates)?;
            if request.explain {
                let explained = page.candidates.iter().zip(&mut hits);
                self.explain(&parsed.query, request, explained)?;
            }
            Ok((page, hits))
        };
        let counts = || -> Result<_, SearchError> {
            let counter = self.count(&prepared, request)?;
            let facets = self.facets(&counter, request, &parsed.query)?;
            Ok((counter.total(), facets))
        };
        let (best, counts) = side_by_side(best, counts);
        let ((page, hits), (total, facets)) = (best?, counts?);
        let next_cursor = self.next_cursor(&page, total, (request, &understood));
        // What was not looked at may have every word.
        let advice = if prepared.deadline.has_stopped() {
            Advice::default()
        } else {
            self.suggester(request, |suggester| suggester.advise(&parsed.query, total))?
        };
        Ok(SearchResponse {
            schema_version: RESPONSE_VERSION,
            query_id: None,
            query: request.query.clone(),
            understood,
            total,
            took_ms: milliseconds(started),
            hits,
            facets,
            notices: notices(&parsed, &prepared, request),
            words_without_hits: advice.words_without_hits,
            suggestions: advice.suggestions,
            words_alone: advice.words_alone,
            match_any_hits: advice.match_any_hits,
            next_cursor,
        })
    }

    /// Returns `request` with every word that no article has replaced by what was most likely meant, and a
    /// notice for each. It no longer accepts suggestions.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn mended(
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

    /// Makes the query ready, with all that is to be told of it.
    pub(crate) fn prepare(
        &self,
        request: &SearchRequest,
    ) -> Result<(ParsedQuery, Prepared), SearchError> {
        let (mut parsed, prepared) = self.compiled(request)?;
        let unknown = similar_values::unknown_sources(&self.columns, request)?;
        parsed.remarks.extend(unknown);
        Ok((parsed, prepared))
    }

    /// Does as [`Searcher::prepare`], where nothing is told of sources.
    fn compiled(&self, request: &SearchRequest) -> Result<(ParsedQuery, Prepared), SearchError> {
        let deadline = Deadline::after(request.timeout);
        let filter = Filter::of(request)?;
        let mut parsed = parse(&request.query, &request.parse_options())?;
        let empty = || QueryError {
            problem: QueryProblem::Empty,
            range: ByteRange::new(0, request.query.len()),
        };
        let plan = self.plan(&parsed.query, request, &mut parsed.remarks)?;
        let plan = plan.ok_or_else(empty)?;
        let ids = self.engine.segment_readers().iter();
        let ids = ids.map(tantivy::SegmentReader::segment_id);
        let columns = ids.zip(self.columns.iter().cloned()).collect();
        let asked_first = filter.for_query(columns);
        let mut query = compile::compile_filtered(&plan, &request.parts, asked_first);
        if let Some(fading) = request.fading() {
            query = Box::new(RecencyQuery::new(query, fading));
        }
        let prepared = Prepared {
            plan,
            forms: typed_forms(&parsed.query),
            query,
            filter,
            deadline,
        };
        Ok((parsed, prepared))
    }

    fn suggester<T>(
        &self,
        request: &SearchRequest,
        ask: impl FnOnce(&Suggester<'_>) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let count = |request: &SearchRequest| self.total(request);
        ask(&Suggester {
            request,
            columns: &self.columns,
            candidates: Candidates {
                vocabulary: Vocabulary::new(&self.engine, &request.parts),
                widening: request.widening(&self.memo),
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
    fn total(&self, request: &SearchRequest) -> Result<u64, SearchError> {
        match self.compiled(request) {
            Ok((_, prepared)) => Ok(self.hit_count(&prepared)?),
            Err(SearchError::Query(_)) => Ok(0),
            Err(other) => Err(other),
        }
    }

    /// Returns the ids and scores of the best articles, and nothing else of them. An id is read when it is asked
    /// for. The query is taken as it stands; see [`Searcher::mended`].
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn ranking(
        &self,
        request: &SearchRequest,
    ) -> Result<Noted<Vec<(LazyId<'_>, f32)>>, SearchError> {
        let (parsed, prepared) = self.prepare(request)?;
        let candidates = self.best(&prepared, request)?;
        let scores = self.scores(&prepared, &candidates)?;
        let ids = candidates.into_iter().map(|candidate| candidate.tie.id);
        Ok(Noted {
            value: ids.zip(scores).skip(request.offset).collect(),
            notices: notices(&parsed, &prepared, request),
        })
    }

    pub(crate) fn best(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> Result<Vec<Candidate<Tie<'_>>>, SearchError> {
        let wanted = request
            .offset
            .saturating_add(request.limit)
            .min(self.doc_count());
        let mut top = Top::new(wanted);
        if wanted == 0 {
            return Ok(Vec::new());
        }
        if request.sort == Sort::Score {
            let scoring = EnableScoring::enabled_from_searcher(&self.engine);
            // Only here is it known how many are wanted. Where time may run out, articles must not wait for others: those
            // that wait then would be lost.
            let bag = prepared.query.downcast_ref::<BagQuery>();
            let weight = match bag.filter(|_| !prepared.deadline.is_set()) {
                Some(bag) => bag.clone().with_wanted(wanted).weight(scoring)?,
                None => prepared.query.weight(scoring)?,
            };
            let forms = self.exact_forms(prepared, request);
            self.collect_scores(weight.as_ref(), (prepared, forms.as_ref()), &mut top)?;
        } else {
            let weight = prepared
                .query
                .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
            self.collect_times(weight.as_ref(), prepared, (request.sort, &mut top))?;
        }
        Ok(top.into_sorted())
    }

    /// Returns what tells how exactly an article has the words of a query; none where that breaks no ties.
    pub(crate) fn exact_forms(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> Option<Rc<ExactForms<'_>>> {
        let counts = request.sort == Sort::Score && !prepared.forms.is_empty();
        let asked = (prepared.forms.as_slice(), request.parts.as_slice());
        let forms = || ExactForms::new(&self.engine, asked, &self.memo);
        counts.then(|| Rc::new(forms()))
    }

    /// Returns the columns of the segment that `address` is in.
    pub(crate) fn columns_of(&self, address: DocAddress) -> tantivy::Result<&Columns> {
        let columns = self.columns.get(address.segment_ord as usize);
        let missing = || TantivyError::InvalidArgument("no such segment".to_owned());
        columns.map(Arc::as_ref).ok_or_else(missing)
    }

    fn doc_count(&self) -> usize {
        usize::try_from(self.engine.num_docs()).unwrap_or(usize::MAX)
    }

    fn collect_scores<'a>(
        &'a self,
        weight: &dyn Weight,
        (prepared, forms): (&Prepared, Option<&Rc<ExactForms<'a>>>),
        top: &mut Top<Tie<'a>>,
    ) -> tantivy::Result<()> {
        for ((ordinal, reader), columns) in
            (0..).zip(self.engine.segment_readers()).zip(&self.columns)
        {
            let filter = prepared.filter.bind(columns)?;
            weight.for_each_pruning(top.threshold(), reader, &mut |doc, score| {
                if prepared.deadline.is_over() {
                    return Score::MAX;
                }
                if !reader.is_deleted(doc) && filter.accepts(doc) {
                    let address = DocAddress::new(ordinal, doc);
                    top.push(Candidate {
                        key: SortKey::Score(score),
                        tie: Tie::new(columns, address, forms),
                        address,
                    });
                }
                top.threshold()
            })?;
        }
        Ok(())
    }

    fn collect_times<'a>(
        &'a self,
        weight: &dyn Weight,
        prepared: &Prepared,
        (sort, top): (Sort, &mut Top<Tie<'a>>),
    ) -> tantivy::Result<()> {
        for ((ordinal, reader), columns) in
            (0..).zip(self.engine.segment_readers()).zip(&self.columns)
        {
            let filter = prepared.filter.bind(columns)?;
            let mut consider = |doc| {
                let time = columns.published_at.first(doc);
                let time = if sort == Sort::Oldest {
                    time.map(|time| -time)
                } else {
                    time
                };
                let is_worse = matches!(top.worst(), Some(SortKey::Time(worst)) if time < worst);
                if !is_worse && !reader.is_deleted(doc) && filter.accepts(doc) {
                    top.push(Candidate {
                        key: SortKey::Time(time),
                        tie: Tie::new(columns, DocAddress::new(ordinal, doc), None),
                        address: DocAddress::new(ordinal, doc),
                    });
                }
            };
            if prepared.query.is::<BagQuery>() && !prepared.deadline.is_set() {
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs {
                        consider(*doc);
                    }
                })?;
                continue;
            }
            // Others may take long, and must be stopped where time is over.
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED && !prepared.deadline.is_over() {
                consider(scorer.doc());
                scorer.advance();
            }
        }
        Ok(())
    }

    /// Returns the scores of candidates, also where they were ordered by date.
    pub(crate) fn scores(
        &self,
        prepared: &Prepared,
        candidates: &[Candidate<Tie<'_>>],
    ) -> tantivy::Result<Vec<f32>> {
        let known = candidates.iter().map(|candidate| match candidate.key {
            SortKey::Score(score) => Some(score),
            SortKey::Time(_) => None,
        });
        if let Some(scores) = known.collect() {
            return Ok(scores);
        }
        let weight = prepared
            .query
            .weight(EnableScoring::enabled_from_searcher(&self.engine))?;
        // In the order of articles, so that one cursor serves all of a segment.
        let mut places: Vec<usize> = (0..candidates.len()).collect();
        places.sort_unstable_by_key(|place| candidates[*place].address);
        let mut scores = vec![0.0; candidates.len()];
        let same_segment = |a: &usize, b: &usize| {
            candidates[*a].address.segment_ord == candidates[*b].address.segment_ord
        };
        for segment in places.chunk_by(same_segment) {
            let reader = self
                .engine
                .segment_reader(candidates[segment[0]].address.segment_ord);
            let mut cursor = weight.scorer(reader, 1.0)?;
            for &place in segment {
                let doc = candidates[place].address.doc_id;
                if cursor.doc() == doc || (cursor.doc() < doc && cursor.seek(doc) == doc) {
                    scores[place] = cursor.score();
                }
            }
        }
        Ok(scores)
    }
}

/// Tells whether files are broken, and not only out of reach for now.
fn is_damage(error: &TantivyError) -> bool {
    let is_broken = |error: &io::Error| {
        use io::ErrorKind::{InvalidData, UnexpectedEof};
        matches!(error.kind(), InvalidData | UnexpectedEof)
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

/// Runs `there` in a thread of its own while it runs `here`.
fn side_by_side<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let running = scope.spawn(there);
        let result = here();
        match running.join() {
            Ok(other) => (result, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn milliseconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
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
