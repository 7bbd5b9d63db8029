//! The page of a concordance.

use crate::commands::kwic::KwicArguments;
use crate::exit::Failure;
use crate::serve::api::endpoint;
use crate::serve::page::asked::PageRequest;
use crate::serve::page::chips::{Chip, chips};
use crate::serve::page::failure::FailureView;
use crate::serve::page::frame::{Choice, Frame};
use crate::serve::page::numbers::grouped;
use crate::serve::page::search::Files;
use askama::Template;
use shukach::date::today;
use shukach::locale::Locale;
use shukach::query::ParseOptions;
use shukach::render::layout::shown_date;
use shukach::render::sanitize::one_line;
use shukach::render::wording;
use shukach::search::KwicResponse;

/// A line.
struct LineView {
    left: String,
    keyword: String,
    right: String,
    date: String,
    source: String,
    title: String,
    href: String,
}

/// The lines of a page.
struct LinesView {
    told: String,
    notices: Vec<String>,
    lines: Vec<LineView>,
    next: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "kwic.html")]
struct KwicPage {
    frame: Frame,
    chips: Vec<Chip>,
    failure: Option<FailureView>,
    answer: Option<LinesView>,
    sorts: Vec<Choice>,
    exports: Vec<Files>,
}

/// The orders of lines, with their names in English and Ukrainian.
const SORTS: [(&str, &str, &str); 6] = [
    ("score", "best article first", "за вагою статті"),
    ("left", "by the words before", "за словами перед"),
    ("right", "by the words after", "за словами після"),
    ("-date", "newest first", "найновіші"),
    ("date", "oldest first", "найдавніші"),
    ("source", "by source", "за джерелом"),
];
/// How many lines a page has.
const LINES: u64 = 50;

/// Returns the page.
pub(crate) fn page(asked: &PageRequest<'_>) -> Result<String, Failure> {
    let (answer, failure) = if asked.query().is_empty() {
        (None, None)
    } else {
        match found(asked) {
            Ok(answer) => (Some(answer), None),
            Err(failure @ (Failure::Library(_) | Failure::Output(_))) => return Err(failure),
            Err(failure) => (None, Some(FailureView::of(&failure, asked))),
        }
    };
    let chips = if answer.is_some() {
        chips(asked, &ParseOptions::new(today()).allows_negation(true))
    } else {
        Vec::new()
    };
    let title = asked.locale.choose("Concordance", "Конкорданс");
    let page = KwicPage {
        frame: Frame::new(asked, &format!("{title}: {}", asked.query())),
        chips,
        failure,
        answer,
        sorts: sorts(asked),
        exports: exports(asked),
    };
    page.render()
        .map_err(|error| Failure::Usage(error.to_string()))
}

fn offset(asked: &PageRequest<'_>) -> u64 {
    let offset = asked.parameters.get("offset").unwrap_or_default();
    offset.parse().unwrap_or(0)
}

fn found(asked: &PageRequest<'_>) -> Result<LinesView, Failure> {
    let limit = format!("--limit={LINES}");
    let is_sort = |value: &str| SORTS.iter().any(|(name, ..)| *name == value);
    let is_own = |name: &str, value: &str| name != "limit" && (name != "sort" || is_sort(value));
    let kept = PageRequest {
        parameters: asked.parameters.only(is_own),
        ..*asked
    };
    let kwic: KwicArguments = kept.arguments("/kwic", &["--json", &limit], None)?;
    let response = kwic.response(asked.searcher, Some(asked.time_limit.whole()), asked.locale)?;
    let offset = offset(asked);
    let has_more = match response.occurrences {
        Some(all) => offset + LINES < all,
        None => response.lines.len() as u64 == LINES,
    };
    let at = |offset: u64| asked.with("offset", &offset.to_string());
    let notices = wording::for_people(&response.notices);
    Ok(LinesView {
        told: told(&response, asked.locale),
        notices: notices
            .map(|notice| one_line(&notice.message).into_owned())
            .collect(),
        next: has_more.then(|| at(offset + LINES)),
        before: (offset > 0).then(|| at(offset.saturating_sub(LINES))),
        lines: lines(&response, asked),
    })
}

fn told(response: &KwicResponse, locale: Locale) -> String {
    let articles = wording::articles(response.articles, locale);
    match (response.occurrences, locale) {
        (None, _) => articles,
        (Some(count), Locale::English) => format!("{} lines, {articles}", grouped(count, locale)),
        (Some(count), Locale::Ukrainian) => {
            format!("рядків: {}, {articles}", grouped(count, locale))
        }
    }
}

fn lines(response: &KwicResponse, asked: &PageRequest<'_>) -> Vec<LineView> {
    let shown = |text: &str| one_line(text).into_owned();
    let lines = response.lines.iter().map(|line| LineView {
        left: shown(&line.left),
        keyword: shown(&line.keyword),
        right: shown(&line.right),
        date: line
            .published
            .as_deref()
            .map_or_else(String::new, |date| shown_date(date, None)),
        source: shown(line.source.as_deref().unwrap_or_default()),
        title: shown(&line.title),
        href: asked.article(&line.id),
    });
    lines.collect()
}

fn sorts(asked: &PageRequest<'_>) -> Vec<Choice> {
    let locale = asked.locale;
    let chosen = asked.parameters.get("sort").unwrap_or("score");
    let choice = |(name, english, ukrainian): (&str, &str, &str)| Choice {
        text: locale.choose(english, ukrainian).to_owned(),
        href: asked.with("sort", name),
        is_chosen: name == chosen,
    };
    SORTS.map(choice).into()
}

fn exports(asked: &PageRequest<'_>) -> Vec<Files> {
    let taken = endpoint::at("/kwic");
    let state = asked
        .parameters
        .only(|name, _| name != "format" && taken.is_some_and(|endpoint| endpoint.allows(name)));
    let state = state.with("limit", "1000").without("offset");
    let forms = [("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON")];
    let what = asked.locale.choose("Up to 1,000 lines", "До 1000 рядків");
    vec![Files::of(what, ("/api/v1/kwic", "format"), &state, &forms)]
}
