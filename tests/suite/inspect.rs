//! What was read and why: `inspect`, `--report`, the counts of a job.

use crate::archive_fixture::TempArchive;
use crate::cli_fixture::{Ran, run_in};
use serde_json::Value;
use std::fs;

const JSON: &str = r#"{"items": [
  {"headline": "Міст", "content_html": "<p>Відкрили <b>міст</b>.</p>", "pub_date": "2 січня 2024", "author": {"name": "Оля Гай"}},
  {"title": "Сумнів", "text": "Довго.", "date": "колись", "url": {"city": "Київ"}},
  {"title": "Лише назва"},
  {"n": 1}
]}"#;

fn archive() -> TempArchive {
    TempArchive::new()
        .file("a.json", JSON)
        .file("b.txt", b"\xca\xe8\xbf\xe2 \xe2\xe5\xf7\xee\xf0\xe0\n\xcc\xb3\xf1\xf2\xee \xe7\xe0\xf1\xe8\xed\xe0\xba.".as_slice())
        .file("c.txt", b"\0\x01\x02".as_slice())
}

fn inspect(archive: &TempArchive, arguments: &[&str]) -> Ran {
    run_in(archive.folder(), arguments)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_field_is_shown_with_where_it_comes_from_and_nothing_is_indexed() {
    let archive = archive();
    let root = archive.root();
    let root = root.to_str().unwrap();
    let told = inspect(&archive, &["inspect", root]).expect(3).stdout;
    for row in [
        "a.json:2 (json, UTF-8)",
        "  title    Міст  [headline]",
        "  body     Відкрили міст. (14 characters)  [content_html]",
        "  date     2024-01-02  [field: pub_date]",
        "  author   Оля Гай  [author]",
        "  ? bad-date: date: \"колись\"",
        "  ? wrong-type: url: expected an address, found an object",
        "  ? no-body: a title and no text",
        "b.txt (text, windows-1251)",
        "  title    Київ вечора",
        "4 articles in 3 files, 2 of them in doubt; 2 failed",
        "formats: json 3, text 1",
        "encodings: UTF-8 3, windows-1251 1",
        "failures: binary 1, unknown-keys 1",
    ] {
        assert!(told.contains(row), "{row} in {told}");
    }
    assert!(!archive.index_path().exists());
}

#[test]
fn inspect_speaks_json_and_takes_samples() {
    let archive = archive();
    let root = archive.root();
    let root = root.to_str().unwrap();
    let told = inspect(&archive, &["inspect", root, "--json"])
        .expect(3)
        .stdout;
    let told = lines(&told);
    let validator = crate::index_schema::validator("inspect-line.v1.schema.json");
    for line in &told {
        crate::index_schema::assert_valid(&validator, line);
    }
    let kinds: Vec<&str> = told
        .iter()
        .filter_map(|line| line["type"].as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "article", "article", "article", "failure", "article", "failure", "counts"
        ]
    );
    assert_eq!(told[0]["fields"]["date"]["from"], "field: pub_date");
    assert_eq!(told[1]["doubts"][0]["code"], "bad-date");
    let sampled = inspect(&archive, &["inspect", root, "--json", "--sample", "1"])
        .expect(3)
        .stdout;
    assert_eq!(lines(&sampled).len(), 4);
}

