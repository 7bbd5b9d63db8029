//! The API: parameters and JSON of the command line, over HTTP.
//!
//! | module | what it holds |
//! |---|---|
//! | `endpoint` | the table of endpoints |
//! | `answers` | what each endpoint answers |
//! | `completion` | what the endpoint `suggest` takes |
//! | `export` | every hit, as it is made |
//! | `openapi` | the description of the API |

mod answers;
mod completion;
pub(crate) mod endpoint;
mod export;
mod openapi;

use crate::config;
use crate::config::Config;
use crate::exit::Failure;
use crate::serve::api::answers::{Answer, Asked};
use crate::serve::api::endpoint::{Delivery, ENDPOINTS, Endpoint, IdPlace, list_command};
use crate::serve::api::export::{ChunkWriter, Export};
use crate::serve::api::openapi::SCHEMAS;
use crate::serve::language;
use crate::serve::live_index::Served;
use crate::serve::parameters::{Parameters, QUERY, Reading};
use crate::serve::problem::{JSON, Problem};
use crate::serve::site::Site;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::routing::get;
use clap::{ArgMatches, Command};
use shukach::date::zone::Zone;
use shukach::locale::Locale;
use std::collections::HashMap;
use std::ffi::OsString;
use std::sync::Arc;
use tokio::task;

/// Returns the routes of the API; settings in force are defaults of its parameters.
pub(crate) fn routes(config: &Config) -> Router<Arc<Site>> {
    let mut router = Router::new();
    for endpoint in &ENDPOINTS {
        let ready = Arc::new(Ready {
            endpoint,
            command: config::apply(config, (endpoint.command)()),
            list: config::apply(config, list_command()),
        });
        let answer = move |State(site): State<Arc<Site>>,
                           Path(path): Path<HashMap<String, String>>,
                           uri: Uri,
                           headers: HeaderMap| {
            let ready = Arc::clone(&ready);
            async move { ready.answer(&site, path.get("id"), &uri, &headers).await }
        };
        router = router.route(&format!("/api/v1{}", endpoint.path), get(answer));
    }
    router
        .route(
            "/api/v1/openapi.json",
            get(async || json(openapi::document().to_string())),
        )
        .route("/api/v1/schemas/{name}", get(schema))
}

async fn schema(Path(name): Path<String>) -> Response<Body> {
    match SCHEMAS.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => json((*text).to_owned()),
        None => not_found(Locale::English),
    }
}

/// Answers a path that no endpoint has.
pub(crate) fn not_found(locale: Locale) -> Response<Body> {
    let told = locale.choose(
        "no such address; /api/v1/openapi.json lists the endpoints",
        "такої адреси немає; список адрес – у /api/v1/openapi.json",
    );
    Problem::new(StatusCode::NOT_FOUND, told).response(locale)
}

fn json(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    response
}

/// An endpoint with the settings in force.
struct Ready {
    endpoint: &'static Endpoint,
    command: Command,
    /// What an export takes its parameters for where it has no query.
    list: Command,
}

/// A request that was understood.
struct ApiRequest {
    matches: ArgMatches,
    locale: Locale,
    is_list: bool,
}

impl Ready {
    async fn answer(
        &self,
        site: &Arc<Site>,
        id: Option<&String>,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Response<Body> {
        let parameters = Parameters::of(uri.query());
        let locale = language::of_request(parameters.get(language::NAME), headers, site.locale);
        let answered = self.answered(site, id, (uri, headers, &parameters), locale);
        let mut response = match answered.await {
            Ok(response) => response,
            Err(problem) => problem.response(locale),
        };
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        response
    }

    async fn answered(
        &self,
        site: &Arc<Site>,
        id: Option<&String>,
        (uri, headers, parameters): (&Uri, &HeaderMap, &Parameters),
        locale: Locale,
    ) -> Result<Response<Body>, Problem> {
        let failed = |failure| Problem::of_failure(failure, site, locale);
        let request = self.request(parameters, id, locale).map_err(failed)?;
        let opened = site.live.current();
        let tag = opened.state.as_ref().map(|state| tag(state, uri, &request));
        let known = headers.get(IF_NONE_MATCH);
        if let Some(tag) = tag.as_ref().filter(|tag| known == Some(*tag)) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().insert(ETAG, tag.clone());
            return Ok(response);
        }
        let (media, body, is_partial) = match self.endpoint.delivery {
            Delivery::Whole(answer) => {
                let answer = whole(site, opened, request, answer).await?;
                (answer.media, Body::from(answer.body), answer.is_partial)
            }
            Delivery::Export => {
                let (media, body) = exported(site, opened, request).await?;
                (media, body, false)
            }
        };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        // Asked again, a search that its time limit ended may find more.
        if let Some(tag) = tag.filter(|_| !is_partial) {
            headers.insert(ETAG, tag);
        }
        Ok(response)
    }

