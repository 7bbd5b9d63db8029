//! Every hit, however many: made in batches and given away one by one.

use super::hits::HitMaker;
use super::request::{SearchError, SearchRequest};
use super::response::Hit;
use super::searcher::{Prepared, Searcher};
use std::thread;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, TERMINATED};

/// So many hits are held at a time.
const BATCH: usize = 1024;
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
    /// Calls `each` with every hit, whatever the limit, offset and cursor of `request`; its query is taken as it
    /// stands, see [`Searcher::mended`]. Ranks count the calls. Holds the places of the hits, 8 bytes each and more
    /// where they are ordered, and a batch of hits.
    ///
    /// # Errors
    /// As [`Searcher::search`], and those of `each`, which end it.
    pub fn for_each_hit<E: From<SearchError>>(
        &self,
        request: &SearchRequest,
        order: StreamOrder,
        each: &mut dyn FnMut(&Hit) -> Result<(), E>,
    ) -> Result<(), E> {
        let (_, prepared) = self.prepare(request)?;
        let mut places = self.places(&prepared).map_err(SearchError::from)?;
        if order == StreamOrder::Request {
            places = self.ordered(&prepared, request, &places)?;
        }
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let mut makers: Vec<HitMaker<'_>> = (0..threads.min(MAX_THREADS))
            .map(|_| HitMaker::new(self, &prepared.plan, request))
            .collect();
        for (first, batch) in (1..).step_by(BATCH).zip(places.chunks(BATCH)) {
            for hit in in_parallel(&mut makers, first, batch).map_err(SearchError::from)? {
                each(&hit)?;
            }
        }
        Ok(())
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

/// Makes the hits of `batch`, the first of which has the rank `first`; each maker makes a stretch of them.
fn in_parallel(
    makers: &mut [HitMaker<'_>],
    first: u64,
    batch: &[(DocAddress, f32)],
) -> tantivy::Result<Vec<Hit>> {
    let share = batch.len().div_ceil(makers.len());
    thread::scope(|scope| {
        let stretches = (first..).step_by(share).zip(batch.chunks(share));
        let running: Vec<_> = makers
            .iter_mut()
            .zip(stretches)
            .map(|(maker, (first, stretch))| {
                scope.spawn(move || {
                    let hits = (first..).zip(stretch);
                    hits.map(|(rank, (address, score))| maker.hit(rank, *address, *score))
                        .collect::<tantivy::Result<Vec<Hit>>>()
                })
            })
            .collect();
        let mut hits = Vec::with_capacity(batch.len());
        for thread in running {
            match thread.join() {
                Ok(made) => hits.extend(made?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(hits)
    })
}
