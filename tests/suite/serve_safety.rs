//! Who may ask, what browsers are told, limits, the log and the end of `shukach serve`.

use crate::archive_fixture::TempArchive;
use crate::cli_fixture::{program, run};
use crate::sample::sample;
use crate::serve_api::server;
use crate::serve_fixture::{Server, encoded};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};

const TOKEN: &str = "the-token-of-these-tests";

#[test]
fn other_computers_are_let_in_on_purpose_alone() {
    let index = sample().index_path();
    let folder = tempfile::tempdir().unwrap();
    let short = folder.path().join("short.txt");
    fs::write(&short, "secret\n").unwrap();
    let short = short.to_str().unwrap();
    for (arguments, told) in [
        (&["--listen", "0.0.0.0:0"][..], "--allow-remote"),
        (&["--listen", "[::]:0"], "--allow-remote"),
        (&["--listen", "0.0.0.0:0", "--allow-remote"], "--token-file"),
        (&["--token-file", short], "16 characters"),
        (&["--token-file", "/nowhere/token"], "/nowhere/token"),
        (&["--token-file", short, "--no-auth"], "--no-auth"),
    ] {
        let mut command = program(sample().folder());
        command
            .arg("serve")
            .arg("--index")
            .arg(&index)
            .args(arguments);
        let ran = run(&mut command).expect(2);
        assert!(ran.stderr.contains(told), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn the_names_of_the_site_are_checked_so_that_no_other_name_leads_here() {
    let server = Server::start(
        &sample().index_path(),
        &[
            "--host",
            "search.example.org",
            "--cors",
            "https://desk.example.org",
            "--log",
            "none",
        ],
    );
    let target = "/api/v1/parse?query=a";
    for host in [
        "localhost",
        "localhost:7300",
        "127.0.0.1",
        "[::1]:7300",
        "search.example.org",
        "SEARCH.example.org:443",
    ] {
        server
            .ask("GET", target, &[&format!("Host: {host}")])
            .expect(200);
    }
    for host in [
        "evil.example.org",
        "localhost.evil.org",
        "127.0.0.1.nip.io:7300",
        "",
        "a@localhost",
    ] {
        server
            .ask("GET", target, &[&format!("Host: {host}")])
            .expect(403);
    }
    let own = format!("Origin: http://{}", server.address);
    server.ask("GET", target, &[&own]).expect(200);
    for origin in ["https://evil.example.org", "null", "http://localhost:1"] {
        let answer = server
            .ask("GET", target, &[&format!("Origin: {origin}")])
            .expect(403);
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    let desk = "Origin: https://desk.example.org";
    let answer = server.ask("GET", target, &[desk]).expect(200);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://desk.example.org"
    );
    let answer = server.ask("OPTIONS", target, &[desk]).expect(204);
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD");
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "Authorization"
    );
}

#[test]
fn every_answer_tells_browsers_what_it_must_not_do() {
    for target in [
        "/api/v1/search?query=a",
        "/api/v1/search?query=(",
        "/healthz",
        "/metrics",
        "/nowhere",
    ] {
        let answer = server().get(target);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{target}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[test]
fn a_token_opens_the_site_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token.txt");
    fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let server = Server::start(
        &sample().index_path(),
        &["--token-file", file.to_str().unwrap(), "--log", "none"],
    );
    let target = "/api/v1/parse?query=a";
    let refused = server.get(target).expect(401);
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert!(refused.json()["error"]["message"].is_string());
    server.get("/metrics").expect(401);
    server.get("/healthz").expect(200);
    for wrong in [
        "Authorization: Bearer x",
        "Authorization: Bearer",
        "Authorization: Basic abc",
        "Cookie: shukach_session=1",
    ] {
        server.ask("GET", target, &[wrong]).expect(401);
    }
    let right = format!("Authorization: Bearer {TOKEN}");
    server.ask("GET", target, &[&right]).expect(200);
    server.ask("GET", "/metrics", &[&right]).expect(200);
}

#[test]
fn paths_of_files_are_shown_only_where_that_is_said() {
    let archive = TempArchive::new().file("bridge.txt", "Міст\n\nПро міст сказано все.\n");
    archive.index();
    let folder = archive.folder().to_str().unwrap().to_owned();
    let hidden = Server::start(&archive.index_path(), &["--log", "none"]);
    let shown = Server::start(&archive.index_path(), &["--log", "none", "--show-paths"]);
    let query = encoded("міст");
    let id = hidden.get(&format!("/api/v1/search?query={query}")).json()["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = encoded(&id);
    for (target, has_path) in [
        (format!("/api/v1/search?query={query}"), true),
        (format!("/api/v1/search?query={query}&fields=id,path"), true),
        (format!("/api/v1/kwic?query={query}"), true),
        (format!("/api/v1/kwic?query={query}&format=csv"), false),
        (format!("/api/v1/export?query={query}"), true),
        (
            format!("/api/v1/export?query={query}&format=csv&fields=path"),
            true,
        ),
        (
            "/api/v1/export?format=csv&fields=path&limit=1".to_owned(),
            true,
        ),
        (format!("/api/v1/articles/{id}"), true),
        ("/api/v1/list".to_owned(), true),
        ("/api/v1/info".to_owned(), true),
    ] {
        let answer = hidden.get(&target).expect(200).text();
        assert!(!answer.contains(&folder), "{target}: {answer}");
        let answer = shown.get(&target).expect(200).text();
        assert_eq!(answer.contains(&folder), has_path, "{target}: {answer}");
    }
}

#[test]
fn what_is_too_long_or_no_request_at_all_is_refused() {
    let long = format!("/api/v1/search?query={}", "a".repeat(100_000));
    let answer = server().get(&long);
    assert!([414, 431].contains(&answer.status), "{}", answer.status);
    let headers: Vec<String> = (0..100).map(|number| format!("X-{number}: a")).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    server().ask("GET", "/healthz", &headers).expect(431);
    let mut stream = server().connect();
    stream.write_all(b"\x16\x03\x01 hello\r\n\r\n").unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer:?}");
    let long_query = format!("/api/v1/search?query={}", "a".repeat(20_000));
    let answer = server().get(&long_query).expect(400);
    assert!(answer.json()["error"]["code"].is_string());
}

#[test]
fn a_reader_that_goes_away_leaves_the_server_alone() {
    for _ in 0..20 {
        let mut stream = server().connect();
        let request = format!(
            "GET /api/v1/export?query=a HTTP/1.1\r\nHost: {}\r\n\r\n",
            server().address
        );
        stream.write_all(request.as_bytes()).unwrap();
        drop(stream);
    }
    server().get("/healthz").expect(200);
}

#[test]
fn each_request_leaves_a_line_and_a_count() {
    let server = Server::start(&sample().index_path(), &["--log", "json"]);
    server
        .get("/api/v1/parse?query=%D0%BC%D0%B8%D1%80")
        .expect(200);
    server.get("/nowhere%1b%5b31m").expect(404);
    let log = server.log_when(|log| log.len() == 3);
    let line: Value = serde_json::from_str(&log[1]).unwrap();
    assert_eq!(line["method"], "GET");
    assert_eq!(line["target"], "/api/v1/parse?query=%D0%BC%D0%B8%D1%80");
    assert_eq!(line["status"], 200);
    assert_eq!(line["peer"], "127.0.0.1");
    assert!(line["took_ms"].is_number() && line["time"].is_string());
    let line: Value = serde_json::from_str(&log[2]).unwrap();
    assert_eq!(line["status"], 404);
    let metrics = server.get("/metrics").expect(200);
    assert_eq!(
        metrics.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    for line in [
        "shukach_articles 69",
        "shukach_requests_total{route=\"/api/v1/parse\",status=\"200\"} 1",
        "shukach_requests_total{route=\"other\",status=\"404\"} 1",
        "shukach_request_seconds_count{route=\"/api/v1/parse\"} 1",
        "shukach_searches_running 0",
    ] {
        assert!(metrics.text().lines().any(|shown| shown == line), "{line}");
    }
}

#[test]
fn questions_beyond_the_queue_are_sent_away_and_told_when_to_come_again() {
    let archive = TempArchive::new().file("bridge.txt", "Міст\n\nПро міст сказано все.\n");
    archive.index();
    let server = Server::start(
        &archive.index_path(),
        &["--searches", "1", "--queue", "0", "--log", "none"],
    );
    let target = format!("/api/v1/search?query={}&explain=true", encoded("міст"));
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..24)
            .map(|_| scope.spawn(|| (0..25).map(|_| server.get(&target)).collect::<Vec<_>>()))
            .collect();
        let answers = asking.into_iter().flat_map(|asking| asking.join().unwrap());
        answers
            .inspect(|answer| {
                assert_eq!(answer.header("retry-after") == "1", answer.status == 503);
            })
            .map(|answer| answer.status)
            .collect()
    });
    assert!(
        answers.iter().all(|status| [200, 503].contains(status)),
        "{answers:?}"
    );
    assert!(answers.contains(&200) && answers.contains(&503));
    server.get(&target).expect(200);
}

#[test]
fn an_answer_that_its_time_limit_ends_says_so_or_is_refused() {
    let query = encoded("гарантії безпеки");
    // A search says what it could not look at, and is asked anew the next time.
    let target = format!("/api/v1/search?query={query}&timeout=0");
    let cut = server().get(&target).expect(200);
    assert_eq!(cut.json()["partial"], true);
    assert_eq!(cut.header("etag"), "");
    let whole = server()
        .get(&format!("/api/v1/search?query={query}"))
        .expect(200);
    assert_eq!(whole.json()["partial"], false);
    assert_ne!(whole.header("etag"), "");
    // Other answers are whole or none.
    let hurried = Server::start(
        &sample().index_path(),
        // A search that is given up keeps its place until it ends.
        &["--time-limit", "0s", "--searches", "16", "--log", "none"],
    );
    let id = encoded("archive/halytskyi-shchodennyk/harantii-poiasnennia.md");
    for target in [
        format!("/api/v1/kwic?query={query}"),
        format!("/api/v1/kwic?query={query}&sort=left"),
        format!("/api/v1/count?query={query}"),
        format!("/api/v1/timeline?query={query}"),
        format!("/api/v1/articles/{id}/similar"),
        format!("/api/v1/export?query={query}"),
    ] {
        let answer = hurried.get(&target).expect(408);
        let message = answer.json()["error"]["message"].to_string();
        assert!(message.contains("time limit"), "{target}: {message}");
    }
    let page = hurried
        .get(&format!("/kwic?query={query}"))
        .expect(408)
        .text();
    assert!(
        page.contains("time limit") && page.contains("</html>"),
        "{page}"
    );
    hurried.get("/healthz").expect(200);
}

#[test]
fn people_get_a_page_where_there_is_none_and_programs_an_error() {
    let page = server().get("/nowhere").expect(404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("no such page") && page.text().contains("/assets/style.css?"));
    let error = server().get("/api/v1/nowhere").expect(404);
    assert!(error.text().contains("/api/v1/openapi.json"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_after_open_requests_are_answered() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&sample().index_path(), &["--log", "none"]);
        let mut open = server.connect();
        let address = server.address;
        write!(open, "GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut start = [0; 12];
        open.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
        server.signal(signal);
        // The connection is kept alive no longer.
        let mut rest = Vec::new();
        open.read_to_end(&mut rest).unwrap();
        assert!(server.wait().success());
        assert!(std::net::TcpStream::connect(address).is_err());
    }
}