    fn request(
        &self,
        parameters: &Parameters,
        id: Option<&String>,
        locale: Locale,
    ) -> Result<ApiRequest, Failure> {
        let endpoint = self.endpoint;
        let mut before: Vec<OsString> = endpoint.before.iter().map(Into::into).collect();
        let is_export = matches!(endpoint.delivery, Delivery::Export);
        let has = |name: &str| parameters.get(name).is_some();
        let is_list = is_export && !has(QUERY) && !has("copies");
        if is_export {
            if !has("format") {
                before.push("--format=ndjson".into());
            }
            if !["limit", "offset", "cursor"].into_iter().any(has) {
                before.push("--all".into());
            }
        }
        let id = id.map(String::as_str);
        if let (IdPlace::Copies, Some(id)) = (endpoint.id, id) {
            before.push(format!("--copies={id}").into());
        }
        let matches = parameters.matches(&Reading {
            command: if is_list { &self.list } else { &self.command },
            allowed: &|name| endpoint.allows(name),
            before: &before,
            id: id.filter(|_| endpoint.id == IdPlace::Argument),
            locale,
        })?;
        Ok(ApiRequest {
            matches,
            locale,
            is_list,
        })
    }
}

/// Returns the `ETag`: a hash of the commit, the request, the language and today, which relative
/// dates depend on. It is weak, as `took_ms` differs from answer to answer.
fn tag(state: &str, uri: &Uri, request: &ApiRequest) -> HeaderValue {
    let zone = request.matches.try_get_one::<Zone>("tz").ok().flatten();
    let today = zone.cloned().unwrap_or_default().today().to_string();
    let mut hasher = blake3::Hasher::new();
    let language = request.locale.choose("en", "uk");
    for part in [
        state,
        uri.path(),
        uri.query().unwrap_or_default(),
        &today,
        language,
        env!("CARGO_PKG_VERSION"),
    ] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash: String = hasher.finalize().to_hex().chars().take(20).collect();
    HeaderValue::from_str(&format!("W/\"{hash}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("*"))
}

/// Answers at once.
async fn whole(
    site: &Arc<Site>,
    opened: Arc<Served>,
    request: ApiRequest,
    answer: fn(&Asked<'_>) -> Result<Answer, Failure>,
) -> Result<Answer, Problem> {
    let locale = request.locale;
    let (shows_paths, time_limit) = (site.shows_paths, site.workers.time_limit());
    let job = move || {
        answer(&Asked {
            searcher: &opened.searcher,
            matches: &request.matches,
            locale,
            shows_paths,
            time_limit,
        })
    };
    match site.workers.run(job).await {
        Ok(answered) => answered.map_err(|failure| Problem::of_failure(failure, site, locale)),
        Err(overload) => Err(Problem::of_overload(overload, locale)),
    }
}

/// Streams the answer. Errors of the query come before its first byte.
async fn exported(
    site: &Arc<Site>,
    opened: Arc<Served>,
    request: ApiRequest,
) -> Result<(&'static str, Body), Problem> {
    let locale = request.locale;
    let (shows_paths, time_limit) = (site.shows_paths, site.workers.time_limit());
    let request = Arc::new(request);
    let place = site.exports.place().await;
    let place = place.map_err(|overload| Problem::of_overload(overload, locale))?;
    let (found, asked) = (Arc::clone(&opened), Arc::clone(&request));
    let begin = move || {
        let asked = Asked {
            searcher: &found.searcher,
            matches: &asked.matches,
            locale,
            shows_paths,
            time_limit,
        };
        let export = Export::of(&asked, request.is_list)?;
        let found = export.found(&asked)?;
        Ok((export, found))
    };
    let (export, found) = match site.workers.run(begin).await {
        Ok(ready) => ready.map_err(|failure| Problem::of_failure(failure, site, locale))?,
        Err(overload) => return Err(Problem::of_overload(overload, locale)),
    };
    let media = export.media();
    let (mut writer, body) = ChunkWriter::new();
    task::spawn_blocking(move || {
        let matches = ArgMatches::default();
        let asked = Asked {
            searcher: &opened.searcher,
            matches: &matches,
            locale,
            shows_paths,
            time_limit,
        };
        // Who is answered may have gone; a failure breaks the answer off.
        if let Err(failure) = export.write(found, &asked, &mut writer) {
            writer.fail(&failure);
        }
        drop(place);
    });
    Ok((media, body))
}
