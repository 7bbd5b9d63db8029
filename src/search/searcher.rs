//! The engine behind `shukach search` and `shukach info`.

use super::columns::Columns;
use super::facets::{FacetCounter, by_count};
use super::filter::Filter;
use super::lazy_id::LazyId;
use super::matching::{MatchedWord, Matcher, PartText};
use super::request::{SearchError, SearchRequest, Sort};
use super::response::{Hit, IndexSummary, RESPONSE_VERSION, SearchResponse, Snippet};
use super::snippet;
use super::top::{Candidate, SortKey, Top};
use crate::analysis::{Dictionary, Language};
use crate::date::day_of;
use crate::error::Result;
use crate::index::Index;
use crate::index::document::StoredArticle;
use crate::query::{ParsedQuery, Plan, QueryError, QueryProblem, Widening, compile, parse};
use crate::schema::Part;
use crate::text::ByteRange;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, TERMINATED, TantivyDocument};

/// Answers questions from one commit of an index. Can be shared between threads.
pub struct Searcher {
    index: Index,
    engine: tantivy::Searcher,
    columns: Vec<Arc<Columns>>,
}

/// A query ready to run.
struct Prepared {
    parsed: ParsedQuery,
    plan: Plan,
    query: Box<dyn Query>,
    filter: Filter,
}

