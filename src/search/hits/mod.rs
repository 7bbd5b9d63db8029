//! Makes hits of the articles that were found: what is known of each, and the passages that show
//! the match.
//!
//! | module | what it holds |
//! |---|---|
//! | `matching` | which words of an article matched |
//! | `highlighter` | their byte ranges in the text |
//! | `snippet` | the passages to show |
//! | `explain` | where a score comes from, word by word |

pub(crate) mod explain;
pub(crate) mod highlighter;
pub mod matching;
pub mod snippet;

use crate::index::document::StoredArticle;
use crate::plan::Plan;
use crate::query::field::Column;
use crate::schema::Part;
use crate::search::collect::tie_break::TieBreak;
use crate::search::collect::top_k::Candidate;
use crate::search::columns::column_values::{all_values, first_values};
use crate::search::hits::highlighter::Marker;
use crate::search::hits::matching::MatchedWord;
use crate::search::hits::snippet::SnippetLimits;
use crate::search::memory;
use crate::search::memory::Budget;
use crate::search::prepare::Prepared;
use crate::search::request::{Depth, SearchRequest};
use crate::search::response;
use crate::search::response::{Copies, Hit, MatchedBy, Snippet};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::text::{ByteRange, char_ranges, first_chars};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score};

/// What is known of a hit before it is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) rank: u64,
    pub(crate) address: DocAddress,
    pub(crate) score: Score,
}

/// How many hits of a page are made between two looks at the memory they take.
const AT_ONCE: usize = 128;

impl Searcher {
    /// Returns the hits of a page; only the first of them where the others would take more memory
    /// than there is in `budget`.
    pub(crate) fn hits(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
        page: &[Candidate<TieBreak<'_>>],
        budget: &mut Budget,
    ) -> Result<Vec<Hit>, SearchError> {
        let mut maker = HitMaker::new(self, &prepared.plan, request);
        let scores = self.scores(prepared, page)?;
        let ranks = request.offset as u64 + 1..;
        let places = ranks
            .zip(page)
            .zip(scores)
            .map(|((rank, candidate), score)| Place {
                rank,
                address: candidate.address,
                score,
            });
        let places: Vec<Place> = places.collect();
        let mut hits = Vec::new();
        for places in places.chunks(AT_ONCE) {
            let made = maker.hits(places)?;
            let bytes = made.iter().map(memory::of_hit).sum();
            hits.extend(made);
            if !budget.spend(bytes) {
                break;
            }
        }
        Ok(hits)
    }
}

/// Makes hits of one question.
pub(crate) struct HitMaker<'a> {
    searcher: &'a Searcher,
    request: &'a SearchRequest,
    marker: Marker<'a>,
}

impl<'a> HitMaker<'a> {
    /// Makes one for `plan`, whose patterns are expanded.
    pub(crate) fn new(searcher: &'a Searcher, plan: &'a Plan, request: &'a SearchRequest) -> Self {
        Self {
            searcher,
            request,
            marker: Marker::new(searcher, plan, request),
        }
    }

    /// Prepares to make many hits.
    #[must_use]
    pub(crate) fn for_many(mut self) -> Self {
        self.marker = self.marker.for_many();
        self
    }

