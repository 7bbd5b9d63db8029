//! `shukach serve`: a page and an API over HTTP, from the same requests and answers as the command
//! line.
//!
//! | module | what it holds |
//! |---|---|
//! | `arguments` | what the command takes |
//! | `live_index` | the last commit; newer ones are opened while it is served |
//! | `workers` | a bounded number of questions at a time |
//! | `metrics` | counts and times of requests |
//! | `site` | what all requests share |
//! | `language` | the language of an answer |
//! | `problem` | failures as answers |
//! | `parameters` | parameters of an address as words of a command line |
//! | `page` | the page for people |
//! | `gate` | hosts, origins, the token |
//! | `guard_headers` | headers against what browsers might do |
//! | `record` | the log |
//! | `api` | the endpoints |
//! | `connections` | connections and the end |

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
mod workers;

use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::serve::arguments::ServeArguments;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::terminal::interrupt::Patience;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
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

/// How often it is looked for newer commits.
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
        connections::serve(listener, router, arguments.connections, &stop).await;
        Ok(Exit::Success)
    });
    stop.raise();
    // A question that still runs ends with the program.
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

/// Returns all routes, with what is done before and after each.
fn router(site: &Arc<Site>, config: &Config) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Router::new()
        .merge(api::routes(config))
        .merge(page::routes(config))
        .route("/healthz", get(async || "ok\n"))
        .route("/metrics", get(metrics_text))
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_this_way)
        .layer(compression)
        .layer(middleware::from_fn_with_state(Arc::clone(site), gate::keep))
        .layer(middleware::from_fn(guard_headers::add))
        .layer(middleware::from_fn_with_state(
            Arc::clone(site),
            record::keep,
        ))
        .with_state(Arc::clone(site))
}

async fn metrics_text(State(site): State<Arc<Site>>) -> Response<Body> {
    let mut response = Response::new(Body::from(site.metrics_text()));
    let format = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, format);
    response
}

async fn nothing_here(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response<Body> {
    api::not_found(language::of_request(None, &headers, site.locale))
}

async fn not_this_way(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response<Body> {
    let locale = language::of_request(None, &headers, site.locale);
    let told = locale.choose("only GET and HEAD work here", "тут діють лише GET і HEAD");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, told).response(locale)
}

/// Opens newer commits until `stop` is raised. What cannot be opened is told once.
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
    let count = site.live.current().searcher.article_count();
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

/// Opens the page; who has no browser reads its address above.
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