impl Searcher {
    /// Opens the last commit of `index`.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where its files cannot be read.
    pub fn open(index: &Index) -> Result<Self> {
        let engine = index.reader()?.searcher();
        let columns = engine
            .segment_readers()
            .iter()
            .map(|reader| Columns::open(reader).map(Arc::new))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            index: index.clone(),
            engine,
            columns,
        })
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`SearchError::Query`] where the query cannot be understood, [`SearchError::EmptyPeriod`],
    /// [`SearchError::Index`].
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let started = Instant::now();
        let prepared = self.prepare(request)?;
        let mut candidates = self.best(&prepared, request)?;
        let page = candidates.split_off(request.offset.min(candidates.len()));
        let hits = self.hits(&prepared, request, &page)?;
        let counter = self.count(&prepared, request)?;
        let total = counter.total();
        let understood = prepared.parsed.query.to_string();
        Ok(SearchResponse {
            schema_version: RESPONSE_VERSION,
            query: request.query.clone(),
            understood,
            total,
            took_ms: started.elapsed().as_secs_f64() * 1_000.0,
            hits,
            facets: counter.finish(),
            notices: prepared.parsed.notices,
        })
    }

    /// Returns the ids and scores of the best articles, and nothing else of them. An id is read when it is asked for.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn ranking(&self, request: &SearchRequest) -> Result<Vec<(LazyId<'_>, f32)>, SearchError> {
        let prepared = self.prepare(request)?;
        let candidates = self.best(&prepared, request)?;
        let scores = self.scores(&prepared, &candidates)?;
        Ok(candidates
            .into_iter()
            .map(|candidate| candidate.id)
            .zip(scores)
            .skip(request.offset)
            .collect())
    }

    /// Sums up what the index holds.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Io`].
    pub fn summary(&self) -> Result<IndexSummary> {
        let (mut first_day, mut last_day) = (None::<i64>, None::<i64>);
        let mut undated = 0;
        let mut languages: HashMap<String, u64> = HashMap::new();
        let mut sources = FacetCounter::new(None);
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let mut counter = sources.segment(columns);
            let mut by_language =
                vec![0; columns.languages().map_or(0, |column| column.num_terms())];
            for doc in reader.doc_ids_alive() {
                counter.count(doc);
                let language = columns
                    .languages()
                    .and_then(|column| column.term_ords(doc).next());
                if let Some(count) =
                    language.and_then(|ordinal| by_language.get_mut(usize::try_from(ordinal).ok()?))
                {
                    *count += 1;
                }
                let (first, last) = (columns.first_day.first(doc), columns.last_day.first(doc));
                undated += u64::from(first.is_none());
                first_day = first_day.into_iter().chain(first).min();
                last_day = last_day.into_iter().chain(last).max();
            }
            counter.finish()?;
            for (ordinal, count) in (0..).zip(by_language) {
                let mut name = String::new();
                if let Some(column) = columns.languages() {
                    column
                        .ord_to_str(ordinal, &mut name)
                        .map_err(tantivy::TantivyError::from)?;
                }
                *languages.entry(name).or_default() += count;
            }
        }
        languages.retain(|_, count| *count > 0);
        let day = |day: Option<i64>| day.and_then(day_of).map(|day| day.to_string());
        let payload = self.index.payload();
        Ok(IndexSummary {
            schema_version: RESPONSE_VERSION,
            path: self.index.path().to_string_lossy().into_owned(),
            articles: self.engine.num_docs(),
            first_day: day(first_day),
            last_day: day(last_day),
            undated,
            sources: sources.finish().source,
            languages: by_count(languages),
            size_bytes: self.index.size_bytes()?,
            segments: self.engine.segment_readers().len() as u64,
            format: payload.format,
            analyzer: payload.analyzer,
            dictionary: Dictionary::ukrainian().version().to_owned(),
            dictionary_fingerprint: payload.dictionary.clone(),
        })
    }

    fn prepare(&self, request: &SearchRequest) -> Result<Prepared, SearchError> {
        let filter = Filter::of(request)?;
        let parsed = parse(&request.query, request.match_mode)?;
        let empty = || QueryError {
            problem: QueryProblem::Empty,
            range: ByteRange::new(0, request.query.len()),
        };
        let widening = Widening {
            variants: request.variants,
            transliterations: request.transliterate,
        };
        let plan = Plan::widened(&parsed.query, widening).ok_or_else(empty)?;
        let ids = self.engine.segment_readers().iter();
        let ids = ids.map(tantivy::SegmentReader::segment_id);
        let columns = ids.zip(self.columns.iter().cloned()).collect();
        let asked_first = filter.for_query(columns);
        let query = compile::compile_filtered(&plan, &request.parts, asked_first);
        Ok(Prepared {
            parsed,
            plan,
            query,
            filter,
        })
    }

    fn best(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
    ) -> Result<Vec<Candidate<LazyId<'_>>>, SearchError> {
        let wanted = request
            .offset
            .saturating_add(request.limit)
            .min(self.doc_count());
        let mut top = Top::new(wanted);
        if wanted == 0 {
            return Ok(Vec::new());
        }
        if request.sort == Sort::Score {
            let weight = prepared
                .query
                .weight(EnableScoring::enabled_from_searcher(&self.engine))?;
            self.collect_scores(weight.as_ref(), &prepared.filter, &mut top)?;
        } else {
            let weight = prepared
                .query
                .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
            self.collect_times(weight.as_ref(), &prepared.filter, (request.sort, &mut top))?;
        }
        Ok(top.into_sorted())
    }

    fn doc_count(&self) -> usize {
        usize::try_from(self.engine.num_docs()).unwrap_or(usize::MAX)
    }

    fn collect_scores<'a>(
        &'a self,
        weight: &dyn Weight,
        filter: &Filter,
        top: &mut Top<LazyId<'a>>,
    ) -> tantivy::Result<()> {
        for ((ordinal, reader), columns) in
            (0..).zip(self.engine.segment_readers()).zip(&self.columns)
        {
            let filter = filter.bind(columns)?;
            weight.for_each_pruning(top.threshold(), reader, &mut |doc, score| {
                if !reader.is_deleted(doc) && filter.accepts(doc) {
                    let address = DocAddress::new(ordinal, doc);
                    top.push(candidate(columns, address, SortKey::Score(score)));
                }
                top.threshold()
            })?;
        }
        Ok(())
    }

    fn collect_times<'a>(
        &'a self,
        weight: &dyn Weight,
        filter: &Filter,
        (sort, top): (Sort, &mut Top<LazyId<'a>>),
    ) -> tantivy::Result<()> {
        for ((ordinal, reader), columns) in
            (0..).zip(self.engine.segment_readers()).zip(&self.columns)
        {
            let filter = filter.bind(columns)?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                let time = columns.published_at.first(doc);
                let time = if sort == Sort::Oldest {
                    time.map(|time| -time)
                } else {
                    time
                };
                let is_worse = matches!(top.worst(), Some(SortKey::Time(worst)) if time < worst);
                if !is_worse && !reader.is_deleted(doc) && filter.accepts(doc) {
                    let address = DocAddress::new(ordinal, doc);
                    top.push(candidate(columns, address, SortKey::Time(time)));
                }
                doc = scorer.advance();
            }
        }
        Ok(())
    }

    /// Returns the scores of candidates, also where they were ordered by date.
    fn scores(
        &self,
        prepared: &Prepared,
        candidates: &[Candidate<LazyId<'_>>],
    ) -> tantivy::Result<Vec<f32>> {
        let mut weight = None;
        let mut scores = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            scores.push(match candidate.key {
                SortKey::Score(score) => score,
                SortKey::Time(_) => {
                    if weight.is_none() {
                        weight = Some(
                            prepared
                                .query
                                .weight(EnableScoring::enabled_from_searcher(&self.engine))?,
                        );
                    }
                    let reader = self.engine.segment_reader(candidate.address.segment_ord);
                    let mut score = 0.0;
                    if let Some(weight) = &weight {
                        let mut cursor = weight.scorer(reader, 1.0)?;
                        let doc = candidate.address.doc_id;
                        if cursor.doc() == doc || (cursor.doc() < doc && cursor.seek(doc) == doc) {
                            score = cursor.score();
                        }
                    }
                    score
                }
            });
        }
        Ok(scores)
    }

    fn count(&self, prepared: &Prepared, request: &SearchRequest) -> tantivy::Result<FacetCounter> {
        let weight = prepared
            .query
            .weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        let mut counter = FacetCounter::new(request.timeline);
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let filter = prepared.filter.bind(columns)?;
            let mut segment = counter.segment(columns);
            weight.for_each_no_score(reader, &mut |docs: &[DocId]| {
                for &doc in docs {
                    if !reader.is_deleted(doc) && filter.accepts(doc) {
                        segment.count(doc);
                    }
                }
            })?;
            segment.finish()?;
        }
        Ok(counter)
    }

    fn hits(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
        page: &[Candidate<LazyId<'_>>],
    ) -> tantivy::Result<Vec<Hit>> {
        let mut matcher = Matcher::new(&prepared.plan);
        let scores = self.scores(prepared, page)?;
        let mut hits = Vec::with_capacity(page.len());
        for ((rank, candidate), score) in (1..).zip(page).zip(scores) {
            let document: TantivyDocument = self.engine.doc(candidate.address)?;
            let article = StoredArticle::of(&document);
            let Some(columns) = self.columns.get(candidate.address.segment_ord as usize) else {
                continue;
            };
            let doc = candidate.address.doc_id;
            let lang = columns.lang(doc)?;
            let (title_highlights, snippets) = show(&mut matcher, request, &article, &lang);
            hits.push(Hit {
                rank: request.offset as u64 + rank,
                id: candidate.id.text().to_owned(),
                score,
                title_highlights,
                snippets,
                source: columns.source(doc)?,
                section: columns.section(doc)?,
                author: columns.author(doc)?,
                path: columns.path(doc)?,
                lang,
                title: article.title,
                published: article.published,
                date_source: article.date_source,
                url: article.url,
            });
        }
        Ok(hits)
    }
}

