//! The API answers what the command line does, with the same errors.

use crate::archive_fixture::TempArchive;
use crate::cli_fixture::{program, run};
use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use crate::serve_fixture::{Answer, Server, encoded};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::sync::OnceLock;

/// The sample archive, served once for all tests that only ask.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(&sample().index_path(), &["--show-paths", "--log", "none"]))
}

/// Returns the target for a path and parameters, each once or several times.
fn target(path: &str, parameters: &[(&str, &str)]) -> String {
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

#[test]
fn the_description_names_every_route_and_parameter_and_nothing_else() {
    let document = server().get("/api/v1/openapi.json").expect(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 14);
    for (path, item) in paths {
        let operation = &item["get"];
        let id = encoded("archive/halytskyi-shchodennyk/harantii-poiasnennia.md");
        let at = path.replace("{id}", &id);
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let description = parameter["description"].as_str().unwrap();
            assert!(description.len() > 5, "{path} {name}");
            if parameter["in"] == "path" {
                continue;
            }
            let schema = &parameter["schema"];
            let item = if schema["type"] == "array" {
                &schema["items"]
            } else {
                schema
            };
            let value = match (item["enum"].get(0), item["type"].as_str()) {
                (Some(value), _) => value.as_str().unwrap().to_owned(),
                (None, Some("boolean")) => "true".to_owned(),
                (None, Some("integer")) => "3".to_owned(),
                _ => "мир".to_owned(),
            };
            let mut asked = vec![(name, value.as_str())];
            // Without a query it lists, and takes what a list takes.
            asked.extend((path == "/export").then_some(("query", "мир")));
            let answer = server().get(&target(&at, &asked));
            assert!(
                !answer.text().contains("no parameter"),
                "{path} {name}: {answer:?}"
            );
        }
        let content = &operation["responses"]["200"]["content"];
        for (_, content) in content.as_object().unwrap() {
            if let Some(schema) = content["schema"]["$ref"].as_str() {
                server()
                    .get(&format!("/api/v1/{schema}"))
                    .expect(200)
                    .json();
            }
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(status.parse::<u16>().is_ok() && response["description"].is_string());
        }
    }
    server().get("/api/v1/schemas/none.json").expect(404);
    server()
        .get("/api/v1/schemas/..%2f..%2fCargo.toml")
        .expect(404);
    let answer = server().get("/api/v1/nowhere").expect(404);
    assert_valid(&validator("error.v1.schema.json"), &answer.json());
    let answer = server()
        .ask("DELETE", "/api/v1/search?query=a", &[])
        .expect(405);
    assert_valid(&validator("error.v1.schema.json"), &answer.json());
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let target_of = |now| target("/search", &[("query", "міст"), ("now", now)]);
    let target = target_of("2026-05-01");
    let first = server().get(&target).expect(200);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && tag.len() > 10, "{tag}");
    let known = format!("If-None-Match: {tag}");
    let again = server().ask("GET", &target, &[&known]).expect(304);
    assert!(again.body.is_empty());
    assert_eq!(again.header("etag"), tag);
    let other = target_of("2026-05-02");
    server().ask("GET", &other, &[&known]).expect(200);
    server()
        .ask("GET", &target, &[&known, "Accept-Language: uk"])
        .expect(200);
    let head = server().ask("HEAD", &target, &[]).expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("etag"), tag);
}

#[test]
fn messages_are_in_the_language_that_is_asked_for_or_preferred() {
    let target = target("/search", &[("query", "(мир")]);
    let message = |answer: Answer| {
        answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(message(server().get(&target)).contains("never closed"));
    let accepting = ["Accept-Language: uk-UA,uk;q=0.9,en;q=0.8"];
    let ukrainian = message(server().ask("GET", &target, &accepting));
    assert!(ukrainian.contains("не закрит"), "{ukrainian}");
    let asked = message(server().ask("GET", &format!("{target}&lang=en"), &accepting));
    assert!(asked.contains("never closed"));
}

/// Unpacks what the server has packed, with the tools of the system's own library.
fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answer.header("content-encoding") {
        "gzip" => {
            flate2::read::GzDecoder::new(&answer.body[..])
                .read_to_end(&mut bytes)
                .unwrap();
        }
        "br" => {
            brotli_decompressor::Decompressor::new(&answer.body[..], 4096)
                .read_to_end(&mut bytes)
                .unwrap();
        }
        other => panic!("{other}"),
    }
    bytes
}

#[test]
fn answers_are_packed_for_those_who_can_unpack_them() {
    let target = target("/search", &[("query", "міст"), ("no-timing", "true")]);
    let plain = server().get(&target).body;
    for encoding in ["gzip", "br"] {
        let answer = server().ask("GET", &target, &[&format!("Accept-Encoding: {encoding}")]);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(answer.body.len() * 2 < plain.len());
        assert_eq!(unpacked(&answer), plain);
    }
}

#[test]
fn new_commits_are_picked_up_and_cursors_of_old_ones_are_gone() {
    let archive = TempArchive::new();
    let article = |number: usize| {
        format!("Міст номер {number}\n\nПро міст {number} сказано все, що треба.\n")
    };
    for number in 0..4 {
        archive.write(&format!("{number}.txt"), article(number));
    }
    archive.index();
    let server = Server::start(&archive.index_path(), &["--log", "none"]);
    let asked = target("/search", &[("query", "міст"), ("limit", "2")]);
    let first = server.get(&asked).expect(200);
    assert_eq!(first.json()["total"], 4);
    assert_eq!(first.json()["hits"][0]["path"], "", "paths are hidden");
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let next = target(
        "/search",
        &[("query", "міст"), ("limit", "2"), ("cursor", &cursor)],
    );
    assert_eq!(
        server.get(&next).expect(200).json()["hits"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    archive.write("4.txt", article(4));
    archive.index();
    let started = std::time::Instant::now();
    while server.get(&asked).json()["total"] != 5 {
        assert!(started.elapsed().as_secs() < 60, "the commit was not seen");
    }
    assert_ne!(server.get(&asked).header("etag"), first.header("etag"));
    let gone = server.get(&next).expect(410);
    assert_valid(&validator("error.v1.schema.json"), &gone.json());
    assert!(
        server
            .get("/metrics")
            .text()
            .contains("\nshukach_articles 5\n")
    );
}

#[test]
fn several_indexes_are_served_as_one() {
    let other = TempArchive::new().file(
        "one.txt",
        "Окремий міст\n\nЙого тут ніхто більше не знає.\n",
    );
    other.index();
    let path = other.index_path();
    let server = Server::start(
        &sample().index_path(),
        &["--index", path.to_str().unwrap(), "--log", "none"],
    );
    let info = server.get("/api/v1/info").expect(200).json();
    assert_eq!(info["articles"], 70);
    assert_valid(&validator("info.v1.schema.json"), &info);
    assert_eq!(info["path"], "");
}

#[test]
fn what_settings_say_holds_for_the_api_too() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("config.toml");
    let mut file = std::fs::File::create(&settings).unwrap();
    writeln!(file, "limit = 3").unwrap();
    let server = Server::with_settings(&sample().index_path(), &settings);
    let answer = server
        .get(&target("/search", &[("query", "гарантії безпеки")]))
        .expect(200);
    assert_eq!(answer.json()["hits"].as_array().unwrap().len(), 3);
}