    /// Makes the hits of `places`, in their order. The articles are read in the order of the index.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn hits(&mut self, places: &[Place]) -> Result<Vec<Hit>, SearchError> {
        let mut in_order: Vec<usize> = (0..places.len()).collect();
        in_order.sort_by_key(|at| places[*at].address);
        let mut hits = Vec::new();
        hits.resize_with(places.len(), || None);
        let is_same =
            |a: &usize, b: &usize| places[*a].address.segment_ord == places[*b].address.segment_ord;
        for segment in in_order.chunk_by(is_same) {
            let here: Vec<Place> = segment.iter().map(|at| places[*at]).collect();
            for (at, hit) in segment.iter().zip(self.hits_in_segment(&here)?) {
                hits[*at] = Some(hit);
            }
        }
        Ok(hits.into_iter().flatten().collect())
    }

    /// Makes hits of articles of one segment, no more of each than the request wants.
    fn hits_in_segment(&mut self, places: &[Place]) -> Result<Vec<Hit>, SearchError> {
        let Some(first) = places.first() else {
            return Ok(Vec::new());
        };
        let columns = self.searcher.columns_of(first.address)?;
        let docs: Vec<DocId> = places.iter().map(|place| place.address.doc_id).collect();
        let values = |column: &Option<StrColumn>| {
            first_values(column.as_ref(), &docs).map_err(tantivy::TantivyError::from)
        };
        let mut ids = values(&columns.id)?.into_iter();
        let mut sources = values(&columns.source)?.into_iter();
        let mut sections = values(&columns.section)?.into_iter();
        let io = tantivy::TantivyError::from;
        let mut authors = all_values(columns.author.as_ref(), &docs)
            .map_err(io)?
            .into_iter();
        let tags = columns.text(Column::Tag);
        let tags = tags.filter(|_| self.request.depth >= Depth::Texts);
        let mut tags = all_values(tags, &docs).map_err(io)?.into_iter();
        let mut paths = values(&columns.path)?.into_iter();
        let mut collections = values(&columns.collection)?.into_iter();
        let mut langs = values(&columns.lang)?.into_iter();
        let mut hits = Vec::with_capacity(places.len());
        for place in places {
            let (article, shown) = self.read(place.address)?;
            let first_words = first_words(&article);
            let doc = place.address.doc_id;
            let id = ids.next().flatten().unwrap_or_default();
            let path = paths.next().flatten().unwrap_or_default();
            let line = columns.line(doc);
            let own = || response::Place {
                id: id.clone(),
                path: path.clone(),
                line,
            };
            let all_places = self.searcher.all_places(columns.key.first(doc), own);
            hits.push(Hit {
                rank: place.rank,
                id,
                score: place.score,
                title_highlights_chars: char_ranges(&article.title, &shown.title),
                title_highlights: shown.title,
                matched_by: shown.matched_by,
                snippets: shown.snippets,
                source: sources.next().flatten(),
                section: sections.next().flatten(),
                author: authors
                    .next()
                    .filter(|authors| !authors.is_empty())
                    .map(|authors| authors.join(", ")),
                path,
                line,
                places: all_places,
                lang: langs.next().flatten().unwrap_or_default(),
                published: article.published,
                date_source: article.date_source,
                url: article.url,
                explanation: None,
                copies: self.copies(place.address)?,
                first_words,
                collection: collections.next().flatten().unwrap_or_default(),
                title: article.title,
                lead: article.lead,
                body: article.body,
                tags: tags.next().unwrap_or_default(),
            });
        }
        Ok(hits)
    }

    /// Returns the copies of an article, if the request wants them.
    fn copies(&self, address: DocAddress) -> Result<Option<Copies>, SearchError> {
        let copies = self
            .request
            .collapse
            .then(|| self.searcher.copies_of(address));
        copies.transpose()
    }

    /// Reads an article and finds what matched in it, as far as the request wants either.
    fn read(&mut self, address: DocAddress) -> tantivy::Result<(StoredArticle, Shown)> {
        let depth = self.request.depth;
        if depth == Depth::Columns {
            return Ok(Default::default());
        }
        let article = self.searcher.stored_article(address)?;
        let shown = if depth == Depth::Matches {
            self.show(address, &article)?
        } else {
            Shown::default()
        };
        Ok((article, shown))
    }

    /// Returns the highlights of the title and the snippets of an article. Passages of the body
    /// come first; those of the lead only where the body shows none, as it mostly begins with the
    /// lead.
    fn show(&mut self, address: DocAddress, article: &StoredArticle) -> tantivy::Result<Shown> {
        let marks = self.marker.words(address, article)?;
        let matched_by = if marks.iter().all(Vec::is_empty) {
            MatchedBy::Conditions
        } else {
            MatchedBy::Words
        };
        let words = |part: Part| -> &[MatchedWord] {
            let ordinal = Part::ALL
                .iter()
                .position(|known| *known == part)
                .unwrap_or_default();
            marks.get(ordinal).map_or(&[], Vec::as_slice)
        };
        let limits = SnippetLimits {
            max_count: self.request.snippets,
            max_chars: self.request.snippet_chars,
        };
        let snippets = [Part::Body, Part::Lead]
            .into_iter()
            .map(|part| snippet::snippets(part, article.text(part), words(part), limits))
            .find(|snippets| !snippets.is_empty());
        let opening = || {
            let opening = snippet::opening(Part::Body, &article.body, limits);
            opening.into_iter().collect()
        };
        Ok(Shown {
            title: words(Part::Title).iter().map(|word| word.range).collect(),
            snippets: snippets.unwrap_or_else(opening),
            matched_by,
        })
    }
}

/// The most of a text that stands for its headline, in characters.
const FIRST_WORDS_CHARS: usize = 70;

/// Returns the first words of an article without a headline, with an ellipsis where more follow.
fn first_words(article: &StoredArticle) -> Option<String> {
    if !article.title.is_empty() {
        return None;
    }
    let texts = [&article.lead, &article.body];
    let text = texts.into_iter().find(|text| !text.trim().is_empty())?;
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            if words.chars().count() + word.chars().count() >= FIRST_WORDS_CHARS {
                words.push('…');
                break;
            }
            words.push(' ');
        }
        words.push_str(first_chars(word, FIRST_WORDS_CHARS));
    }
    Some(words)
}

/// What shows why an article matched.
#[derive(Default)]
struct Shown {
    title: Vec<ByteRange>,
    snippets: Vec<Snippet>,
    matched_by: MatchedBy,
}
