//! Access: the host name (against DNS rebinding), the origin, the token.

use crate::serve::language::{self, cookie};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    AUTHORIZATION, HOST, LOCATION, ORIGIN, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use shukach::locale::Locale;
use std::net::IpAddr;
use std::sync::Arc;

/// The session cookie.
pub(crate) const SESSION: &str = "shukach_session";
/// The login form, and the paths that need no token.
pub(crate) const LOGIN: &str = "/login";
const OPEN: [&str; 2] = [LOGIN, "/healthz"];
/// Styles and script, which the login form needs.
const ASSETS: &str = "/assets/";

/// Checks host, origin and token before anything else.
pub(crate) async fn keep(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let headers = request.headers();
    let locale = language::of_request(None, headers, site.locale);
    let foreign = match check_names(&site, headers, locale) {
        Ok(foreign) => foreign,
        Err(problem) => return problem.response(locale),
    };
    let is_asked_before = request.method() == Method::OPTIONS && foreign.is_some();
    let mut response = if is_asked_before {
        preflight()
    } else if may_enter(&site, headers, request.uri().path()) {
        next.run(request).await
    } else {
        without_token(&request, locale)
    };
    if let Some(origin) = foreign {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.append(VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// Checks the names that a request gives, and returns its origin if it is another site that may
/// ask.
fn check_names(
    site: &Site,
    headers: &HeaderMap,
    locale: Locale,
) -> Result<Option<HeaderValue>, Problem> {
    let refused = |english: &str, ukrainian: &str| {
        Problem::new(StatusCode::FORBIDDEN, locale.choose(english, ukrainian))
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let Some(host) = host.filter(|host| is_ours(site, host)) else {
        return Err(refused(
            "this host name is not allowed; allow it with --host",
            "це ім’я сайту не дозволене; дозвольте його через --host",
        ));
    };
    let Some(origin) = headers.get(ORIGIN) else {
        return Ok(None);
    };
    let text = origin.to_str().unwrap_or_default();
    let is_own = ["http://", "https://"]
        .iter()
        .any(|scheme| text.strip_prefix(scheme) == Some(host));
    if is_own {
        return Ok(None);
    }
    if site.cors.iter().any(|known| known == text) {
        return Ok(Some(origin.clone()));
    }
    Err(refused(
        "pages of other sites may not use the API; allow one with --cors ORIGIN",
        "сторінкам інших сайтів не можна користуватися API; дозвольте через --cors САЙТ",
    ))
}

/// Returns whether `host`, with or without a port, is a name of the site. IP addresses always are:
/// DNS rebinding needs a name.
fn is_ours(site: &Site, host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || site
            .hosts
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
}

fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET, HEAD");
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    let allowed = HeaderValue::from_static("Authorization");
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    response
}

fn may_enter(site: &Site, headers: &HeaderMap, path: &str) -> bool {
    let Some(token) = &site.token else {
        return true;
    };
    if OPEN.contains(&path) || path.starts_with(ASSETS) {
        return true;
    }
    let bearer = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    bearer.is_some_and(|given| is_token(given, token))
        || cookie(headers, SESSION).is_some_and(|given| is_session(given, token))
}

/// Returns whether `given` is the token. Takes the same time whichever characters differ: hashes
/// are compared, and as a whole.
pub(crate) fn is_token(given: &str, token: &str) -> bool {
    blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes())
}

/// Returns what the cookie holds: proof of the token, from which it cannot be found out.
pub(crate) fn session(token: &str) -> blake3::Hash {
    blake3::Hash::from(blake3::derive_key("shukach 2026 session", token.as_bytes()))
}

fn is_session(given: &str, token: &str) -> bool {
    blake3::Hash::from_hex(given).is_ok_and(|given| given == session(token))
}

/// Leads people to the login form; programs get 401.
fn without_token(request: &Request, locale: Locale) -> Response<Body> {
    let path = request.uri().path();
    let is_for_programs = path.starts_with("/api/") || path == "/metrics";
    let mut response;
    if is_for_programs {
        let told = locale.choose(
            "give the token: Authorization: Bearer TOKEN",
            "дайте токен: Authorization: Bearer ТОКЕН",
        );
        response = Problem::new(StatusCode::UNAUTHORIZED, told).response(locale);
        let scheme = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    } else {
        response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let asked = request
            .uri()
            .path_and_query()
            .map_or("/", |asked| asked.as_str());
        let behind: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
        let place = format!("{LOGIN}?next={behind}");
        if let Ok(place) = HeaderValue::from_str(&place) {
            response.headers_mut().insert(LOCATION, place);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_proves_the_token_and_does_not_hold_it() {
        let token = "a-long-and-secret-token";
        assert!(is_token(token, token) && !is_token("a-long-and-secret-tokem", token));
        let session = session(token).to_hex().to_string();
        assert!(is_session(&session, token) && !session.contains(token));
        assert!(!is_session(&session, "another-token-of-mine") && !is_session("", token));
    }
}
