//! A concordance: every occurrence on its own line, between the words around it.

use crate::query::Notice;
use crate::search::collect::tie_break::TieBreak;
use crate::search::collect::top_k::Candidate;
use crate::search::concordance::collation::sort_key;
use crate::search::concordance::lines::Concordance;
use crate::search::memory;
use crate::search::memory::Budget;
use crate::search::prepare::Prepared;
use crate::search::request::{KwicRequest, KwicSort, SearchRequest, Sort};
use crate::search::response::{KwicLine, KwicResponse, RESPONSE_VERSION};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::time::Instant;
use tantivy::DocAddress;

/// Most articles whose lines are sorted by context, the best ones: each must be read.
pub(crate) const MAX_SORTED_ARTICLES: usize = 10_000;
/// So many articles are read at a time, in the order in which the index has them.
const BATCH: usize = 64;

/// How many sorted lines are made between two looks at the memory they take.
const LINES_AT_ONCE: usize = 4_096;

/// Adds lines to an answer.
///
/// # Errors
/// [`SearchError::MemoryOver`].
fn take_lines(
    lines: Vec<KwicLine>,
    response: &mut KwicResponse,
    (budget, request): (&mut Budget, &KwicRequest),
) -> Result<(), SearchError> {
    let bytes = lines.iter().map(memory::of_line).sum();
    response.lines.extend(lines);
    if budget.spend(bytes) {
        Ok(())
    } else {
        Err(SearchError::memory_over(&request.search))
    }
}

impl Searcher {
    /// Answers with lines of a concordance. Reads no more articles than the lines need, unless
    /// contexts decide their order: then the best 10,000, and a notice says so
    /// where there are more.
    ///
    /// # Errors
    /// As [`Searcher::search`]; [`SearchError::TimeOver`] where the request has a time limit.
    pub fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        let started = Instant::now();
        let (parsed, prepared) = self.prepare(&request.search)?;
        let total = self.count(&request.search)?.value;
        prepared.deadline.check()?;
        let locale = request.search.locale;
        let mut response = KwicResponse {
            schema_version: RESPONSE_VERSION,
            query: request.search.query.clone(),
            understood: parsed.query.to_string(),
            articles: total,
            occurrences: None,
            sort: request.sort.name(),
            took_ms: 0.0,
            lines: Vec::new(),
            notices: parsed
                .warnings
                .iter()
                .map(|warning| warning.notice(locale))
                .collect(),
        };
        let mut concordance = Concordance::new(self, &prepared.plan, request);
        let (offset, limit) = (request.search.offset, request.search.limit);
        let wanted = offset.saturating_add(limit);
        let mut budget = Budget::of(request.search.max_memory);
        if matches!(request.sort, KwicSort::Left | KwicSort::Right) {
            let best = self.candidates(&prepared, request, MAX_SORTED_ARTICLES)?;
            let addresses: Vec<DocAddress> = best.iter().map(|best| best.address).collect();
            let occurrences = concordance.sorted(&addresses, &prepared.deadline)?;
            if total > addresses.len() as u64 {
                response.notices.push(capped(request));
            } else {
                response.occurrences = Some(occurrences.len() as u64);
            }
            let page = occurrences.get(offset..).unwrap_or_default();
            for page in page[..limit.min(page.len())].chunks(LINES_AT_ONCE) {
                let lines = concordance.lines(page)?;
                take_lines(lines, &mut response, (&mut budget, request))?;
            }
        } else {
            let mut done = 0;
            let mut reach = wanted.max(BATCH);
            while response.lines.len() < wanted {
                let best = self.candidates(&prepared, request, reach)?;
                let is_all = best.len() < reach;
                for batch in best.get(done..).unwrap_or_default().chunks(BATCH) {
                    if response.lines.len() >= wanted {
                        break;
                    }
                    prepared.deadline.check()?;
                    let addresses: Vec<DocAddress> =
                        batch.iter().map(|best| best.address).collect();
                    let lines = concordance.in_order(&addresses)?;
                    take_lines(lines, &mut response, (&mut budget, request))?;
                    done += batch.len();
                }
                if is_all && done == best.len() {
                    response.occurrences = Some(response.lines.len() as u64);
                    break;
                }
                reach = reach.saturating_mul(4);
            }
            response.lines = std::mem::take(&mut response.lines)
                .into_iter()
                .skip(offset)
                .take(limit)
                .collect();
        }
        prepared.deadline.check()?;
        for (number, line) in (offset as u64 + 1..).zip(&mut response.lines) {
            line.number = number;
        }
        response.took_ms = started.elapsed().as_secs_f64() * 1_000.0;
        Ok(response)
    }

    /// Returns the first `limit` articles in the order that is asked for.
    fn candidates(
        &self,
        prepared: &Prepared,
        request: &KwicRequest,
        limit: usize,
    ) -> Result<Vec<Candidate<TieBreak<'_>>>, SearchError> {
        let is_by_source = request.sort == KwicSort::Source;
        let search = SearchRequest {
            sort: match request.sort {
                KwicSort::Oldest => Sort::Oldest,
                KwicSort::Newest => Sort::Newest,
                _ => Sort::Score,
            },
            offset: 0,
            limit: if is_by_source { usize::MAX } else { limit },
            ..request.search.clone()
        };
        let mut best = self.best(prepared, &search)?;
        if is_by_source {
            let mut keys = FxHashMap::default();
            best.sort_by_cached_key(|candidate| {
                let DocAddress {
                    segment_ord,
                    doc_id,
                } = candidate.address;
                let columns = self.columns_of(candidate.address).ok();
                let ordinal = columns.and_then(|columns| columns.source_ordinal(doc_id));
                let key = keys.entry((segment_ord, ordinal)).or_insert_with(|| {
                    let source = columns.and_then(|columns| columns.source(doc_id).ok()?);
                    // Those without a source come last.
                    Rc::new((source.is_none(), source.as_deref().map(sort_key), source))
                });
                Rc::clone(key)
            });
            best.truncate(limit);
        }
        Ok(best)
    }
}

fn capped(request: &KwicRequest) -> Notice {
    let message = request.search.locale.choose(
        "only the best 10,000 articles are put in this order; narrow the query, or sort by date or source",
        "у такому порядку стоять рядки лише 10 000 найкращих статей; звузьте запит або впорядкуйте за датою чи джерелом",
    );
    Notice {
        code: "N040",
        message: message.to_owned(),
    }
}
