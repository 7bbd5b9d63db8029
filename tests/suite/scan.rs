//! Searching finds exactly what a plain scan over the articles finds.

use crate::archive_fixture::{Line, TempArchive, ids, read_articles};
use crate::facet_scan::FacetCheck;
use crate::random_queries::{query, word};
use jiff::civil;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use shukach::analysis::Language;
use shukach::analysis::words::forms::{FormTerms, PARAGRAPH_MARK, SENTENCE_MARK};
use shukach::date::zone::{WRITTEN, Zone};
use shukach::date::{Date, KYIV, day_number};
use shukach::index::document::language_of;
use shukach::plan::Plan;
use shukach::query::field::Column;
use shukach::query::options::MatchMode;
use shukach::query::parse;
use shukach::query::pattern::Shape;
use shukach::schema::Part;
use shukach::search::columns::facts::Facts;
use shukach::search::hits::matching::Matcher;
use shukach::search::hits::matching::part_text::PartText;
use shukach::search::{
    FacetField, FacetRequest, Period, SearchRequest, SearchResponse, Searcher, Sort,
};
use shukach::text::ByteRange;
use shukach::{Article, Published};
use std::collections::BTreeSet;
use std::sync::Arc;

const SOURCES: &[&str] = &["", "Вісник", "Хвиля", "Kyiv Courier"];
const DATES: &[&str] = &[
    "",
    "2024",
    "2025-02",
    "2025-03-31",
    "2025-03-31T22:30:00Z",
    "2025-12-28",
    // Near the end of a month, and so in another one elsewhere.
    "2025-12-31T23:10:00+02:00",
    "2026-01-01T00:00:00+02:00",
    "2026-01-01T00:40:00+02:00",
    "2025-04-01T02:59:59+03:00",
    "2025-12-31T23:10:00-05:00",
];
const SECTIONS: &[&str] = &["", "Політика", "ПОЛІТИКА", "Світ: «Схід»", "а\"б\\"];
const TAGS: &[&str] = &["мир", "Мир", "—", "уряд*"];
const ZONES: &[&str] = &[
    "Europe/Kyiv",
    "UTC",
    "America/New_York",
    "Asia/Tokyo",
    "written",
];
const FACETS: &[FacetField] = &[
    FacetField::Column(Column::Source),
    FacetField::Column(Column::Section),
    FacetField::Column(Column::Lang),
    FacetField::Column(Column::Tag),
    FacetField::Period(Period::Year),
    FacetField::Period(Period::Quarter),
    FacetField::Period(Period::Month),
    FacetField::Period(Period::Week),
    FacetField::Period(Period::Day),
];
pub(crate) const ARTICLE_COUNT: usize = 40;

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let separated = (
        word(),
        prop::sample::select(&[" ", " ", " ", ", ", ". ", "\n\n"][..]),
    );
    prop::collection::vec(separated, words)
        .prop_map(|words| words.into_iter().map(|(word, gap)| word + gap).collect())
}

pub(crate) fn article() -> impl Strategy<Value = Line> {
    let of = |names: &'static [&str]| prop::sample::select(names).prop_map(str::to_owned);
    let about = (of(DATES), of(SOURCES), of(SECTIONS));
    let tags = prop::sample::subsequence(TAGS, 0..3);
    (text(0..4), text(0..4), text(1..16), about, tags).prop_map(
        |(title, lead, body, (date, source, section), tags)| Line {
            id: String::new(),
            title,
            lead,
            body,
            date,
            source,
            section,
            tags: tags.into_iter().map(str::to_owned).collect(),
        },
    )
}

