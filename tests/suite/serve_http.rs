//! What the API says of itself, what it leaves unsaid, packs and picks up.

use crate::archive_fixture::TempArchive;
use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use crate::serve_api::{server, target};
use crate::serve_fixture::{Answer, Server, encoded};
use std::io::{Read, Write};

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
