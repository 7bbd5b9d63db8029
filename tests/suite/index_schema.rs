//! The JSON Schemas and the index schema describe what is really read and written.

use crate::archive_fixture::{Line, TempArchive};
use crate::sample::{archive, repository, sample};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs::{self, File};

fn schema(name: &str) -> Value {
    let path = repository().join("index-schema").join(name);
    serde_json::from_reader(File::open(path).unwrap()).unwrap()
}

pub(crate) fn validator(name: &str) -> Validator {
    // A line of an answer has the fields of the answer.
    let answer = "search-response.v1.schema.json";
    let registry = jsonschema::Registry::new()
        .add(format!("json-schema:///{answer}"), schema(answer))
        .and_then(jsonschema::RegistryBuilder::prepare)
        .unwrap();
    jsonschema::options()
        .with_registry(&registry)
        .build(&schema(name))
        .unwrap()
}

#[track_caller]
pub(crate) fn assert_valid(validator: &Validator, document: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?} in {document:#}");
}

/// Calls `each` with every object below `value` that describes a value, and where it stands.
fn for_each_property(value: &Value, place: &str, each: &mut dyn FnMut(&Value, &str)) {
    if let Some(properties) = value.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            each(property, &format!("{place}/{name}"));
        }
    }
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, child)| (key.clone(), child))
            .collect(),
        Value::Array(array) => array.iter().map(|child| (String::new(), child)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        // What an alternative demands is described where the property is.
        if name != "anyOf" {
            for_each_property(child, &format!("{place}/{name}"), each);
        }
    }
}

const ANSWERS: [&str; 21] = [
    "copy-summary.v1.schema.json",
    "snapshot.v1.schema.json",
    "verification.v1.schema.json",
    "completions-response.v1.schema.json",
    "repair-summary.v1.schema.json",
    "reindex-summary.v1.schema.json",
    "optimize-summary.v1.schema.json",
    "removal.v1.schema.json",
    "config.v1.schema.json",
    "kwic-response.v1.schema.json",
    "article-response.v1.schema.json",
    "search-response.v1.schema.json",
    "search-line.v1.schema.json",
    "counts-response.v1.schema.json",
    "more-like-response.v1.schema.json",
    "parse.v1.schema.json",
    "translation.v1.schema.json",
    "info.v1.schema.json",
    "index-summary.v1.schema.json",
    "report-line.v1.schema.json",
    "inspect-line.v1.schema.json",
];

#[test]
fn every_property_of_every_schema_is_described() {
    let mut count = 0;
    for name in ANSWERS
        .iter()
        .chain(&["article.v1.schema.json", "error.v1.schema.json"])
    {
        for_each_property(&schema(name), name, &mut |property, place| {
            count += 1;
            let described = property["description"]
                .as_str()
                .is_some_and(|text| text.len() > 5);
            assert!(described || property.get("$ref").is_some(), "{place}");
        });
    }
    assert!(count > 60, "only {count} properties were seen");
}

#[test]
fn every_field_of_an_answer_is_required_and_others_may_come() {
    fn check(value: &Value, place: &str) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            let mut names: Vec<&str> = properties.keys().map(String::as_str).collect();
            let mut required: Vec<&str> = value["required"]
                .as_array()
                .unwrap_or_else(|| panic!("{place}: nothing required"))
                .iter()
                .filter_map(Value::as_str)
                .collect();
            // These are in answers to questions that ask for them, or about an index in a cluster.
            let asked_for = ["body", "cluster", "copies", "copy_sources", "lead", "tags"];
            names.retain(|name| !asked_for.contains(name) || required.contains(name));
            names.sort_unstable();
            required.sort_unstable();
            assert_eq!(names, required, "{place}");
            assert_eq!(value["additionalProperties"], true, "{place}");
        }
        match value {
            Value::Object(object) => {
                for (key, child) in object {
                    check(child, &format!("{place}/{key}"));
                }
            }
            Value::Array(array) => array.iter().for_each(|child| check(child, place)),
            _ => {}
        }
    }
    for name in ANSWERS {
        check(&schema(name), name);
    }
}