pub(crate) fn questions() -> impl Strategy<Value = SearchRequest> {
    let parts = prop::sample::subsequence(&Part::ALL[..], 1..=3);
    let dates = prop::option::weighted(0.2, prop::sample::select(&DATES[1..]));
    let value = prop_oneof![
        3 => (Just(Column::Source), prop::sample::select(&SOURCES[1..])),
        1 => (Just(Column::Section), prop::sample::select(&SECTIONS[1..])),
        1 => (Just(Column::Tag), prop::sample::select(TAGS)),
    ];
    let only = prop_oneof![4 => Just(vec![]), 1 => prop::collection::vec(value, 1..3)];
    let undated = prop::bool::weighted(0.05);
    let sort = prop::sample::select(&[Sort::Score, Sort::Oldest, Sort::Newest][..]);
    let facets = (
        prop::sample::subsequence(FACETS, 0..3),
        any::<bool>(),
        prop::sample::select(&[2, 100][..]),
    );
    let zone = prop::sample::select(ZONES).prop_map(|zone| Zone::parse(zone).unwrap());
    (
        query(),
        any::<bool>(),
        (parts, sort),
        (dates.clone(), dates, only, undated),
        (facets, zone),
    )
        .prop_map(
            |(query, is_any, (parts, sort), (from, to, only, undated), (facets, zone))| {
                let (fields, has_shares, limit) = facets;
                let mut request = SearchRequest::new(query)
                    .zone(zone)
                    .facets(
                        FacetRequest::default()
                            .fields(fields)
                            .limit(limit)
                            .has_shares(has_shares)
                            .containing(None),
                    )
                    .parts(parts)
                    .from(from.map(|date| Date::parse(date).unwrap()))
                    .to(to.map(|date| Date::parse(date).unwrap()))
                    .undated(undated)
                    .only(
                        only.into_iter()
                            .map(|(column, value)| (column, value.to_owned()))
                            .collect(),
                    )
                    .limit(ARTICLE_COUNT)
                    .related(false)
                    .sort(sort);
                request.options.allows_leading = true;
                if is_any {
                    request.options.match_mode = MatchMode::Any;
                }
                request
            },
        )
}

/// An archive in an index, and the same articles as a list.
pub(crate) struct Pair {
    _archive: TempArchive,
    pub(crate) searcher: Searcher,
    articles: Vec<(Article, Language)>,
    /// Every term that the texts have in the index of forms, the marks left out.
    terms: BTreeSet<String>,
}

/// Returns the first and last day of an article in `zone`.
pub(crate) fn days_of(article: &Article, zone: &Zone) -> Option<(civil::Date, civil::Date)> {
    let Published {
        date, written_day, ..
    } = article.published?;
    if zone.name() == WRITTEN {
        let day = |kyiv: civil::Date| written_day.unwrap_or(kyiv);
        return Some((day(date.first_day()), day(date.last_day())));
    }
    if let Date::Instant(instant) = date
        && instant.to_zoned(KYIV.clone()).time() != civil::Time::midnight()
    {
        let day = instant.in_tz(zone.name()).unwrap().date();
        return Some((day, day));
    }
    Some((date.first_day(), date.last_day()))
}

pub(crate) fn facts_of(article: &Article, zone: &Zone) -> Facts {
    let days = days_of(article, zone);
    let source = article.source.clone();
    Facts {
        first_day: days.map(|(first, _)| day_number(first)),
        last_day: days.map(|(_, last)| day_number(last)),
        values: source
            .map(|source| (Column::Source, source))
            .into_iter()
            .collect(),
        place: None,
    }
}

/// Returns how many letters are missing, added, wrong or swapped with their neighbour.
fn slips(a: &[char], b: &[char]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len(),
        ([x, a_rest @ ..], [y, b_rest @ ..]) => {
            if x == y {
                return slips(a_rest, b_rest);
            }
            let mut best = slips(a_rest, b_rest)
                .min(slips(a_rest, b))
                .min(slips(a, b_rest));
            if let ([x, x2, a_rest @ ..], [y, y2, b_rest @ ..]) = (a, b)
                && x == y2
                && x2 == y
            {
                best = best.min(slips(a_rest, b_rest));
            }
            1 + best
        }
    }
}