#[test]
fn a_report_has_a_line_for_each_failure_and_each_doubt_and_the_summary_counts_them() {
    let archive = archive().file("photo.jpg", "x");
    let report = archive.root().with_file_name("report.jsonl");
    let summary = archive
        .run_index(&["--report", report.to_str().unwrap()])
        .expect(3)
        .json();
    let told = lines(&String::from_utf8(fs::read(&report).unwrap()).unwrap());
    let validator = crate::index_schema::validator("report-line.v1.schema.json");
    for line in &told {
        crate::index_schema::assert_valid(&validator, line);
    }
    let codes: Vec<_> = told
        .iter()
        .map(|line| {
            (
                line["kind"].as_str().unwrap(),
                line["code"].as_str().unwrap(),
                line["line"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        codes,
        [
            ("doubt", "bad-date", Some(3)),
            ("doubt", "wrong-type", Some(3)),
            ("doubt", "no-body", Some(4)),
            ("failed", "unknown-keys", Some(5)),
            ("failed", "binary", None),
        ]
    );
    assert_eq!(summary["doubtful"], 2);
    assert_eq!(summary["doubts"]["bad-date"], 1);
    assert_eq!(summary["failures_by_code"]["binary"], 1);
    assert_eq!(summary["date_sources"]["field"], 1);
    assert_eq!(summary["left_aside"]["jpg"], 1);
}

#[test]
fn exact_repeats_are_counted_and_are_no_failures() {
    let line = "{\"id\": \"1\", \"title\": \"Міст\", \"text\": \"Відкрито.\"}\n";
    let archive = TempArchive::new()
        .file("a.jsonl", [line, line].concat())
        .file("b.jsonl", line);
    let summary = archive.run_index(&[]).expect(0).json();
    let counts = ["added", "repeated", "failed"].map(|key| summary[key].as_u64().unwrap());
    assert_eq!(counts, [1, 2, 0]);
}

#[test]
fn progress_comes_as_lines_of_json_where_asked_for() {
    let ran = archive().run_index(&["--progress", "json"]).expect(3);
    let events = lines(&ran.stderr);
    assert_eq!(events[0]["event"], "start");
    assert_eq!(events[0]["files"], 3);
    assert_eq!(events.last().unwrap()["event"], "finishing");
}

#[test]
fn format_encoding_and_map_are_forced_where_asked_for() {
    let archive = TempArchive::new()
        .file(
            "a.json",
            "{\"h\": \"Міст\", \"inner\": {\"t\": \"Відкрито.\"}}",
        )
        .file("b.txt", b"\xeb\xc9\xa7\xd7".as_slice());
    let root = archive.root();
    let told = |arguments: &[&str], name: &str| {
        let path = root.join(name);
        let all = [&["inspect", path.to_str().unwrap()], arguments].concat();
        inspect(&archive, &all).expect(0).stdout
    };
    assert!(
        told(&["--map", "title=h,body=inner.t"], "a.json")
            .contains("body     Відкрито. (9 characters)  [inner.t]")
    );
    assert!(told(&["--encoding", "koi8-u"], "b.txt").contains("Київ"));
    assert!(told(&["--format", "text"], "a.json").contains("(text, UTF-8)"));
    let path = root.to_str().unwrap();
    for wrong in [
        ["--map", "heading=h"],
        ["--encoding", "abc"],
        ["--format", "abc"],
    ] {
        inspect(&archive, &["inspect", path, wrong[0], wrong[1]]).expect(2);
    }
}

#[test]
fn several_authors_are_several_values() {
    let archive = TempArchive::new()
        .file(
            "a.jsonl",
            "{\"id\": \"1\", \"title\": \"Міст\", \"text\": \"Відкрито.\", \"authors\": [\"Оля Гай\", {\"name\": \"Іван Рись\"}]}\n\
             {\"id\": \"2\", \"title\": \"Парк\", \"text\": \"Закрито.\", \"author\": \"Оля Гай\"}\n",
        )
        .file("b.md", "---\nauthors: [Оля Гай, Марта Гецко]\n---\n# Сад\n\nСадили.\n");
    archive.index();
    let found = archive
        .run(&["search", "автор:\"Іван Рись\"", "--json"])
        .expect(0)
        .json();
    assert_eq!(found["hits"][0]["author"], "Оля Гай, Іван Рись");
    let all = archive.run(&["search", "автор:\"Оля Гай\"", "--facet", "author", "--json"]);
    let counted = all.expect(0).json()["facets"]["fields"][0]["values"][0].clone();
    assert_eq!(
        (&counted["value"], &counted["count"]),
        (&"Оля Гай".into(), &3.into())
    );
    let shown = archive.run(&["show", "1", "--json"]).expect(0).json();
    assert!(
        shown
            .to_string()
            .contains("\"author\":\"Оля Гай, Іван Рись\""),
        "{shown}"
    );
}

#[test]
fn text_with_commas_but_no_quotes_is_kept_and_is_a_doubt() {
    let table = "title,body\nРада,Ухвалила бюджет, попри опір, уночі\nМіст,\"Відкрили, кажуть\"\n";
    let archive = TempArchive::new().file("a.csv", table);
    let root = archive.root();
    let root = root.to_str().unwrap();
    let told = inspect(&archive, &["inspect", root]).expect(0).stdout;
    for row in [
        "Ухвалила бюджет, попри опір, уночі",
        "? extra-cells: 4 cells in a table of 2 columns",
        "Відкрили, кажуть",
        "2 articles in 1 file, 1 of them in doubt",
    ] {
        assert!(told.contains(row), "{row} in {told}");
    }
}

#[test]
fn records_that_are_no_articles_are_counted_by_kind_and_are_no_failures() {
    let export = r#"{"name": "Вісті", "type": "public_channel", "id": 5, "messages": [
        {"id": 1, "type": "service", "date_unixtime": "1704182400", "action": "pin_message", "text": ""},
        {"id": 2, "type": "message", "date_unixtime": "1704182400", "photo": "a.jpg", "text": ""},
        {"id": 3, "type": "message", "date_unixtime": "1704182400", "text": "Міст відкрито."}]}"#;
    let record = |kind: &str, content: &str| {
        let length = content.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.ua/1\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n"
        )
    };
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Міст</h1><p>Рух є.</p>";
    let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
    let warc = [
        record("warcinfo", "a"),
        record("request", "GET / HTTP/1.1\r\n\r\n"),
        record("response", http),
        record("response", image),
        record("revisit", ""),
    ];
    let archive = TempArchive::new()
        .file("result.json", export)
        .file("a.warc", warc.concat())
        .file("LICENSE", b"\0\x01".as_slice());
    let summary = archive.run_index(&[]).expect(0).json();
    let passed = &summary["passed_over"];
    for kind in [
        "service messages",
        "messages without text",
        "records about the crawl",
        "requests",
        "answers that are no page",
        "revisits",
    ] {
        assert_eq!(passed[kind], 1, "{kind} in {summary}");
    }
    assert_eq!(
        (&summary["added"], &summary["failed"]),
        (&2.into(), &0.into())
    );
    let root = archive.root();
    let root = root.to_str().unwrap();
    let told = inspect(&archive, &["inspect", root, "--lang", "uk"])
        .expect(0)
        .stdout;
    assert!(told.contains("службові повідомлення 1"), "{told}");
    assert!(told.contains("пропущено: (без закінчення) 1"), "{told}");
    assert!(
        told.contains("  source   Вісті  [name of the feed]"),
        "{told}"
    );
}

