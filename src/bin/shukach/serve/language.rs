//! The language of an answer: as asked for, else as the cookie or the browser says.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use shukach::locale::Locale;

/// The name of the parameter and of the cookie.
pub(crate) const NAME: &str = "lang";

/// Returns the language of who sends `headers` and asks for `named`; `default` where they do not
/// say.
pub(crate) fn of_request(named: Option<&str>, headers: &HeaderMap, default: Locale) -> Locale {
    let known = |name: &str| match name {
        "uk" => Some(Locale::Ukrainian),
        "en" => Some(Locale::English),
        _ => None,
    };
    named
        .and_then(known)
        .or_else(|| cookie(headers, NAME).and_then(known))
        .or_else(|| preferred(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?))
        .unwrap_or(default)
}

/// Returns the value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).into_iter();
    let mut pairs = cookies
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Returns the one of our languages that `Accept-Language` puts first.
fn preferred(accepted: &str) -> Option<Locale> {
    let ranked = accepted.split(',').filter_map(|part| {
        let mut parts = part.split(';');
        let name = parts.next()?.trim().to_ascii_lowercase();
        let quality = parts.find_map(|part| part.trim().strip_prefix("q="));
        let quality: f32 = quality.map_or(Some(1.0), |quality| quality.trim().parse().ok())?;
        let locale = match name.split('-').next()? {
            "uk" => Locale::Ukrainian,
            "en" => Locale::English,
            _ => return None,
        };
        (quality > 0.0).then_some((quality, locale))
    });
    let mut best: Option<(f32, Locale)> = None;
    for (quality, locale) in ranked {
        if best.is_none_or(|(most, _)| quality > most) {
            best = Some((quality, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_named_or_remembered_or_preferred() {
        let mut headers = HeaderMap::new();
        let of = |named, headers: &HeaderMap| of_request(named, headers, Locale::English);
        assert_eq!(of(None, &headers), Locale::English);
        headers.insert(
            ACCEPT_LANGUAGE,
            "de, en;q=0.5, uk-UA;q=0.9".parse().unwrap(),
        );
        assert_eq!(of(None, &headers), Locale::Ukrainian);
        headers.insert(COOKIE, "theme=dark; lang=en".parse().unwrap());
        assert_eq!(of(None, &headers), Locale::English);
        assert_eq!(of(Some("uk"), &headers), Locale::Ukrainian);
        assert_eq!(of(Some("xx"), &headers), Locale::English);
        headers.insert(ACCEPT_LANGUAGE, "uk;q=x, fr".parse().unwrap());
        headers.remove(COOKIE);
        assert_eq!(of(None, &headers), Locale::English);
    }
}
