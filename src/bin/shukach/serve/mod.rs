//! `shukach serve`: a page and an API over HTTP, from the same requests and answers as the command
//! line.
//!
//! | module | what it holds |
//! |---|---|
//! | `arguments` | the arguments of the command |
//! | `time_limit` | how long an answer may take |
//! | `live_index` | the last commit, newer ones are opened while it is served; or a cluster |
//! | `workers` | threads: a bounded number of jobs at a time |
//! | `metrics` | counts and times of requests |
//! | `site` | what all requests share |
//! | `language` | the language of an answer |
//! | `problem` | failures as answers |
//! | `parameters` | the query string as words of a command line |
//! | `page` | the page for people |
//! | `gate` | hosts, origins, the token |
//! | `guard_headers` | security headers |
//! | `record` | the access log |
//! | `api` | the endpoints |
//! | `connections` | connections, their limits, graceful stop |

mod api;
pub(crate) mod arguments;
mod connections;
mod gate;
mod guard_headers;
mod language;
mod live_index;
mod metrics;
mod page;
mod parameters;
mod problem;
mod record;
mod site;
mod time_limit;
mod workers;

use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::serve::arguments::ServeArguments;
use crate::serve::connections::Limits;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::terminal::interrupt::Patience;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::routing::get;
use axum::{Router, middleware};
use shukach::index::stop::StopFlag;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render::sanitize::one_line;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// How often to look for newer commits.
const REFRESH: Duration = Duration::from_millis(300);

pub(crate) fn run(
    arguments: &ServeArguments,
    config: &Config,
    locale: Locale,
) -> Result<Exit, Failure> {
    let site = Arc::new(Site::open(arguments, locale)?);
    let (_patience, stop) = Patience::of_job();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let router = router(&site, config);
    let refreshing = refresh(Arc::clone(&site), stop.clone());
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(arguments.listen)
            .await
            .map_err(|error| cannot_listen(arguments.listen, &error, locale))?;
        let address = listener.local_addr()?;
        announce(&site, address, locale);
        if arguments.open {
            open_browser(address);
        }
        let limits = Limits::of(arguments.connections);
        connections::serve(listener, router, limits, &stop).await;
        Ok(Exit::Success)
    });
    stop.raise();
    // A search that still runs ends with the program.
    runtime.shutdown_background();
    let _ = refreshing.join();
    served
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error, locale: Locale) -> Failure {
    Failure::Usage(match locale {
        Locale::English => {
            format!("cannot listen at {address}: {error}; choose another with --listen")
        }
        Locale::Ukrainian => {
            format!("не вдалося слухати на {address}: {error}; виберіть іншу адресу через --listen")
        }
    })
}

/// Returns all routes with their middleware.
fn router(site: &Arc<Site>, config: &Config) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Router::new()
        .merge(api::routes(config))
        .merge(page::routes(config))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics_text))
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
        .layer(compression)
        .layer(middleware::from_fn_with_state(Arc::clone(site), gate::keep))
        .layer(middleware::from_fn(guard_headers::add))
        .layer(middleware::from_fn_with_state(
            Arc::clone(site),
            record::keep,
        ))
        .with_state(Arc::clone(site))
}

/// Answers whether searches can be answered.
async fn health(State(site): State<Arc<Site>>) -> (StatusCode, &'static str) {
    if site.live.is_reachable() == Some(false) {
        let told = "the cluster does not answer; the log says why\n";
        return (StatusCode::SERVICE_UNAVAILABLE, told);
    }
    (StatusCode::OK, "ok\n")
}

async fn metrics_text(State(site): State<Arc<Site>>) -> Response<Body> {
    let mut response = Response::new(Body::from(site.metrics_text()));
    let format = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, format);
    response
}

async fn not_found(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let locale = language::of_request(None, &headers, site.locale);
    if uri.path().starts_with("/api/") {
        return api::not_found(locale);
    }
    let message = locale.choose("There is no such page.", "Такої сторінки немає.");
    page::plain(StatusCode::NOT_FOUND, message, locale)
}

async fn wrong_method(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response<Body> {
    let locale = language::of_request(None, &headers, site.locale);
    let told = locale.choose("only GET and HEAD work here", "тут діють лише GET і HEAD");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, told).response(locale)
}

/// Opens newer commits until `stop` is raised. Reports an error once, however often it recurs.
fn refresh(site: Arc<Site>, stop: StopFlag) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut last = None;
        while !stop.is_raised() {
            thread::sleep(REFRESH);
            let told = site
                .live
                .refresh()
                .err()
                .map(|error| error.message(site.locale));
            if let Some(told) = told.as_ref().filter(|_| told != last) {
                eprintln!("{}", one_line(told));
            }
            last = told;
        }
    })
}

fn announce(site: &Site, address: SocketAddr, locale: Locale) {
    let count = site.live.current().articles;
    eprintln!(
        "{}",
        match locale {
            Locale::English => {
                let articles = english_count(count, "article");
                format!("serving {articles} at http://{address}/")
            }
            Locale::Ukrainian => {
                let noun = ukrainian_plural(count, ["стаття", "статті", "статей"]);
                format!("{count} {noun} за адресою http://{address}/")
            }
        }
    );
}

/// Opens the page. Where there is no browser, the address is on standard error.
fn open_browser(address: SocketAddr) {
    let page = format!("http://{address}/");
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let _ = Command::new(program)
        .args(arguments)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
