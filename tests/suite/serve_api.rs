//! The API answers what the command line does, with the same errors.

use crate::cli_fixture::{program, run};
use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use crate::serve_fixture::{Answer, Server, encoded};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// The sample archive, served once for all tests that only ask.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER
        .get_or_init(|| Server::shared(&sample().index_path(), &["--show-paths", "--log", "none"]))
}

/// Returns the target for a path and parameters, each once or several times.
pub(crate) fn target(path: &str, parameters: &[(&str, &str)]) -> String {
    let pairs = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    let pairs: Vec<String> = pairs.collect();
    format!("/api/v1{path}?{}", pairs.join("&"))
}

/// Returns `value` without the times taken.
fn timeless(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.remove("took_ms");
    }
    value
}

/// Returns what the command line answers to the same question.
fn by_command(command: &str, parameters: &[(&str, &str)], id: Option<&str>) -> (i32, Value) {
    let mut words = vec![command.to_owned()];
    let mut queries = Vec::new();
    for (name, value) in parameters {
        match (*name, *value) {
            ("query", query) if command != "show" => queries.push(query.to_owned()),
            (flag, "true") => words.push(format!("--{flag}")),
            (name, value) => words.push(format!("--{name}={value}")),
        }
    }
    words.push("--json".to_owned());
    if !["parse", "translate"].contains(&command) {
        words.push(format!("--index={}", sample().index_path().display()));
    }
    words.push("--".to_owned());
    words.extend(id.map(str::to_owned));
    words.extend(queries);
    let ran = run(program(sample().folder()).args(&words));
    let told = if ran.code == 2 {
        &ran.stderr
    } else {
        &ran.stdout
    };
    (
        ran.code,
        serde_json::from_str(told).unwrap_or_else(|error| panic!("{error}: {words:?} {ran:?}")),
    )
}

#[track_caller]
fn assert_same(path: &str, command: &str, parameters: &[(&str, &str)]) -> Answer {
    let answer = server().get(&target(path, parameters));
    let (code, told) = by_command(command, parameters, None);
    assert_eq!(
        timeless(answer.json()),
        timeless(told),
        "{path} {parameters:?}"
    );
    assert_eq!(
        answer.status == 200,
        code < 2,
        "{path} {parameters:?}: {code}"
    );
    answer
}

/// Words and phrases of the sample archive.
const OPERANDS: [&str; 14] = [
    "гарантії безпеки",
    "міст",
    "школа OR вчитель",
    "«гарантія безпеки»",
    "мир NEAR/5 воля",
    "=гарантія",
    "гарант*",
    "title:міст",
    "мир -війна",
    "кіт OR замок",
    "ATLEAST/2 міст",
    "security guarantees",
    "гаратнії",
    ",tpgtrb",
];

/// Ways to ask.
const WAYS: [&[(&str, &str)]; 11] = [
    &[],
    &[("from", "2025-12"), ("to", "2026-01-15")],
    &[("sort", "-date"), ("limit", "3")],
    &[("source", "Хвиля Поділля")],
    &[("facet", "section"), ("facet", "month"), ("share", "true")],
    &[("by", "day"), ("offset", "2"), ("limit", "2")],
    &[("match", "any"), ("fields", "id,title,score")],
    &[("no-counts", "true"), ("snippets", "1")],
    &[("collapse", "true"), ("unique", "true")],
    &[("literal", "true"), ("explain", "true"), ("limit", "1")],
    &[("in", "title"), ("lang", "uk")],
];

