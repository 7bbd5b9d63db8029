//! What the index says of the words that matched is what a scan of the texts says.

use crate::scan::{ARTICLE_COUNT, Pair, article, facts_of, questions};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use shukach::Article;
use shukach::analysis::Language;
use shukach::plan::{Plan, Widening};
use shukach::query::parse;
use shukach::schema::Part;
use shukach::search::hits::matching::part_text::PartText;
use shukach::search::hits::matching::{MatchedWord, Matcher, Source};
use shukach::search::hits::snippet::{SnippetLimits, opening, snippets};
use shukach::search::{
    Depth, Hit, KwicRequest, KwicSort, MatchedBy, SearchError, SearchRequest, Snippet, StreamOrder,
};
use shukach::text::ByteRange;

/// What a line of a concordance is of: article, part, bytes of the text.
type Line = (String, &'static str, usize, String);

fn texts<'a>(article: &'a Article, request: &SearchRequest) -> [PartText<'a>; 3] {
    let texts = [&article.title, &article.lead, &article.body];
    let parts = Part::ALL.into_iter().zip(texts);
    let mut parts = parts.map(|(part, text)| PartText {
        part,
        text,
        is_searched: request.parts.contains(&part),
    });
    std::array::from_fn(|_| parts.next().unwrap())
}

/// Scans the articles of `pair`.
struct Scan<'a> {
    pair: &'a Pair,
    request: &'a SearchRequest,
    matcher: Matcher<'a>,
}

impl Scan<'_> {
    fn article(&self, id: &str) -> &(Article, Language) {
        let mut articles = self.pair.articles();
        articles
            .find(|(article, _)| article.id.as_str() == id)
            .unwrap()
    }

    fn words(&mut self, id: &str) -> Vec<Vec<MatchedWord>> {
        let (article, language) = self.article(id).clone();
        let facts = facts_of(&article, &self.request.zone);
        let texts = texts(&article, self.request);
        self.matcher.matches(&texts, language, &facts).unwrap()
    }

    /// Returns the lines of an article in the order of its parts and places.
    fn lines(&mut self, id: &str) -> Vec<Line> {
        let (article, language) = self.article(id).clone();
        let facts = facts_of(&article, &self.request.zone);
        let texts = texts(&article, self.request);
        let found = self
            .matcher
            .occurrences(Source::Text(language), &texts, &facts);
        let mut lines = Vec::new();
        for (text, ranges) in texts.iter().zip(found.unwrap()) {
            if text.part == Part::Lead && article.body.starts_with(text.text) {
                continue;
            }
            for range in ranges {
                let keyword = range.of(text.text).to_owned();
                lines.push((id.to_owned(), text.part.name(), range.start, keyword));
            }
        }
        lines
    }

    /// Returns what is shown of an article: highlights of the title, passages, and what made it
    /// match.
    fn shown(&mut self, id: &str) -> (Vec<ByteRange>, Vec<Snippet>, MatchedBy) {
        let words = self.words(id);
        let (article, _) = self.article(id);
        let limits = SnippetLimits {
            max_count: self.request.snippets,
            max_chars: self.request.snippet_chars,
        };
        let mut shown = snippets(Part::Body, &article.body, &words[2], limits);
        if shown.is_empty() {
            shown = snippets(Part::Lead, &article.lead, &words[1], limits);
        }
        if shown.is_empty() {
            shown.extend(opening(Part::Body, &article.body, limits));
        }
        let matched_by = if words.iter().all(Vec::is_empty) {
            MatchedBy::Conditions
        } else {
            MatchedBy::Words
        };
        let title = words[0].iter().map(|word| word.range).collect();
        (title, shown, matched_by)
    }
}

fn check(pair: &Pair, request: &SearchRequest) -> Result<(), TestCaseError> {
    let Ok(response) = pair.searcher.search(request) else {
        // A random period may end before it begins.
        return Ok(());
    };
    let parsed = parse(&request.query, &request.options).unwrap();
    let widening = Widening {
        variants: request.variants,
        transliterations: request.transliterate,
        lexicon: None,
        zone: Some(&request.zone),
        cache: None,
    };
    let mut plan = Plan::widened(&parsed.query, widening).unwrap();
    pair.expand(&mut plan);
    let mut scan = Scan {
        pair,
        request,
        matcher: Matcher::new(&plan),
    };
    for hit in &response.hits {
        let (title, snippets, matched_by) = scan.shown(&hit.id);
        prop_assert_eq!(&hit.title_highlights, &title, "title of {}", &hit.id);
        prop_assert_eq!(&hit.snippets, &snippets, "snippets of {}", &hit.id);
        prop_assert_eq!(hit.matched_by, matched_by, "{}", &hit.id);
    }
    let all = request.clone().limit(usize::MAX);
    let lines = KwicRequest::new(all).context_words(3);
    let concordance = pair.searcher.kwic(&lines.sort(KwicSort::Score));
    let mut found: Vec<Line> = concordance
        .unwrap()
        .lines
        .into_iter()
        .map(|line| (line.id, line.part, line.offset_bytes, line.keyword))
        .collect();
    let mut expected: Vec<Line> = response
        .hits
        .iter()
        .flat_map(|hit| scan.lines(&hit.id))
        .collect();
    found.sort();
    expected.sort();
    prop_assert_eq!(found, expected, "concordance");
    check_stream(pair, request, &response.hits)
}

/// Checks that every hit of the stream is the hit of the page, and that less of a hit is a part of
/// it.
fn check_stream(pair: &Pair, request: &SearchRequest, page: &[Hit]) -> Result<(), TestCaseError> {
    for depth in [Depth::Columns, Depth::Texts, Depth::Matches] {
        let request = request.clone().depth(depth);
        let mut hits: Vec<Hit> = Vec::new();
        let streamed = pair.searcher.for_all_hits(
            &request,
            StreamOrder::Request,
            &|hits| Ok::<_, SearchError>(hits.to_vec()),
            &mut |made| {
                hits.extend(made);
                Ok(())
            },
        );
        streamed.unwrap();
        prop_assert_eq!(hits.len(), page.len());
        for (hit, whole) in hits.iter().zip(page) {
            let mut expected = whole.clone();
            if depth < Depth::Matches {
                expected.title_highlights.clear();
                expected.title_highlights_chars.clear();
                expected.snippets.clear();
                expected.matched_by = MatchedBy::default();
            }
            if depth < Depth::Texts {
                expected.title.clear();
                expected.lead.clear();
                expected.body.clear();
                expected.tags.clear();
                expected.first_words = None;
                (expected.published, expected.date_source, expected.url) = (None, None, None);
            }
            // A score is added up in another order for all hits than for a page of them.
            prop_assert!((hit.score - whole.score).abs() <= whole.score * 1e-5);
            expected.score = hit.score;
            prop_assert_eq!(hit, &expected);
        }
    }
    Ok(())
}

#[test]
fn what_is_marked_by_the_index_is_what_a_scan_of_the_texts_marks() {
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let mut archives = TestRunner::deterministic();
    let lines = prop::collection::vec(article(), ARTICLE_COUNT);
    let lines = lines.new_tree(&mut archives).unwrap().current();
    let pair = Pair::new(&lines);
    TestRunner::new(config)
        .run(&questions(), |request| check(&pair, &request))
        .unwrap_or_else(|failure| panic!("{failure}"));
}
