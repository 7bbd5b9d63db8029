//! What cookies keep: that the token was given, the language, the theme.

use crate::serve::gate::{LOGIN, SESSION, is_token, session};
use crate::serve::language::{self, cookie};
use crate::serve::page::assets::version;
use crate::serve::page::{html, plain};
use crate::serve::parameters::Parameters;
use crate::serve::site::Site;
use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::routing::get;
use shukach::locale::Locale;
use std::sync::Arc;
use std::time::Duration;
use tokio::time;

/// The longest form, in bytes.
const FORM_BYTES: usize = 8 * 1024;
/// How long a form may take to come.
const FORM_TIME: Duration = Duration::from_secs(10);
/// How long a wrong token has to wait for its answer.
const PENALTY: Duration = Duration::from_millis(500);
/// How long cookies are kept: a year, and a month.
const YEAR: u32 = 31_536_000;
const MONTH: u32 = 2_592_000;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    locale: Locale,
    version: &'static str,
    next: String,
    is_wrong: bool,
}

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(LOGIN, get(form).post(login))
        .route("/logout", get(logout))
        .route("/settings", get(settings))
}

/// Returns the theme that the cookie names.
pub(crate) fn theme(headers: &HeaderMap) -> &'static str {
    match cookie(headers, "theme") {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "auto",
    }
}

/// Returns where to go on: a page of this site and no other.
fn next_page(parameters: &Parameters) -> String {
    let next = parameters.get("next").unwrap_or("/");
    let is_ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours && is_plain {
        next.to_owned()
    } else {
        "/".to_owned()
    }
}

async fn form(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let locale = language::of_request(None, &headers, site.locale);
    page(locale, next_page(&Parameters::of(uri.query())), false)
}

fn page(locale: Locale, next: String, is_wrong: bool) -> Response<Body> {
    let page = LoginPage {
        locale,
        version: version(),
        next,
        is_wrong,
    };
    let status = if is_wrong {
        StatusCode::UNAUTHORIZED
    } else {
        StatusCode::OK
    };
    html(status, page.render().unwrap_or_default())
}

async fn login(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    let locale = language::of_request(None, request.headers(), site.locale);
    let is_secure = request
        .headers()
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme == "https");
    let body = time::timeout(FORM_TIME, to_bytes(request.into_body(), FORM_BYTES)).await;
    let Ok(Ok(body)) = body else {
        let told = locale.choose(
            "the form is too long or too slow",
            "форма задовга або надто повільна",
        );
        return plain(StatusCode::BAD_REQUEST, told, locale);
    };
    let form = Parameters::of(std::str::from_utf8(&body).ok());
    let next = next_page(&form);
    let Some(token) = &site.token else {
        return go_on(&next, &[]);
    };
    if !is_token(form.get("token").unwrap_or_default().trim(), token) {
        time::sleep(PENALTY).await;
        return page(locale, next, true);
    }
    let secure = if is_secure { "; Secure" } else { "" };
    let proof = session(token).to_hex();
    let kept =
        format!("{SESSION}={proof}; Path=/; Max-Age={MONTH}; HttpOnly; SameSite=Strict{secure}");
    go_on(&next, &[kept])
}

async fn logout() -> Response<Body> {
    go_on(
        LOGIN,
        &[format!(
            "{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
        )],
    )
}

/// Keeps the language or the theme in a cookie.
async fn settings(uri: Uri) -> Response<Body> {
    let parameters = Parameters::of(uri.query());
    let known = [
        (language::NAME, &["uk", "en"][..]),
        ("theme", &["auto", "light", "dark"]),
    ];
    let mut cookies = Vec::new();
    for (name, values) in known {
        if let Some(value) = parameters.get(name).filter(|value| values.contains(value)) {
            cookies.push(format!(
                "{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax"
            ));
        }
    }
    go_on(&next_page(&parameters), &cookies)
}

fn go_on(next: &str, cookies: &[String]) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    if let Ok(next) = HeaderValue::from_str(next) {
        headers.insert(LOCATION, next);
    }
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_one_of_this_site() {
        for (next, expected) in [
            ("/?query=%D0%B0", "/?query=%D0%B0"),
            ("//evil.example.org", "/"),
            ("https://evil.example.org", "/"),
            ("/\\evil.example.org", "/"),
            ("/a\r\nSet-Cookie: b", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            let form = Parameters::default().and("next", next);
            assert_eq!(next_page(&form), expected, "{next}");
        }
    }
}