#[test]
fn every_answer_to_a_search_is_that_of_the_command_line() {
    let valid = validator("search-response.v1.schema.json");
    let mut count = 0;
    for query in OPERANDS {
        for way in WAYS {
            let mut parameters = way.to_vec();
            parameters.push(("query", query));
            let answer = assert_same("/search", "search", &parameters);
            if answer.status == 200 && !way.contains(&("fields", "id,title,score")) {
                assert_valid(&valid, &answer.json());
            }
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

#[test]
fn every_answer_to_the_other_questions_is_that_of_the_command_line() {
    let mut count = 0;
    for query in OPERANDS {
        let query = ("query", query);
        for (path, command, way) in [
            ("/count", "count", &[("by", "month"), ("share", "true")][..]),
            (
                "/count",
                "count",
                &[("facet", "source"), ("query", "школа")],
            ),
            ("/timeline", "timeline", &[("by", "week"), ("query", "мир")]),
            ("/kwic", "kwic", &[("sort", "left"), ("context", "4")]),
            ("/parse", "parse", &[("match", "any")]),
        ] {
            let mut parameters = way.to_vec();
            parameters.push(query);
            assert_same(path, command, &parameters);
            count += 1;
        }
    }
    for way in [
        &[][..],
        &[("source", "Хвиля Поділля"), ("sort", "date")],
        &[("from", "2026"), ("facet", "author"), ("limit", "2")],
        &[("undated", "true")],
    ] {
        assert_same("/list", "list", way);
        count += 1;
    }
    for (from, query) in [
        ("lucene", "title:мир AND \"а б\"~3"),
        ("lexis", "гаранті! w/5 безпек!"),
    ] {
        assert_same(
            "/translate",
            "translate",
            &[("from", from), ("query", query)],
        );
        count += 1;
    }
    assert_same("/info", "info", &[]);
    assert!(count > 70, "{count}");
}

#[test]
fn articles_their_likes_and_their_copies_are_those_of_the_command_line() {
    let found = server()
        .get(&target("/search", &[("query", "гарантії безпеки")]))
        .json();
    let ids: Vec<&str> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 10);
    for id in ids {
        let path = format!("/articles/{}", encoded(id));
        let marked = [("query", "гарантії безпеки")];
        let answer = server().get(&target(&path, &marked)).expect(200);
        assert_eq!(answer.json(), by_command("show", &marked, Some(id)).1);
        let answer = server()
            .get(&target(&format!("{path}/similar"), &[("limit", "3")]))
            .expect(200);
        let told = by_command("more-like", &[("limit", "3")], Some(id)).1;
        assert_eq!(timeless(answer.json()), timeless(told));
        let answer = server()
            .get(&target(&format!("/copies/{}", encoded(id)), &[]))
            .expect(200);
        let told = by_command("search", &[("copies", id)], None).1;
        assert_eq!(timeless(answer.json()), timeless(told));
    }
    for path in ["/articles/none", "/articles/none/similar", "/copies/none"] {
        let answer = server().get(&target(path, &[])).expect(404);
        assert!(
            answer.json()["error"]["message"]
                .as_str()
                .unwrap()
                .contains("none")
        );
    }
}

#[test]
fn faulty_questions_get_the_errors_of_the_command_line_with_codes_and_places() {
    let valid = validator("error.v1.schema.json");
    let mut codes = Vec::new();
    for query in [
        "(мир",
        "мир)",
        "«мир",
        "tilte:мир",
        "date:2022-13",
        "мир NEAR/5",
        "-мир",
        "",
        "мир NEAR воля",
        "ATLEAST/0 мир",
    ] {
        let answer = assert_same("/search", "search", &[("query", query)]).expect(400);
        assert_valid(&valid, &answer.json());
        codes.push(answer.json()["error"]["code"].clone());
        assert_same("/kwic", "kwic", &[("query", query)]).expect(400);
        assert_same("/parse", "parse", &[("query", query)]);
    }
    codes.sort_by_key(Value::to_string);
    codes.dedup();
    assert!(codes.len() >= 7, "{codes:?}");
    for parameters in [
        &[("limit", "x")][..],
        &[("limit", "-1")],
        &[("sort", "best")],
        &[("from", "колись")],
        &[("from", "2026"), ("to", "2025")],
        &[("tz", "Europe/Atlantis")],
        &[("snippet-chars", "1")],
        &[("cursor", "c3.x")],
        &[("undated", "true"), ("from", "2025")],
        &[("copies", "none")],
    ] {
        let mut parameters = parameters.to_vec();
        parameters.push(("query", "мир"));
        let answer = server().get(&target("/search", &parameters));
        let (code, told) = by_command("search", &parameters, None);
        assert_eq!((code, answer.json()), (2, told), "{parameters:?}");
        assert!([400, 404].contains(&answer.status), "{answer:?}");
        assert_valid(&valid, &answer.json());
    }
}

#[test]
fn parameters_that_are_not_on_the_list_are_refused_and_a_like_one_is_offered() {
    for name in [
        "index", "output", "queries", "lexicon", "format", "json", "pager", "color", "quiet",
        "all", "batch",
    ] {
        let answer = server()
            .get(&target(
                "/search",
                &[("query", "мир"), (name, "/etc/passwd")],
            ))
            .expect(400);
        let told = answer.json()["error"]["message"].to_string();
        assert!(
            told.contains("no parameter") && told.contains(name),
            "{told}"
        );
        assert!(!told.contains("passwd"), "{told}");
    }
    let answer = server().get(&target("/search", &[("query", "мир"), ("soruce", "а")]));
    assert!(
        answer.text().contains("did you mean \\\"source\\\"?"),
        "{answer:?}"
    );
    for hostile in [
        "--index=/tmp",
        "-o/tmp/x",
        "--help",
        "--version",
        "@/etc/passwd",
        "-",
    ] {
        let answer = server().get(&target("/search", &[("query", hostile)]));
        assert!([200, 400].contains(&answer.status), "{answer:?}");
        assert_eq!(answer.json().get("hits").is_some(), answer.status == 200);
        let answer = server()
            .get(&target("/list", &[("source", hostile)]))
            .expect(200);
        assert_eq!(answer.json()["total"], 0);
    }
    for (name, value) in [
        ("limit", "1001"),
        ("offset", "100001"),
        ("facet-limit", "5000"),
        ("snippets", "999999"),
    ] {
        let answer = server().get(&target("/search", &[("query", "мир"), (name, value)]));
        assert!(
            answer.status == 400 && answer.text().contains(name),
            "{answer:?}"
        );
    }
    let many: Vec<(&str, &str)> = vec![("query", "мир"); 21];
    server().get(&target("/count", &many)).expect(400);
    server()
        .get("/api/v1/search?query=%FF%FE&%00=%0d%0aX: y")
        .expect(400);
    server().get("/api/v1/articles/%FF").expect(400);
}

#[test]
fn counts_and_concordances_are_tables_where_that_is_asked_for() {
    let answer = server().get(&target(
        "/count",
        &[("query", "мир"), ("csv", "true"), ("by", "month")],
    ));
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.text().starts_with('\u{feff}'));
    let answer = server()
        .get(&target("/kwic", &[("query", "міст"), ("format", "csv")]))
        .expect(200);
    assert_eq!(
        answer.text(),
        sample().run(&["kwic", "міст", "--format", "csv"]).stdout
    );
}

#[test]
fn an_export_has_every_hit_as_the_command_line_writes_it() {
    let run = |words: &[&str]| sample().run(words).stdout;
    for (format, media) in [
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("markdown", "text/markdown; charset=utf-8"),
        ("ids", "text/plain; charset=utf-8"),
        ("ndjson", "application/x-ndjson"),
    ] {
        let answer = server().get(&target(
            "/export",
            &[("query", "міст"), ("format", format), ("no-timing", "true")],
        ));
        assert_eq!((answer.status, answer.header("content-type")), (200, media));
        let told = run(&["search", "міст", "--all", "--no-timing", "--format", format]);
        assert_eq!(answer.text(), told);
        let page = [
            ("query", "міст"),
            ("format", format),
            ("limit", "2"),
            ("no-timing", "true"),
        ];
        let told = run(&[
            "search",
            "міст",
            "--limit",
            "2",
            "--no-timing",
            "--format",
            format,
        ]);
        assert_eq!(server().get(&target("/export", &page)).text(), told);
    }
    let listed = server().get(&target(
        "/export",
        &[("format", "ids"), ("source", "Хвиля Поділля")],
    ));
    assert_eq!(
        listed.text(),
        run(&[
            "list",
            "--all",
            "--format",
            "ids",
            "--source",
            "Хвиля Поділля"
        ])
    );
    server()
        .get(&target("/export", &[("query", "(мир")]))
        .expect(400);
    server()
        .get(&target("/export", &[("query", "мир"), ("format", "json")]))
        .expect(400);
}

#[test]
fn words_are_completed_from_the_archive() {
    let answer = server()
        .get(&target(
            "/suggest",
            &[("query", "мир і гаран"), ("limit", "3")],
        ))
        .expect(200);
    let answer = answer.json();
    assert_valid(&validator("completions-response.v1.schema.json"), &answer);
    let completions = answer["completions"].as_array().unwrap();
    assert_eq!(completions.len(), 3);
    for completion in completions {
        let word = completion["word"].as_str().unwrap();
        assert!(word.starts_with("гаран") && completion["articles"].as_u64() > Some(0));
        assert_eq!(completion["query"], format!("мир і {word}"));
        let query = format!("={word}");
        let found = server()
            .get(&target("/search", &[("query", &query), ("limit", "0")]))
            .json();
        assert!(found["total"].as_u64() > Some(0), "{word}");
    }
    let nothing = server()
        .get(&target("/suggest", &[("query", "мир ")]))
        .json();
    assert_eq!(nothing["completions"], json!([]));
}
