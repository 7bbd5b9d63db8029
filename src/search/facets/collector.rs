//! Collects counts of all matching articles, without scores.

use crate::query::Query;
use crate::query::field::Column;
use crate::search::columns::filter::Filter;
use crate::search::facets::FacetCounter;
use crate::search::facets::facet_counts::Counted;
use crate::search::prepare::Prepared;
use crate::search::request::{FacetField, SearchRequest};
use crate::search::response::Facets;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use tantivy::query::EnableScoring;
use tantivy::{DocId, Result};

impl Searcher {
    /// Counts the articles of a query in every way that `request` asks for, in one pass.
    pub(crate) fn count_facets(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> crate::error::Result<FacetCounter> {
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        let mut counter = self.empty_counter(request)?;
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.counted.bind(columns)?;
            let mut segment = counter.segment(columns);
            let is_every_one_counted = prepared.counted.is_open() && !reader.has_deletes();
            let mut kept = Vec::new();
            weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                // Articles come by the dozen; so does the question whether time is over.
                if prepared.deadline.is_over() {
                    return;
                }
                if is_every_one_counted {
                    return segment.count(docs);
                }
                let is_counted = |doc: &&DocId| !reader.is_deleted(**doc) && filter.accepts(**doc);
                kept.clear();
                kept.extend(docs.iter().filter(is_counted));
                segment.count(&kept);
            })?;
            segment.finish()?;
        }
        Ok(counter)
    }

    /// Counts the articles of a query and nothing else of them.
    pub(crate) fn hit_count(&self, prepared: &Prepared) -> Result<u64> {
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        let mut total = 0;
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            if prepared.counted.is_open() {
                total += u64::from(weight.count(reader)?);
                continue;
            }
            let filter = prepared.counted.bind(columns)?;
            weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                let is_counted = |doc: &&DocId| !reader.is_deleted(**doc) && filter.accepts(**doc);
                total += docs.iter().filter(is_counted).count() as u64;
            })?;
        }
        Ok(total)
    }

    /// Counts all articles with the dates and sources of `request`.
    pub(crate) fn count_all(
        &self,
        request: &SearchRequest,
    ) -> std::result::Result<FacetCounter, SearchError> {
        let mut filter = Filter::of(request)?;
        if request.unique {
            filter.leave_out(self.repeats_of_all(&filter)?);
        }
        let mut counter = self.empty_counter(request)?;
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = filter.bind(columns)?;
            let mut segment = counter.segment(columns);
            let docs = reader.doc_ids_alive().filter(|doc| filter.accepts(*doc));
            segment.count(&docs.collect::<Vec<DocId>>());
            segment.finish()?;
        }
        Ok(counter)
    }

    fn empty_counter(&self, request: &SearchRequest) -> crate::error::Result<FacetCounter> {
        let facets = &request.facets;
        let counter = FacetCounter::new(facets, &request.zone, request.timeline.is_some());
        let column = FacetField::Column(Column::FirstPublisher);
        if !facets.fields.contains(&column) {
            return Ok(counter);
        }
        Ok(counter.with_first_publishers(self.first_publishers()?))
    }

    /// Puts into an answer what was counted of the hits of `query`.
    pub(crate) fn facets(
        &self,
        hits: &FacetCounter,
        request: &SearchRequest,
        query: &Query,
    ) -> std::result::Result<Facets, SearchError> {
        let all = if request.facets.has_shares {
            Some(self.count_all(request)?)
        } else {
            None
        };
        let counted = Counted {
            hits,
            all: all.as_ref(),
            query,
        };
        Ok(counted.answer(request))
    }
}

impl Counted<'_> {
    /// Returns the counts that `request` asks for.
    pub(crate) fn answer(&self, request: &SearchRequest) -> Facets {
        let timeline = request.timeline.map(|buckets| {
            let period = buckets.period(std::slice::from_ref(self.hits));
            self.hits.timeline(period, self.all)
        });
        Facets {
            timeline,
            source: self.hits.sources(),
            without_source: self.hits.without_source(),
            fields: self.facets(&request.facets),
        }
    }
}