#[test]
fn the_readme_there_names_every_file() {
    let folder = repository().join("index-schema");
    let readme = String::from_utf8(fs::read(folder.join("README.md")).unwrap()).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "README.md" || readme.contains(&format!("`{name}`")),
            "{name}"
        );
    }
}

#[test]
fn every_field_of_the_index_is_described() {
    let document = schema("v5.json");
    for field in document["fields"].as_array().unwrap() {
        let description = field["description"].as_str().unwrap_or_default();
        assert!(
            description.ends_with('.') && description.len() > 10,
            "{field}"
        );
    }
}

#[test]
fn answers_to_searches_are_as_described() {
    let validator = validator("search-response.v1.schema.json");
    let sample = sample();
    let requests: [(&[&str], i32); 13] = [
        (&["гарантії безпеки"], 0),
        (&["нісенітниця"], 1),
        (&["гаратнії ,tpgtrb"], 1),
        (&["полуниця бюджет"], 1),
        (&["гаратнії", "--accept-suggestions"], 0),
        (&["міст", "--by", "none"], 0),
        (&["міст", "--collapse", "--unique"], 0),
        (
            &["полуниця OR кутя OR рік", "--by", "day", "--limit", "50"],
            0,
        ),
        (&["міст", "--offset", "1000"], 0),
        (
            &[
                "міст",
                "--by",
                "week",
                "--share",
                "--facet",
                "section",
                "--facet",
                "week",
                "--facet",
                "tag",
                "--facet-limit",
                "2",
                "--tz",
                "Europe/Warsaw",
            ],
            0,
        ),
        (&["ГАРАНТІЇ НЕ ДАДУТЬ", "--match", "any"], 0),
        (&["гарантии", "--sort", "-date", "--by", "year"], 0),
        (
            &[
                "«гарантії безпеки» OR світло -реклама",
                "--from",
                "2025-10",
                "--to",
                "2026-03-31",
                "--source",
                "Хвиля Поділля",
                "--source",
                "Економічний кут",
                "--limit",
                "3",
                "--offset",
                "1",
                "--sort",
                "date",
                "--match",
                "any",
                "--in",
                "title,body",
            ],
            0,
        ),
    ];
    for (arguments, code) in requests {
        let mut all = vec!["search", "--json"];
        all.extend(arguments);
        let answer = sample.run(&all).expect(code).json();
        assert_valid(&validator, &answer);
        assert_eq!(answer["query"], arguments[0]);
    }
}

#[test]
fn the_counts_of_queries_are_as_described() {
    let validator = validator("counts-response.v1.schema.json");
    for arguments in [
        &["міст", "школа", "--facet", "section"][..],
        &["міст", "школа", "--by", "week", "--share", "--tz", "UTC"],
        &["міст", "школа", "--by", "day", "--facet", "lang", "--share"],
        &["міст", "НЕ ДАДУТЬ МОСТИ"],
    ] {
        let mut all = vec!["count", "--json"];
        all.extend(arguments);
        let answer = sample().run(&all).expect(0).json();
        assert_valid(&validator, &answer);
        assert_eq!(answer["queries"][1]["query"], arguments[1]);
    }
    let timeline = sample().run(&["timeline", "--json", "міст"]).expect(0);
    assert_valid(&validator, &timeline.json());
}

#[test]
fn an_answer_from_an_archive_without_dates_and_sources_is_as_described() {
    let archive = TempArchive::of_articles(&[Line::new("кіт", "Кіт спить.")]);
    archive.index();
    let answer = archive.run(&["search", "кіт", "--json"]).expect(0).json();
    assert_valid(&validator("search-response.v1.schema.json"), &answer);
    assert_eq!(answer["hits"][0]["published"], Value::Null);
    let info = archive.run(&["info", "--json"]).expect(0).json();
    assert_valid(&validator("info.v1.schema.json"), &info);
    assert_eq!(info["first_day"], Value::Null);
}

#[test]
fn the_summary_of_an_index_is_as_described() {
    let info = sample().run(&["info", "--json"]).expect(0).json();
    assert_valid(&validator("info.v1.schema.json"), &info);
    assert_eq!(info["articles"], 69);
}

