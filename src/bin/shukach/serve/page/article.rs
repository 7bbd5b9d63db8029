//! The page of an article: its text with marks, its metadata, copies and similar articles.

use crate::commands::more_like::MoreLikeArguments;
use crate::commands::search::SearchArguments;
use crate::commands::show::ShowArguments;
use crate::exit::Failure;
use crate::serve::page::asked::PageRequest;
use crate::serve::page::failure::FailureView;
use crate::serve::page::frame::Frame;
use crate::serve::page::pieces::{Marker, Piece, web_address};
use crate::serve::page::search::HitView;
use crate::serve::parameters::Parameters;
use askama::Template;
use shukach::article::DateSource;
use shukach::locale::Locale;
use shukach::render::hit_field::placed;
use shukach::render::layout::shown_date;
use shukach::render::sanitize::one_line;
use shukach::search::{Answering, ArticleResponse, Hit, SearchRequest, Sort};

/// What is known of an article, and where it leads.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) note: String,
    pub(crate) href: Option<String>,
}

/// An article as it is shown.
struct ArticleView {
    title: Vec<Piece>,
    lang: String,
    lead: Vec<Vec<Piece>>,
    body: Vec<Vec<Piece>>,
    marks: usize,
    marks_told: String,
    facts: Vec<Fact>,
    url: Option<String>,
    citation: String,
    does_not_match: bool,
    copies: Vec<HitView>,
    similar: Vec<HitView>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    failure: Option<FailureView>,
    article: ArticleView,
    back: String,
}

/// How many copies and similar articles are shown.
const COPIES: usize = 20;
const SIMILAR: &str = "--limit=5";

/// Returns the page.
pub(crate) fn page(asked: &PageRequest<'_>) -> Result<String, Failure> {
    let id = asked.parameters.get("id").unwrap_or_default();
    let locale = asked.locale;
    let show: ShowArguments = asked.arguments("/articles/{id}", &["--json"], Some(id))?;
    let (response, failure) = match show.response(asked.searcher, locale) {
        // A faulty query marks nothing; the article is there all the same.
        Err(failure @ Failure::Query { .. }) => {
            let plain = SearchRequest::new("").locale(locale);
            let plain = asked.searcher.show(id, &plain);
            let plain = plain.map_err(|error| Failure::of_search("", error))?;
            (plain, Some(FailureView::of(&failure, asked)))
        }
        answered => (answered?, None),
    };
    let query = asked.parameters.only(|name, _| name != "id");
    let page = ArticlePage {
        frame: Frame::new(asked, &one_line(&response.title.text)),
        failure,
        article: view(&response, asked)?,
        back: query.address("/"),
    };
    page.render()
        .map_err(|error| Failure::Usage(error.to_string()))
}

fn view(article: &ArticleResponse, asked: &PageRequest<'_>) -> Result<ArticleView, Failure> {
    let locale = asked.locale;
    let mut marker = Marker::default();
    let title = marker.pieces(&article.title.text, &article.title.highlights);
    // Most bodies begin with the lead; show it once.
    let lead = Some(&article.lead)
        .filter(|lead| !lead.text.is_empty() && !article.body.text.starts_with(&lead.text));
    let lead = lead.map(|lead| marker.paragraphs(&lead.text, &lead.highlights));
    let body = marker.paragraphs(&article.body.text, &article.body.highlights);
    let hits = |hits: &[Hit]| {
        let others = hits.iter().filter(|hit| hit.id != article.id);
        others
            .map(|hit| HitView::of(hit, asked))
            .collect::<Vec<_>>()
    };
    Ok(ArticleView {
        title,
        lang: article.lang.clone(),
        lead: lead.unwrap_or_default(),
        body,
        marks: marker.count,
        marks_told: match locale {
            Locale::English if marker.count == 1 => "1 match".to_owned(),
            Locale::English => format!("{} matches", marker.count),
            Locale::Ukrainian => format!("збігів: {}", marker.count),
        },
        facts: facts(article, asked),
        url: web_address(article.url.as_deref()),
        citation: citation(article),
        does_not_match: article.matches == Some(false),
        copies: hits(&copies(article, asked)?),
        similar: hits(&similar(article, asked)?),
    })
}

