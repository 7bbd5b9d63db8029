//! The page for people: rendered whole on the server, so that it needs no script.
//!
//! | module | what it holds |
//! |---|---|
//! | `asked` | the request for a page, and addresses of other pages |
//! | `pieces` | texts with marks |
//! | `numbers` | numbers as people read them |
//! | `periods` | periods as dates |
//! | `frame` | the frame of every page |
//! | `failure` | faulty queries |
//! | `chips` | how a query was read |
//! | `timeline` | counts over time |
//! | `facets` | facets |
//! | `search` | hits |
//! | `article` | an article |
//! | `kwic` | a concordance |
//! | `compare` | several queries |
//! | `assets` | styles, script, icon |
//! | `login` | the token, language and theme |

mod article;
mod asked;
mod assets;
mod chips;
mod compare;
mod facets;
mod failure;
mod frame;
mod kwic;
mod login;
mod numbers;
mod periods;
mod pieces;
mod search;
mod timeline;

use crate::config::Config;
use crate::exit::Failure;
use crate::serve::language;
use crate::serve::page::asked::{Commands, PageRequest};
use crate::serve::page::assets::version;
use crate::serve::page::failure::FailureView;
use crate::serve::page::frame::Frame;
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::routing::get;
use shukach::locale::Locale;
use std::sync::Arc;

/// Makes a page.
type Build = fn(&PageRequest<'_>) -> Result<String, Failure>;

const PAGES: [(&str, Build); 4] = [
    ("/", search::page),
    ("/article", article::page),
    ("/kwic", kwic::page),
    ("/compare", compare::page),
];

/// Returns the routes of all pages.
pub(crate) fn routes(config: &Config) -> Router<Arc<Site>> {
    let commands = Arc::new(Commands::new(config));
    let mut router = Router::new();
    for (path, build) in PAGES {
        let commands = Arc::clone(&commands);
        let answer = move |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| {
            let commands = Arc::clone(&commands);
            async move { page(&site, commands, (path, build), &uri, &headers).await }
        };
        router = router.route(path, get(answer));
    }
    router.merge(assets::routes()).merge(login::routes())
}

/// A page that says why there is no other.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    failure: FailureView,
}

async fn page(
    site: &Arc<Site>,
    commands: Arc<Commands>,
    (path, build): (&'static str, Build),
    uri: &Uri,
    headers: &HeaderMap,
) -> Response<Body> {
    // Forms send fields that nobody has filled in.
    let parameters = Parameters::of(uri.query()).only(|_, value| !value.trim().is_empty());
    let locale = language::of_request(parameters.get(language::NAME), headers, site.locale);
    let parameters = parameters.without(language::NAME);
    let theme = login::theme(headers);
    let opened = site.live.current();
    let shared = Arc::clone(site);
    let job = move || {
        let asked = PageRequest {
            searcher: &opened.searcher,
            commands: &commands,
            path,
            parameters,
            locale,
            theme,
            shows_paths: shared.shows_paths,
            has_token: shared.token.is_some(),
            time_limit: shared.workers.time_limit(),
        };
        let problem = match build(&asked) {
            Ok(page) => return (StatusCode::OK, page),
            Err(failure) => Problem::of_failure(failure, &shared, locale),
        };
        let page = ProblemPage {
            frame: Frame::new(&asked, ""),
            failure: FailureView::of(&problem.failure, &asked),
        };
        (problem.status, page.render().unwrap_or_default())
    };
    match site.workers.run(job).await {
        Ok((status, page)) => html(status, page),
        Err(overload) => {
            let problem = Problem::of_overload(overload, locale);
            let message = problem.failure.message(locale);
            let mut response = plain(problem.status, &message, locale);
            problem.add_headers(response.headers_mut());
            response
        }
    }
}

/// A page of one message, made without the index.
#[derive(Template)]
#[template(path = "plain.html")]
struct PlainPage<'a> {
    locale: Locale,
    version: &'static str,
    message: &'a str,
}

/// Returns a page of one message.
pub(crate) fn plain(status: StatusCode, message: &str, locale: Locale) -> Response<Body> {
    let page = PlainPage {
        locale,
        version: version(),
        message,
    };
    html(status, page.render().unwrap_or_default())
}

fn html(status: StatusCode, page: String) -> Response<Body> {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