fn candidate(columns: &Columns, address: DocAddress, key: SortKey) -> Candidate<LazyId<'_>> {
    let published_at = columns.published_at.first(address.doc_id);
    Candidate {
        key,
        published_at,
        id: LazyId::new(columns, address),
        address,
    }
}

/// Returns the highlights of the title and the snippets of an article. Passages of the body come first;
/// those of the lead only where the body shows none, as it mostly begins with the lead.
fn show(
    matcher: &mut Matcher<'_>,
    request: &SearchRequest,
    article: &StoredArticle,
    lang: &str,
) -> (Vec<ByteRange>, Vec<Snippet>) {
    let texts = Part::ALL.map(|part| PartText {
        text: article.text(part),
        is_searched: request.parts.contains(&part),
    });
    let marks = matcher
        .matches(&texts, Language::of_code(lang))
        .unwrap_or_else(|| vec![Vec::new(); texts.len()]);
    let words = |part: Part| -> &[MatchedWord] {
        let ordinal = Part::ALL
            .iter()
            .position(|known| *known == part)
            .unwrap_or_default();
        marks.get(ordinal).map_or(&[], Vec::as_slice)
    };
    let title = words(Part::Title).iter().map(|word| word.range).collect();
    for part in [Part::Body, Part::Lead] {
        let snippets = snippet::snippets(part, article.text(part), words(part), request.snippets);
        if !snippets.is_empty() {
            return (title, snippets);
        }
    }
    let opening = if request.snippets == 0 {
        None
    } else {
        snippet::opening(Part::Body, &article.body)
    };
    (title, opening.into_iter().collect())
}
