//! Hits that are copies of an earlier hit: what is left without them has each text once.
//!
//! Of the hits of a cluster the earliest publication stays, whether it is the head of the cluster
//! or the head is no hit. So hits, totals, timelines and facets without copies are of the same
//! articles.

use crate::error::Result;
use crate::plan::article_set::ArticleSet;
use crate::search::columns::filter::Filter;
use crate::search::prepare::Prepared;
use crate::search::request::SearchRequest;
use crate::search::searcher::Searcher;
use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::index::SegmentId;
use tantivy::query::EnableScoring;

/// The earliest hit of each cluster so far, and the others.
#[derive(Default)]
struct Repeats {
    /// By cluster: the rank in it, and where the article is.
    earliest: FxHashMap<u32, (u32, SegmentId, DocId)>,
    others: Vec<(SegmentId, DocId)>,
}

impl Repeats {
    fn add(&mut self, cluster: u32, hit: (u32, SegmentId, DocId)) {
        let mut later = hit;
        let earliest = self.earliest.entry(cluster).or_insert(hit);
        if later == *earliest {
            return;
        }
        if later < *earliest {
            std::mem::swap(earliest, &mut later);
        }
        self.others.push((later.1, later.2));
    }
}

impl Searcher {
    /// Returns the hits that are copies of an earlier hit. Costs a pass over all hits, without
    /// scores.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn repeats(&self, prepared: &Prepared) -> Result<ArticleSet> {
        let clusters = self.clusters()?;
        let scoring = EnableScoring::disabled_from_searcher(&self.engine);
        let weight = prepared.query.weight(scoring)?;
        let mut repeats = Repeats::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.filter.bind(columns)?;
            weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                for &doc in docs {
                    let key = columns.key.first(doc);
                    if let Some(member) = key.and_then(|key| clusters.member(key))
                        && !prepared.deadline.is_over()
                        && !reader.is_deleted(doc)
                        && filter.accepts(doc)
                    {
                        repeats.add(member.cluster, (member.rank, columns.segment, doc));
                    }
                }
            })?;
        }
        Ok(ArticleSet::new(repeats.others))
    }

    /// Returns all articles with the dates and sources of `request` that are copies of an earlier
    /// one of them.
    ///
    /// # Errors
    /// As [`Searcher::repeats`].
    pub(crate) fn repeats_of_all(&self, filter: &Filter) -> Result<ArticleSet> {
        let clusters = self.clusters()?;
        let mut repeats = Repeats::default();
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = filter.bind(columns)?;
            for doc in reader.doc_ids_alive() {
                let key = columns.key.first(doc);
                if let Some(member) = key.and_then(|key| clusters.member(key))
                    && filter.accepts(doc)
                {
                    repeats.add(member.cluster, (member.rank, columns.segment, doc));
                }
            }
        }
        Ok(ArticleSet::new(repeats.others))
    }

    /// Leaves out of the hits and counts of `prepared` what `request` does not want twice.
    ///
    /// # Errors
    /// As [`Searcher::repeats`].
    pub(crate) fn leave_out_repeats(
        &self,
        prepared: &mut Prepared,
        request: &SearchRequest,
    ) -> Result<()> {
        if !request.wants_copies() {
            return Ok(());
        }
        self.cache_hits(prepared)?;
        let repeats = self.repeats(prepared)?;
        prepared.copies = Some(repeats.len() as u64);
        if request.collapse {
            prepared.filter.leave_out(repeats.clone());
        }
        if request.unique {
            prepared.counted.leave_out(repeats);
        }
        Ok(())
    }
}
