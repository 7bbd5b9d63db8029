//! The page of a search: hits, timeline, facets.

use crate::commands::list::ListArguments;
use crate::commands::search::SearchArguments;
use crate::exit::Failure;
use crate::serve::api::endpoint;
use crate::serve::api::endpoint::COUNTS;
use crate::serve::page::asked::{Hidden, NO_COUNTS, PageRequest};
use crate::serve::page::chips::{Chip, chips};
use crate::serve::page::facets::{FACET_IN, FACET_MATCH, FacetView, SHOWN, column};
use crate::serve::page::failure::FailureView;
use crate::serve::page::frame::{Choice, Frame};
use crate::serve::page::pieces::{Marker, Piece, web_address};
use crate::serve::page::timeline::TimelineView;
use crate::serve::parameters::{Parameters, is_on};
use askama::Template;
use clap::FromArgMatches;
use shukach::locale::Locale;
use shukach::render::layout::shown_date;
use shukach::render::sanitize::one_line;
use shukach::render::shell::SearchCommand;
use shukach::render::wording;
use shukach::search::{
    Answering, Facet, FacetField, FacetRequest, Hit, SearchRequest, SearchResponse,
};

/// A link with a note.
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) note: String,
}

/// Files to download.
pub(crate) struct Files {
    pub(crate) what: &'static str,
    pub(crate) links: Vec<Link>,
}

impl Files {
    /// Makes the links to `state` of the endpoint at `path` in several forms, each a value of
    /// `parameter` and a name.
    pub(crate) fn of(
        what: &'static str,
        (path, parameter): (&str, &str),
        state: &Parameters,
        forms: &[(&str, &str)],
    ) -> Self {
        let link = |(value, text): &(&str, &str)| Link {
            text: (*text).to_owned(),
            href: state.clone().and(parameter, value).address(path),
            note: String::new(),
        };
        Self {
            what,
            links: forms.iter().map(link).collect(),
        }
    }
}

/// A hit as it is shown.
pub(crate) struct HitView {
    pub(crate) rank: u64,
    pub(crate) title: Vec<Piece>,
    /// Whether the article has no headline and its first words stand for it.
    pub(crate) is_untitled: bool,
    pub(crate) href: String,
    pub(crate) date: Option<String>,
    pub(crate) facts: Vec<String>,
    pub(crate) lang: String,
    pub(crate) passages: Vec<Vec<Piece>>,
    pub(crate) copies: Option<Link>,
    pub(crate) url: Option<String>,
}

impl HitView {
    /// Makes the view of `hit`.
    pub(crate) fn of(hit: &Hit, asked: &PageRequest<'_>) -> Self {
        let locale = asked.locale;
        let mut marker = Marker::default();
        let untitled = locale.choose("untitled", "без заголовка");
        let title = match &hit.first_words {
            _ if !hit.title.is_empty() => marker.pieces(&hit.title, &hit.title_highlights),
            Some(words) if !words.is_empty() => marker.pieces(words, &[]),
            _ => marker.pieces(untitled, &[]),
        };
        let passages = hit.snippets.iter().map(|snippet| {
            let mut pieces = marker.pieces(&snippet.text, &snippet.highlights);
            let dots = |text: &str| Piece {
                text: text.to_owned(),
                mark: None,
            };
            if snippet.is_cut_before {
                pieces.insert(0, dots("… "));
            }
            if snippet.is_cut_after {
                pieces.push(dots(" …"));
            }
            pieces
        });
        let passages = passages.collect();
        let facts = [&hit.source, &hit.section, &hit.author];
        let facts = facts.into_iter().flatten();
        let copies = hit.copies.as_ref().filter(|copies| copies.count > 0);
        let date = hit.published.as_deref();
        Self {
            rank: hit.rank,
            title,
            is_untitled: hit.title.is_empty(),
            href: asked.article(&hit.id),
            date: date.map(|date| shown_date(date, hit.date_source.as_deref())),
            facts: facts.map(|fact| one_line(fact).into_owned()).collect(),
            lang: hit.lang.clone(),
            passages,
            copies: copies.map(|copies| Link {
                text: match locale {
                    Locale::English if copies.count == 1 => "1 more copy".to_owned(),
                    Locale::English => format!("{} more copies", copies.count),
                    Locale::Ukrainian => format!("ще {}", wording::copies(copies.count, locale)),
                },
                href: Parameters::default().and("copies", &hit.id).address("/"),
                note: one_line(&copies.sources.join(", ")).into_owned(),
            }),
            url: web_address(hit.url.as_deref()),
        }
    }
}

