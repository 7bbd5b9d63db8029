//! Similar articles: those that share the key terms of an article.

use crate::analysis::Language;
use crate::engine::compile;
use crate::engine::compiled_query::CompiledQuery;
use crate::error::Result;
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::schema::{Part, fields, indexed_parts};
use crate::search::answer::milliseconds;
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
        Filter::of(request)?;
        let mut subject = self.subject(id, self.engine.num_docs(), &|keys| {
            let mut counts = Vec::with_capacity(keys.len());
            for key in keys {
                let mut commonest = 0;
                for part in indexed_parts(&request.parts) {
                    let term = Term::from_field_text(part.fields().keys, key);
                    commonest = commonest.max(self.engine.doc_freq(&term)?);
                }
                counts.push(commonest);
            }
            Ok(counts)
        })?;
        self.add_alike(&mut subject, request)?;
        let mut response = subject.response;
        response.took_ms = milliseconds(started);
        Ok(response)
    }

    /// Returns the article called `id` with its key terms, in an index of `doc_count` articles;
    /// `doc_freqs` returns how many of them have each key.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], [`SearchError::Index`], and those of `doc_freqs`.
    pub(crate) fn subject(
        &self,
        id: &str,
        doc_count: u64,
        doc_freqs: &dyn Fn(&[&str]) -> Result<Vec<u64>>,
    ) -> Result<Subject, SearchError> {
        let address = self.find_article(id)?;
        let article = self.stored_article(address)?;
        let columns = self.columns_of(address)?;
        let lang = columns.lang(address.doc_id).map_err(TantivyError::from)?;
        let mut counter = KeyCounter::default();
        for (part, weight) in WEIGHTS {
            counter.add(article.text(part), Language::of_code(&lang), weight);
        }
        let keys: Vec<&str> = counter.keys().collect();
        let mut doc_freqs = doc_freqs(&keys)?.into_iter();
        let terms = counter.telling(MAX_WORDS, doc_count, |_| {
            Ok::<_, SearchError>(doc_freqs.next().unwrap_or(0))
        })?;
        Ok(Subject {
            key: columns.key.first(address.doc_id).unwrap_or_default(),
            response: MoreLikeResponse {
                schema_version: RESPONSE_VERSION,
                title: article.title,
                total: 0,
                took_ms: 0.0,
                hits: Vec::new(),
                terms,
                id: columns.id(address.doc_id).map_err(TantivyError::from)?,
            },
        })
    }

    /// Adds the articles of this index that are like `subject`, and how many there are.
    ///
    /// # Errors
    /// As [`Searcher::more_like`].
    pub(crate) fn add_alike(
        &self,
        subject: &mut Subject,
        request: &SearchRequest,
    ) -> Result<(), SearchError> {
        let filter = Filter::of(request)?;
        let response = &mut subject.response;
        if response.terms.is_empty() {
            return Ok(());
        }
        let mut plan = Plan::Or(response.terms.iter().map(plan).collect());
        if let Some(whole) = &self.whole {
            whole.count_words(&mut plan, &request.parts)?;
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(response.terms.len());
        if let Plan::Or(plans) = &plan {
            for (plan, word) in plans.iter().zip(&response.terms) {
                let query = compile::compile(plan, &request.parts).into_query();
                clauses.push((Occur::Should, Box::new(BoostQuery::new(query, word.often))));
            }
        }
        let query = without(Box::new(BooleanQuery::new(clauses)), subject.key);
        let prepared = Prepared {
            query: CompiledQuery::Other(query),
            plan,
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
        prepared.deadline.check()
    }
}

/// An article of which similar ones are looked for.
pub(crate) struct Subject {
    pub(crate) key: u64,
    /// The answer so far: the article and its key terms.
    pub(crate) response: MoreLikeResponse,
}

/// Returns what looks for `word`.
pub(crate) fn plan(word: &KeyTerm) -> Plan {
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