#[test]
fn the_summary_of_an_index_job_is_as_described() {
    let validator = validator("index-summary.v1.schema.json");
    let archive = TempArchive::new()
        .file("a.txt", "Кіт\nКіт спить.")
        .file("b.jsonl", "{\"title\": true}\n");
    let summary = archive.run_index(&[]).expect(3).json();
    assert_valid(&validator, &summary);
    assert_eq!(summary["failures"][0]["line"], 1);
    archive.remove("b.jsonl");
    archive.write("c.txt", "\0");
    let summary = archive.run_index(&[]).expect(3).json();
    assert_valid(&validator, &summary);
    assert_eq!(summary["failures"][0]["line"], Value::Null);
}

#[test]
fn an_answer_that_lacks_a_field_is_not_as_described() {
    let answer = sample().run(&["search", "--json", "міст"]).expect(0).json();
    let validator = validator("search-response.v1.schema.json");
    for pointer in [
        "/total",
        "/hits/0/lang",
        "/hits/0/snippets/0/highlights",
        "/facets/timeline",
    ] {
        let mut broken = answer.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = broken.pointer_mut(parent).unwrap();
        assert!(
            parent.as_object_mut().unwrap().remove(name).is_some(),
            "{pointer}"
        );
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
}

#[test]
fn the_articles_that_come_in_are_as_described_and_the_others_not() {
    let validator = validator("article.v1.schema.json");
    let (mut good, mut broken) = (0, 0);
    for entry in walkdir::WalkDir::new(archive()) {
        let path = entry.unwrap().into_path();
        let text = |path| String::from_utf8(fs::read(path).unwrap()).unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jsonl") => {
                for line in text(&path).lines() {
                    let article = serde_json::from_str::<Value>(line);
                    let is_good = article.is_ok_and(|article| validator.is_valid(&article));
                    *(if is_good { &mut good } else { &mut broken }) += 1;
                }
            }
            Some("json") => {
                let document: Value = serde_json::from_str(&text(&path)).unwrap();
                let articles = document.as_array().cloned().unwrap_or(vec![document]);
                for article in articles {
                    assert_valid(&validator, &article);
                }
            }
            _ => {}
        }
    }
    assert_eq!((good, broken), (28, 2));
}

#[test]
fn the_schema_of_an_article_and_the_reader_agree() {
    let validator = validator("article.v1.schema.json");
    let articles = [
        (json!({"title": "Міст"}), true),
        (
            json!({"id": 7, "headline": "Міст", "authors": ["Оля Гай"]}),
            true,
        ),
        (
            json!({"body": "Міст відкрито.", "date": null, "views": {"n": 5}}),
            true,
        ),
        (json!({"title": "Міст", "date": "28.12.2025"}), true),
        (json!({"title": "Міст", "date": "2025"}), true),
        (
            json!({"title": "Міст", "date": "2026-03-26T16:15:14+00:00"}),
            true,
        ),
        (
            json!({"title": "Міст", "date": "Sun, 28 Dec 2025 10:00:00 +0200"}),
            true,
        ),
        (json!({"title": "Міст", "date": "", "lead": null}), true),
        (json!({"summary": "Міст відкрито."}), true),
        (json!({"title": " "}), false),
        (json!({"date": "2025"}), false),
        (json!({"title": 5}), true),
        (json!({"title": true}), false),
        (json!({"title": [], "body": {}}), false),
        (
            json!({"text": ["Міст ", {"type": "bold", "text": "відкрито"}]}),
            true,
        ),
        (json!({"title": "Міст", "date": "колись"}), true),
        (json!({"title": "Міст", "date": 1_704_182_400}), true),
        (json!({"title": "Міст", "authors": [1]}), true),
        (json!({"title": "Міст", "id": true}), true),
        (json!(["Міст"]), false),
    ];
    for (article, is_good) in articles {
        assert_eq!(validator.is_valid(&article), is_good, "{article}");
        let archive = TempArchive::new().file("a.jsonl", article.to_string());
        let outcome = archive.index();
        assert_eq!(
            outcome.summary.added == 1,
            is_good,
            "{article}: {outcome:?}"
        );
    }
}