/// What was found.
pub(crate) struct AnswerView {
    pub(crate) total: String,
    pub(crate) has_counts: bool,
    pub(crate) has_hits: bool,
    pub(crate) hits: Vec<HitView>,
    pub(crate) notices: Vec<String>,
    pub(crate) words_without_hits: Option<String>,
    pub(crate) suggestions: Vec<Link>,
    pub(crate) timeline: Option<TimelineView>,
    pub(crate) facets: Vec<FacetView>,
    pub(crate) next: Option<String>,
    pub(crate) first: Option<String>,
    pub(crate) command: Option<String>,
}

/// The page of a search.
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    chips: Vec<Chip>,
    failure: Option<FailureView>,
    answer: Option<AnswerView>,
    sorts: Vec<Choice>,
    is_collapsed: Option<Choice>,
    from: String,
    to: String,
    dates: Vec<Hidden>,
    facet_search: Vec<Hidden>,
    exports: Vec<Files>,
}

/// Returns the page.
pub(crate) fn page(asked: &PageRequest<'_>) -> Result<String, Failure> {
    let (chips, answer, failure) = match found(asked) {
        Ok((chips, answer)) => (chips, Some(answer), None),
        Err(failure @ (Failure::Library(_) | Failure::Output(_))) => return Err(failure),
        Err(failure) => (Vec::new(), None, Some(FailureView::of(&failure, asked))),
    };
    let parameter = |name: &str| asked.parameters.get(name).unwrap_or_default().to_owned();
    let may_collapse = !asked.query().is_empty() && !asked.searcher.is_in_cluster();
    let page = SearchPage {
        frame: Frame::new(asked, asked.query()),
        chips,
        failure,
        sorts: sorts(asked),
        is_collapsed: may_collapse.then(|| collapse(asked)),
        from: parameter("from"),
        to: parameter("to"),
        dates: asked.hidden(&["from", "to"]),
        facet_search: asked.hidden(&[FACET_IN, FACET_MATCH]),
        exports: exports(asked),
        answer,
    };
    page.render()
        .map_err(|error| Failure::Usage(error.to_string()))
}

/// Whether copies are shown one by one.
const ALL_COPIES: &str = "all-copies";

fn is_collapsed(asked: &PageRequest<'_>) -> bool {
    let has = |name: &str| asked.parameters.get(name).is_some();
    // In a cluster copies are found among the hits, if those are few.
    !(has(ALL_COPIES) || has("copies") || asked.searcher.is_in_cluster())
}