impl Pair {
    /// Puts in place of the patterns of a plan every form of the articles that they match.
    pub(crate) fn expand(&self, plan: &mut Plan) {
        plan.for_each_slot_mut(&mut |slot| {
            for pattern in std::mem::take(&mut slot.patterns) {
                for term in self.terms.iter().filter(|term| !term.contains('^')) {
                    let is_match = match &pattern.shape {
                        Shape::Fuzzy { form, max_edits } => {
                            let (a, b): (Vec<char>, Vec<char>) =
                                (form.chars().collect(), term.chars().collect());
                            a.len().abs_diff(b.len()) <= usize::from(*max_edits)
                                && form.contains('-') == term.contains('-')
                                && slips(&a, &b) <= usize::from(*max_edits)
                        }
                        _ => pattern.matches(term),
                    };
                    if is_match {
                        Arc::make_mut(&mut slot.forms).push(term.clone());
                    }
                }
            }
            if let Some(form) = slot.without_capitals.take() {
                let capitals = self
                    .terms
                    .iter()
                    .filter(|term| term.split_once('^').is_some_and(|(start, _)| start == form));
                slot.except.extend(capitals.cloned());
            }
        });
    }

    /// Makes the archive in several segments, with deleted articles in them.
    pub(crate) fn new(lines: &[Line]) -> Self {
        let archive = TempArchive::new();
        for (ordinal, line) in lines.iter().enumerate() {
            let line = Line {
                id: format!("с-{ordinal:02}"),
                ..line.clone()
            };
            let line = serde_json::json!(line).to_string();
            archive.write(&format!("{ordinal:02}.jsonl"), line);
        }
        archive.index_in_segments();
        let articles = read_articles(&archive.root());
        assert_eq!(articles.len(), lines.len());
        let mut terms = BTreeSet::new();
        for article in &articles {
            for text in [&article.title, &article.lead, &article.body] {
                let (mut words, mut term) = (FormTerms::new(text), String::new());
                while words.next_word().is_some() {
                    while words.next_term(&mut term).is_some() {
                        terms.insert(term.clone());
                    }
                }
            }
        }
        terms.retain(|term| ![SENTENCE_MARK, PARAGRAPH_MARK].contains(&term.as_str()));
        Self {
            searcher: archive.searcher(),
            articles: articles
                .into_iter()
                .map(|article| {
                    let language = language_of(&article);
                    (article, language)
                })
                .collect(),
            terms,
            _archive: archive,
        }
    }

    /// Returns all articles.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &(Article, Language)> {
        self.articles.iter()
    }

    /// Returns the articles that the conditions and the words of `request` let through, with how
    /// many of their words matched.
    fn scan(&self, request: &SearchRequest) -> Vec<(&Article, usize)> {
        let parsed = parse(&request.query, &request.options).unwrap();
        let mut plan = Plan::of(&parsed.query).unwrap();
        self.expand(&mut plan);
        let mut matcher = Matcher::new(&plan);
        let mut scanned = Vec::new();
        for (article, language) in &self.articles {
            let texts = [
                (Part::Title, &article.title),
                (Part::Lead, &article.lead),
                (Part::Body, &article.body),
            ];
            let texts = texts.map(|(part, text)| PartText {
                part,
                text,
                is_searched: request.parts.contains(&part),
            });
            if let Some(marks) =
                matcher.matches(&texts, *language, &facts_of(article, &request.zone))
                && is_wanted(article, request)
            {
                scanned.push((article, marks.iter().map(Vec::len).sum()));
            }
        }
        scanned
    }
}

pub(crate) fn is_wanted(article: &Article, request: &SearchRequest) -> bool {
    let is_in_time = (request.from.is_none() && request.to.is_none())
        || days_of(article, &request.zone).is_some_and(|(first, last)| {
            let (first_second, last_second) = seconds_of(article).unwrap();
            request.from.is_none_or(|from| match from {
                Date::Instant(from) => first_second >= from.as_second(),
                from => first >= from.first_day(),
            }) && request.to.is_none_or(|to| match to {
                Date::Instant(to) => last_second <= to.as_second(),
                to => last <= to.last_day(),
            })
        });
    let is_dated_so = !request.undated || article.published.is_none();
    is_in_time && is_dated_so && has_values(article, request)
}

/// Returns the first and last second that the date of an article may mean.
fn seconds_of(article: &Article) -> Option<(i64, i64)> {
    let date = article.published?.date;
    Some(match date {
        Date::Instant(instant) => (instant.as_second(), instant.as_second()),
        date => {
            let behind = date.last_day().tomorrow().unwrap();
            (date.first_second(), Date::Day(behind).first_second() - 1)
        }
    })
}