fn facts(article: &ArticleResponse, asked: &PageRequest<'_>) -> Vec<Fact> {
    let locale = asked.locale;
    let narrowed = |parameter: &str, value: &str| {
        let place = Parameters::default();
        Some(place.and(parameter, value).address("/"))
    };
    let fact = |name, value: &str| Fact {
        name,
        value: one_line(value).into_owned(),
        note: String::new(),
        href: None,
    };
    let mut facts = Vec::new();
    if let Some(published) = &article.published {
        let source = article.date_source.as_deref();
        facts.push(Fact {
            note: source
                .map_or("", |source| of_date(source, locale))
                .to_owned(),
            ..fact(
                locale.choose("Date", "Дата"),
                &shown_date(published, source),
            )
        });
    }
    for (name, parameter, value) in [
        (
            locale.choose("Source", "Джерело"),
            "source",
            &article.source,
        ),
        (
            locale.choose("Section", "Розділ"),
            "section",
            &article.section,
        ),
    ] {
        if let Some(value) = value {
            facts.push(Fact {
                href: narrowed(parameter, value),
                ..fact(name, value)
            });
        }
    }
    if let Some(author) = &article.author {
        facts.push(fact(locale.choose("Author", "Автор"), author));
    }
    for tag in &article.tags {
        facts.push(Fact {
            href: narrowed("tag", tag),
            ..fact(locale.choose("Tag", "Тег"), tag)
        });
    }
    facts.push(fact(locale.choose("Language", "Мова"), &article.lang));
    if asked.shows_paths {
        let first = (article.path.as_str(), article.line);
        let others = article.places.iter().skip(1);
        let others = others.map(|place| (place.path.as_str(), place.line));
        for (path, line) in std::iter::once(first).chain(others) {
            let place = placed(path, line);
            facts.push(fact(locale.choose("File", "Файл"), &place));
        }
    }
    facts.push(fact("id", &article.id));
    facts
}

/// Returns where a date was found, in words.
fn of_date(source: &str, locale: Locale) -> &'static str {
    let known = DateSource::ALL.into_iter();
    match known.map(DateSource::as_str).find(|known| *known == source) {
        Some("estimate") => locale.choose("estimated", "приблизна оцінка"),
        Some("path") => locale.choose("from the path of the file", "зі шляху файлу"),
        Some("field") => locale.choose("as its data say", "з даних статті"),
        Some("meta" | "json-ld" | "time") => locale.choose("as the page says", "зі сторінки"),
        Some("front-matter") => locale.choose("from the head of the file", "із шапки файлу"),
        Some("text") => locale.choose("from the text", "з тексту"),
        _ => "",
    }
}

/// Returns the article as it is cited: author, headline, outlet, date, address.
fn citation(article: &ArticleResponse) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(article.author.clone());
    parts.extend(Some(article.title.text.clone()).filter(|title| !title.is_empty()));
    let outlet = article.source.clone();
    let date = article.published.as_deref();
    let date = date.map(|date| shown_date(date, article.date_source.as_deref()));
    let printed: Vec<String> = outlet.into_iter().chain(date).collect();
    parts.extend(Some(printed.join(", ")).filter(|printed| !printed.is_empty()));
    let ended = |part: &String| {
        let has_end = part.ends_with(['.', '?', '!', '…']);
        if has_end {
            part.clone()
        } else {
            format!("{part}.")
        }
    };
    let mut text: Vec<String> = parts.iter().map(ended).collect();
    text.extend(web_address(article.url.as_deref()));
    one_line(&text.join(" ")).into_owned()
}

fn copies(article: &ArticleResponse, asked: &PageRequest<'_>) -> Result<Vec<Hit>, Failure> {
    // A cluster does not know them.
    if asked.searcher.is_in_cluster() {
        return Ok(Vec::new());
    }
    let parameters = Parameters::default().and("copies", &article.id);
    let search = PageRequest {
        parameters,
        ..*asked
    };
    let search: SearchArguments = search.arguments("/search", &["--json"], None)?;
    let request = search.whole_request(asked.locale)?;
    let request = request
        .limit(COPIES)
        .snippets(0)
        .sort(Sort::Oldest)
        .track_total(false);
    let response = asked.searcher.search(&request);
    let response = response.map_err(|error| Failure::of_search("", error))?;
    Ok(response.hits)
}

fn similar(article: &ArticleResponse, asked: &PageRequest<'_>) -> Result<Vec<Hit>, Failure> {
    let alone = PageRequest {
        parameters: Parameters::default(),
        ..*asked
    };
    let id = Some(article.id.as_str());
    let like: MoreLikeArguments = alone.arguments("/articles/{id}/similar", &[SIMILAR], id)?;
    Ok(like
        .response(asked.searcher, Some(asked.time_limit.whole()), asked.locale)?
        .hits)
}
