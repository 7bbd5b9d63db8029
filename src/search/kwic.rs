//! A concordance: every occurrence on a line of its own, between the words around it.

use super::collation::sort_key;
use super::marking::{Marker, part_texts};
use super::request::{SearchError, SearchRequest, Sort};
use super::response::{KwicLine, KwicResponse, RESPONSE_VERSION};
use super::searcher::{Prepared, Searcher};
use super::tie::Tie;
use super::top::Candidate;
use crate::index::document::StoredArticle;
use crate::query::Notice;
use crate::schema::Part;
use crate::text::{ByteRange, char_count};
use std::time::Instant;
use tantivy::DocAddress;

/// Lines are put in the order of their contexts for at most so many articles, the best: each must be read.
pub const MAX_SORTED_ARTICLES: usize = 10_000;
/// So many articles are read at a time, in the order in which the index has them.
const BATCH: usize = 64;

/// A question for a concordance.
#[derive(Debug, Clone)]
pub struct KwicRequest {
    /// What to look for, and which of the lines to show: `limit` and `offset` count lines. Its order of hits is
    /// not used, nor are its snippets.
    pub search: SearchRequest,
    /// How many words to give on each side.
    pub context_words: usize,
    /// The order of the lines.
    pub sort: KwicSort,
}

/// The order of the lines of a concordance. Those of one article stand in the order of its text unless their
/// contexts decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KwicSort {
    /// Of the best article first.
    #[default]
    Score,
    /// Of the oldest first; without a date last.
    Oldest,
    /// Of the newest first; without a date last.
    Newest,
    /// By source, without one last; of the best article first within each.
    Source,
    /// By the words before the keyword, from it leftwards, in the order of the Ukrainian alphabet.
    Left,
    /// By the words behind the keyword.
    Right,
}

impl KwicSort {
    /// Returns the name that the command line and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Oldest => "date",
            Self::Newest => "-date",
            Self::Source => "source",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

impl Searcher {
    /// Answers with lines of a concordance. Reads no more articles than the lines need, unless contexts decide
    /// their order: then the best [`MAX_SORTED_ARTICLES`], and a notice says so where there are more.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn kwic(&self, request: &KwicRequest) -> Result<KwicResponse, SearchError> {
        let started = Instant::now();
        let (parsed, prepared) = self.prepare(&request.search)?;
        let total = self.tally(&request.search)?;
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
                .remarks
                .iter()
                .map(|remark| remark.notice(locale))
                .collect(),
        };
        let mut concordance = Concordance {
            searcher: self,
            marker: Marker::new(self, &prepared.plan, &request.search),
            request,
        };
        let (offset, limit) = (request.search.offset, request.search.limit);
        let wanted = offset.saturating_add(limit);
        if matches!(request.sort, KwicSort::Left | KwicSort::Right) {
            let best = self.candidates(&prepared, request, MAX_SORTED_ARTICLES)?;
            let addresses: Vec<DocAddress> = best.iter().map(|best| best.address).collect();
            response.lines = concordance.sorted(&addresses)?;
            if total > addresses.len() as u64 {
                response.notices.push(capped(request));
            } else {
                response.occurrences = Some(response.lines.len() as u64);
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
                    let addresses: Vec<DocAddress> =
                        batch.iter().map(|best| best.address).collect();
                    response
                        .lines
                        .extend(concordance.in_order(&addresses)?.into_iter().flatten());
                    done += batch.len();
                }
                if is_all && done == best.len() {
                    response.occurrences = Some(response.lines.len() as u64);
                    break;
                }
                reach = reach.saturating_mul(4);
            }
        }
        response.lines = response
            .lines
            .into_iter()
            .skip(offset)
            .take(limit)
            .collect();
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
    ) -> Result<Vec<Candidate<Tie<'_>>>, SearchError> {
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
            best.sort_by_cached_key(|candidate| {
                let columns = self.columns_of(candidate.address).ok();
                let source =
                    columns.and_then(|columns| columns.source(candidate.address.doc_id).ok()?);
                // Those without a source come last.
                (source.is_none(), source.as_deref().map(sort_key), source)
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

/// Reads articles and makes lines of them.
struct Concordance<'a> {
    searcher: &'a Searcher,
    marker: Marker<'a>,
    request: &'a KwicRequest,
}

impl Concordance<'_> {
    /// Returns the lines of each of the articles, which are read in the order of the index.
    fn in_order(&mut self, addresses: &[DocAddress]) -> tantivy::Result<Vec<Vec<KwicLine>>> {
        let mut by_place: Vec<usize> = (0..addresses.len()).collect();
        by_place.sort_unstable_by_key(|ordinal| addresses[*ordinal]);
        let mut lines = vec![Vec::new(); addresses.len()];
        for ordinal in by_place {
            lines[ordinal] = self.lines(addresses[ordinal])?;
        }
        Ok(lines)
    }

    /// Returns all lines of the articles in the order of their contexts, then in that of the articles.
    fn sorted(&mut self, addresses: &[DocAddress]) -> tantivy::Result<Vec<KwicLine>> {
        let mut lines: Vec<KwicLine> = self.in_order(addresses)?.into_iter().flatten().collect();
        let is_left = self.request.sort == KwicSort::Left;
        lines.sort_by_cached_key(|line| {
            let context = if is_left { &line.left } else { &line.right };
            let mut words: Vec<Vec<u32>> = context
                .split_whitespace()
                .map(sort_key)
                .filter(|word| !word.is_empty())
                .collect();
            if is_left {
                words.reverse();
            }
            words
        });
        Ok(lines)
    }

    fn lines(&mut self, address: DocAddress) -> tantivy::Result<Vec<KwicLine>> {
        let article: StoredArticle = self.searcher.engine.doc(address)?;
        let columns = self.searcher.columns_of(address)?;
        let doc = address.doc_id;
        let texts = part_texts(&article, &self.request.search);
        let found = self.marker.occurrences(address, &article)?;
        let mut lines = Vec::new();
        for (text, ranges) in texts.iter().zip(found) {
            // The body mostly begins with the lead; one line for each place is enough.
            if text.part == Part::Lead && article.body.starts_with(text.text) {
                continue;
            }
            for range in ranges {
                let (left, right) = around(text.text, range, self.request.context_words);
                lines.push(KwicLine {
                    number: 0,
                    id: columns.id(doc)?,
                    published: article.published.clone(),
                    source: columns.source(doc)?,
                    url: article.url.clone(),
                    path: columns.path(doc)?,
                    title: article.title.clone(),
                    part: text.part.name(),
                    left: left.to_owned(),
                    keyword: range.of(text.text).to_owned(),
                    right: right.to_owned(),
                    offset_bytes: range.start,
                    offset_chars: char_count(ByteRange::new(0, range.start).of(text.text)),
                });
            }
        }
        Ok(lines)
    }
}

