//! Collects the best articles of a prepared query, by score or by date.

use crate::error::Result;
use crate::search::collect::exact_forms::ExactForms;
use crate::search::collect::tie_break::TieBreak;
use crate::search::collect::top_k::{Accepts, Candidate, SortKey, Top};
use crate::search::prepare::Prepared;
use crate::search::request::{SearchRequest, Sort};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use std::rc::Rc;
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, Score, TERMINATED};

impl Searcher {
    /// Returns the best articles, at most `offset` and `limit` together.
    pub(crate) fn best(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> Result<Vec<Candidate<TieBreak<'_>>>, SearchError> {
        self.best_accepted(prepared, request, None)
    }

    /// Returns the best of the articles that `accepts` lets through.
    pub(crate) fn best_accepted<'a>(
        &'a self,
        prepared: &Prepared,
        request: &SearchRequest,
        accepts: Option<&Accepts<'_, TieBreak<'a>>>,
    ) -> Result<Vec<Candidate<TieBreak<'a>>>, SearchError> {
        let wanted = request
            .offset
            .saturating_add(request.limit)
            .min(self.doc_count());
        let mut top = Top::new(wanted, accepts);
        if wanted == 0 {
            return Ok(Vec::new());
        }
        if request.sort == Sort::Score {
            let scoring = EnableScoring::enabled_from_searcher(&self.engine);
            // Only here is it known how many are wanted. Articles must not wait for others where
            // time may run out, as those that wait then would be lost, nor where others are not
            // accepted.
            let weight = if prepared.deadline.is_set()
                || accepts.is_some()
                || prepared.filter.leaves_out()
            {
                prepared.query.weight(scoring)?
            } else {
                prepared.query.weight_for_best(wanted, scoring)?
            };
            let forms = self.exact_forms(prepared, request);
            self.collect_scores(weight.as_ref(), prepared, forms.as_ref(), &mut top)?;
        } else {
            let weight = prepared
                .query
                .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
            self.collect_times(weight.as_ref(), prepared, request.sort, &mut top)?;
        }
        Ok(top.into_sorted())
    }

    /// Returns what tells how exactly an article has the words of a query; none where that breaks
    /// no ties.
    pub(crate) fn exact_forms(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> Option<Rc<ExactForms<'_>>> {
        let counts = request.sort == Sort::Score && !prepared.forms.is_empty();
        let forms = || ExactForms::new(&self.engine, &prepared.forms, &request.parts, &self.cache);
        counts.then(|| Rc::new(forms()))
    }

    pub(crate) fn collect_scores<'a>(
        &'a self,
        weight: &dyn Weight,
        prepared: &Prepared,
        forms: Option<&Rc<ExactForms<'a>>>,
        top: &mut Top<'_, TieBreak<'a>>,
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
                        tie: TieBreak::new(columns, address, forms),
                        address,
                    });
                }
                top.threshold()
            })?;
        }
        Ok(())
    }

    pub(crate) fn collect_times<'a>(
        &'a self,
        weight: &dyn Weight,
        prepared: &Prepared,
        sort: Sort,
        top: &mut Top<'_, TieBreak<'a>>,
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
                        tie: TieBreak::new(columns, DocAddress::new(ordinal, doc), None),
                        address: DocAddress::new(ordinal, doc),
                    });
                }
            };
            if prepared.query.matches_as_bits() {
                weight.for_each_no_score(reader, &mut |docs| {
                    if prepared.deadline.is_over() {
                        return;
                    }
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
        candidates: &[Candidate<TieBreak<'_>>],
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
