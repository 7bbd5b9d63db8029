//! Makes hits of the articles that were found: what is known of each, and the passages that show the match.

use super::facts::Facts;
use super::matching::{MatchedWord, Matcher, PartText};
use super::request::SearchRequest;
use super::response::{Hit, MatchedBy, Snippet};
use super::searcher::{Prepared, Searcher};
use super::snippet::{self, SnippetLimits};
use super::tie::Tie;
use super::top::Candidate;
use crate::analysis::Language;
use crate::index::document::StoredArticle;
use crate::query::Plan;
use crate::schema::Part;
use crate::text::{ByteRange, char_ranges};
use tantivy::{DocAddress, TantivyDocument};

impl Searcher {
    pub(super) fn hits(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
        page: &[Candidate<Tie<'_>>],
    ) -> tantivy::Result<Vec<Hit>> {
        let mut maker = HitMaker::new(self, &prepared.plan, request);
        let scores = self.scores(prepared, page)?;
        let ranks = request.offset as u64 + 1..;
        let all = ranks.zip(page).zip(scores);
        all.map(|((rank, candidate), score)| maker.hit(rank, candidate.address, score))
            .collect()
    }
}

/// Makes hits of one question, one after the other.
pub(super) struct HitMaker<'a> {
    searcher: &'a Searcher,
    request: &'a SearchRequest,
    matcher: Matcher<'a>,
}

impl<'a> HitMaker<'a> {
    /// Makes one for `plan`, whose patterns are expanded.
    pub(super) fn new(searcher: &'a Searcher, plan: &'a Plan, request: &'a SearchRequest) -> Self {
        Self {
            searcher,
            request,
            matcher: Matcher::new(plan),
        }
    }

    /// Reads the article at `address` and makes a hit of it. Analyses its text anew.
    pub(super) fn hit(
        &mut self,
        rank: u64,
        address: DocAddress,
        score: f32,
    ) -> tantivy::Result<Hit> {
        let document: TantivyDocument = self.searcher.engine.doc(address)?;
        let article = StoredArticle::of(&document);
        let columns = self.searcher.columns_of(address)?;
        let doc = address.doc_id;
        let lang = columns.lang(doc)?;
        let known = (
            Language::of_code(&lang),
            &columns.facts(doc, &self.request.zone)?,
        );
        let shown = self.show(&article, known);
        Ok(Hit {
            rank,
            id: columns.id(doc)?,
            score,
            title_highlights_chars: char_ranges(&article.title, &shown.title),
            title_highlights: shown.title,
            matched_by: shown.matched_by,
            snippets: shown.snippets,
            source: columns.source(doc)?,
            section: columns.section(doc)?,
            author: columns.author(doc)?,
            path: columns.path(doc)?,
            lang,
            title: article.title,
            published: article.published,
            date_source: article.date_source,
            url: article.url,
            explanation: None,
        })
    }

    /// Returns the highlights of the title and the snippets of an article. Passages of the body come first;
    /// those of the lead only where the body shows none, as it mostly begins with the lead.
    fn show(&mut self, article: &StoredArticle, known: (Language, &Facts)) -> Shown {
        let texts = part_texts(article, self.request);
        let marks = self
            .matcher
            .matches(&texts, known)
            .unwrap_or_else(|| vec![Vec::new(); texts.len()]);
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
        Shown {
            title: words(Part::Title).iter().map(|word| word.range).collect(),
            snippets: snippets.unwrap_or_else(opening),
            matched_by,
        }
    }
}

/// What shows why an article matched.
struct Shown {
    title: Vec<ByteRange>,
    snippets: Vec<Snippet>,
    matched_by: MatchedBy,
}

/// Returns the texts of `article`, and in which of them the words of `request` may match.
pub(super) fn part_texts<'a>(
    article: &'a StoredArticle,
    request: &SearchRequest,
) -> [PartText<'a>; 3] {
    Part::ALL.map(|part| PartText {
        part,
        text: article.text(part),
        is_searched: request.parts.contains(&part),
    })
}