fn found(whole: &PageRequest<'_>) -> Result<(Vec<Chip>, AnswerView), Failure> {
    let locale = whole.locale;
    let is_alone = is_alone(whole)?;
    // Hits alone have no facets; a facet that is searched is counted by itself.
    let left_out: &[&str] = match (is_alone, searched_facet(whole)) {
        (true, _) => COUNTS,
        (false, Some(_)) => &[FACET_MATCH],
        (false, None) => &[],
    };
    let kept = |name: &str, _: &str| !left_out.contains(&name);
    let asked = &PageRequest {
        parameters: whole.parameters.only(kept),
        ..*whole
    };
    let mut before = vec!["--json"];
    if !is_alone {
        // Who published first, a cluster does not know.
        let is_known =
            |facet: &&str| !asked.searcher.is_in_cluster() || !facet.ends_with("first_publisher");
        before.extend(SHOWN.into_iter().filter(is_known));
    }
    let is_list = asked.query().is_empty() && asked.parameters.get("copies").is_none();
    let (request, command): (SearchRequest, Option<String>) = if is_list {
        let list: ListArguments = asked.arguments("/list", &before, None)?;
        (list.request("", locale), None)
    } else {
        if is_collapsed(asked) {
            before.push("--collapse");
        }
        let matches = asked.matches("/search", &before, None)?;
        let search = SearchArguments::from_arg_matches(&matches);
        let search = search.map_err(|error| Failure::Usage(error.to_string()))?;
        search.check(asked.searcher)?;
        let options = asked.commands.options("/search", &matches);
        let command = SearchCommand {
            options,
            has_all_buckets: false,
        };
        let command = (!asked.query().is_empty()).then(|| command.with_query(asked.query()));
        (search.whole_request(locale)?, command)
    };
    // A page may leave everything out but what one value has.
    let options = request.options.allows_negation(true);
    let request = asked
        .time_limit
        .limit(request.options(options), asked.searcher.is_in_cluster());
    let search = |request: &SearchRequest| {
        let response = asked.searcher.search(request);
        response.map_err(|error| Failure::of_search(&request.query, error))
    };
    let mut response = search(&request)?;
    let chips = chips(whole, &request.parse_options());
    if let (Some((field, text)), Some(facets)) = (searched_facet(whole), &mut response.facets) {
        let facet = FacetRequest::default()
            .fields(vec![field])
            .containing(Some(text.to_owned()))
            .has_shares(request.facets.has_shares);
        let request = request.timeline(None).limit(0).facets(facet).cursor(None);
        let found = search(&request)?.facets.map(|facets| facets.fields);
        for found in found.into_iter().flatten() {
            let same = |facet: &&mut Facet| facet.name == found.name;
            if let Some(facet) = facets.fields.iter_mut().find(same) {
                *facet = found;
            }
        }
    }
    Ok((chips, answer(&response, command, whole)))
}

/// Returns whether the page shows hits without counts.
fn is_alone(asked: &PageRequest<'_>) -> Result<bool, Failure> {
    let value = asked.parameters.get(NO_COUNTS);
    value.map_or(Ok(false), |value| is_on(NO_COUNTS, value, asked.locale))
}

/// Returns the facet whose values are searched, and for what.
fn searched_facet<'a>(asked: &'a PageRequest<'_>) -> Option<(FacetField, &'a str)> {
    let (column, _) = column(asked.parameters.get(FACET_IN)?)?;
    let text = asked.parameters.get(FACET_MATCH)?;
    Some((FacetField::Column(column), text))
}

fn answer(
    response: &SearchResponse,
    command: Option<String>,
    asked: &PageRequest<'_>,
) -> AnswerView {
    let locale = asked.locale;
    let total = response.total.unwrap_or_default();
    let facets = response.facets.as_ref();
    let timeline = facets.and_then(|facets| facets.timeline.as_ref());
    let fields = facets
        .map(|facets| facets.fields.as_slice())
        .unwrap_or_default();
    let is_later = ["cursor", "offset"]
        .iter()
        .any(|name| asked.parameters.get(name).is_some());
    let next = response.next_cursor.as_ref();
    let notices = wording::for_people(&response.notices);
    AnswerView {
        total: total_text(response, locale),
        has_counts: response.total.is_some(),
        has_hits: response.has_hits(),
        hits: response
            .hits
            .iter()
            .map(|hit| HitView::of(hit, asked))
            .collect(),
        notices: notices
            .map(|notice| one_line(&notice.message).into_owned())
            .collect(),
        words_without_hits: words_without_hits(response, locale),
        suggestions: suggestions(response, asked),
        timeline: timeline.and_then(|timeline| TimelineView::of(timeline, asked)),
        facets: fields
            .iter()
            .filter_map(|facet| FacetView::of(facet, total, asked))
            .collect(),
        next: next.map(|cursor| asked.with("cursor", cursor)),
        first: is_later.then(|| asked.first_page().address(asked.path)),
        command,
    }
}

fn total_text(response: &SearchResponse, locale: Locale) -> String {
    let Some(total) = response.total else {
        return locale.choose("Articles", "Статті").to_owned();
    };
    let total = wording::articles(total, locale);
    match response.copies.filter(|copies| *copies > 0) {
        None => total,
        Some(copies) => {
            let copies = wording::copies(copies, locale);
            match locale {
                Locale::English => format!("{total}, {copies} among them"),
                Locale::Ukrainian => format!("{total}, серед них {copies}"),
            }
        }
    }
}

