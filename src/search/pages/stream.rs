//! Streams every hit in order; a few are built at a time, by several threads.

use crate::search::hits::{HitMaker, Place};
use crate::search::prepare::Prepared;
use crate::search::request::SearchRequest;
use crate::search::response::Hit;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use std::sync::mpsc;
use std::thread;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, TERMINATED};

/// So many hits are made at a time.
const STRETCH: usize = 128;
/// So many stretches a thread may be ahead.
const AHEAD: usize = 2;
/// More threads than these wait for each other.
const MAX_THREADS: usize = 4;

/// The order of all hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamOrder {
    /// As the index has them: the first hit comes at once.
    Index,
    /// As the request says: their places are held, some 100 bytes a hit.
    Request,
}

impl Searcher {
    /// Calls `make` with every hit, some of them at a time and in several threads, and `each` with
    /// what it makes of them, in order. The limit, offset and cursor of `request` are not used; its
    /// query is taken as it stands, see [`Searcher::with_suggestions`]. Ranks count all hits. Holds
    /// the places of the hits, 8 bytes each and more where they are ordered, and some hundred hits.
    ///
    /// # Errors
    /// As [`Searcher::search`], and those of `make` and `each`, which end it.
    pub fn for_all_hits<T: Send, E: From<SearchError> + Send>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        make: &(dyn Fn(&[Hit]) -> Result<T, E> + Sync),
        each: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let (_, prepared) = self.prepare(request)?;
        let mut places = self.places(&prepared).map_err(SearchError::from)?;
        if order == StreamOrder::Request {
            places = self.ordered(&prepared, request, &places)?;
        }
        let stretch = |number: usize| {
            let start = number * STRETCH;
            let ranked = (start as u64 + 1..).zip(places.get(start..)?.iter().take(STRETCH));
            let places = ranked.map(|(rank, (address, score))| Place {
                rank,
                address: *address,
                score: *score,
            });
            Some(places.collect::<Vec<Place>>()).filter(|places| !places.is_empty())
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let threads = threads.min(MAX_THREADS);
        thread::scope(|scope| {
            let mut lines = Vec::with_capacity(threads);
            for first in 0..threads {
                let (line, end) = mpsc::sync_channel(AHEAD);
                lines.push(end);
                let plan = &prepared.plan;
                scope.spawn(move || {
                    let mut maker = HitMaker::new(self, plan, request).for_many();
                    let mine = (first..).step_by(threads).map_while(stretch);
                    for places in mine {
                        let hits = maker.hits(&places);
                        let stretch = hits.map_err(E::from).and_then(|hits| make(&hits));
                        // Nobody listens any more where another stretch has failed.
                        if line.send(stretch).is_err() {
                            break;
                        }
                    }
                });
            }
            // Each thread makes every so-manieth stretch, and ends its line behind its last one.
            for stretch in lines.iter().cycle().map_while(|line| line.recv().ok()) {
                each(stretch?)?;
            }
            Ok(())
        })
    }

    /// Returns the keys of all hits in the order of the index: names of articles that hold in the
    /// whole index, for [`crate::index::removal`].
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn keys(&self, request: &SearchRequest) -> Result<Vec<u64>, SearchError> {
        let (_, prepared) = self.prepare(request)?;
        let places = self.places(&prepared)?;
        let key = |(address, _): (DocAddress, f32)| {
            let columns = self.columns.get(address.segment_ord as usize)?;
            columns.key.first(address.doc_id)
        };
        Ok(places.into_iter().filter_map(key).collect())
    }

    /// Returns the places and scores of all hits in the order of the index.
    fn places(&self, prepared: &Prepared) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let scoring = EnableScoring::enabled_from_searcher(&self.engine);
        let weight = prepared.query.weight(scoring)?;
        let mut places = Vec::new();
        let segments = self.engine.segment_readers().iter().zip(&self.columns);
        for (ordinal, (reader, columns)) in (0..).zip(segments) {
            let filter = prepared.filter.bind(columns)?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) && filter.accepts(doc) {
                    places.push((DocAddress::new(ordinal, doc), scorer.score()));
                }
                doc = scorer.advance();
            }
        }
        Ok(places)
    }

    /// Returns `places` in the order that `request` asks for.
    fn ordered(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
        places: &[(DocAddress, f32)],
    ) -> Result<Vec<(DocAddress, f32)>, SearchError> {
        let all = SearchRequest {
            offset: 0,
            limit: usize::MAX,
            ..request.clone()
        };
        let score = |address: DocAddress| {
            let at = places.binary_search_by_key(&address, |(address, _)| *address);
            at.ok().map(|at| places[at])
        };
        let best = self.best(prepared, &all)?;
        Ok(best.iter().filter_map(|hit| score(hit.address)).collect())
    }
}
