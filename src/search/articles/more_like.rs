//! Similar articles: those that share the key terms of an article.

use crate::analysis::Language;
use crate::engine::compile;
use crate::engine::compiled_query::CompiledQuery;
use crate::index::document::StoredArticle;
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::schema::{Part, fields, indexed_parts};
use crate::search::articles::key_terms::KeyCounter;
use crate::search::collect::deadline::Deadline;
use crate::search::columns::filter::Filter;
use crate::search::memory::Budget;
use crate::search::prepare::Prepared;
use crate::search::request::SearchRequest;
use crate::search::response::{KeyTerm, MoreLikeResponse, RESPONSE_VERSION};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use std::time::Instant;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyError, Term};

/// So many words are looked for: with fewer the subject is missed, with more each query takes
/// longer.
const MAX_WORDS: usize = 25;
/// What a word counts by the part it stands in. The lead mostly stands in the body again.
const WEIGHTS: [(Part, f32); 3] = [(Part::Title, 2.0), (Part::Lead, 0.5), (Part::Body, 1.0)];

impl Searcher {
    /// Finds the articles most like the one called `id`, or like the only one of the file `id`. Of
    /// `request` the query is not used, and no timeline is made.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], [`SearchError::EmptyPeriod`], [`SearchError::TimeOver`],
    /// [`SearchError::Index`].
    pub fn more_like(
        &self,
        id: &str,
        request: &SearchRequest,
    ) -> Result<MoreLikeResponse, SearchError> {
        let started = Instant::now();
        let filter = Filter::of(request)?;
        let address = self.find_article(id)?;
        let article: StoredArticle = self.engine.doc(address)?;
        let columns = self.columns_of(address)?;
        let key = columns.key.first(address.doc_id).unwrap_or_default();
        let id = columns.id(address.doc_id).map_err(TantivyError::from)?;
        let lang = columns.lang(address.doc_id).map_err(TantivyError::from)?;
        let terms = self.key_terms(&article, &lang, request)?;
        let mut response = MoreLikeResponse {
            schema_version: RESPONSE_VERSION,
            title: article.title,
            total: 0,
            took_ms: 0.0,
            hits: Vec::new(),
            terms,
            id,
        };
        let plans: Vec<Plan> = response.terms.iter().map(plan).collect();
        if !response.terms.is_empty() {
            let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(plans.len());
            for (plan, word) in plans.iter().zip(&response.terms) {
                let query = compile::compile(plan, &request.parts).into_query();
                clauses.push((Occur::Should, Box::new(BoostQuery::new(query, word.often))));
            }
            let prepared = Prepared {
                query: CompiledQuery::Other(without(Box::new(BooleanQuery::new(clauses)), key)),
                plan: Plan::Or(plans),
                forms: Vec::new(),
                counted: filter.clone(),
                copies: None,
                is_cached: false,
                filter,
                deadline: Deadline::after(request.timeout),
            };
            let mut candidates = self.best(&prepared, request)?;
            let page = candidates.split_off(request.offset.min(candidates.len()));
            let mut budget = Budget::of(request.max_memory);
            response.hits = self.hits(&prepared, request, &page, &mut budget)?;
            if response.hits.len() < page.len() {
                return Err(SearchError::memory_over(request));
            }
            let count = SearchRequest {
                timeline: None,
                ..request.clone()
            };
            response.total = self.count_facets(&prepared, &count)?.total();
            prepared.deadline.check()?;
        }
        response.took_ms = started.elapsed().as_secs_f64() * 1_000.0;
        Ok(response)
    }

    fn key_terms(
        &self,
        article: &StoredArticle,
        lang: &str,
        request: &SearchRequest,
    ) -> tantivy::Result<Vec<KeyTerm>> {
        let mut counter = KeyCounter::default();
        for (part, weight) in WEIGHTS {
            counter.add(article.text(part), Language::of_code(lang), weight);
        }
        counter.telling(MAX_WORDS, self.engine.num_docs(), |key| {
            let mut commonest = 0;
            for part in indexed_parts(&request.parts) {
                let term = Term::from_field_text(part.fields().keys, key);
                commonest = commonest.max(self.engine.doc_freq(&term)?);
            }
            Ok(commonest)
        })
    }
}

/// Returns what looks for `word`.
fn plan(word: &KeyTerm) -> Plan {
    Plan::Phrase(vec![Slot::of_keys(vec![word.key.clone()])])
}

/// Returns `query` without the article that has this key.
fn without(query: Box<dyn Query>, key: u64) -> Box<dyn Query> {
    let term = Term::from_field_u64(fields().key, key);
    let article = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, query),
        (Occur::MustNot, Box::new(article)),
    ]))
}