fn words_without_hits(response: &SearchResponse, locale: Locale) -> Option<String> {
    let words = response.words_without_hits.iter();
    let words: Vec<String> = words
        .map(|word| format!("«{}»", one_line(&word.word)))
        .collect();
    let words = (!words.is_empty()).then(|| words.join(", "))?;
    Some(match locale {
        Locale::English => format!("No article has {words}."),
        Locale::Ukrainian => format!("Немає в жодній статті: {words}."),
    })
}

/// Returns other queries to try, each once.
fn suggestions(response: &SearchResponse, asked: &PageRequest<'_>) -> Vec<Link> {
    let locale = asked.locale;
    let mut links: Vec<Link> = Vec::new();
    for suggestion in &response.suggestions {
        let is_new = links
            .iter()
            .all(|link| link.text != one_line(&suggestion.query));
        if suggestion.hits > 0 && is_new {
            links.push(Link {
                href: asked.with("query", &suggestion.query),
                note: wording::articles(suggestion.hits, locale),
                text: one_line(&suggestion.query).into_owned(),
            });
        }
    }
    if let Some(count) = response.match_any_hits.filter(|count| *count > 0) {
        links.push(Link {
            text: locale
                .choose("Match any of the words", "Досить будь-якого зі слів")
                .to_owned(),
            href: asked.with("match", "any"),
            note: wording::articles(count, locale),
        });
    }
    for word in response.words_alone.iter().filter(|word| word.articles > 0) {
        links.push(Link {
            text: one_line(&word.word).into_owned(),
            href: asked.with("query", &word.word),
            note: wording::articles(word.articles, locale),
        });
    }
    links
}

fn sorts(asked: &PageRequest<'_>) -> Vec<Choice> {
    let locale = asked.locale;
    let is_list = asked.query().is_empty();
    let chosen = asked.parameters.get("sort");
    let chosen = chosen.unwrap_or(if is_list { "-date" } else { "score" });
    let sorts = [
        ("score", locale.choose("best first", "найкращі")),
        ("-date", locale.choose("newest first", "найновіші")),
        ("date", locale.choose("oldest first", "найдавніші")),
    ];
    let sorts = sorts.into_iter().skip(usize::from(is_list));
    let choice = |(name, text): (&str, &str)| Choice {
        text: text.to_owned(),
        href: asked.with("sort", name),
        is_chosen: name == chosen,
    };
    sorts.map(choice).collect()
}

/// Returns the choice of showing copies one by one or as one hit.
fn collapse(asked: &PageRequest<'_>) -> Choice {
    let is_chosen = is_collapsed(asked);
    let href = if is_chosen {
        asked.with(ALL_COPIES, "true")
    } else {
        asked.without(ALL_COPIES)
    };
    let text = asked.locale.choose("copies as one", "копії разом");
    Choice {
        text: text.to_owned(),
        href,
        is_chosen,
    }
}

/// Returns the downloads: all hits, and those of this page.
fn exports(asked: &PageRequest<'_>) -> Vec<Files> {
    let taken = endpoint::at("/export");
    let allows = |name: &str| taken.is_some_and(|endpoint| endpoint.allows(name));
    let mut state = asked
        .parameters
        .only(|name, _| allows(name) && !["format", NO_COUNTS].contains(&name));
    if is_collapsed(asked) && !asked.query().is_empty() {
        state = state.with("collapse", "true");
    }
    let all = state.without("limit").without("offset").without("cursor");
    let page = if state.get("limit").is_some() {
        state
    } else {
        state.and("limit", "10")
    };
    let forms = [
        ("csv", "CSV"),
        ("ndjson", "NDJSON"),
        ("markdown", "Markdown"),
    ];
    let place = ("/api/v1/export", "format");
    let locale = asked.locale;
    vec![
        Files::of(
            locale.choose("All hits", "Усе знайдене"),
            place,
            &all,
            &forms,
        ),
        Files::of(
            locale.choose("This page", "Ця сторінка"),
            place,
            &page,
            &forms,
        ),
    ]
}
