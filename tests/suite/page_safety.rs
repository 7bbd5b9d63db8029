//! Pages hold no code, whatever articles hold, and ask for the token.

use crate::archive_fixture::TempArchive;
use crate::page_fixture::{Page, kinds, page};
use crate::sample::sample;
use crate::serve_api::server;
use crate::serve_fixture::{Server, encoded};
use std::fs;

#[test]
fn pages_hold_no_code_and_no_styles_and_ask_no_other_host() {
    let handlers = regex::Regex::new("<[a-z]+[^>]* on[a-z]+=").unwrap();
    for target in kinds() {
        let page = Page::of(&server().get(&target));
        for script in page.values("script", "src") {
            assert!(script.starts_with("/assets/"), "{script}");
        }
        assert_eq!(page.texts("script").concat(), "", "{target}");
        assert!(
            page.texts("style").is_empty() && page.values("[style]", "style").is_empty(),
            "{target}"
        );
        for attribute in ["src", "action", "data", "poster", "srcset"] {
            for value in page.values(&format!("[{attribute}]"), attribute) {
                assert!(
                    value.starts_with('/') && !value.starts_with("//"),
                    "{target}: {value}"
                );
            }
        }
        for value in page.values("link", "href") {
            assert!(value.starts_with("/assets/"), "{target}: {value}");
        }
        assert!(!handlers.is_match(&page.text), "{target}");
        assert!(page.text.len() < 100_000, "{target}: {}", page.text.len());
    }
    let mut size = page("/").text.len();
    for asset in ["style.css", "page.js", "icon.svg"] {
        let answer = server().get(&format!("/assets/{asset}")).expect(200);
        assert!(answer.header("cache-control").contains("immutable"));
        assert!(!answer.text().contains("http://") || asset != "style.css");
        assert!(asset != "page.js" || answer.body.len() < 30_000);
        size += answer.body.len();
    }
    assert!(size < 100_000, "{size}");
    server().get("/assets/none.js").expect(404);
}

/// Texts that would do harm where they were not escaped.
const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;b&gt;\u{202e}gpj.exe</mark>{{7*7}}";

#[test]
fn whatever_articles_hold_is_text() {
    let archive = TempArchive::new();
    let article = serde_json::json!({
        "id": HOSTILE, "title": format!("Міст {HOSTILE}"), "body": format!("Міст {HOSTILE} стоїть.\n\n{HOSTILE}"),
        "lead": HOSTILE, "author": HOSTILE, "source": HOSTILE, "section": HOSTILE, "tags": [HOSTILE],
        "url": "javascript:alert(1)", "published": "2025-12-28",
    });
    let other = serde_json::json!({
        "id": "2", "title": "Міст через річку", "body": "Другий міст стоїть поруч.", "source": "Інше джерело",
        "url": "https://example.org/\"><script>alert(3)</script>", "published": "2025-11-28",
    });
    let long = serde_json::json!({
        "id": "3", "title": "Міст у мільйон слів", "body": "міст ".repeat(50_000), "published": "2025-10-28",
    });
    archive.write("a.jsonl", format!("{article}\n{other}\n{long}\n"));
    archive.index();
    let server = Server::start(
        &archive.index_path(),
        &["--log", "none", "--time-limit", "5m"],
    );
    let query = encoded("міст");
    let hostile = encoded(HOSTILE);
    let mut targets = vec![
        "/".to_owned(),
        format!("/?query={query}"),
        format!("/kwic?query={query}"),
        format!("/compare?query={query}&query={hostile}"),
        format!("/article?id={hostile}&query={query}"),
        format!("/article?id={hostile}&query={hostile}"),
        "/article?id=2".to_owned(),
        format!("/?query={hostile}"),
        format!("/?query={query}&source={hostile}&from={hostile}"),
        format!("/?query={query}&source={hostile}"),
        format!("/?query={query}&{hostile}={hostile}"),
        format!("/?copies={hostile}"),
        format!("/?query={query}&cursor={hostile}"),
        format!("/article?id={hostile}x"),
        format!("/login?next={hostile}"),
        format!("/kwic?query={hostile}&sort={hostile}"),
    ];
    for target in targets.clone() {
        let page = Page::of(&server.get(&target));
        targets.extend(page.values(".facet a", "href"));
        targets.extend(page.values(".chip a", "href"));
    }
    assert!(targets.len() > 40, "{}", targets.len());
    for target in targets {
        let answer = server.get(&target);
        assert!(answer.status < 500, "{target}: {}", answer.status);
        let page = Page::of(&answer);
        assert!(page.text.contains("</html>"), "{target}");
        let scripts = page.texts("script").len();
        assert!(
            scripts <= 1 && page.texts("script").concat().is_empty(),
            "{target}"
        );
        assert!(
            page.values("img", "src").is_empty() && page.values("[onerror]", "onerror").is_empty(),
            "{target}"
        );
        for link in page.values("a", "href") {
            let is_safe = link.starts_with('/') && !link.starts_with("//") || link.starts_with('#');
            assert!(
                is_safe || link.starts_with("https://example.org/"),
                "{target}: {link}"
            );
        }
        assert!(
            !page.texts("main").concat().contains('\u{202e}'),
            "{target}"
        );
        assert!(
            !page.texts("title").concat().contains('\u{202e}'),
            "{target}"
        );
    }
    let article = Page::of(
        &server
            .get("/article?id=3&query=%D0%BC%D1%96%D1%81%D1%82")
            .expect(200),
    );
    assert!(article.text.len() > 500_000);
}

#[test]
fn people_give_the_token_in_a_form_and_may_leave_again() {
    let token = "the-token-of-these-tests";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token.txt");
    fs::write(&file, token).unwrap();
    let server = Server::start(
        &sample().index_path(),
        &["--token-file", file.to_str().unwrap(), "--log", "none"],
    );
    let sent = server.get("/?query=a").expect(303);
    assert_eq!(sent.header("location"), "/login?next=%2F%3Fquery%3Da");
    let form = Page::of(&server.get(sent.header("location")).expect(200));
    assert_eq!(form.values("input[name=next]", "value"), ["/?query=a"]);
    server.get("/assets/style.css").expect(200);
    let wrong = server.post("/login", "token=wrong&next=%2F").expect(401);
    assert!(wrong.text().contains("Wrong token") && wrong.header("set-cookie").is_empty());
    let right = server
        .post("/login", &format!("token={token}&next=%2F%3Fquery%3Da"))
        .expect(303);
    assert_eq!(right.header("location"), "/?query=a");
    let cookie = right.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && !cookie.contains(token)
    );
    let kept = format!("Cookie: {}", cookie.split(';').next().unwrap());
    server.ask("GET", "/?query=a", &[&kept]).expect(200);
    server
        .ask("GET", "/api/v1/parse?query=a", &[&kept])
        .expect(200);
    let left = server.get("/logout");
    assert_eq!(
        left.status, 303,
        "a reader without the cookie is sent to the form too"
    );
    let left = server.ask("GET", "/logout", &[&kept]).expect(303);
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    server
        .post("/login", &format!("token={}", "a".repeat(20_000)))
        .expect(400);
}