/// Returns whether an article has one of the values that are asked for of each column.
fn has_values(article: &Article, request: &SearchRequest) -> bool {
    let has = |column: Column, value: &String| match column {
        Column::Source => article.source.as_ref() == Some(value),
        Column::Section => article.section.as_ref() == Some(value),
        Column::Tag => article.tags.contains(value),
        other => panic!("no question asks for {other:?}"),
    };
    request.only.iter().all(|(column, _)| {
        let mut wanted = request.only.iter().filter(|(other, _)| other == column);
        wanted.any(|(column, value)| has(*column, value))
    })
}

fn check(pair: &Pair, request: &SearchRequest) -> Result<(), TestCaseError> {
    let response = match pair.searcher.search(request) {
        Ok(response) => response,
        // A random period may end before it begins.
        Err(error) => {
            prop_assert!(error.to_string().contains("lies after"), "{error}");
            return Ok(());
        }
    };
    let scanned = pair.scan(request);
    let expected: BTreeSet<&str> = scanned
        .iter()
        .map(|(article, _)| article.id.as_str())
        .collect();
    let found = ids(&response);
    prop_assert_eq!(
        found.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        expected
    );
    prop_assert_eq!(response.total, Some(found.len() as u64));
    prop_assert_eq!(found.len(), scanned.len(), "an article twice");
    let matching: Vec<&Article> = scanned.iter().map(|(article, _)| *article).collect();
    let check = FacetCheck { pair, request };
    check.sources_and_timeline(&response, &matching)?;
    check.facets(&response, &matching)?;
    let few = pair.searcher.search(&request.clone().limit(3));
    let hits = response.hits.get(..3).unwrap_or(&response.hits);
    prop_assert_eq!(&few.unwrap().hits, hits, "fewer hits are not the first");
    check_without_counts(pair, request, &response)?;
    for hit in &response.hits {
        let texts = hit
            .snippets
            .iter()
            .map(|snippet| (&snippet.text, &snippet.highlights));
        let texts: Vec<(&String, &Vec<ByteRange>)> =
            texts.chain([(&hit.title, &hit.title_highlights)]).collect();
        for (text, highlights) in &texts {
            prop_assert!(
                highlights.is_sorted_by(|a, b| a.end <= b.start),
                "{highlights:?}"
            );
            for range in *highlights {
                prop_assert!(!range.of(text).is_empty(), "{range:?} in {text:?}");
            }
        }
        let is_shown = texts.iter().any(|(_, highlights)| !highlights.is_empty());
        let word_count = scanned
            .iter()
            .find(|(article, _)| article.id.as_str() == hit.id)
            .map(|(_, count)| *count);
        // What only its date or source brought needs no word.
        let has_condition = ["date:", "джерело:"]
            .iter()
            .any(|name| request.query.contains(name));
        if !has_condition {
            prop_assert!(word_count > Some(0), "nothing of {} matched", hit.id);
            prop_assert!(is_shown, "no highlight in {}", hit.id);
        }
        prop_assert!(hit.score.is_finite());
    }
    Ok(())
}

/// Checks that pages of hits alone, cursor after cursor, are the hits of the counted `response`.
fn check_without_counts(
    pair: &Pair,
    request: &SearchRequest,
    response: &SearchResponse,
) -> Result<(), TestCaseError> {
    let (mut hits, mut cursor) = (Vec::new(), None);
    loop {
        let page = request.clone().limit(3).cursor(cursor).track_total(false);
        let page = pair.searcher.search(&page).unwrap();
        prop_assert!(page.total.is_none() && page.facets.is_none());
        hits.extend(page.hits);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    prop_assert_eq!(&hits, &response.hits, "other hits without counts");
    Ok(())
}

#[test]
fn searching_equals_a_plain_scan() {
    let config = || Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    };
    // The archives are the same every time, so that the query that a failure prints tells all of
    // it.
    let mut archives = TestRunner::deterministic();
    for _ in 0..2 {
        let lines = prop::collection::vec(article(), ARTICLE_COUNT);
        let lines = lines.new_tree(&mut archives).unwrap().current();
        let pair = Pair::new(&lines);
        TestRunner::new(config())
            .run(&questions(), |request| check(&pair, &request))
            .unwrap_or_else(|failure| panic!("{failure}"));
    }
}