#[test]
fn one_article_is_counted_as_one() {
    let archive = TempArchive::new().file("a.txt", "Міст\n\nРух мостом відновили.");
    let root = archive.root();
    let told = inspect(&archive, &["inspect", root.to_str().unwrap()]);
    let told = told.expect(0).stdout;
    assert!(
        told.contains("1 article in 1 file, 0 of them in doubt"),
        "{told}"
    );
}

#[test]
fn where_fields_come_from_is_told_for_every_format() {
    let feed = "<rss><channel><item><title>Міст</title><content:encoded>Рух мостом відновили.</content:encoded>\
                <pubDate>Tue, 02 Jan 2024 10:00:00 +0200</pubDate><dc:creator>Оля Гай</dc:creator></item></channel></rss>";
    let page = "<meta property=og:title content='Міст'><meta name=author content='Оля Гай'>\
                <div itemprop=articleBody><p>Рух мостом відновили.</p></div>";
    let mail = "From: Оля Гай <o@a.ua>\nSubject: Міст\nDate: Tue, 02 Jan 2024 10:00:00 +0200\n\nРух мостом відновили.\n";
    for (name, content, origins) in [
        (
            "a.rss",
            feed,
            ["title", "content:encoded", "dc:creator", "field: pubdate"],
        ),
        (
            "a.html",
            page,
            ["og:title", "articleBody", "meta author", ""],
        ),
        (
            "a.eml",
            mail,
            ["Subject", "text/plain", "From", "field: Date"],
        ),
        (
            "a.txt",
            "Міст\n\nРух мостом відновили.",
            ["first line", "text", "", ""],
        ),
        (
            "a.md",
            "---\ntitle: Міст\nauthor: Оля Гай\ndate: 2024-01-02\n---\nРух мостом відновили.",
            ["front matter", "text", "front matter", "front-matter"],
        ),
    ] {
        let archive = TempArchive::new().file(name, content);
        let root = archive.root();
        let told = inspect(&archive, &["inspect", root.to_str().unwrap(), "--json"]);
        let fields = lines(&told.expect(0).stdout)[0]["fields"].clone();
        for (field, origin) in ["title", "body", "author", "date"].iter().zip(origins) {
            let from = fields[field]["from"].as_str().unwrap_or_default();
            assert_eq!(from, origin, "{field} of {name}: {fields}");
        }
    }
}