/// Returns at most so many words of `text` on each side of `range`, with the marks between them.
fn around(text: &str, range: ByteRange, max_words: usize) -> (&str, &str) {
    let before = ByteRange::new(0, range.start).of(text);
    let after = ByteRange::new(range.end, text.len()).of(text);
    let mut seen = Seen::default();
    let far = before
        .char_indices()
        .rev()
        .find(|(_, c)| seen.ends(*c, max_words));
    let left = far.map_or(0, |(at, space)| at + space.len_utf8());
    let mut seen = Seen::default();
    let far = after.char_indices().find(|(_, c)| seen.ends(*c, max_words));
    let right = far.map_or(after.len(), |(at, _)| at);
    (
        ByteRange::new(left, before.len()).of(before).trim_start(),
        ByteRange::new(0, right).of(after).trim_end(),
    )
}

/// The words that a walk from a match has passed.
#[derive(Default)]
struct Seen {
    words: usize,
    is_inside: bool,
}

impl Seen {
    /// Goes over `c`; tells whether it is the space behind the last word that is wanted.
    fn ends(&mut self, c: char, max_words: usize) -> bool {
        if c.is_whitespace() {
            self.words += usize::from(self.is_inside);
            self.is_inside = false;
            return self.words >= max_words;
        }
        self.is_inside |= c.is_alphanumeric();
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_words_stand_on_each_side_with_the_marks_between_them() {
        let text = "Учора — перед обідом — був «новий міст», а нині його нема.";
        let start = text.find("міст").unwrap_or_default();
        let range = ByteRange::new(start, start + "міст".len());
        assert_eq!(around(text, range, 2), ("був «новий ", "», а нині"));
        assert_eq!(
            around(text, range, 3),
            ("обідом — був «новий ", "», а нині його")
        );
        assert_eq!(around(text, range, 100).1, "», а нині його нема.");
        let first = ByteRange::new(0, "Учора".len());
        assert_eq!(around(text, first, 1), ("", " — перед"));
    }
}
